/** Errors of the HTTP API: RFC 9457 problem details with a stable `code`. The one map from domain errors to HTTP. */
import { z } from '@hono/zod-openapi'
import type { DomainErrorCode } from '#domain/base/errors.ts'
import { isDomainError, isUnavailable } from '#domain/base/errors.ts'

export type ProblemCode = DomainErrorCode | 'payload_too_large' | 'internal' | 'unavailable'

const statusOf: Record<ProblemCode, number> = {
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  invalid_request: 400,
  conflict: 409,
  unknown_scenario: 422,
  recipient_invalid: 422,
  missing_variables: 422,
  unknown_variables: 422,
  channel_not_configured: 422,
  template_not_configured: 422,
  template_not_usable: 422,
  idempotency_conflict: 422,
  rate_limited: 429,
  codes_blocked: 429,
  codes_stopped: 403,
  provider_unavailable: 502,
  payload_too_large: 413,
  unavailable: 503,
  internal: 500,
}

const titleOf: Record<ProblemCode, string> = {
  unauthorized: 'The API key is missing, unknown, expired or revoked',
  forbidden: 'The API key may not do this',
  not_found: 'Not found',
  invalid_request: 'The request is not valid',
  conflict: 'The state does not allow this',
  unknown_scenario: 'Unknown scenario',
  recipient_invalid: 'The recipient is not valid for this channel',
  missing_variables: 'Variables are missing',
  unknown_variables: 'The scenario does not declare these variables',
  channel_not_configured: 'The channel has no validated account',
  template_not_configured: 'No template is configured for this scenario',
  template_not_usable: 'The template cannot be used',
  idempotency_conflict: 'The Idempotency-Key was used with another body',
  rate_limited: 'Too many requests',
  codes_blocked: 'The guard against misuse refuses this code',
  codes_stopped: 'The App sends no codes on this channel',
  provider_unavailable: 'The provider did not answer as it should',
  payload_too_large: 'The body is too large',
  unavailable: 'Not available at the moment',
  internal: 'Internal error',
}

/** Every kind of problem there is. */
export const problemKinds = (Object.keys(statusOf) as ProblemCode[]).map((code) => ({
  code,
  status: statusOf[code],
  title: titleOf[code],
}))

export const Problem = z
  .object({
    type: z.string().openapi({ description: 'Where the documentation tells of it.', example: '/docs#rate_limited' }),
    title: z.string(),
    status: z.int(),
    code: z
      .enum(Object.keys(statusOf) as [ProblemCode, ...ProblemCode[]])
      .openapi({ description: 'Stable: decide by this, not by the words.' }),
    detail: z.string().optional(),
    request_id: z.string(),
    errors: z
      .array(z.object({ path: z.string(), code: z.string() }))
      .optional()
      .openapi({ description: 'For bad input: each field and what is wrong with it.' }),
    variables: z.array(z.string()).optional(),
    reason: z
      .string()
      .optional()
      .openapi({
        description:
          'For `template_not_usable`: why, a stable key such as `signature_rejected`, `template_gone`, `not_proven` or `other_account`. ' +
          'For `rate_limited`: which limit, of `recipient`, `client_ip`, `country` and `app`. For `codes_blocked`: where too many codes ' +
          'stayed unused, of `number_prefix`, `client_ip`, `country` and `app`, or `budget` once the codes of a day are used up.',
      }),
  })
  .openapi('Problem')

type Extra = Partial<Pick<z.infer<typeof Problem>, 'detail' | 'errors' | 'variables' | 'reason'>> & {
  retryAfter?: number
}

/** A complete answer. */
export function problem(code: ProblemCode, requestId: string, extra: Extra = {}): Response {
  const { retryAfter, ...members } = extra
  const status = statusOf[code]
  const body = { type: `/docs#${code}`, title: titleOf[code], status, code, request_id: requestId, ...members }
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    },
  })
}

/** Those that tell Apps a reason within. */
const reasoned = new Set<ProblemCode>(['template_not_usable', 'rate_limited', 'codes_blocked'])

const outage = {
  detail: 'The database does not answer. Make the same call again in a moment, with the same Idempotency-Key.',
  retryAfter: 2,
}

/** The answer to whatever was thrown; undefined for what nobody foresaw. */
export function problemOf(error: unknown, requestId: string): Response | undefined {
  if (isUnavailable(error)) return problem('unavailable', requestId, outage)
  if (!isDomainError(error)) return undefined
  const { fields, variables, retryAfter, reason } = error.data
  return problem(error.code, requestId, {
    detail: error.message,
    ...(fields ? { errors: fields.map(({ path, code }) => ({ path, code })) } : {}),
    ...(variables ? { variables } : {}),
    ...(reason && reasoned.has(error.code) ? { reason } : {}),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  })
}

/** The one error that leaves the domain. Its code is stable: the console and the HTTP API turn it into words. */

import type { InputProblem, Reason } from './codes.ts'

/** One field that was not accepted; `params` fill the sentence of the code. */
export type FieldProblem = InputProblem & { path: string }

export type DomainErrorCode =
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'invalid_request'
  | 'conflict'
  | 'unknown_scenario'
  | 'recipient_invalid'
  | 'missing_variables'
  | 'unknown_variables'
  | 'channel_not_configured'
  | 'template_not_configured'
  | 'template_not_usable'
  | 'idempotency_conflict'
  | 'rate_limited'
  | 'codes_blocked'
  | 'codes_stopped'
  | 'provider_unavailable'

export type ErrorData = {
  /** What to correct, field by field. */
  fields?: FieldProblem[]
  /** Seconds until the same call may succeed. */
  retryAfter?: number
  /** The reason within the code, a key of `Reason.*`; of `Cause.*` for `provider_unavailable`. */
  reason?: Reason
  /** Variables concerned, for `missing_variables` and `unknown_variables`. */
  variables?: string[]
  /** For `provider_unavailable`: its own code and words, and its id of the request. */
  provider?: { code: string; detail: string; requestId?: string }
  /** For `conflict`: the version that is stored now. */
  currentVersion?: number
}

export class DomainError extends Error {
  readonly code: DomainErrorCode
  readonly data: ErrorData
  constructor(code: DomainErrorCode, message: string, data: ErrorData = {}) {
    super(message)
    this.name = 'DomainError'
    this.code = code
    this.data = data
  }
}

/** Input refused field by field. */
export const invalid = (...fields: FieldProblem[]) =>
  new DomainError(
    'invalid_request',
    `Not accepted: ${fields.map((field) => `${field.path} (${field.code})`).join(', ')}.`,
    {
      fields,
    },
  )

export const notFound = (what: string) => new DomainError('not_found', `There is no such ${what}.`)

/** Tells a DomainError by its name: Next bundles a copy of the domain, so that `instanceof` does not hold between the two. */
export const isDomainError = (error: unknown): error is DomainError =>
  error instanceof Error && error.name === 'DomainError'

/** Whether an error says that the database is not there, however it was wrapped or copied; told by its name, as above. */
export function isUnavailable(error: unknown): boolean {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth++) {
    if ('name' in at && at.name === 'DatabaseUnavailable') return true
    at = 'cause' in at ? at.cause : undefined
  }
  return false
}

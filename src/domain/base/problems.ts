/** Turns what zod, the database and providers found into errors that the console and the HTTP API can put into words. */
import type { z } from 'zod'
import { LookupError } from '#channels/contract.ts'
import { entryOf } from '#channels/storable.ts'
import type { VendorProblem } from '#channels/vendor-codes.ts'
import type { InputProblem } from './codes.ts'
import { DomainError, type FieldProblem } from './errors.ts'

type Issue = z.core.$ZodIssue

/** What our schemas say as their error is a code, `{ error: 'taken' satisfies ProblemCode }`. */
const isCode = (message: string) => /^[a-z][a-z_]+$/.test(message)

const formats = {
  email: 'invalid_email',
  url: 'invalid_url',
  uuid: 'invalid_uuid',
  datetime: 'invalid_datetime',
  regex: 'invalid_form',
} as const

const isCounted = (origin: string) => origin === 'number' || origin === 'string' || origin === 'array'

/** What zod finds by itself is told by its kind, or else as a value that is not accepted. */
function problemOf(issue: Issue): InputProblem {
  if (isCode(issue.message)) return { code: issue.message as VendorProblem }
  switch (issue.code) {
    case 'invalid_type': {
      const params = { expected: issue.expected }
      return { code: issue.message.endsWith('received undefined') ? 'required' : 'invalid_type', params }
    }
    case 'too_small': {
      const { origin } = issue
      const params = { minimum: Number(issue.minimum) }
      if (origin === 'string' && params.minimum === 1) return { code: 'required' }
      return isCounted(origin) ? { code: `too_small_${origin}`, params } : { code: 'invalid_value' }
    }
    case 'too_big': {
      const { origin } = issue
      const params = { maximum: Number(issue.maximum) }
      return isCounted(origin) ? { code: `too_big_${origin}`, params } : { code: 'invalid_value' }
    }
    case 'invalid_format':
      return { code: entryOf(formats, issue.format) ?? 'invalid_value' }
    case 'invalid_value':
      return { code: 'invalid_value', params: { allowed: issue.values.join(', ') } }
    case 'unrecognized_keys':
      return { code: 'unknown_field' }
    default:
      return { code: 'invalid_value' }
  }
}

/** Nobody reads more of them, and a body of our largest size can hold some hundred thousand. */
const mostProblems = 100

/** One problem a field; unknown fields are named one by one. The first hundred. */
export function problemsFrom(error: z.ZodError | z.core.$ZodError, prefix = ''): FieldProblem[] {
  const first = error.issues.slice(0, mostProblems).flatMap((issue) => {
    const path = [prefix, ...issue.path.map(String)].filter(Boolean).join('.')
    if (issue.code !== 'unrecognized_keys') return [{ path, ...problemOf(issue) }]
    const keys = issue.keys.slice(0, mostProblems)
    return keys.map((key): FieldProblem => ({ path: [path, key].filter(Boolean).join('.'), code: 'unknown_field' }))
  })
  return first.slice(0, mostProblems)
}

/** Postgres's 23505 on one constraint; drizzle wraps the driver's error in its cause. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  const cause = error instanceof Error && error.cause ? error.cause : error
  return typeof cause === 'object' && cause !== null && 'constraint' in cause && cause.constraint === constraint
}

/** Postgres's 23503: something that a row hangs on is not there. */
export function isGone(error: unknown): boolean {
  const cause = error instanceof Error && error.cause ? error.cause : error
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === '23503'
}

/** The provider's answer. @throws DomainError `provider_unavailable` where it could not be asked */
export async function providerAnswer<T>(request: Promise<T>): Promise<T> {
  try {
    return await request
  } catch (error) {
    if (!(error instanceof LookupError)) throw error
    const { code, detail, requestId, reason } = error
    const provider = { code, detail, ...(requestId ? { requestId } : {}) }
    throw new DomainError('provider_unavailable', 'The provider could not be providerAnswer.', {
      reason,
      provider,
    })
  }
}

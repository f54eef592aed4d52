/** Turns what zod, the database and providers found into errors that the console and the HTTP API can put into words. */
import type { z } from 'zod'
import { LookupError } from '#channels/contract.ts'
import { vendorCause } from './codes.ts'
import { DomainError, type FieldProblem } from './errors.ts'

type Issue = z.core.$ZodIssue

/** Words of our own schemas (`{ error: 'code' }`) are codes already; zod's own are mapped by kind. */
function codeOf(issue: Issue): Pick<FieldProblem, 'code' | 'params'> {
  if (/^[a-z][a-z_]+$/.test(issue.message)) return { code: issue.message }
  switch (issue.code) {
    case 'invalid_type':
      return {
        code: issue.message.endsWith('received undefined') ? 'required' : 'invalid_type',
        params: { expected: issue.expected },
      }
    case 'too_small':
      return Number(issue.minimum) === 1 && issue.origin === 'string'
        ? { code: 'required' }
        : { code: `too_small_${issue.origin}`, params: { minimum: Number(issue.minimum) } }
    case 'too_big':
      return { code: `too_big_${issue.origin}`, params: { maximum: Number(issue.maximum) } }
    case 'invalid_format':
      return { code: `invalid_${issue.format === 'regex' ? 'form' : issue.format}` }
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
    if (issue.code !== 'unrecognized_keys') return [{ path, ...codeOf(issue) }]
    const keys = issue.keys.slice(0, mostProblems)
    return keys.map((key) => ({ path: [path, key].filter(Boolean).join('.'), code: 'unknown_field' }))
  })
  return first.slice(0, mostProblems)
}

/** Postgres's 23505 on one constraint; drizzle wraps the driver's error in its cause. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  const cause = error instanceof Error && error.cause ? error.cause : error
  return typeof cause === 'object' && cause !== null && 'constraint' in cause && cause.constraint === constraint
}

/** Hands on a provider's answer; its failure becomes an error that a person can act on. */
export async function asked<T>(question: Promise<T>): Promise<T> {
  try {
    return await question
  } catch (error) {
    if (!(error instanceof LookupError)) throw error
    const { code, detail, requestId, reason } = error
    const provider = { code, detail, ...(requestId ? { requestId } : {}) }
    throw new DomainError('provider_unavailable', 'The provider could not be asked.', {
      reason: vendorCause(reason),
      provider,
    })
  }
}

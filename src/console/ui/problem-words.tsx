'use client'
/**
 * The one map from what the server refused to words: each problem on its field, the rest as one result. Promises a
 * sentence for every error, known or not. Uses the namespaces `Problem`, `Error` and `Reason`.
 */
import type { ErrorShape } from '#api/trpc.ts'
import type { FieldProblem } from '#domain/base/errors.ts'
import { type DynamicWords, useDynamicWords } from './dynamic-words.ts'
import type { FormProblem } from './form.tsx'
import type { ResultProps } from './result.tsx'

/** A refused field in words, with what the server said of it. */
export type WordedProblem = FieldProblem & { text: string }

type FormOptions = {
  /** The names of the form's inputs, as the server writes their paths. What is not among them is said above the form. */
  inputs: readonly string[]
  /** Words of the form's own for a problem, or undefined for the usual ones. */
  say?: (problem: FieldProblem) => string | undefined
}

export type ProblemWords = {
  /** A problem of a field, as a sentence. */
  text(problem: Pick<FieldProblem, 'code' | 'params'>): string
  /** Every field that was not accepted, in the server's order. */
  fields(error: unknown): WordedProblem[]
  /** The error as a whole: what happened, what to do, and the id to ask about. */
  result(error: unknown): ResultProps
  /** What a form shows: problems on its inputs, and the rest as a whole. */
  form(error: unknown, options: FormOptions): FormProblem
}

/** What the server said of an error; undefined when no answer came. */
export function domainErrorOf(error: unknown): ErrorShape | undefined {
  if (!(error instanceof Error) || !('data' in error)) return undefined
  const { data } = error
  return typeof data === 'object' && data !== null && 'domain' in data ? (data.domain as ErrorShape) : undefined
}

/** @param provider whose own words come before those that hold for all */
export function useProblemWords(provider?: string): ProblemWords {
  const problems = useDynamicWords('Problem', provider)
  const errors = useDynamicWords('Error')
  const reasons = useDynamicWords('Reason')
  return problemWords(problems, errors, reasons)
}

function problemWords(problems: DynamicWords, errors: DynamicWords, reasons: DynamicWords): ProblemWords {
  const text: ProblemWords['text'] = ({ code, params = {} }) => {
    const nearer = 'nearest' in params ? problems.find(`${code}_nearest`, params) : undefined
    return nearer ?? problems.find(code, params) ?? problems('invalid_value')
  }
  const fields: ProblemWords['fields'] = (error) =>
    (domainErrorOf(error)?.data.fields ?? []).map((problem) => ({ ...problem, text: text(problem) }))

  const result: ProblemWords['result'] = (error) => {
    const shape = domainErrorOf(error)
    if (!shape) return { tone: 'red', title: errors('unreachable'), next: errors('unreachableHint') }
    const { reason, retryAfter = 60, variables = [] } = shape.data
    const values = { seconds: retryAfter, variables: variables.join(', ') }
    const ofReason = (suffix = '') => (reason ? reasons.find(`${reason}${suffix}`) : undefined)
    const title = ofReason() ?? errors.find(shape.code, values) ?? errors('internal')
    const next = ofReason('Hint') ?? errors.find(`${shape.code}Hint`, values)
    return { tone: 'red', title, next, ...(shape.code === 'internal' ? { requestId: shape.requestId } : {}) }
  }

  const form: ProblemWords['form'] = (error, { inputs, say }) => {
    const found = fields(error).map((problem) => ({ ...problem, text: say?.(problem) ?? problem.text }))
    if (found.length === 0) return { result: result(error) }
    const byInput: Record<string, string> = {}
    for (const { path, text: words } of found) if (inputs.includes(path)) byInput[path] ??= words
    const others = found
      .filter(({ path }) => !inputs.includes(path))
      .map(({ path, text: words }) => `${path}: ${words}`)
    if (others.length === 0) return { fields: byInput }
    return { fields: byInput, result: { tone: 'red', title: errors('invalid_request'), why: others.join(' ') } }
  }
  return { text, fields, result, form }
}

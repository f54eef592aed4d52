/** What the editor tells an author about a template while it is written. */
import { checkEmailContent } from '#channels/email/check.ts'
import type { EmailContent } from '#channels/email/content.ts'
import type { ContentField } from '../content.ts'

export type Place = {
  /** Both from 1; the column in UTF-16 units. */
  line: number
  column: number
  /** Where it stands in the field's source, from 0. */
  offset: number
  length: number
}

export type Finding = {
  /** A key of `Findings.*`. */
  code: string
  /** An `error` blocks saving, a `hint` never does. */
  severity: 'error' | 'hint'
  field: ContentField
  params: Record<string, string | number>
  /** Where it is found: the first of `count` places. */
  place?: Place
  count: number
}

/** What a finding is looked for in. */
export type FindingScenario = { kind: 'verification' | 'notification'; variables: readonly string[] }

/** Turns offsets into places, for offsets in any order. */
export function placesIn(source: string): (offset: number, length: number) => Place {
  const starts = [0]
  for (let at = 0; at < source.length; at++) {
    const unit = source.charCodeAt(at)
    if (unit === 10 || (unit === 13 && source.charCodeAt(at + 1) !== 10)) starts.push(at + 1)
  }
  return (offset, length) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1, offset, length }
  }
}

type Params = Record<string, string | number>

/** What stands in the source at a place, as far as it fits a line. */
const written = (source: string, { offset, length }: Params) =>
  source.slice(Number(offset), Number(offset) + Math.min(Number(length), 44))

function fromProblem(
  content: EmailContent,
  { path, code, severity, params = {} }: ReturnType<typeof checkEmailContent>[number],
): Finding {
  const field = path as ContentField
  const { line, column, offset, length, nearest } = params
  if (typeof offset !== 'number') return { code, severity, field, params: {}, count: 1 }
  const source = content[field] ?? ''
  return {
    code: nearest === undefined ? code : `${code}_nearest`,
    severity,
    field,
    params: {
      written: written(source, params),
      ...(nearest === undefined ? {} : { nearest: code === 'misspelt_variable' ? `$<${nearest}>` : `\${${nearest}}` }),
    },
    place: { line: Number(line), column: Number(column), offset, length: Number(length) },
    count: 1,
  }
}

/**
 * The findings that are cheap enough for every keystroke, errors among them: the same check that guards saving.
 * @returns errors first, each in the order of the source
 */
export function quickFindings(content: EmailContent, scenario: FindingScenario): Finding[] {
  const findings = checkEmailContent(content, scenario).map((problem) => fromProblem(content, problem))
  if (content.subject.trim() === '') {
    findings.unshift({ code: 'subject_missing', severity: 'error', field: 'subject', params: {}, count: 1 })
  }
  return [
    ...findings.filter(({ severity }) => severity === 'error'),
    ...findings.filter(({ severity }) => severity !== 'error'),
  ]
}

/** The findings that are cheap enough for every keystroke, errors among them: the same check that guards saving. */

import { checkEmailContent } from '#channels/email/check.ts'
import type { EmailContent } from '#channels/email/content.ts'
import type { ContentField } from '../content-store.ts'
import type { Finding, FindingScenario } from './finding.ts'

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

/** @returns errors first, each in the order of the source */
export function quickFindings(content: EmailContent, scenario: FindingScenario): Finding[] {
  const found = checkEmailContent(content, scenario).map((problem) => fromProblem(content, problem))
  if (content.subject.trim() === '') {
    found.unshift({ code: 'subject_missing', severity: 'error', field: 'subject', params: {}, count: 1 })
  }
  return [
    ...found.filter(({ severity }) => severity === 'error'),
    ...found.filter(({ severity }) => severity !== 'error'),
  ]
}

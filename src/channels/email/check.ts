/** What keeps an email template from being saved, and what is only worth a hint. Pure, and linear in the content. */

import { type ContentProblem, sourceProblem } from '../problems.ts'
import { compiled, htmlElements, type Parsed, usedBy } from '../render.ts'
import type { EmailContent } from './content.ts'
import { largestHtml } from './limits.ts'

/** So that no value, however long it may be, makes a mail of hundreds of megabytes. */
const mostVariables = 2000
/** Gmail cuts a mail off that is longer. */
const clippedHtml = 102 * 1024

/** Whether there is a tag of an HTML element outside of comments. */
function hasElement(html: string): boolean {
  const tag = /<(?:!--|([a-z][a-z0-9]*)(?=[\s/>]))/gi
  for (let match = tag.exec(html); match; match = tag.exec(html)) {
    if (match[1] === undefined) {
      const end = html.indexOf('-->', match.index + 4)
      if (end === -1) return false
      tag.lastIndex = end
    } else if (htmlElements.has(match[1].toLowerCase())) return html.indexOf('>', match.index) !== -1
  }
  return false
}

const withoutVariables = (parsed: Parsed): string =>
  parsed.parts.map((part) => (typeof part === 'string' ? part : ' ')).join('')

const tooLarge = (text: string): boolean =>
  text.length > largestHtml || (text.length * 3 > largestHtml && new TextEncoder().encode(text).length > largestHtml)

/**
 * All that is wrong or doubtful in an email template for a scenario, field by field in the order of the source. A problem
 * with a place has `name`, `line`, `column`, `offset`, `length` and, where a declared name is near, `nearest`.
 */
export function checkEmailContent(
  content: EmailContent,
  scenario: { kind: 'verification' | 'notification'; variables: readonly string[] },
): ContentProblem[] {
  const problems: ContentProblem[] = []
  const { subject, html, text, fromName } = content
  for (const [path, source] of Object.entries({ subject, html, text, fromName })) {
    if (source === undefined) continue
    if (tooLarge(source)) {
      problems.push({ path, code: 'too_large', severity: 'error', params: { maximum: largestHtml } })
      continue
    }
    const parsed = compiled(source, scenario.variables)
    problems.push(...parsed.findings.map((finding) => sourceProblem(path, finding)))
    if (parsed.parts.filter((part) => typeof part !== 'string').length > mostVariables) {
      problems.push({ path, code: 'too_many_uses', severity: 'error', params: { maximum: mostVariables } })
    }
    const carriesCode = path === 'html' || path === 'text'
    if (carriesCode && scenario.kind === 'verification' && !usedBy(parsed).includes('code')) {
      problems.push({ path, code: 'code_missing', severity: 'error' })
    }
    if (path !== 'html') continue
    if (!hasElement(withoutVariables(parsed))) problems.push({ path, code: 'no_html_element', severity: 'error' })
    if (source.length > clippedHtml) problems.push({ path, code: 'clipped', severity: 'hint' })
  }
  return problems
}

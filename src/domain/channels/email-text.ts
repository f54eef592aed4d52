/** The plain text of an HTML template that has none of its own, made once per template, with its variables in their places. */
import { compile } from 'html-to-text'
import { compiled, type Parsed, type Part, remember, render, usedBy } from '../templates/render.ts'

const toText = compile({
  wordwrap: false,
  limits: { maxDepth: 200, maxInputLength: 4_000_000 },
  formatters: {
    alternative: (element, _walk, builder) => {
      if (element.attribs?.alt) builder.addInline(element.attribs.alt)
    },
  },
  selectors: [
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ...['th', 'td'].map((selector) => ({ selector, format: 'block' })),
    ...['head', 'title', '[style*="display:none"]', '[style*="display: none"]'].map((selector) => ({
      selector,
      format: 'skip',
    })),
    { selector: 'img', format: 'alternative' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['<', '>'] } },
  ],
})

/** Elements that never hold others, or that the next of their kind ends: they nest no deeper than what is around them. */
const shallow = new Set(
  'area base br col dd dt embed hr img input li link meta option p param source td th tr wbr'.split(' '),
)
const deepest = 500

/** Whether elements may be nested deeper than is reasonable, which the converter takes minutes over. */
function isTooDeep(html: string): boolean {
  const open = new Map<string, number>()
  let depth = 0
  for (const [, end, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9-]*)/gi)) {
    const element = name.toLowerCase()
    const count = open.get(element) ?? 0
    if (shallow.has(element) || (end && count === 0)) continue
    open.set(element, end ? count - 1 : count + 1)
    depth += end ? -1 : 1
    if (depth > deepest) return true
  }
  return false
}

/** What stands between the tags, for HTML that is not worth more. */
function withoutTags(html: string): string {
  let text = ''
  let at = 0
  for (let start = html.indexOf('<'); start !== -1; start = html.indexOf('<', at)) {
    const end = html.indexOf('>', start)
    if (end === -1) break
    text += `${html.slice(at, start)} `
    at = end + 1
  }
  return (text + html.slice(at)).replace(/\s+/g, ' ').trim()
}

// Noncharacters of Unicode: text to the converter, and nothing that a template has a use for.
const opening = '\uFDD0'
const closing = '\uFDD1'
const placeholder = new RegExp(`${opening}(\\d+)${closing}`)

/** The plain text of an HTML template, with its variables in their places. Costs about a millisecond: remembered. */
export const generatedText = remember(8_000_000, (html, names): Parsed => {
  const parsed = compiled(html, names)
  const used = usedBy(parsed)
  const source = parsed.parts
    .map((part) => (typeof part === 'string' ? part : `${opening}${used.indexOf(part.name)}${closing}`))
    .join('')
  const parts = (isTooDeep(source) ? withoutTags(source) : toText(source))
    .split(placeholder)
    .flatMap((piece, index): Part[] => {
      const name = index % 2 === 1 ? used[Number(piece)] : undefined
      if (name !== undefined) return [{ name }]
      return piece === '' || index % 2 === 1 ? [] : [piece]
    })
  return { parts, findings: [] }
})

/** The plain text of a mail: as written by hand, else generated from the HTML. */
export const renderText = (
  content: { html: string; text?: string | undefined },
  values: Record<string, string>,
  declared: readonly string[],
): string => {
  const parsed = content.text === undefined ? generatedText(content.html, declared) : compiled(content.text, declared)
  return render(parsed, values, (value) => value)
}

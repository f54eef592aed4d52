/** The plain text of an HTML template that has none of its own, made once per template, with its variables in their places. */
import { compile } from 'html-to-text'
import { Parser } from 'htmlparser2'
import type { ContentProblem } from '../problems.ts'
import { compiled, type Parsed, type Part, remember, render, usedBy } from '../render.ts'

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

/** More than this the converter does not get: it may take seconds, and make a text many times as long as its source. */
const mostWork = 4_000_000
const deepest = 500

/**
 * What the converter has to do for an HTML source, as its own parser sees it, end tags that are left out included: each
 * tag, and each eight characters of text, counts as often as there are elements around it, and four. Measured: at most a
 * microsecond for each. Above `mostWork` it says no more than that. Linear in the source.
 */
export function workFor(html: string): number {
  let depth = 0
  let work = 0
  const add = (pieces: number) => {
    work = depth > deepest ? Number.POSITIVE_INFINITY : work + pieces * (depth + 4)
    if (work > mostWork) parser.pause()
  }
  const parser = new Parser({
    onopentagname() {
      depth++
      add(1)
    },
    onclosetag() {
      depth--
    },
    ontext: (text) => add(1 + text.length / 8),
  })
  parser.write(html)
  return work
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

function asParsed(html: string, names: readonly string[], toText: (html: string) => string): Parsed {
  const parsed = compiled(html, names)
  const used = usedBy(parsed)
  const source = parsed.parts
    .map((part) => (typeof part === 'string' ? part : `${opening}${used.indexOf(part.name)}${closing}`))
    .join('')
  const parts = toText(source)
    .split(placeholder)
    .flatMap((piece, index): Part[] => {
      const name = index % 2 === 1 ? used[Number(piece)] : undefined
      if (name !== undefined) return [{ name }]
      return piece === '' || index % 2 === 1 ? [] : [piece]
    })
  return { parts, findings: [] }
}

/** What stands between the tags of an HTML template: its plain text where a better one is too much work. */
export const roughText = (html: string, names: readonly string[]): Parsed => asParsed(html, names, withoutTags)

/** The plain text of an HTML template, with its variables in their places. Costs about a millisecond: remembered. */
export const generatedText = remember(8_000_000, (html, names) =>
  asParsed(html, names, (source) => (workFor(source) > mostWork ? withoutTags(source) : toText(source))),
)

/** What keeps a template from being saved: a plain text that is too much work to be made of its HTML. */
export function checkText({ html, text }: { html: string; text?: string | undefined }): ContentProblem[] {
  return text === undefined && workFor(html) > mostWork
    ? [{ path: 'html', code: 'too_complex', severity: 'error' }]
    : []
}

/** The plain text of a mail: as written by hand, else generated from the HTML. */
export const renderText = (
  content: { html: string; text?: string | undefined },
  values: Record<string, string>,
  declared: readonly string[],
): string => {
  const parsed = content.text === undefined ? generatedText(content.html, declared) : compiled(content.text, declared)
  return render(parsed, values, (value) => value)
}

/** Hints about the HTML itself: tags that are open or stray, images without words, links that lead nowhere good. */
import { type Attribute, attributesOf, isVoid, leadOf, scanTags, type Tag } from '../html-scan.ts'
import type { Finding, Place } from './finding.ts'

/** Elements whose end tag may be left out: open ones say nothing. */
const endsByItself = new Set(
  'html head body p li dt dd tr td th thead tbody tfoot colgroup caption option optgroup rt rp'.split(' '),
)
const removedElements = new Set(['script', 'iframe', 'object', 'embed', 'applet', 'form', 'frameset', 'base'])
const mostOfAKind = 20

type Report = (code: string, tag: Tag, params?: Finding['params']) => void

/** Says which tags are not closed, and which close nothing. */
function watchNesting(report: Report): { visit(tag: Tag): void; finish(): void } {
  const stack: Tag[] = []
  const open = new Map<string, number>()
  const pop = (isClosed: boolean) => {
    const tag = stack.pop()
    if (!tag) return
    open.set(tag.name, (open.get(tag.name) ?? 1) - 1)
    if (!isClosed && !endsByItself.has(tag.name)) report('unclosed_tag', tag, { tag: `<${tag.name}>` })
  }
  return {
    visit(tag) {
      const isForeign = tag.name.includes(':') || (open.get('svg') ?? 0) > 0 || (open.get('math') ?? 0) > 0
      if (isVoid(tag.name) || (isForeign && tag.isSelfClosing)) return
      if (!tag.isEnd) {
        stack.push(tag)
        open.set(tag.name, (open.get(tag.name) ?? 0) + 1)
        return
      }
      if ((open.get(tag.name) ?? 0) === 0) return report('stray_tag', tag, { tag: `</${tag.name}>` })
      while (stack.length > 0) {
        const isIt = stack.at(-1)?.name === tag.name
        pop(isIt)
        if (isIt) return
      }
    },
    finish() {
      while (stack.length > 0) pop(false)
    },
  }
}

function linkProblem(href: string): string | undefined {
  const address = href.trim()
  if (address === '' || /^(?:https:|mailto:|tel:|sms:|#|\$[{<]|\{)/i.test(address)) return undefined
  if (/^http:/i.test(address)) return 'insecure_link'
  if (/^(?:javascript|vbscript|data):/i.test(address.replace(/\s/g, ''))) return 'script_link'
  return /^[a-z][a-z0-9+.-]*:/i.test(address) ? undefined : 'relative_link'
}

/** The addresses that a tag leads to or loads from. */
const addressesOf = (tag: Tag, attributes: Attribute[]) =>
  attributes.filter(
    ({ name }) =>
      (name === 'href' && (tag.name === 'a' || tag.name === 'area')) || (name === 'src' && tag.name === 'img'),
  )

function checkTag(html: string, tag: Tag, report: Report): void {
  if (removedElements.has(tag.name)) report('removed_element', tag, { tag: `<${tag.name}>` })
  const attributes = attributesOf(html, tag)
  if (tag.name === 'img' && !attributes.some(({ name }) => name === 'alt')) report('alt_missing', tag)
  for (const { value } of addressesOf(tag, attributes)) {
    const problem = tag.name === 'img' && /^data:/i.test(value.trim()) ? undefined : linkProblem(value)
    if (problem) report(problem, tag, { address: value.trim().slice(0, 60) })
  }
  const handler = attributes.find(({ name }) => /^on[a-z]{3,}$/.test(name))
  if (handler) report('removed_handler', tag, { attribute: handler.name })
}

/** Of each kind the first twenty places, and how many there are of the rest. */
export function structureFindings(html: string, placeOf: (offset: number, length: number) => Place): Finding[] {
  const findings: Finding[] = []
  const counts = new Map<string, number>()
  const report: Report = (code, tag, params = {}) => {
    const count = (counts.get(code) ?? 0) + 1
    counts.set(code, count)
    if (count > mostOfAKind) return
    const place = placeOf(tag.start, tag.end - tag.start)
    findings.push({ code, severity: 'hint', field: 'html', params, place, count: 1 })
  }
  const nesting = watchNesting(report)
  scanTags(html, (tag) => {
    nesting.visit(tag)
    if (!tag.isEnd) checkTag(html, tag, report)
  })
  nesting.finish()
  findings.sort((a, b) => (a.place?.offset ?? 0) - (b.place?.offset ?? 0))
  const lead = leadOf(html)
  const ofMail = (code: string): Finding => ({ code, severity: 'hint', field: 'html', params: {}, count: 1 })
  if (lead.text !== '' && !lead.isPreheader) findings.push(ofMail('preheader_missing'))
  return findings
}

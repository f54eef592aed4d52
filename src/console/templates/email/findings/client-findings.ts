/**
 * What big mail programs ignore, from the data of caniemail.com through the library `caniemail`. The library is asked
 * about every distinct element, declaration, selector and at-rule once, each on a line of its own, so that it answers
 * as quickly for a long template as for a short one and every answer leads back to the exact place.
 * The data knows neither QQ Mail nor NetEase Mail; the editor says so.
 */
import { caniemail } from 'caniemail'
import { attributesOf, scanTags, type Tag } from '../html-scan.ts'
import { scanCss } from './css-scan.ts'
import type { Finding, Place } from './finding.ts'

/** The name of a mail program as it is shown, by the library's name of it. */
const programs = {
  'gmail.desktop-webmail': 'Gmail',
  'gmail.android': 'Gmail',
  'outlook.windows': 'Outlook (Windows)',
  'outlook.outlook-com': 'Outlook.com',
  'apple-mail.macos': 'Apple Mail',
  'apple-mail.ios': 'Apple Mail (iOS)',
} as const
type Program = keyof typeof programs
const clients = Object.keys(programs) as Program[]

/** True of every mail, or said better elsewhere. */
const unasked = new Set(['HTML5 doctype', 'HTML comments', 'CSS comments', 'Type selector', 'Class selector'])
const mostDistinct = 1000

type Spot = { offset: number; length: number }
type Noted = { first: Spot; count: number }

/** Distinct things by how they are asked, with where each stands first and how often. */
class Notes {
  readonly all = new Map<string, Noted>()
  add(asked: string, spot: Spot): void {
    const known = this.all.get(asked)
    if (known) known.count++
    else if (this.all.size < mostDistinct) this.all.set(asked, { first: spot, count: 1 })
  }
}

type Noticed = { elements: Notes; declarations: Notes; selectors: Notes; atRules: Notes }

const plain = (text: string) => text.replace(/["'<>{}\\]/g, '').slice(0, 200)

/** Values that the library looks at; of an address only its scheme and ending matter. */
function askedValue(name: string, value: string): string {
  if (name === 'href') return /^(#|mailto:)/i.exec(value.trim())?.[0] ?? 'https:'
  if (name === 'src')
    return `x${/\.(?:png|jpe?g|gif|webp|svg|avif|bmp|ico|hdr|heif|tiff?|apng)\b/i.exec(value)?.[0] ?? ''}`
  return name === 'type' || name === 'name' ? plain(value) : 'x'
}

function noteCss(css: string, base: number, noticed: Noticed): void {
  for (const piece of scanCss(css)) {
    const spot = { offset: base + piece.offset, length: piece.length }
    if (piece.kind === 'declaration') noticed.declarations.add(`${plain(piece.property)}:${plain(piece.value)}`, spot)
    else if (piece.kind === 'selector') noticed.selectors.add(piece.text.replace(/[{}<>\\]/g, '').slice(0, 300), spot)
    else noticed.atRules.add(piece.name, spot)
  }
}

function noteTag(html: string, tag: Tag, noticed: Noticed): void {
  const asked = attributesOf(html, tag).filter(({ name, value, valueStart }) => {
    if (name !== 'style') return /^[a-z][a-z-]*$/.test(name)
    noteCss(value, valueStart, noticed)
    return false
  })
  const attributes = asked.map(({ name, value }) => ` ${name}="${askedValue(name, value)}"`).sort()
  if (/^[a-z][a-z0-9]*$/.test(tag.name)) {
    noticed.elements.add(`<${tag.name}${attributes.join('')}>`, { offset: tag.start, length: tag.end - tag.start })
  }
}

function notice(html: string): Noticed {
  const noticed = { elements: new Notes(), declarations: new Notes(), selectors: new Notes(), atRules: new Notes() }
  let style: Tag | undefined
  scanTags(html, (tag) => {
    if (style) noteCss(html.slice(style.end, tag.start), style.end, noticed)
    style = tag.name === 'style' && !tag.isEnd ? tag : undefined
    if (!tag.isEnd) noteTag(html, tag, noticed)
  })
  return noticed
}

/** What is ignored, by its title: by whom, where first, and how often. */
type Ignored = Map<string, { programs: Set<string>; noted: Noted }>

function ask(notes: Notes, question: (lines: string[]) => { css: string } | { html: string }, ignored: Ignored): void {
  const asked = [...notes.all]
  if (asked.length === 0) return
  const { issues } = caniemail({ clients, ...question(asked.map(([text]) => text)) })
  for (const [client, found] of issues.errors) {
    const here = new Map<string, Noted>()
    for (const { title, position } of found) {
      const noted = asked[(position?.start.line ?? 0) - 1]?.[1]
      if (!noted || unasked.has(title)) continue
      const known = here.get(title)
      here.set(title, known ? { first: known.first, count: known.count + noted.count } : noted)
    }
    for (const [title, noted] of here) {
      const entry = ignored.get(title) ?? { programs: new Set(), noted }
      entry.programs.add(programs[client as Program])
      ignored.set(title, entry)
    }
  }
}

/** At-rules are answered without a place: one question for each. */
function askAboutAtRules(notes: Notes, ignored: Ignored): void {
  for (const [name, noted] of notes.all) {
    if (!/^(?:media|import|supports|font-face|keyframes)$/.test(name)) continue
    const css =
      name === 'import' ? '@import "x.css";' : name === 'font-face' ? '@font-face{a:b}' : `@${name} print{x{a:b}}`
    const { issues } = caniemail({ clients, css })
    for (const [client, found] of issues.errors) {
      const title = found.find((issue) => issue.title.startsWith('@'))?.title
      if (title === undefined) continue
      const entry = ignored.get(title) ?? { programs: new Set(), noted }
      entry.programs.add(programs[client as Program])
      ignored.set(title, entry)
    }
  }
}

/** One finding for each thing that is ignored, in the order of the source. */
export function clientFindings(html: string, placeOf: (offset: number, length: number) => Place): Finding[] {
  const noticed = notice(html)
  const ignored: Ignored = new Map()
  ask(noticed.elements, (lines) => ({ html: lines.join('\n') }), ignored)
  ask(noticed.declarations, (lines) => ({ css: lines.map((line) => `x{${line}}`).join('\n') }), ignored)
  ask(noticed.selectors, (lines) => ({ css: lines.map((line) => `${line}{color:red}`).join('\n') }), ignored)
  askAboutAtRules(noticed.atRules, ignored)
  return [...ignored]
    .map(([title, entry]): Finding => {
      const { offset, length } = entry.noted.first
      const names = [...entry.programs].join(', ')
      const params = { programs: names, programCount: entry.programs.size, feature: title }
      const place = placeOf(offset, length)
      return { code: 'ignored', severity: 'hint', field: 'html', params, place, count: entry.noted.count }
    })
    .sort((a, b) => (a.place?.offset ?? 0) - (b.place?.offset ?? 0))
}

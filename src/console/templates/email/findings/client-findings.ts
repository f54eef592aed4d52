/**
 * What big mail programs ignore, from the data of caniemail.com through the library `caniemail`. The library is asked
 * about every distinct element, declaration, selector and at-rule once, each on a line of its own, so that it answers
 * as quickly for a long template as for a short one and every answer leads back to the exact place.
 * The data knows neither QQ Mail nor NetEase Mail; the editor says so.
 */
import { caniemail } from 'caniemail'
import { attributesOf, scanTags, type Tag } from '../html-scan.ts'
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

/** True of every mail, said better elsewhere, or only there for programs that know it. */
const unasked = new Set([
  ...['HTML5 doctype', 'HTML comments', 'CSS comments', 'Type selector', 'Class selector'],
  ...['color-scheme meta tag', 'color-scheme CSS property'],
])
const mostDistinct = 1000

type Spot = { offset: number; length: number }
type Noted = { first: Spot; count: number }

/** Distinct things by how they are asked, with where each stands first and how often. */
class Notes {
  readonly all = new Map<string, Noted>()
  add(question: string, spot: Spot): void {
    const noted = this.all.get(question)
    if (noted) noted.count++
    else if (this.all.size < mostDistinct) this.all.set(question, { first: spot, count: 1 })
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
    // A dark look is an offer to programs that have one: the mail is whole without it.
    else if (!piece.prelude.includes('prefers-color-scheme')) noticed.atRules.add(piece.name, spot)
  }
}

function noteTag(html: string, tag: Tag, noticed: Noticed): void {
  const lookedUp = attributesOf(html, tag).filter(({ name, value, valueStart }) => {
    if (name !== 'style') return /^[a-z][a-z-]*$/.test(name)
    noteCss(value, valueStart, noticed)
    return false
  })
  const attributes = lookedUp.map(({ name, value }) => ` ${name}="${askedValue(name, value)}"`).sort()
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
  const lines = [...notes.all]
  if (lines.length === 0) return
  const { issues } = caniemail({ clients, ...question(lines.map(([text]) => text)) })
  for (const [client, issuesOfClient] of issues.errors) {
    const here = new Map<string, Noted>()
    for (const { title, position } of issuesOfClient) {
      const noted = lines[(position?.start.line ?? 0) - 1]?.[1]
      if (!noted || unasked.has(title)) continue
      const before = here.get(title)
      here.set(title, before ? { first: before.first, count: before.count + noted.count } : noted)
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
    for (const [client, issuesOfClient] of issues.errors) {
      const title = issuesOfClient.find((issue) => issue.title.startsWith('@'))?.title
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

/** A piece of CSS with where it stands. */
type CssPiece =
  | { kind: 'declaration'; property: string; value: string; offset: number; length: number }
  | { kind: 'selector'; text: string; offset: number; length: number }
  | { kind: 'at-rule'; name: string; prelude: string; offset: number; length: number }

/** Where the string or comment that begins at `at` ends, or `at` itself if none does. */
function skipAtom(css: string, at: number): number {
  const opener = css[at]
  if (opener === '/' && css[at + 1] === '*') {
    const close = css.indexOf('*/', at + 2)
    return close === -1 ? css.length : close + 2
  }
  if (opener !== '"' && opener !== "'") return at
  for (let index = at + 1; index < css.length; index++) {
    if (css[index] === '\\') index++
    else if (css[index] === opener || css[index] === '\n') return index + 1
  }
  return css.length
}

/** The piece that ends where a `;`, `{` or `}` stands. */
function pieceOf(css: string, start: number, end: number, opensBlock: boolean): CssPiece | undefined {
  const written = css.slice(start, end)
  const text = written
    .replace(/\/\*[\s\S]*?(?:\*\/|$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (text === '') return undefined
  const offset = start + (written.length - written.trimStart().length)
  const length = written.trim().length
  const atRule = /^@([a-z-]+)\s*(.*)$/i.exec(text)
  if (atRule)
    return { kind: 'at-rule', name: (atRule[1] ?? '').toLowerCase(), prelude: atRule[2] ?? '', offset, length }
  if (opensBlock) return { kind: 'selector', text, offset, length }
  const colon = text.indexOf(':')
  if (colon < 1) return undefined
  const property = text.slice(0, colon).trim().toLowerCase()
  return { kind: 'declaration', property, value: text.slice(colon + 1).trim(), offset, length }
}

/** Of a style element's content, or of a style attribute. Offsets count from the start of `css`. */
export function scanCss(css: string): CssPiece[] {
  const pieces: CssPiece[] = []
  let start = 0
  let depth = 0
  for (let at = 0; at <= css.length; at++) {
    const unit = css[at]
    const isEnd = at === css.length || unit === '{' || unit === '}' || (unit === ';' && depth === 0)
    if (isEnd) {
      const piece = pieceOf(css, start, at, unit === '{')
      if (piece) pieces.push(piece)
      start = at + 1
      depth = 0
    } else if (unit === '(') depth++
    else if (unit === ')') depth = Math.max(0, depth - 1)
    else {
      const after = skipAtom(css, at)
      if (after > at) at = after - 1
    }
  }
  return pieces
}

/**
 * Substitution of variables in a template's source: `${name}`, and `$<name>` which is the same. Pure and without imports,
 * because preview, test send and delivery all run it, the preview in the browser. Promises work linear in the source,
 * and that a value is never looked at again: a value `${code}` stays these seven characters.
 *
 * Only declared names are variables. Any other `${…}` is an error; any other `$<…>` is ordinary text, since a dollar sign
 * may stand before an HTML tag. `\${` and `\$<` write `${` and `$<`. A backslash means something only directly before
 * these two, and only that one backslash: `\\${code}` writes `\${code}`, and `C:\dir` stays as it is. A backslash right
 * before a value is written `&#92;${code}` in HTML.
 */

/** A piece of a template: text as it stands, or the place of a variable. */
export type Part = string | { name: string }

export type Finding = {
  kind: 'unknown_variable' | 'unclosed_variable' | 'misspelt_variable'
  severity: 'error' | 'hint'
  /** What stands between the brackets, at most 40 characters. */
  name: string
  /** Both from 1; the column in UTF-16 units. */
  line: number
  column: number
  /** Where it stands in the source, from 0. */
  offset: number
  length: number
  /** The declared name that was probably meant. */
  nearest?: string
}

export type Parsed = { parts: Part[]; findings: Finding[] }

const mostFindings = 100

const htmlElementNames =
  'a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script search section select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr'

/** The names of HTML elements, in lower case. */
export const htmlElements: ReadonlySet<string> = new Set(htmlElementNames.split(' '))

/** Levenshtein distance of two short words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/** The declared name that somebody who wrote `name` most probably meant. */
function nearestTo(name: string, declared: readonly string[]): string | undefined {
  const meant = name.trim().toLowerCase()
  if (meant.length > 40) return undefined
  let nearest: string | undefined
  let best = Number.POSITIVE_INFINITY
  for (const candidate of declared) {
    const isBeginning = meant.length >= 3 && (candidate.startsWith(meant) || meant.startsWith(candidate))
    const allowed = Math.min(2, Math.floor(Math.max(meant.length, candidate.length) / 2))
    if (!isBeginning && Math.abs(meant.length - candidate.length) > allowed) continue
    const away = distance(meant, candidate)
    if (away < best && (away <= allowed || isBeginning)) {
      best = away
      nearest = candidate
    }
  }
  return nearest
}

/** Lines and columns of offsets that are asked for in ascending order, in one pass over the source. */
function locator(source: string): (offset: number) => { line: number; column: number } {
  let line = 1
  let lineStart = 0
  let seen = 0
  return (offset) => {
    for (; seen < offset; seen++) {
      const unit = source.charCodeAt(seen)
      const endsLine = unit === 10 || (unit === 13 && source.charCodeAt(seen + 1) !== 10)
      if (endsLine) {
        line++
        lineStart = seen + 1
      }
    }
    return { line, column: offset - lineStart + 1 }
  }
}

/** Where a `${` that starts at `at` is closed: the index of its `}`, or -1 if its line ends or another `${` comes first. */
function closingBrace(source: string, at: number): number {
  for (let i = at + 2; i < source.length; i++) {
    const unit = source[i]
    if (unit === '}') return i
    if (unit === '\n' || unit === '\r' || (unit === '$' && source[i + 1] === '{')) return -1
  }
  return -1
}

const angled = /[A-Za-z_][A-Za-z0-9_]{0,63}(?=>)/y

/** The name in a `$<name>` that starts at `at`. */
function angledName(source: string, at: number): string | undefined {
  angled.lastIndex = at + 2
  return angled.exec(source)?.[0]
}

/** What a `${` or `$<` turned out to be: a variable, or ordinary text, perhaps with something to say about it. */
type Token = { kind: 'variable' | 'text' | Finding['kind']; name: string; end: number }

function readToken(source: string, at: number, names: ReadonlySet<string>): Token {
  if (source[at + 1] === '{') {
    const close = closingBrace(source, at)
    if (close === -1) return { kind: 'unclosed_variable', name: '', end: at + 2 }
    const name = source.slice(at + 2, close)
    return { kind: names.has(name) ? 'variable' : 'unknown_variable', name, end: close + 1 }
  }
  const name = angledName(source, at)
  if (name === undefined) return { kind: 'text', name: '', end: at + 2 }
  const end = at + 3 + name.length
  if (names.has(name)) return { kind: 'variable', name, end }
  const lower = name.toLowerCase()
  return { kind: htmlElements.has(lower) && !names.has(lower) ? 'text' : 'misspelt_variable', name, end }
}

/** The finding of a token, if it is worth one: `$<name>` is only where a declared name is near. */
function findingOf({ kind, name, end }: Token, offset: number, declared: readonly string[]) {
  if (kind === 'variable' || kind === 'text') return undefined
  const nearest = nearestTo(name, declared)
  if (kind === 'misspelt_variable' && nearest === undefined) return undefined
  const severity: Finding['severity'] = kind === 'misspelt_variable' ? 'hint' : 'error'
  const shown = { kind, severity, name: name.trim().slice(0, 40), offset, length: end - offset }
  return nearest === undefined ? shown : { ...shown, nearest }
}

/** Takes a template apart. At most 100 findings are reported; the rest of the source is still read. */
export function parseTemplate(source: string, declared: readonly string[]): Parsed {
  const names = new Set(declared)
  const locate = locator(source)
  const parts: Part[] = []
  const findings: Finding[] = []
  let text = ''
  let kept = 0
  let at = source.indexOf('$')
  while (at !== -1) {
    const opener = source[at + 1]
    if (opener !== '{' && opener !== '<') {
      at = source.indexOf('$', at + 1)
      continue
    }
    if (at > kept && source[at - 1] === '\\') {
      text += source.slice(kept, at - 1)
      kept = at
      at = source.indexOf('$', at + 2)
      continue
    }
    const token = readToken(source, at, names)
    if (token.kind === 'variable') {
      text += source.slice(kept, at)
      if (text) parts.push(text)
      parts.push({ name: token.name })
      text = ''
      kept = token.end
    } else if (findings.length < mostFindings) {
      const finding = findingOf(token, at, declared)
      if (finding) findings.push({ ...finding, ...locate(at) })
    }
    at = source.indexOf('$', token.end)
  }
  text += source.slice(kept)
  if (text) parts.push(text)
  return { parts, findings }
}

/** Puts the values in, each through `escaped`. A variable without a value stays as `${name}`. */
export function render(parsed: Parsed, values: Record<string, string>, escaped: (value: string) => string): string {
  let out = ''
  for (const part of parsed.parts) {
    if (typeof part === 'string') out += part
    else out += Object.hasOwn(values, part.name) ? escaped(values[part.name] ?? '') : `\${${part.name}}`
  }
  return out
}

/** The declared names that the source uses, each once, in the order of their first use. */
export function variablesIn(source: string, declared: readonly string[]): string[] {
  return usedBy(compiled(source, declared))
}

/** The names of the variables in what was parsed, each once. */
export const usedBy = (parsed: Parsed): string[] => [
  ...new Set(parsed.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.name]))),
]

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Makes a value harmless in HTML text and in quoted attributes. */
export const escapeHtml = (value: string): string => value.replace(/[&<>"']/g, (found) => entities[found] ?? found)

/** Makes a value fit for one line: every kind of line break becomes one space, other control characters go. */
export const stripLineBreaks = (value: string): string =>
  value.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ').replace(/\p{Cc}/gu, '')

/**
 * Keeps what `make` makes of a source and a list of names, up to `capacity` characters of sources, and forgets what was
 * used longest ago beyond that. What was made elsewhere can be kept, too.
 */
export function remember<T>(capacity: number, make: (source: string, names: readonly string[]) => T) {
  const kept = new Map<string, Map<string, T>>()
  let size = 0
  const keyOf = (names: readonly string[]) => names.join(' ')
  /** What is kept of a source, which was used last now. */
  const keptOf = (source: string, key: string): Map<string, T> => {
    let made = kept.get(source)
    if (made) kept.delete(source)
    else size += source.length
    // A source is used with few lists of names; more than eight means they are not worth keeping.
    if (!made || (!made.has(key) && made.size >= 8)) made = new Map()
    kept.set(source, made)
    for (const oldest of kept.keys()) {
      if (size <= capacity || kept.size === 1) break
      kept.delete(oldest)
      size -= oldest.length
    }
    return made
  }
  const get = (source: string, names: readonly string[]): T => {
    const key = keyOf(names)
    const made = keptOf(source, key)
    const cached = made.get(key)
    if (cached !== undefined) return cached
    const fresh = make(source, names)
    made.set(key, fresh)
    return fresh
  }
  return Object.assign(get, {
    keep: (source: string, names: readonly string[], made: T) => keptOf(source, keyOf(names)).set(keyOf(names), made),
    isKept: (source: string, names: readonly string[]): boolean => kept.get(source)?.has(keyOf(names)) ?? false,
  })
}

/** `parseTemplate`, remembered by source and names. */
export const compiled = remember(8_000_000, parseTemplate)

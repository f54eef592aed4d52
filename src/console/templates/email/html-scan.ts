/**
 * Reads HTML tag by tag the way a browser's tokenizer does, without building a tree. Linear in the source whatever it
 * holds; comments, doctypes and the text inside `<style>`, `<script>`, `<title>` and their like are never taken for tags.
 */
export type Tag = {
  /** In lower case. */
  name: string
  isEnd: boolean
  isSelfClosing: boolean
  /** Of the `<`, of the first character after the name, and of the first character after the `>`. */
  start: number
  nameEnd: number
  end: number
}

export type Attribute = {
  /** In lower case. */
  name: string
  /** As written, entities not decoded; empty when there is none. */
  value: string
  start: number
  /** Where the value begins, inside its quotes; where the name ends when there is none. */
  valueStart: number
}

/** Elements whose content is text up to their end tag. */
const rawElements = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'iframe', 'noembed', 'noframes'])

export const isRaw = (name: string): boolean => rawElements.has(name)

const voidElements = new Set(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr'.split(' '),
)

/** Whether the element never holds anything, so that it needs no end tag. */
export const isVoid = (name: string): boolean => voidElements.has(name)

const isSpace = (unit: number) => unit === 32 || unit === 9 || unit === 10 || unit === 12 || unit === 13
const isLetter = (unit: number) => (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90)
const slash = 47
const greater = 62
const equals = 61

/** Where the attribute or the end of a tag that is looked for at `at` begins. */
function skipGap(html: string, at: number): number {
  let index = at
  for (let unit = html.charCodeAt(index); isSpace(unit) || unit === slash; unit = html.charCodeAt(++index));
  return index
}

/** Reads one attribute at `at`; `end` is where the next may begin, past the end of the source if it never closes. */
function readAttribute(html: string, at: number): Attribute & { end: number } {
  let index = at + 1
  for (let unit = html.charCodeAt(index); index < html.length; unit = html.charCodeAt(++index)) {
    if (isSpace(unit) || unit === slash || unit === greater || unit === equals) break
  }
  const name = html.slice(at, index).toLowerCase()
  const nameEnd = index
  while (isSpace(html.charCodeAt(index))) index++
  if (html.charCodeAt(index) !== equals) return { name, value: '', start: at, valueStart: nameEnd, end: nameEnd }
  index++
  while (isSpace(html.charCodeAt(index))) index++
  const quote = html[index]
  if (quote === '"' || quote === "'") {
    const close = html.indexOf(quote, index + 1)
    const valueEnd = close === -1 ? html.length : close
    return { name, value: html.slice(index + 1, valueEnd), start: at, valueStart: index + 1, end: valueEnd + 1 }
  }
  const valueStart = index
  for (let unit = html.charCodeAt(index); index < html.length; unit = html.charCodeAt(++index)) {
    if (isSpace(unit) || unit === greater) break
  }
  return { name, value: html.slice(valueStart, index), start: at, valueStart, end: index }
}

/** Where the tag ends whose name ends at `nameEnd`: after its `>`, or -1 if there is none. */
function tagEnd(html: string, nameEnd: number): number {
  let index = nameEnd
  while (index < html.length) {
    index = skipGap(html, index)
    if (html.charCodeAt(index) === greater) return index + 1
    if (index < html.length) index = readAttribute(html, index).end
  }
  return -1
}

/** The attributes of a start tag in order; of several with one name only the first counts, and is listed. */
export function attributesOf(html: string, tag: Tag): Attribute[] {
  const attributes: Attribute[] = []
  const seen = new Set<string>()
  let index = skipGap(html, tag.nameEnd)
  while (index < tag.end - 1) {
    const { end, ...attribute } = readAttribute(html, index)
    if (!seen.has(attribute.name)) {
      seen.add(attribute.name)
      attributes.push(attribute)
    }
    index = skipGap(html, end)
  }
  return attributes
}

/** Where a comment ends that begins with `<!--` at `at`. */
function commentEnd(html: string, at: number): number {
  const short = /^(?:>|->)/.exec(html.slice(at + 4, at + 6))
  if (short) return at + 4 + short[0].length
  const closing = /--!?>/g
  closing.lastIndex = at + 4
  return closing.exec(html) ? closing.lastIndex : html.length
}

/** Where what is no tag ends that begins with `<!`, `<?` or `</` at `at`. */
function markupEnd(html: string, at: number): number {
  if (html.startsWith('<!--', at)) return commentEnd(html, at)
  const close = html.indexOf('>', at + 2)
  return close === -1 ? html.length : close + 1
}

/** Where the raw text of an element ends that begins at `at`: at its end tag, or at the end of the source. */
function rawEnd(html: string, name: string, at: number): number {
  for (let index = html.indexOf('</', at); index !== -1; index = html.indexOf('</', index + 2)) {
    const after = index + 2 + name.length
    const unit = html.charCodeAt(after)
    const isEnded = isSpace(unit) || unit === slash || unit === greater
    if (isEnded && html.slice(index + 2, after).toLowerCase() === name) return index
  }
  return html.length
}

function readTag(html: string, start: number, isEnd: boolean): Tag | undefined {
  let nameEnd = start + (isEnd ? 2 : 1)
  for (let unit = html.charCodeAt(nameEnd); nameEnd < html.length; unit = html.charCodeAt(++nameEnd)) {
    if (isSpace(unit) || unit === slash || unit === greater) break
  }
  const end = tagEnd(html, nameEnd)
  if (end === -1) return undefined
  const name = html.slice(start + (isEnd ? 2 : 1), nameEnd).toLowerCase()
  return { name, isEnd, isSelfClosing: html.charCodeAt(end - 2) === slash, start, nameEnd, end }
}

/**
 * Calls `visit` with every tag in order, until it answers false. A tag that is never closed by `>` is no tag, as in a
 * browser.
 */
export function scanTags(html: string, visit: (tag: Tag) => unknown): void {
  let at = html.indexOf('<')
  while (at !== -1) {
    const next = html.charCodeAt(at + 1)
    const isEnd = next === slash && isLetter(html.charCodeAt(at + 2))
    let end = at + 1
    if (isEnd || isLetter(next)) {
      const tag = readTag(html, at, isEnd)
      if (!tag || visit(tag) === false) return
      end = tag.end
      if (!isEnd && tag.name === 'plaintext') return
      if (!isEnd && isRaw(tag.name)) end = rawEnd(html, tag.name, end)
    } else if (next === 33 || next === 63 || next === slash) end = markupEnd(html, at)
    at = html.indexOf('<', end)
  }
}

const longestLead = 140
const hiding =
  /display\s*:\s*none|max-height\s*:\s*0|font-size\s*:\s*[01](?:px)?\s*(?:;|$)|visibility\s*:\s*hidden|opacity\s*:\s*0\s*(?:;|$)/i
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** Entities as an inbox shows them; those that only make room are nothing. */
const decode = (text: string) =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name) return named[String(name).toLowerCase()] ?? (/^(?:zwnj|zwj|shy|lrm|rlm)$/i.test(name) ? '' : whole)
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0x10ffff ? '' : String.fromCodePoint(code)
  })

const invisible = /\u034f|[\u00ad\u061c\u200b-\u200f\u2060\ufeff]/g

/** Without comments and declarations, which stand between tags but are no text. */
const withoutMarkup = (text: string) =>
  text.includes('<') ? text.replace(/<!--[\s\S]*?(?:--!?>|$)|<[!?/][^>]*(?:>|$)/g, '') : text

/**
 * The first words of a mail, as an inbox shows them beside the subject, and whether they are a preheader.
 * @param html the source or the rendered mail
 */
export function leadOf(html: string): { text: string; isPreheader: boolean } {
  let text = ''
  let at = 0
  let isPreheader: boolean | undefined
  const hidden: string[] = []
  const take = (end: number) => {
    const piece = decode(withoutMarkup(html.slice(at, end)))
      .replace(invisible, '')
      .replace(/\s+/g, ' ')
    if (piece.trim() !== '') isPreheader ??= hidden.length > 0
    text += text === '' || text.endsWith(' ') ? piece.trimStart() : piece
  }
  scanTags(html, (tag) => {
    take(tag.start)
    at = tag.end
    if (text.length > longestLead) return false
    if (isRaw(tag.name) && !tag.isEnd) at = endOfRaw(html, tag.end)
    else if (tag.isEnd && hidden.at(-1) === tag.name) hidden.pop()
    else if (!tag.isEnd && !isVoid(tag.name) && isHidden(html, tag, hidden)) hidden.push(tag.name)
    if (tag.isEnd && text !== '' && !text.endsWith(' ')) text += ' '
    return true
  })
  if (text.length <= longestLead) take(html.length)
  const short = text.trim()
  return {
    text: short.length > longestLead ? `${short.slice(0, longestLead - 1).trimEnd()}…` : short,
    isPreheader: isPreheader ?? false,
  }
}

const endOfRaw = (html: string, at: number) => {
  const close = html.indexOf('</', at)
  return close === -1 ? html.length : close
}

/** Whether a tag begins something hidden, or nests in it under the same name. */
function isHidden(html: string, tag: Tag, hidden: readonly string[]): boolean {
  if (hidden.length > 0) return hidden.at(-1) === tag.name
  return hiding.test(attributesOf(html, tag).find(({ name }) => name === 'style')?.value ?? '')
}

/** The first words of a mail, as an inbox shows them beside the subject, and whether they are a preheader. */
import { attributesOf, isRaw, isVoid, scanTags, type Tag } from '../html-scan.ts'

const longest = 140
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

/** @param html the source or the rendered mail */
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
    if (text.length > longest) return false
    if (isRaw(tag.name) && !tag.isEnd) at = endOfRaw(html, tag.end)
    else if (tag.isEnd && hidden.at(-1) === tag.name) hidden.pop()
    else if (!tag.isEnd && !isVoid(tag.name) && isHidden(html, tag, hidden)) hidden.push(tag.name)
    if (tag.isEnd && text !== '' && !text.endsWith(' ')) text += ' '
    return true
  })
  if (text.length <= longest) take(html.length)
  const short = text.trim()
  return {
    text: short.length > longest ? `${short.slice(0, longest - 1).trimEnd()}…` : short,
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

/**
 * What the preview's frame shows: the rendered mail, byte for byte, with a shell before it and marks inside its tags that
 * only the preview needs. Runs after the one renderer, so nothing of it is ever sent.
 *
 * The frame is kept harmless by three things that hold whatever the template says: its empty `sandbox` (no script, no
 * form, no pop-up, no way to the page around it), the policy in its first element (no load at all, pictures aside), and
 * the page's own policy, which the frame inherits (`frame-src 'none'`: a link that is clicked leads nowhere). What is
 * done to the tags is for looks and quiet, never for safety.
 */
import { attributesOf, isRaw, scanTags, type Tag } from '../html-scan.ts'

export type PreviewOptions = {
  /** Of the page the frame stands in: its policy, which the frame inherits, lets only such `<style>` elements through. */
  nonce: string
  /** Whether the reader's mail program is dark. Whoever looks at the preview may have it otherwise. */
  isDark: boolean
  showsRemoteImages: boolean
  /** Names in `${…}` that are no variables: shown as such. */
  unknown: ReadonlySet<string>
  /** Leaves out what begins after so many characters of the mail. */
  upTo?: number
}

const policy = (showsRemoteImages: boolean) =>
  [
    "default-src 'none'",
    `img-src data:${showsRemoteImages ? ' https:' : ''}`,
    "style-src 'unsafe-inline'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ')

/** What stands before the mail: policy first, then what tells the page the mail's height, and links that open nowhere. */
const shell = ({ nonce, isDark, showsRemoteImages }: PreviewOptions) =>
  `<meta http-equiv="Content-Security-Policy" content="${policy(showsRemoteImages)}">` +
  '<meta name="responsive-embedded-sizing" content="allow-origins=*">' +
  '<meta http-equiv="x-dns-prefetch-control" content="off"><meta name="referrer" content="no-referrer">' +
  `<base target="_blank"><style nonce="${nonce}">:root{color-scheme:${isDark ? 'dark' : 'light'}}</style>`

/** Decides the questions about light and dark in CSS as the reader's program would. */
function decideScheme(css: string, isDark: boolean): string {
  if (!css.includes('color-scheme')) return css
  return css
    .replace(/prefers-color-scheme\s*:\s*(dark|light)/gi, (_, asked: string) =>
      (asked.toLowerCase() === 'dark') === isDark ? 'min-width:0' : 'min-width:999999px',
    )
    .replace(/color-scheme\s*:\s*((?:light\s+dark|dark\s+light)\b)/gi, `color-scheme:${isDark ? 'dark' : 'light'}`)
}

/** Attributes put first into a tag: of several with one name a browser takes the first. */
function firstAttributes(html: string, tag: Tag, { nonce, isDark }: PreviewOptions): string {
  switch (tag.name) {
    case 'style': {
      const media = attributesOf(html, tag).find(({ name }) => name === 'media')?.value ?? ''
      const decided = decideScheme(media, isDark)
      return ` nonce="${nonce}"${decided === media ? '' : ` media="${decided.replaceAll('"', '')}"`}`
    }
    case 'link':
      return ' rel="none"'
    // The policy stops what they would load, but only once a browser has opened a connection for it.
    case 'iframe':
    case 'frame':
    case 'embed':
      return ' src="about:blank"'
    case 'object':
      return ' data="about:blank"'
    case 'a':
    case 'area':
    case 'base':
    case 'form':
      return ' target="_blank"'
    case 'meta': {
      const isScheme = attributesOf(html, tag).some(
        ({ name, value }) => name === 'name' && /^(?:supported-)?color-schemes?$/i.test(value.trim()),
      )
      return isScheme ? ` content="${isDark ? 'dark' : 'light'}"` : ''
    }
    default:
      return ''
  }
}

const markStyle = 'background:#fdeceb;color:#b92a2a;border-radius:3px;padding:0 1px'
/** Shows what looks like a variable and is none. */
const markUnknown = (text: string, unknown: ReadonlySet<string>) =>
  text.replace(/\$\{([^}\r\n]*)\}/g, (whole, name: string) =>
    unknown.has(name.trim().slice(0, 40)) ? `<mark style="${markStyle}">${whole}</mark>` : whole,
  )

/** @param html the rendered mail */
export function previewDocument(html: string, options: PreviewOptions): string {
  const doctype = /^\s*<!doctype[^>]*>/i.exec(html)?.[0] ?? ''
  let out = `${doctype || '<!doctype html>'}<html><head>${shell(options)}`
  let at = doctype.length
  let rawName = ''
  let end = html.length
  const addText = (end: number) => {
    const text = html.slice(at, end)
    if (rawName === 'style') out += decideScheme(text, options.isDark)
    else if (rawName === '' && options.unknown.size > 0 && text.includes('${'))
      out += markUnknown(text, options.unknown)
    else out += text
  }
  scanTags(html, (tag) => {
    if (tag.start < at) return
    if (tag.start >= (options.upTo ?? html.length) && rawName === '') {
      end = tag.start
      return false
    }
    const first = tag.isEnd ? '' : firstAttributes(html, tag, options)
    if (first || rawName || options.unknown.size > 0) {
      addText(tag.start)
      out += html.slice(tag.start, tag.nameEnd) + first + html.slice(tag.nameEnd, tag.end)
      at = tag.end
    }
    rawName = !tag.isEnd && isRaw(tag.name) ? tag.name : ''
  })
  addText(end)
  return out
}

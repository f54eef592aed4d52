/** Shows in the preview what looks like a variable and is none. Nothing of it is ever sent. */
const style = 'background:#fdeceb;color:#b92a2a;border-radius:3px;padding:0 1px'

/** The pieces of a text with those variables marked that are unknown; undefined where there is none. */
export function markUnknown(text: string, unknown: ReadonlySet<string>): (string | Element)[] | undefined {
  const pieces: (string | Element)[] = []
  let at = 0
  for (const found of text.matchAll(/\$\{((?:(?!\$\{)[^}\r\n])*)\}/g)) {
    const [whole, name = ''] = found
    if (!unknown.has(name.trim().slice(0, 40))) continue
    const mark = document.createElement('mark')
    mark.setAttribute('style', style)
    mark.textContent = whole
    pieces.push(text.slice(at, found.index), mark)
    at = found.index + whole.length
  }
  return pieces.length > 0 ? [...pieces, text.slice(at)] : undefined
}

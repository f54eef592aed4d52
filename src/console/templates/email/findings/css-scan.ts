/** Reads CSS piece by piece: declarations, selectors and at-rules with where they stand. Linear, and never throws. */
export type CssPiece =
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

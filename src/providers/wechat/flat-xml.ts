/**
 * Reads XML of one form: an element `xml` whose children hold nothing but text. Everything else that XML can do, entities and
 * document types above all, is refused instead of understood: there is nothing to expand, to fetch or to nest.
 */

/** Of parts that cannot be taken for one another, so that no document takes longer than its length. */
const child = /<([A-Za-z]\w{0,63})>(?:\s*<!\[CDATA\[((?:(?!\]\]>)[\s\S])*)\]\]>\s*|([^<&\]]*))<\/\1>\s*/y

/** The texts by the names of their elements; undefined for a document of any other form, or with a name that comes twice. */
export function flatXml(document: string): ReadonlyMap<string, string> | undefined {
  const inner = /^<xml>([\s\S]*)<\/xml>$/.exec(document.trim())?.[1]?.trimStart()
  if (inner === undefined) return undefined
  const texts = new Map<string, string>()
  child.lastIndex = 0
  for (let found = child.exec(inner); found; found = child.exec(inner)) {
    const [, name = '', quoted, plain = ''] = found
    if (texts.has(name)) return undefined
    texts.set(name, quoted ?? plain.trim())
    if (child.lastIndex === inner.length) return texts
  }
  return undefined
}

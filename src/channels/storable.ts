/** What Postgres can store of a text, and safe lookups by names from outside. Pure: the browser runs it, too. */

/** NUL, and halves of surrogate pairs: they would fail a whole batch of rows. */
const halves = /\p{Cs}/gu

export const isStorable = (text: string): boolean => !text.includes('\0') && text.search(halves) === -1

/** The text without what cannot be stored. For vendors' words, which must not make a write fail. */
export const storable = (text: string): string => text.replaceAll('\0', '').replace(halves, '')

/** The record's own entry of a name. Inherited names, such as `constructor`, are no entries. */
export const entryOf = <Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined

/** How deep a value may be nested: deeper than any content, and not so deep that a walk through it overflows the stack. */
const deepest = 32

/** Whether every text in a value of JSON can be kept, names too, and the value is no deeper than any of ours. */
export function isStorableJson(value: unknown): boolean {
  const left: { value: unknown; depth: number }[] = [{ value, depth: 0 }]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value: one, depth } = next
    if (typeof one === 'string' && !isStorable(one)) return false
    if (typeof one !== 'object' || one === null) continue
    if (depth === deepest || !Object.keys(one).every(isStorable)) return false
    for (const inner of Object.values(one)) left.push({ value: inner, depth: depth + 1 })
  }
  return true
}

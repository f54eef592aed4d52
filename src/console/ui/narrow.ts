/** Looks for words in many records at once, fast enough for every keystroke over thousands. */

/** How many are drawn at a time. */
export const mostDrawn = 50

type Sought = { value: string; label: string; text?: string; refused?: string | undefined }

/** What is searched in a record, made once for each. */
const texts = new WeakMap<Sought, string>()

function textOf(record: Sought): string {
  const known = texts.get(record) ?? `${record.label} ${record.value} ${record.text ?? ''}`.toLowerCase()
  texts.set(record, known)
  return known
}

/** The records with all of the words, those that can be chosen first; and how many more there are than are drawn. */
export function narrow<T extends Sought>(records: readonly T[], typed: string): { found: T[]; left: number } {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const matching = records.filter((record) => words.every((word) => textOf(record).includes(word)))
  const ordered = [
    ...matching.filter(({ refused }) => refused === undefined),
    ...matching.filter(({ refused }) => refused !== undefined),
  ]
  return { found: ordered.slice(0, mostDrawn), left: Math.max(0, ordered.length - mostDrawn) }
}

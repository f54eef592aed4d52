/**
 * HTML as text, for long lists: an element of React's for every cell costs more than all the rest of the page together.
 * Promises that every value put in is escaped, in text and in quoted attributes alike.
 */
export type Markup = { readonly html: string }

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character)

type Value = string | number | Markup | readonly Markup[] | false | null | undefined

function written(value: Value): string {
  if (value === false || value === null || value === undefined) return ''
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number') return String(value)
  return 'html' in value ? value.html : value.map(({ html }) => html).join('')
}

/** The fixed parts of a template by where it stands, without the line breaks and indents it is written with. */
const tidied = new WeakMap<TemplateStringsArray, string[]>()

function tidy(parts: TemplateStringsArray): string[] {
  const known = tidied.get(parts) ?? parts.map((part) => part.replace(/\n\s*/g, ''))
  tidied.set(parts, known)
  return known
}

/** Markup with values in it: markup`<td>${name}</td>`. Attributes stand in double quotes. */
export const markup = (parts: TemplateStringsArray, ...values: Value[]): Markup => ({
  html: tidy(parts)
    .map((part, index) => (index === 0 ? part : written(values[index - 1]) + part))
    .join(''),
})

/** The rows of a table as one text. */
export const rowsOf = (rows: readonly Markup[]) => ({ __html: rows.map(({ html }) => html).join('') })

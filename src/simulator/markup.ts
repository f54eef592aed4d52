/** HTML that escapes every value put into it, unless the value is HTML made here. */

export class Html {
  readonly source: string
  constructor(source: string) {
    this.source = source
  }
}

type Value = string | number | Html | undefined | Value[]

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '')

function render(value: Value): string {
  if (value === undefined) return ''
  if (value instanceof Html) return value.source
  if (Array.isArray(value)) return value.map(render).join('')
  return escapeText(String(value))
}

/** Template tag: html`<b>${name}</b>`. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(parts.map((part, index) => part + render(values[index])).join(''))
}

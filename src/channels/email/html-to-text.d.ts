/** The part of html-to-text that is used here; the package carries no types of its own. */
declare module 'html-to-text' {
  type Builder = { addInline(text: string): void }
  type Element = { attribs?: Record<string, string> }
  type Options = {
    wordwrap?: number | false
    limits?: { maxDepth?: number; maxInputLength?: number }
    formatters?: Record<string, (element: Element, walk: unknown, builder: Builder, options: unknown) => void>
    selectors?: { selector: string; format?: string; options?: Record<string, unknown> }[]
  }
  export function compile(options?: Options): (html: string) => string
}

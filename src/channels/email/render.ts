/**
 * The parts of a mail that need no plain text: pure and light, so that the preview makes them in the browser with every
 * keystroke by the functions that make the mail that is sent.
 */
import { compiled, escapeHtml, render, stripLineBreaks } from '../render.ts'

type Values = Record<string, string>

/** A subject or a from name: one line. */
export const renderLine = (source: string, values: Values, declared: readonly string[]): string =>
  render(compiled(source, declared), values, stripLineBreaks)

export const renderHtml = (source: string, values: Values, declared: readonly string[]): string =>
  render(compiled(source, declared), values, escapeHtml)

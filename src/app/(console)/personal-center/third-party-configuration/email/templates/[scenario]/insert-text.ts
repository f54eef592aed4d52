/** Text put into an input as if it had been typed: at the cursor or over everything, and taken back by undo. */
export type TextInput = HTMLInputElement | HTMLTextAreaElement

export const isTextInput = (element: unknown): element is TextInput =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement

export function insertText(input: TextInput, text: string): void {
  input.focus()
  // Deprecated without a successor: nothing else keeps the browser's undo.
  if (document.execCommand('insertText', false, text)) return
  input.setRangeText(text, input.selectionStart ?? 0, input.selectionEnd ?? 0, 'end')
  input.dispatchEvent(new Event('input', { bubbles: true }))
}

export function replaceText(input: TextInput, text: string): void {
  if (input.value === text) return
  input.focus()
  input.select()
  if (text === '') document.execCommand('delete')
  else insertText(input, text)
}

/** Marks a stretch of an input's text and scrolls to it. */
export function showStretch(input: TextInput, offset: number, length: number): void {
  input.focus()
  input.setSelectionRange(offset, offset + length)
  if (!(input instanceof HTMLTextAreaElement)) return
  const lines = input.value.split('\n').length
  const line = input.value.slice(0, offset).split('\n').length
  // Long lines wrap, so this is near rather than exact; browsers scroll a marked stretch into view only while typing.
  input.scrollTop = (input.scrollHeight * (line - 1)) / lines - input.clientHeight / 3
}

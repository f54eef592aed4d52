/** Text that Postgres keeps: without NUL and without halves of surrogate pairs, which would fail a whole batch of rows. */
const halves = /\p{Cs}/gu

export const isStorable = (text: string): boolean => !text.includes('\0') && text.search(halves) === -1

/** The text with what cannot be kept left out. For words of others that must not get in the way. */
export const storable = (text: string): string => text.replaceAll('\0', '').replace(halves, '')

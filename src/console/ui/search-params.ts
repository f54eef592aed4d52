/** What an address asks for after its `?`. */
export type SearchParams = Record<string, string | string[] | undefined>

/** The first of the values under a name; undefined where it says nothing. */
export const single = (value: string | string[] | undefined): string | undefined =>
  (Array.isArray(value) ? value[0] : value)?.trim() || undefined

const cursorForm = /^(before|after):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether it has the form of a place in a list, as `Cursor` of the domain has it. */
export const isCursor = (text: string): boolean => cursorForm.test(text)

/** What an address asks for after its `?`. */
import { isStorable } from '#channels/storable.ts'
import type { Sort } from '#domain/base/paging.ts'

export type SearchParams = Record<string, string | string[] | undefined>

/** The first of the values under a name; undefined where it says nothing. */
export const single = (value: string | string[] | undefined): string | undefined =>
  (Array.isArray(value) ? value[0] : value)?.trim() || undefined

const cursorForm = /^(before|after):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:.*)?$/s

/** Whether it has the form of a place in a list that is sorted, as `SortedCursor` of the domain has it. */
export const isSortedCursor = (text: string): boolean => cursorForm.test(text) && text.length <= 400 && isStorable(text)

/** Whether it has the form of a place in a list, as `Cursor` of the domain has it. */
export const isCursor = (text: string): boolean => isSortedCursor(text) && text.split(':').length === 2

/** What a list of these columns is asked to be sorted by. */
export const readSort = <By extends string>(columns: readonly By[], text: string | undefined): Sort<By> | undefined =>
  columns.flatMap((by): Sort<By>[] => [by, `-${by}`]).find((sort) => sort === text)

/** How the heading of a column sorts its list, by the address: upwards first, then downwards, then as it is without. */
export function sortingBy<By extends string>(
  by: By,
  sort: Sort<By> | undefined,
  address: (sort: Sort<By> | undefined) => string,
) {
  if (sort === by) return { direction: 'ascending', href: address(`-${by}`) } as const
  if (sort === `-${by}`) return { direction: 'descending', href: address(undefined) } as const
  return { direction: undefined, href: address(by) }
}

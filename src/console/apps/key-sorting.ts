/** What the keys of an App are sorted by, as it stands in the URL; without, the newest are first. */
import type { Sort } from '#domain/base/paging.ts'
import { readSort, type SearchParams, single, sortingBy } from '../ui/search-params.ts'

const columns = ['name', 'used', 'ends'] as const
export type KeySort = Sort<(typeof columns)[number]>

export const readKeySort = (params: SearchParams): KeySort | undefined => readSort(columns, single(params.keys))

export const keySorting = (by: (typeof columns)[number], current: KeySort | undefined) =>
  sortingBy(by, current, (sort) => `?${sort ? `keys=${sort}` : ''}#keys`)

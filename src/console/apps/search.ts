/** What the list of Apps is asked for, as it stands in the URL; what makes no sense counts as not there. */
import { storable } from '#channels/storable.ts'
import type { Sort } from '#domain/base/paging.ts'
import { isSortedCursor, readSort, type SearchParams, single, sortingBy } from '../ui/search-params.ts'

const columns = ['created', 'name', 'key'] as const
type AppSort = Sort<(typeof columns)[number]>
export type AppSearch = { search?: string; sort?: AppSort; cursor?: string }

export function readAppSearch(params: SearchParams): AppSearch {
  const search = storable(single(params.search)?.slice(0, 60) ?? '').trim()
  const cursor = single(params.cursor)
  const sort = readSort(columns, single(params.sort))
  return { ...(search && { search }), ...(sort && { sort }), ...(cursor && isSortedCursor(cursor) && { cursor }) }
}

export function appsAddress(search: AppSearch): string {
  const query = new URLSearchParams(search).toString()
  return query ? `/apps?${query}` : '/apps'
}

/** Without a sort they are by age, the oldest first. */
export const appSorting = (by: (typeof columns)[number], { sort = 'created', search }: AppSearch) =>
  sortingBy(by, sort, (sort) => appsAddress({ ...(search && { search }), ...(sort && { sort }) }))

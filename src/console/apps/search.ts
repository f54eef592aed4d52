/** What the list of Apps is asked for, as it stands in the URL; what makes no sense counts as not there. */
import { storable } from '#channels/storable.ts'
import type { AppSort } from '#domain/apps/apps.ts'
import type { Sorting } from '../ui/data-table.tsx'
import { type SearchParams, single } from '../ui/search-params.ts'

const sorts: readonly AppSort[] = ['created', '-created', 'name', '-name', 'key', '-key']
export type AppSearch = { search?: string; sort?: AppSort; after?: string }

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/

export function readAppSearch(params: SearchParams): AppSearch {
  const search = storable(single(params.search)?.slice(0, 60) ?? '').trim()
  const after = single(params.after)
  const sort = sorts.find((one) => one === single(params.sort))
  return {
    ...(search && { search }),
    ...(sort && { sort }),
    ...(after && after.length <= 200 && idForm.test(after) && { after: storable(after) }),
  }
}

export function appsAddress(search: AppSearch): string {
  const query = new URLSearchParams(search).toString()
  return query ? `/apps?${query}` : '/apps'
}

/** How a column sorts the list: upwards first, and the other way round where it does already. */
export function sortingBy(by: 'created' | 'name' | 'key', { sort = 'created', search }: AppSearch): Sorting {
  const direction = sort === by ? 'ascending' : sort === `-${by}` ? 'descending' : undefined
  return {
    direction,
    href: appsAddress({ ...(search && { search }), sort: direction === 'ascending' ? `-${by}` : by }),
  }
}

/** What the members are sorted by, as it stands in the URL: by name, where it says nothing that makes sense. */

import { readSort, type SearchParams, single, sortingBy } from '#console/ui/search-params.ts'
import type { Sort } from '#domain/base/paging.ts'

const columns = ['name', 'email', 'role', 'since'] as const
export type MemberSort = Sort<(typeof columns)[number]>

export const readMemberSort = (params: SearchParams): MemberSort => readSort(columns, single(params.sort)) ?? 'name'

export const memberSorting = (by: (typeof columns)[number], current: MemberSort) =>
  sortingBy(by, current, (sort) => `/personal-center/members${sort ? `?sort=${sort}` : ''}`)

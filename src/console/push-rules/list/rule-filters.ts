/** The filters of the push rules as they stand in the URL. What makes no sense is left out, and told. */
import type { inferRouterInputs } from '@trpc/server'
import type { AppRouter } from '#api/router.ts'
import { isSortedCursor, readSort, type SearchParams, single, sortingBy } from '#console/ui/search-params.ts'

type Asked = inferRouterInputs<AppRouter>['pushRules']['list']

export const ruleStates = ['enabled', 'disabled', 'invalid'] as const
const filterNames = ['app', 'event', 'account', 'state'] as const
const names = [...filterNames, 'sort'] as const

export type RuleFilters = {
  input: Asked
  /** The values as they stand in the address. */
  shown: { [Name in (typeof names)[number]]?: string | undefined }
  /** Whether something in the address was left out. */
  isBad: boolean
}

/** What can be chosen from. */
export type FilterChoices = {
  apps: readonly { id: string; key: string; name: string }[]
  events: readonly { key: string }[]
  accounts: readonly { id: string; name: string }[]
}

export function readRuleFilters(params: SearchParams, { apps, events, accounts }: FilterChoices): RuleFilters {
  const readers: Record<(typeof names)[number], (text: string) => Asked> = {
    app: (text) => ({ appId: apps.find(({ key }) => key === text)?.id }),
    event: (text) => ({ scenario: events.find(({ key }) => key === text)?.key }),
    account: (text) => ({ accountId: accounts.find(({ id }) => id === text)?.id }),
    state: (text) => ({ state: ruleStates.find((state) => state === text) }),
    sort: (text) => ({ sort: readSort(['name'], text) }),
  }
  const filters: RuleFilters = { input: {}, shown: {}, isBad: false }
  for (const name of names) {
    const text = single(params[name])
    if (text === undefined) continue
    const read = readers[name](text)
    if (Object.values(read).every((value) => value === undefined)) filters.isBad = true
    else {
      Object.assign(filters.input, read)
      filters.shown[name] = text
    }
  }
  const cursor = single(params.cursor)
  if (cursor && isSortedCursor(cursor)) filters.input.cursor = cursor
  else if (cursor) filters.isBad = true
  return filters
}

/** Whether the list is narrowed by anything. */
export const isFiltered = (shown: RuleFilters['shown']): boolean => filterNames.some((name) => shown[name])

/** Without a sort they are by age, the newest first. */
export const nameSorting = ({ input, shown }: RuleFilters) =>
  sortingBy('name', input.sort, (sort) => `?${pageQuery({ ...shown, sort })}#push-rules`)

/** What the address of another page of the list is asked with, or of its first. */
export function pageQuery(shown: RuleFilters['shown'], cursor?: string): string {
  const query = new URLSearchParams()
  for (const name of names) if (shown[name]) query.set(name, shown[name])
  if (cursor) query.set('cursor', cursor)
  return query.toString()
}

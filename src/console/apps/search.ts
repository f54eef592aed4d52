/** What the list of Apps is asked for, as it stands in the URL; what makes no sense counts as not there. */
import { storable } from '#channels/storable.ts'

export type SearchParams = Record<string, string | string[] | undefined>
export type AppSearch = { search?: string; after?: string }

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)?.trim() || undefined

export function readAppSearch(params: SearchParams): AppSearch {
  const search = storable(single(params.search)?.slice(0, 60) ?? '').trim()
  const after = single(params.after)
  return { ...(search && { search }), ...(after && idForm.test(after) && { after }) }
}

export function appsAddress({ search, after }: AppSearch): string {
  const query = new URLSearchParams({ ...(search && { search }), ...(after && { after }) }).toString()
  return query ? `/apps?${query}` : '/apps'
}

/** What incidents are asked for, as it stands in the address; what makes no sense counts as not there. */
import { isCursor, type SearchParams, single } from '../ui/search-params.ts'
export type ReadFilter = { open: boolean; cursor?: string | undefined }

export function readFilter(params: SearchParams): ReadFilter {
  const cursor = single(params.cursor)
  return { open: single(params.state) === 'open', ...(cursor && isCursor(cursor) ? { cursor } : {}) }
}

export function incidentsPlace({ open, cursor }: ReadFilter): string {
  const query = new URLSearchParams({ ...(open && { state: 'open' }), ...(cursor && { cursor }) }).toString()
  return query ? `/incidents?${query}` : '/incidents'
}

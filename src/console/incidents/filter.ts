/** What incidents are asked for, as it stands in the address; what makes no sense counts as not there. */
export type SearchParams = Record<string, string | string[] | undefined>
export type ReadFilter = { open: boolean; cursor?: string | undefined }

const cursorForm = /^(before|after):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

export function readFilter(params: SearchParams): ReadFilter {
  const cursor = single(params.cursor)
  return { open: single(params.state) === 'open', ...(cursor && cursorForm.test(cursor) ? { cursor } : {}) }
}

export function incidentsPlace({ open, cursor }: ReadFilter): string {
  const query = new URLSearchParams({ ...(open && { state: 'open' }), ...(cursor && { cursor }) }).toString()
  return query ? `/incidents?${query}` : '/incidents'
}

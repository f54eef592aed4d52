/** What the page of a webhook shows, asked for at once as far as one answer does not need another. */
import 'server-only'
import { loadShell } from '#console/shell/load-shell.ts'
import { idIn, prefetch, trpc } from '#console/trpc/server.tsx'
import type { SearchParams } from '#console/ui/search-params.ts'
import { readCallFilter } from './places.ts'

/** The words that it uses in the browser. */
export const endpointWords = ['Webhooks', 'Form', 'Problem', 'Error', 'Reason'] as const

type Address = { params: Promise<{ key: string; id: string }>; searchParams: Promise<SearchParams> }

export async function loadEndpoint({ params, searchParams }: Address) {
  const { permissions } = await loadShell()
  const [{ key: appKey }, id, search] = await Promise.all([params, idIn(params), searchParams])
  const filter = readCallFilter(search)
  const mayWrite = permissions.includes('apps:write')
  await Promise.all([
    prefetch(trpc.webhooks.get.queryOptions({ appKey, id })),
    prefetch(trpc.webhooks.deliveries.queryOptions({ endpointId: id, ...filter })),
    mayWrite && prefetch(trpc.webhooks.counts.queryOptions({ endpointId: id })),
  ])
  return { appKey, id, filter, mayWrite } as const
}

/** One webhook of an App: what it is told of, and every call. */
import type { Metadata } from 'next'
import { EndpointPage } from '#console/apps/webhooks/endpoint-page.tsx'
import { endpointWords, loadEndpoint } from '#console/apps/webhooks/load-endpoint.ts'
import { caller, HydrateClient, idIn, orNotFound } from '#console/trpc/server.tsx'
import type { SearchParams } from '#console/ui/search-params.ts'
import { Words } from '#console/ui/words.tsx'

type Props = { params: Promise<{ key: string; id: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [id, { key: appKey }] = await Promise.all([idIn(params), params])
  return { title: new URL((await orNotFound(caller().webhooks.get({ appKey, id }))).url).host }
}

export default async function WebhookPage(props: Props) {
  const found = await loadEndpoint(props)
  return (
    <HydrateClient>
      <Words of={endpointWords}>
        <EndpointPage {...found} />
      </Words>
    </HydrateClient>
  )
}

/** One App: its settings, its keys, where it is told of its messages, what it sends in each scenario, and its calls that were refused. */
import '#console/apps/app.css'
import type { Metadata } from 'next'
import { AppHead } from '#console/apps/app-head.tsx'
import { CodeSection } from '#console/apps/code-section.tsx'
import { Coverage } from '#console/apps/coverage.tsx'
import { GuardSection } from '#console/apps/guard-section.tsx'
import { KeySection } from '#console/apps/key-section.tsx'
import { readKeySort } from '#console/apps/key-sorting.ts'
import { appWords, loadApp } from '#console/apps/load-app.ts'
import { RefusedCalls } from '#console/apps/refused-calls.tsx'
import { WebhookSection } from '#console/apps/webhooks/webhook-section.tsx'
import { caller, HydrateClient, orNotFound } from '#console/trpc/server.tsx'
import type { SearchParams } from '#console/ui/search-params.ts'
import { Words } from '#console/ui/words.tsx'

type Props = { params: Promise<{ key: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: (await orNotFound(caller().apps.get(await params))).name }
}

export default async function AppPage({ params, searchParams }: Props) {
  const { key } = await params
  const sort = readKeySort(await searchParams)
  const { appId, url, locale, refused, nameOf, may } = await loadApp(key, sort)
  return (
    <HydrateClient>
      <Words of={appWords}>
        <AppHead appKey={key} mayWrite={may.write} />
        <KeySection appId={appId} sort={sort} mayWrite={may.write} url={url} />
        <WebhookSection appId={appId} appKey={key} mayWrite={may.write} />
        <CodeSection appId={appId} locale={locale} mayWrite={may.write} />
        <GuardSection appId={appId} locale={locale} mayWrite={may.write} />
        <Coverage appId={appId} appKey={key} mayEdit={may.edit} />
        <RefusedCalls rows={refused} nameOf={nameOf} />
      </Words>
    </HydrateClient>
  )
}

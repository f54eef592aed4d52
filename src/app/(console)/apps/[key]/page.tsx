/** One App: its settings, its keys, where it is told of its messages, what it sends in each scenario, and its calls that were refused. */
import '#console/apps/app.css'
import type { Metadata } from 'next'
import { AppHead } from '#console/apps/app-head.tsx'
import { CodeSection } from '#console/apps/code-section.tsx'
import { Coverage } from '#console/apps/coverage.tsx'
import { GuardSection } from '#console/apps/guard-section.tsx'
import { KeySection } from '#console/apps/key-section.tsx'
import { appWords, loadApp } from '#console/apps/load-app.ts'
import { RefusedCalls } from '#console/apps/refused-calls.tsx'
import { WebhookSection } from '#console/apps/webhooks/webhook-section.tsx'
import { caller, HydrateClient, orNotFound } from '#console/trpc/server.tsx'
import { Words } from '#console/ui/words.tsx'

type Props = { params: Promise<{ key: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await orNotFound(caller().apps.get(await params))).name }
}

export default async function AppPage({ params }: Props) {
  const { key } = await params
  const { appId, url, locale, refused, nameOf, may } = await loadApp(key)
  return (
    <HydrateClient>
      <Words of={appWords}>
        <AppHead appKey={key} mayWrite={may.write} />
        <KeySection appId={appId} mayWrite={may.write} url={url} />
        <WebhookSection appId={appId} appKey={key} mayWrite={may.write} />
        <CodeSection appId={appId} locale={locale} mayWrite={may.write} />
        <GuardSection appId={appId} locale={locale} mayWrite={may.write} />
        <Coverage appId={appId} appKey={key} mayEdit={may.edit} />
        <RefusedCalls rows={refused} nameOf={nameOf} />
      </Words>
    </HydrateClient>
  )
}

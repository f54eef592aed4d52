/** One App: its settings, its keys, and what it sends in each scenario. */
import '#console/apps/app.css'
import type { Metadata } from 'next'
import { getLocale } from 'next-intl/server'
import { AppHead } from '#console/apps/app-head.tsx'
import { CodeSection } from '#console/apps/code-section.tsx'
import { Coverage } from '#console/apps/coverage.tsx'
import { KeySection } from '#console/apps/key-section.tsx'
import { RefusedCalls } from '#console/apps/refused-calls.tsx'
import { scenarioNames } from '#console/scenario-name.ts'
import { loadShell } from '#console/shell/load-shell.ts'
import { caller, found, HydrateClient, prefetch, trpc } from '#console/trpc/server.tsx'
import { Words } from '#console/ui/words.tsx'

type Props = { params: Promise<{ key: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await found(caller().apps.get(await params))).name }
}

export default async function AppPage({ params }: Props) {
  const { permissions, url } = await loadShell()
  const { key } = await params
  const locale = (await getLocale()) === 'zh-CN' ? 'zh-CN' : 'en'
  const { id: appId } = await prefetch(trpc.apps.get.queryOptions({ key }))
  const [refused, scenarios] = await Promise.all([
    caller().apps.refusals({ appId }),
    caller().templates.scenarios(),
    prefetch(trpc.apps.keys.queryOptions({ appId })),
    prefetch(trpc.apps.codeSettings.queryOptions({ appId, locale })),
    prefetch(trpc.apps.coverage.queryOptions({ appId })),
  ])
  const mayWrite = permissions.includes('apps:write')
  const mayEdit = {
    templates: permissions.includes('templates:write'),
    rules: permissions.includes('push-rules:write'),
  }
  return (
    <HydrateClient>
      <Words of={['App', 'Apps', 'Audience', 'Coverage', 'SearchSelect', 'Shell', 'Problem', 'Error', 'Reason']}>
        <AppHead appKey={key} mayWrite={mayWrite} />
        <KeySection appId={appId} mayWrite={mayWrite} url={url} />
        <CodeSection appId={appId} locale={locale} mayWrite={mayWrite} />
        <Coverage appId={appId} appKey={key} mayEdit={mayEdit} />
        <RefusedCalls rows={refused} nameOf={scenarioNames(scenarios, locale)} />
      </Words>
    </HydrateClient>
  )
}

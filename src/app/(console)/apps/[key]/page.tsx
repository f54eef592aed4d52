/** One App: its settings, its keys, and what it sends in each scenario. */
import './app.css'
import type { Metadata } from 'next'
import { getLocale } from 'next-intl/server'
import { caller, found, HydrateClient, prefetch, trpc } from '../../../trpc/server.tsx'
import { Words } from '../../../ui/words.tsx'
import { loadShell } from '../../load-shell.ts'
import { scenarioNames } from '../../scenario-name.ts'
import { AppHead } from './app-head.tsx'
import { CodeSection } from './code-section.tsx'
import { Coverage } from './coverage.tsx'
import { KeySection } from './key-section.tsx'
import { RefusedCalls } from './refused-calls.tsx'

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

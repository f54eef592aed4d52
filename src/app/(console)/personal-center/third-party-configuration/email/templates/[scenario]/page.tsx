/** The page on which a template is written: the default of a scenario or, with `?app=`, what an App says instead. */
import type { Metadata } from 'next'
import { getLocale } from 'next-intl/server'
import { caller, HydrateClient, prefetch, trpc } from '../../../../../../trpc/server.tsx'
import { Words } from '../../../../../../ui/words.tsx'
import { loadShell } from '../../../../../load-shell.ts'
import { scenarioName } from '../../../../../scenario-name.ts'
import { templateRights } from '../../../rights.ts'
import { chosenApp } from '../../../templates/chosen-app.ts'
import { templateWords } from '../../../words.ts'
import { TemplatePage } from './template-page.tsx'

type Props = {
  params: Promise<{ scenario: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await loadShell()
  const { scenario: key } = await params
  const scenario = (await caller().templates.scenarios()).find((candidate) => candidate.key === key)
  return { title: scenario && scenarioName(scenario, await getLocale()) }
}

export default async function EmailTemplatePage({ params, searchParams }: Props) {
  const { permissions } = await loadShell()
  const { scenario } = await params
  const app = chosenApp(await caller().apps.names(), (await searchParams).app)
  const byDefault = { channel: 'email', scenario, appId: null } as const
  const place = { ...byDefault, appId: app?.id ?? null }
  await Promise.all([
    prefetch(trpc.templates.get.queryOptions(byDefault)),
    prefetch(trpc.templates.get.queryOptions(place)),
    prefetch(trpc.templates.versions.queryOptions(place)),
  ])
  return (
    <HydrateClient>
      <Words of={templateWords}>
        <TemplatePage scenario={scenario} app={app} rights={templateRights(permissions)} />
      </Words>
    </HydrateClient>
  )
}

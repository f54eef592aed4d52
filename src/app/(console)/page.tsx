/** The first page: how each channel stands, what needs a person, and the steps to the first message. */
import '#console/overview/overview.css'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { Attention } from '#console/overview/attention.tsx'
import { Channels } from '#console/overview/channels.tsx'
import { DayChart } from '#console/overview/chart.tsx'
import { Checklist } from '#console/overview/checklist.tsx'
import { scenarioNames } from '#console/scenario-name.ts'
import { Follow } from '#console/shell/follow.tsx'
import { loadShell } from '#console/shell/load-shell.ts'
import { caller } from '#console/trpc/server.tsx'
import { PageHead } from '#console/ui/page-head.tsx'
import { Words } from '#console/ui/words.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('Overview'))('title') }
}

export default async function OverviewPage() {
  const { organization } = await loadShell()
  const [overview, { rows }, scenarios, locale, t] = await Promise.all([
    caller().messages.overview(),
    caller().apps.list({}),
    caller().templates.scenarios(),
    getLocale(),
    getTranslations('Overview'),
  ])
  return (
    <Words of={['Overview']}>
      <PageHead title={t('title')} purpose={t('purpose', { organization: organization?.name ?? '' })} />
      <Checklist done={overview.done} firstApp={rows[0]?.key} />
      <Channels channels={overview.channels} />
      <Attention overview={overview} nameOf={scenarioNames(scenarios, locale)} />
      <DayChart hours={overview.hours} />
      <Follow />
    </Words>
  )
}

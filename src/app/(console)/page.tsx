/** The first page: how each channel stands, what needs a person, and the steps to the first message. */
import './overview.css'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { caller } from '../trpc/server.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Words } from '../ui/words.tsx'
import { Follow } from './follow.tsx'
import { loadShell } from './load-shell.ts'
import { Attention } from './overview-attention.tsx'
import { Channels } from './overview-channels.tsx'
import { DayChart } from './overview-chart.tsx'
import { Checklist } from './overview-checklist.tsx'
import { scenarioNames } from './scenario-name.ts'

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
      <DayChart hours={overview.hours} isCapped={overview.capped} />
      <Follow />
    </Words>
  )
}

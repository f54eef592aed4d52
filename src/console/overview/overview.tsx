/** What the first page shows of one period, with its switch. */
import { getLocale, getTimeZone, getTranslations } from 'next-intl/server'
import type { ShowOverview } from '#domain/overview/overview.ts'
import { scenarioNames } from '../scenario-name.ts'
import { Follow } from '../shell/follow.tsx'
import { loadShell } from '../shell/load-shell.ts'
import { caller } from '../trpc/server.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Attention } from './attention.tsx'
import { Channels } from './channels.tsx'
import { Chart } from './chart.tsx'
import { Checklist } from './checklist.tsx'
import { LatestIncidents } from './latest-incidents.tsx'
import { PeriodSwitch } from './period-switch.tsx'

export async function Overview({ period }: Pick<ShowOverview, 'period'>) {
  const zone = await getTimeZone()
  const { organization } = await loadShell()
  const [overview, { rows }, incidents, scenarios, locale, t] = await Promise.all([
    caller().messages.overview({ period, zone }),
    caller().apps.list({}),
    caller().incidents.latest(),
    caller().templates.scenarios(),
    getLocale(),
    getTranslations('Overview'),
  ])
  return (
    <>
      <PageHead
        title={t('title')}
        purpose={t('purpose', { organization: organization?.name ?? '' })}
        action={<PeriodSwitch current={period} />}
      />
      <Checklist done={overview.done} firstApp={rows[0]?.key} />
      <Attention overview={overview} nameOf={scenarioNames(scenarios, locale)} />
      <Channels channels={overview.channels} period={period} />
      <Chart bars={overview.bars} period={period} />
      <LatestIncidents incidents={incidents} />
      <Follow />
    </>
  )
}

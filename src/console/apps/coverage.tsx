'use client'
/** What an App sends: a row for each scenario, a column for each channel, and in each cell whether it works and why not. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import type { Scenario } from '#domain/scenarios/scenarios.ts'
import { scenarioName } from '../scenario-name.ts'
import { useTRPC } from '../trpc/client.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { Section } from '../ui/page-head.tsx'
import { CoverageCell, type MayEdit } from './coverage-cell.tsx'

type Props = { appId: string; appKey: string; mayEdit: MayEdit }

export function Coverage({ appId, appKey, mayEdit }: Props) {
  const t = useTranslations('Coverage')
  const channelName = useDynamicWords('Shell')
  const locale = useLocale()
  const { data } = useSuspenseQuery(useTRPC().apps.coverage.queryOptions({ appId }))
  const channels = [...new Set(data.cells.map(({ channel }) => channel))]
  return (
    <Section id="coverage" title={t('title')} purpose={t('purpose')}>
      <DataTable
        headingId="coverage"
        className="coverage"
        rows={data.scenarios}
        keyOf={({ key }) => key}
        columns={[
          { label: t('scenario'), className: 'break', cell: (scenario) => scenarioName(scenario, locale) },
          ...channels.map((channel) => ({
            label: channelName(`channel_${channel}`),
            cell: (scenario: Scenario) => (
              <CoverageCell
                cells={data.cells.filter((cell) => cell.scenario === scenario.key && cell.channel === channel)}
                scenario={scenarioName(scenario, locale)}
                appKey={appKey}
                mayEdit={mayEdit}
              />
            ),
          })),
        ]}
      />
    </Section>
  )
}

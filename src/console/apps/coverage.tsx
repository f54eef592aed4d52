'use client'
/** What an App sends: a row for each scenario, a column for each channel, and in each cell whether it works and why not. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { scenarioName } from '../scenario-name.ts'
import { useTRPC } from '../trpc/client.tsx'
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
      <div className="list">
        <table aria-labelledby="coverage" className="coverage">
          <thead>
            <tr>
              <th scope="col">{t('scenario')}</th>
              {channels.map((channel) => (
                <th key={channel} scope="col">
                  {channelName(`channel_${channel}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.scenarios.map((scenario) => {
              const name = scenarioName(scenario, locale)
              const ofScenario = data.cells.filter((cell) => cell.scenario === scenario.key)
              return (
                <tr key={scenario.key}>
                  <th scope="row" className="break">
                    {name}
                  </th>
                  {channels.map((channel) => {
                    const cells = ofScenario.filter((cell) => cell.channel === channel)
                    return (
                      <td key={channel} data-label={channelName(`channel_${channel}`)}>
                        <CoverageCell cells={cells} scenario={name} appKey={appKey} mayEdit={mayEdit} />
                      </td>
                    )
                  })}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

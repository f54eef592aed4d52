'use client'
/** What an App sends: a row for each scenario, a column for each channel, and in each cell whether it works and why not. */
import { useSuspenseQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import type { AppRouter } from '#api/router.ts'
import { useTRPC } from '../../../trpc/client.tsx'
import { useDynamicWords } from '../../../ui/dynamic-words.ts'
import { Menu } from '../../../ui/menu.tsx'
import { Section } from '../../../ui/page-head.tsx'
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx'
import { channelPlace, templatePlace } from '../../places.ts'
import { scenarioName } from '../../scenario-name.ts'

type Cell = inferRouterOutputs<AppRouter>['apps']['coverage']['cells'][number]

const tones: Record<Cell['state'], Tone> = {
  usable: 'green',
  failing: 'amber',
  channel_not_configured: 'amber',
  template_not_usable: 'red',
  template_not_configured: 'grey',
  not_offered: 'grey',
}

type Props = { appId: string; appKey: string; mayEdit: boolean }

export function Coverage({ appId, appKey, mayEdit }: Props) {
  const t = useTranslations('Coverage')
  const channelName = useDynamicWords('Shell')
  const locale = useLocale()
  const { data } = useSuspenseQuery(useTRPC().apps.coverage.queryOptions({ appId }))
  const channels = [...new Set(data.cells.map(({ channel }) => channel))]
  return (
    <Section id="coverage" title={t('title')} purpose={t('purpose')}>
      <div className="list">
        <table aria-labelledby="coverage">
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
              return (
                <tr key={scenario.key}>
                  <th scope="row" className="break">
                    {name}
                  </th>
                  {channels.map((channel) => {
                    const cell = data.cells.find((each) => each.scenario === scenario.key && each.channel === channel)
                    return (
                      <td key={channel} data-label={channelName(`channel_${channel}`)}>
                        {cell && <CoverageCell cell={cell} scenario={name} appKey={appKey} mayEdit={mayEdit} />}
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

type CellProps = { cell: Cell; scenario: string; appKey: string; mayEdit: boolean }

/** Links to templates are plain: the editor has a content policy of its own, which comes with a document only. */
function CoverageCell({ cell, scenario, appKey, mayEdit }: CellProps) {
  const t = useTranslations('Coverage')
  const channelName = useDynamicWords('Shell')
  if (cell.state === 'not_offered') return <span className="muted">{t('not_offered')}</span>
  const channel = channelName(`channel_${cell.channel}`)
  const own = templatePlace(cell.channel, cell.scenario, { app: appKey })
  const inherited = templatePlace(cell.channel, cell.scenario)
  const account = channelPlace(cell.channel)
  const isAboutAccount = cell.state === 'failing' || cell.state === 'channel_not_configured'
  return (
    <div className="coverage-cell">
      <Menu
        label={t('details', { scenario, channel, state: t(cell.state) })}
        buttonClass="cell-button"
        button={<StateBadge tone={tones[cell.state]}>{t(cell.state)}</StateBadge>}
      >
        <CellDetails cell={cell} />
        {isAboutAccount && account && (
          <Link className="menu-item" href={account} prefetch={false}>
            {t('openAccount')}
          </Link>
        )}
        {cell.origin === 'default' && inherited && (
          <a className="menu-item" href={inherited}>
            {t('openDefault')}
          </a>
        )}
      </Menu>
      {cell.origin && <span className="muted">{t(`origin_${cell.origin}`)}</span>}
      {own && (
        <a className="quiet" href={own}>
          {t(!mayEdit ? 'view' : cell.origin === 'app' ? 'edit' : cell.origin ? 'override' : 'configure')}
          <span className="unseen"> {scenario}</span>
        </a>
      )}
    </div>
  )
}

/** What would be sent, from which account, and if nothing, why. */
function CellDetails({ cell }: { cell: Cell }) {
  const t = useTranslations('Coverage')
  return (
    <div className="cell-details">
      <p>{t(`why_${cell.state as Exclude<Cell['state'], 'not_offered'>}`)}</p>
      <dl>
        <dt>{t('template')}</dt>
        <dd>{cell.origin ? t(`template_${cell.origin}`, { version: cell.version ?? 0 }) : t('none')}</dd>
        <dt>{t('account')}</dt>
        <dd>{cell.account ?? t('none')}</dd>
      </dl>
    </div>
  )
}

/** The filters above the log, and what is said about those that make no sense. */
import { useLocale, useTranslations } from 'next-intl'
import type { Scenario } from '#domain/scenarios/scenarios.ts'
import { scenarioName } from '../scenario-name.ts'
import { FilterBar } from '../ui/filter-bar.tsx'
import { FilterSelect, FilterText } from '../ui/filter-fields.tsx'
import { Result } from '../ui/result.tsx'
import { joinSentences } from '../ui/sentences.ts'
import { channels, type Filters, isFiltered } from './filters.ts'
import { statusFilters } from './status.ts'

type Props = { filters: Filters; apps: { key: string; name: string }[]; scenarios: Scenario[]; zone: string }

export function MessageFilters({ filters, apps, scenarios, zone }: Props) {
  const { shown, problems } = filters
  const t = useTranslations('Messages')
  const status = useTranslations('Status')
  const shell = useTranslations('Shell')
  const locale = useLocale()
  const all = { value: '', label: t('all') }
  return (
    <>
      <FilterBar action="/messages" label={t('filters')} isFiltered={isFiltered(filters) || problems.length > 0}>
        <FilterSelect
          name="app"
          label={t('app')}
          value={shown.app}
          options={[all, ...apps.map(({ key, name }) => ({ value: key, label: name }))]}
        />
        <FilterSelect
          name="channel"
          label={t('channel')}
          value={shown.channel}
          options={[all, ...channels.map((channel) => ({ value: channel, label: shell(`channel_${channel}`) }))]}
        />
        <FilterSelect
          name="scenario"
          label={t('scenario')}
          value={shown.scenario}
          options={[all, ...scenarios.map((each) => ({ value: each.key, label: scenarioName(each, locale) }))]}
        />
        <FilterSelect
          name="status"
          label={t('status')}
          value={shown.status}
          options={[all, ...statusFilters.map((each) => ({ value: each, label: status(each) }))]}
        />
        <FilterText
          name="from"
          type="datetime-local"
          label={t('from')}
          value={shown.from}
          title={t('zone', { zone })}
        />
        <FilterText name="to" type="datetime-local" label={t('to')} value={shown.to} title={t('zone', { zone })} />
        <FilterText name="recipient" label={t('recipient')} value={shown.recipient} placeholder={t('recipientHelp')} />
        {shown.size && <input type="hidden" name="size" value={shown.size} />}
        {shown.sort && <input type="hidden" name="sort" value={shown.sort} />}
      </FilterBar>
      {problems.length > 0 && (
        <div className="above-list">
          <Result
            tone="amber"
            title={t('bad')}
            why={joinSentences(
              problems.map(({ name, value }) => t(`bad_${name}`, { value })),
              locale,
            )}
          />
        </div>
      )}
    </>
  )
}

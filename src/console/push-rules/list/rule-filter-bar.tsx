'use client'
/** The filters above the push rules, and that something in the address was left out. */
import { useLocale, useTranslations } from 'next-intl'
import { type AppName, ruleChannelPlace } from '#console/links.ts'
import { scenarioName } from '#console/scenario-name.ts'
import { FilterBar } from '#console/ui/filter-bar.tsx'
import { FilterSelect } from '#console/ui/filter-fields.tsx'
import { Result } from '#console/ui/result.tsx'
import type { Scenario } from '#domain/scenarios/scenarios.ts'
import { isFiltered, type RuleFilters, ruleStates } from './rule-filters.ts'

type Props = Pick<RuleFilters, 'shown' | 'isBad'> & {
  apps: readonly AppName[]
  events: readonly Scenario[]
  accounts: readonly { id: string; name: string }[]
}

export function RuleFilterBar({ shown, isBad, apps, events, accounts }: Props) {
  const t = useTranslations('PushRules')
  const locale = useLocale()
  const all = { value: '', label: t('all') }
  return (
    <>
      <FilterBar action={ruleChannelPlace} label={t('filters')} isFiltered={isBad || isFiltered(shown)} isPart>
        {shown.sort && <input type="hidden" name="sort" value={shown.sort} />}
        <FilterSelect
          name="app"
          label={t('app')}
          value={shown.app}
          options={[all, ...apps.map(({ key, name }) => ({ value: key, label: name }))]}
        />
        <FilterSelect
          name="event"
          label={t('event')}
          value={shown.event}
          options={[all, ...events.map((event) => ({ value: event.key, label: scenarioName(event, locale) }))]}
        />
        <FilterSelect
          name="account"
          label={t('account')}
          value={shown.account}
          options={[all, ...accounts.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <FilterSelect
          name="state"
          label={t('state')}
          value={shown.state}
          options={[all, ...ruleStates.map((state) => ({ value: state, label: t(`state_${state}`) }))]}
        />
      </FilterBar>
      {isBad && (
        <div className="above-list">
          <Result tone="amber" title={t('bad')} />
        </div>
      )}
    </>
  )
}

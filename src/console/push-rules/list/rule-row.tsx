'use client'
/** One push rule in the list: what it joins, how it stands, and what can be done with it. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { rulePlace } from '#console/links.ts'
import type { PushRuleRights } from '#console/rights.ts'
import { Icon } from '#console/ui/line-icon.tsx'
import { Menu } from '#console/ui/menu.tsx'
import { type RuleListed, RuleState } from './rule-state.tsx'

type Props = {
  rule: RuleListed
  event: string
  rights: PushRuleRights
  onTest: () => void
  onToggle: () => void
  onRemove: () => void
}

export function RuleRow({ rule, event, rights, onTest, onToggle, onRemove }: Props) {
  const t = useTranslations('PushRules')
  const { id, name, app, account, headline, state, enabled } = rule
  return (
    <tr>
      <th scope="row">
        <Link href={rulePlace(id)} prefetch={false} className="break">
          {name}
        </Link>
      </th>
      <td data-label={t('app')} className="break">
        {app.name}
      </td>
      <td data-label={t('event')}>{event}</td>
      <td data-label={t('account')} className="break">
        {account.id ? account.name : <s className="muted">{account.name}</s>}
      </td>
      <td data-label={t('template')} className="break">
        <bdi>{headline}</bdi>
      </td>
      <td data-label={t('state')} className="rule-state">
        <RuleState rule={rule} />
      </td>
      {rights.write && (
        <td className="actions">
          <Link className="quiet" data-accent={state === 'invalid' || undefined} href={rulePlace(id)} prefetch={false}>
            {t('edit')}
            <span className="unseen"> {name}</span>
          </Link>
          {account.id && (
            <button type="button" className="quiet" onClick={onTest}>
              {t('testPush')}
            </button>
          )}
          <Menu label={t('more')} align="end" button={<Icon name="more" />}>
            <button type="button" className="menu-item" onClick={onToggle}>
              {enabled ? t('disable') : t('enable')}
            </button>
            <button type="button" className="menu-item" data-danger onClick={onRemove}>
              {t('delete')}
            </button>
          </Menu>
        </td>
      )}
    </tr>
  )
}

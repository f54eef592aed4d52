'use client'
/** One official account: its state, what it has and its last check in a row, and unfolded beneath it the details. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { rulesPlace } from '#console/links.ts'
import type { AccountRights } from '#console/rights.ts'
import { StateBadge } from '#console/ui/state-badge.tsx'
import { LastCheck } from '../last-check.tsx'
import type { Check } from '../use-checks.ts'
import { OfficialAccountDetails } from './official-account-details.tsx'
import type { OfficialAccountListed } from './use-official-accounts-changed.ts'

type Props = {
  account: OfficialAccountListed
  check: Check | undefined
  rights: AccountRights
  publicUrl: string
  isOpen: boolean
  onToggle: () => void
  onCheck: () => void
  onRemove: () => void
}

export function OfficialAccountRow({ account, check, rights, publicUrl, isOpen, onToggle, onCheck, onRemove }: Props) {
  const t = useTranslations('OfficialAccounts')
  const words = useTranslations('Accounts')
  const detailsId = useId()
  const isFailing = account.state === 'failing'
  return (
    <>
      <tr>
        <th scope="row" className="break">
          {account.name}
        </th>
        {rights.inspect && (
          <td data-label={t('appId')} className="mono nowrap">
            {account.identity}
          </td>
        )}
        <td data-label={words('state')}>
          <StateBadge tone={isFailing ? 'amber' : 'green'}>
            {isFailing ? words('state_failing') : words('state_validated')}
          </StateBadge>
        </td>
        <td data-label={t('templates')} className="number">
          {account.templates ?? <span className="muted">–</span>}
        </td>
        <td data-label={t('rules')} className="number">
          {account.rules === 0 ? (
            0
          ) : (
            <Link href={rulesPlace({ account: account.id })} prefetch={false}>
              {account.rules}
              <span className="unseen"> {t('rulesOf', { name: account.name })}</span>
            </Link>
          )}
        </td>
        {rights.inspect && (
          <td data-label={words('lastCheck')}>
            <LastCheck {...account} check={check} isOpen={isOpen} onToggle={onToggle} detailsId={detailsId} />
          </td>
        )}
        {rights.write && (
          <td className="actions">
            <button
              type="button"
              className="quiet"
              data-accent={isFailing || undefined}
              aria-busy={check?.isRunning}
              onClick={onCheck}
            >
              {t('check')}
            </button>
            <button type="button" className="quiet" onClick={onRemove}>
              {words('delete')}
            </button>
          </td>
        )}
      </tr>
      {isOpen && (
        <tr className="unfolded" id={detailsId}>
          <td colSpan={7}>
            <OfficialAccountDetails account={account} check={check} publicUrl={publicUrl} />
          </td>
        </tr>
      )}
    </>
  )
}

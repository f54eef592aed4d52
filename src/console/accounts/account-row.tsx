'use client'
/** One account: its state and last check in a row, and unfolded beneath it every stage of that check. */
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import type { AccountRights } from '../rights.ts'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { Icon } from '../ui/line-icon.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { StateBadge, type Tone } from '../ui/state-badge.tsx'
import { AccountDetails } from './account-details.tsx'
import { LastCheck } from './last-check.tsx'
import type { AccountListed, Check } from './use-checks.ts'

const tones: Record<AccountListed['state'], Tone> = {
  validated: 'green',
  failing: 'amber',
  check_failed: 'red',
  not_validated: 'grey',
}

export type AccountRowProps = {
  account: AccountListed
  check: Check | undefined
  rights: AccountRights
  publicUrl: string
  /** Whether its check can also send something to an address. */
  sendsTest: boolean
  isOpen: boolean
  /** Whether validating it is what the page waits for. */
  isUrgent: boolean
  onToggle: () => void
  onValidate: (testRecipient?: string) => void
  onEdit: () => void
  onRemove: () => void
}

export function AccountRow(props: AccountRowProps) {
  const { account, check, rights, publicUrl, sendsTest } = props
  const hasDetails = Boolean(check ?? account.lastCheckAt ?? account.failing ?? account.receiptPath)
  const isOpen = props.isOpen && hasDetails
  const t = useTranslations('Accounts')
  const words = useDynamicWords('Accounts', account.provider)
  const detailsId = useId()
  const columns = rights.write ? 5 : 4
  return (
    <>
      <tr>
        <th scope="row" className="break">
          {account.name}
        </th>
        {rights.inspect && (
          <td data-label={words('identity')} className="mono break">
            {account.identity}
          </td>
        )}
        <td data-label={t('state')}>
          <StateBadge tone={tones[account.state]}>{t(`state_${account.state}`)}</StateBadge>
        </td>
        {rights.inspect && (
          <td data-label={t('lastCheck')}>
            {hasDetails ? (
              <LastCheck {...props} {...account} detailsId={detailsId} />
            ) : (
              <span className="muted">{t('never')}</span>
            )}
          </td>
        )}
        {rights.write && (
          <td className="actions">
            <Actions {...props} />
          </td>
        )}
      </tr>
      {isOpen && (
        <tr className="unfolded" id={detailsId}>
          <td colSpan={columns}>
            <AccountDetails
              account={account}
              check={check}
              publicUrl={publicUrl}
              canSend={rights.write && sendsTest}
              onValidate={props.onValidate}
            />
          </td>
        </tr>
      )}
    </>
  )
}

function Actions({ check, isUrgent, onValidate, onEdit, onRemove }: AccountRowProps) {
  const t = useTranslations('Accounts')
  return (
    <>
      <button
        type="button"
        className="quiet"
        data-accent={isUrgent || undefined}
        aria-busy={check?.isRunning}
        onClick={() => onValidate()}
      >
        {t('validate')}
      </button>
      <button type="button" className="quiet" onClick={onEdit}>
        {t('edit')}
      </button>
      <Menu label={t('more')} align="end" button={<Icon name="more" />}>
        <MenuItem isDanger onClick={onRemove}>
          {t('delete')}
        </MenuItem>
      </Menu>
    </>
  )
}

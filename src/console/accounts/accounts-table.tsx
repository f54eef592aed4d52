'use client'
/** The accounts of a channel: the state and the last check of each in a row, and unfolded beneath it every stage of that check. */
import { useTranslations } from 'next-intl'
import type { ChannelId } from '#channels/traits.ts'
import type { AccountRights } from '../rights.ts'
import { DataTable } from '../ui/data-table.tsx'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { Icon } from '../ui/line-icon.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { StateBadge, type Tone } from '../ui/state-badge.tsx'
import type { Folds } from '../ui/use-folds.ts'
import { AccountDetails } from './account-details.tsx'
import { AskFirst, agreedTo } from './ask-first.tsx'
import { LastCheck } from './last-check.tsx'
import type { AccountForm, AccountListed, Check, useValidations } from './use-checks.ts'

const tones: Record<AccountListed['state'], Tone> = {
  validated: 'green',
  failing: 'amber',
  check_failed: 'red',
  not_validated: 'grey',
}

type Props = {
  channel: ChannelId
  headingId: string
  accounts: readonly AccountListed[]
  forms: readonly AccountForm[]
  rights: AccountRights
  publicUrl: string
  validations: ReturnType<typeof useValidations>
  folds: Folds
  onValidate: (id: string, testRecipient?: string) => void
  onEdit: (account: AccountListed) => void
  onRemove: (account: AccountListed) => void
}

export function AccountsTable(props: Props) {
  const { channel, headingId, accounts, forms, rights, publicUrl, validations, folds, onValidate } = props
  const { checks, start, decline } = validations
  const t = useTranslations('Accounts')
  const [provider, ...others] = new Set(accounts.map((account) => account.provider))
  const words = useDynamicWords('Accounts', others.length === 0 ? provider : undefined)
  const asked = accounts.find(({ id }) => checks[id]?.asks && !checks[id].isRunning)
  const isServed = accounts.some(({ state }) => state === 'validated')
  const hasDetails = ({ id, lastCheckAt, failing, receiptPath }: AccountListed) =>
    Boolean(checks[id] ?? lastCheckAt ?? failing ?? receiptPath)
  return (
    <>
      <DataTable
        headingId={headingId}
        rows={accounts}
        keyOf={({ id }) => id}
        columns={[
          { label: t('name'), className: 'break', cell: ({ name }) => name },
          rights.inspect && { label: words('identity'), className: 'mono break', cell: ({ identity }) => identity },
          {
            label: t('state'),
            cell: ({ state }) => <StateBadge tone={tones[state]}>{t(`state_${state}`)}</StateBadge>,
          },
          rights.inspect && {
            label: t('lastCheck'),
            cell: (account) =>
              hasDetails(account) ? (
                <LastCheck {...account} check={checks[account.id]} fold={folds.of(account.id)} />
              ) : (
                <span className="muted">{t('never')}</span>
              ),
          },
        ]}
        unfolded={(account) => {
          const { isOpen, detailsId } = folds.of(account.id)
          if (!isOpen || !hasDetails(account)) return null
          const sendsTest = forms.some(({ provider, checkSends }) => checkSends && provider === account.provider)
          return {
            id: detailsId,
            content: (
              <AccountDetails
                account={account}
                check={checks[account.id]}
                publicUrl={publicUrl}
                canSend={rights.write && sendsTest}
                onValidate={(testRecipient) => onValidate(account.id, testRecipient)}
              />
            ),
          }
        }}
        actions={
          rights.write &&
          ((account) => (
            <Actions
              check={checks[account.id]}
              isUrgent={account.state !== 'validated' && (!isServed || account.state !== 'not_validated')}
              onValidate={() => onValidate(account.id)}
              onEdit={() => props.onEdit(account)}
              onRemove={() => props.onRemove(account)}
            />
          ))
        }
      />
      {asked && (
        <AskFirst
          channel={channel}
          provider={asked.provider}
          asks={checks[asked.id]?.asks}
          account={asked}
          onAnswer={(agreed, taking) =>
            agreed ? start(asked.id, { agreed: agreedTo(agreed), ...(taking ? { taking } : {}) }) : decline(asked.id)
          }
        />
      )}
    </>
  )
}

type ActionsProps = {
  check: Check | undefined
  /** Whether validating it is what the page waits for. */
  isUrgent: boolean
  onValidate: () => void
  onEdit: () => void
  onRemove: () => void
}

function Actions({ check, isUrgent, onValidate, onEdit, onRemove }: ActionsProps) {
  const t = useTranslations('Accounts')
  return (
    <>
      <button
        type="button"
        className="quiet"
        data-accent={isUrgent || undefined}
        aria-busy={check?.isRunning}
        onClick={onValidate}
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

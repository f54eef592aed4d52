'use client'
/** The accounts of a channel: a table with their state, and everything that is done with them, in place. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { ChannelId } from '#channels/traits.ts'
import { ConfirmDelete } from '../confirm-delete.tsx'
import type { AccountRights } from '../rights.ts'
import { useTRPC, useTRPCClient } from '../trpc/client.tsx'
import { Button } from '../ui/button.tsx'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { Section } from '../ui/page-head.tsx'
import { useFolds } from '../ui/use-folds.ts'
import { AccountsTable } from './accounts-table.tsx'
import type { AccountListed } from './use-checks.ts'
import './accounts.css'
import { useAccountsChanged, useValidations } from './use-checks.ts'

/** Loaded when it is opened first: with its inputs it weighs more than the whole page. */
const AccountDrawer = lazyPart(() => import('./account-drawer.tsx').then((file) => file.AccountDrawer))

/** `publicUrl` is the address of this Signet as others reach it. */
type Props = { channel: ChannelId; rights: AccountRights; publicUrl: string }

export function AccountsSection({ channel, rights, publicUrl }: Props) {
  const t = useTranslations('Accounts')
  const words = useDynamicWords('Accounts')
  const trpc = useTRPC()
  const { data } = useSuspenseQuery(trpc.accounts.list.queryOptions({ channel }))
  const { data: forms } = useSuspenseQuery(trpc.accounts.forms.queryOptions({ channel }))
  const accounts = useSteadyOrder(data)
  const validations = useValidations(channel)
  const folds = useFolds()
  const validate = (id: string, testRecipient?: string) => {
    folds.unfold(id)
    void validations.start(id, testRecipient ? { testRecipient } : {})
  }
  /** What the drawer is open for: the account with this id, or a new one. */
  const [edited, setEdited] = useState<{ id?: string }>()
  const [removed, setRemoved] = useState<AccountListed>()
  const headingId = `${channel}-accounts`
  const add = (
    <Button kind="primary" onClick={() => setEdited({})}>
      {t('add')}
    </Button>
  )
  const isEmpty = accounts.length === 0
  return (
    <Section
      id={headingId}
      title={words(`title_${channel}`)}
      purpose={words(`purpose_${channel}`)}
      action={rights.write && !isEmpty && add}
    >
      {isEmpty ? (
        <EmptyState
          title={t('empty')}
          text={rights.write ? words(`emptyText_${channel}`) : t('emptyForOthers')}
          action={rights.write && add}
        />
      ) : (
        <AccountsTable
          channel={channel}
          accounts={accounts}
          forms={forms}
          rights={rights}
          publicUrl={publicUrl}
          headingId={headingId}
          validations={validations}
          folds={folds}
          onValidate={validate}
          onEdit={({ id }) => {
            if (!validations.checks[id]?.isRunning) validations.forget(id)
            setEdited({ id })
          }}
          onRemove={setRemoved}
        />
      )}
      {rights.write && (
        <>
          {edited && (
            <AccountDrawer
              channel={channel}
              forms={forms}
              account={accounts.find(({ id }) => id === edited.id)}
              validation={edited.id ? validations.checks[edited.id] : undefined}
              onValidate={(id) => {
                // Where the drawer was left meanwhile, it stays closed.
                setEdited((now) => (now === edited ? { id } : now))
                validate(id)
              }}
              onClose={() => setEdited(undefined)}
            />
          )}
          <DeleteAccount channel={channel} account={removed} onClose={() => setRemoved(undefined)} />
        </>
      )}
    </Section>
  )
}

/** The validated account comes first when the page opens; afterwards no row moves away under somebody's eyes. */
function useSteadyOrder(accounts: readonly AccountListed[]): readonly AccountListed[] {
  const [order] = useState(() => accounts.map(({ id }) => id))
  const placeOf = ({ id }: AccountListed) => (order.includes(id) ? order.indexOf(id) : order.length)
  return [...accounts].sort((a, b) => placeOf(a) - placeOf(b) || (a.id < b.id ? -1 : 1))
}

type DeleteProps = { channel: ChannelId; account: AccountListed | undefined; onClose: () => void }

function DeleteAccount({ channel, account, onClose }: DeleteProps) {
  const t = useTranslations('Accounts')
  const client = useTRPCClient()
  const changed = useAccountsChanged(channel)
  const { id = '', name = '' } = account ?? {}
  return (
    <ConfirmDelete
      isOpen={account !== undefined}
      onClose={onClose}
      title={t('deleteTitle', { name })}
      intro={t('deleteIntro')}
      of={{ kind: 'account', id }}
      nothing={t('deleteNothing')}
      verb={t('deleteVerb')}
      onDelete={() => client.accounts.remove.mutate({ id }).then(changed)}
    />
  )
}

'use client'
/** Official Account Configuration: the accounts that cards go out from, several side by side. They are added, checked and deleted, never changed. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { AccountRights } from '#console/rights.ts'
import { useTRPC, useTRPCClient } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { lazyPart } from '#console/ui/lazy-part.tsx'
import { Section } from '#console/ui/page-head.tsx'
import { useOnceNeeded } from '#console/ui/use-once-needed.ts'
import { useChecks } from '../use-checks.ts'
import { DeleteOfficialAccount } from './delete-official-account.tsx'
import { OfficialAccountRow } from './official-account-row.tsx'
import type { OfficialAccountListed } from './use-official-accounts-changed.ts'
import '../accounts.css'
import './official-accounts.css'
import { useOfficialAccountsChanged } from './use-official-accounts-changed.ts'

/** Loaded when it is opened first: with its inputs it weighs more than the whole page. */
const AddOfficialAccount = lazyPart(() => import('./add-official-account.tsx').then((file) => file.AddOfficialAccount))

/** `publicUrl` is the address of this Signet as others reach it. */
type Props = { rights: AccountRights; publicUrl: string }

const headingId = 'official-accounts'

export function OfficialAccounts({ rights, publicUrl }: Props) {
  const t = useTranslations('OfficialAccounts')
  const words = useTranslations('Accounts')
  const trpc = useTRPC()
  const { data: accounts } = useSuspenseQuery(trpc.officialAccounts.list.queryOptions())
  const [isAdding, setAdding] = useState(false)
  const [removed, setRemoved] = useState<OfficialAccountListed>()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const needsDrawer = useOnceNeeded(isAdding)
  const unfold = (id: string, isOpen: boolean) =>
    setOpen((before) => new Set(isOpen ? [...before, id] : [...before].filter((other) => other !== id)))
  const isEmpty = accounts.length === 0
  const add = rights.write && (
    <Button kind="primary" onClick={() => setAdding(true)}>
      {words('add')}
    </Button>
  )
  return (
    <Section id={headingId} title={t('title')} purpose={t('purpose')} action={!isEmpty && add}>
      {isEmpty ? (
        <EmptyState
          title={words('empty')}
          text={rights.write ? t('emptyText') : words('emptyForOthers')}
          action={add}
        />
      ) : (
        <AccountsTable
          accounts={accounts}
          rights={rights}
          publicUrl={publicUrl}
          open={open}
          onUnfold={unfold}
          onRemove={setRemoved}
        />
      )}
      {needsDrawer && (
        <AddOfficialAccount
          isOpen={isAdding}
          onClose={() => setAdding(false)}
          // What is entered at WeChat next stands in its details.
          onAdded={(id) => unfold(id, true)}
        />
      )}
      {rights.write && <DeleteOfficialAccount account={removed} onClose={() => setRemoved(undefined)} />}
    </Section>
  )
}

type TableProps = Props & {
  accounts: readonly OfficialAccountListed[]
  open: ReadonlySet<string>
  onUnfold: (id: string, isOpen: boolean) => void
  onRemove: (account: OfficialAccountListed) => void
}

function AccountsTable({ accounts, rights, publicUrl, open, onUnfold, onRemove }: TableProps) {
  const t = useTranslations('OfficialAccounts')
  const words = useTranslations('Accounts')
  const client = useTRPCClient()
  const { checks, start } = useChecks(
    (id) => client.officialAccounts.check.mutate({ id }),
    useOfficialAccountsChanged(),
  )
  return (
    <div className="list">
      <table aria-labelledby={headingId}>
        <thead>
          <tr>
            <th scope="col">{words('name')}</th>
            {rights.inspect && <th scope="col">{t('appId')}</th>}
            <th scope="col">{words('state')}</th>
            <th scope="col" className="number">
              {t('templates')}
            </th>
            <th scope="col" className="number">
              {t('rules')}
            </th>
            {rights.inspect && <th scope="col">{words('lastCheck')}</th>}
            {rights.write && (
              <th scope="col">
                <span className="unseen">{words('actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <OfficialAccountRow
              key={account.id}
              account={account}
              check={checks[account.id]}
              rights={rights}
              publicUrl={publicUrl}
              isOpen={open.has(account.id)}
              onToggle={() => onUnfold(account.id, !open.has(account.id))}
              onCheck={() => {
                onUnfold(account.id, true)
                start(account.id)
              }}
              onRemove={() => onRemove(account)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

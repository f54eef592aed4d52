'use client'
/** Official Account Configuration: the accounts that cards go out from, several side by side. They are added, checked and deleted, never changed. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { AccountRights } from '#console/rights.ts'
import { useTRPC } from '#console/trpc/client.tsx'
import { Button } from '#console/ui/button.tsx'
import { EmptyState } from '#console/ui/empty-state.tsx'
import { lazyPart } from '#console/ui/lazy-part.tsx'
import { Section } from '#console/ui/page-head.tsx'
import { useFolds } from '#console/ui/use-folds.ts'
import { useOnceNeeded } from '#console/ui/use-once-needed.ts'
import { DeleteOfficialAccount } from './delete-official-account.tsx'
import { OfficialAccountsTable } from './official-accounts-table.tsx'
import type { OfficialAccountListed } from './use-official-accounts-changed.ts'
import '../accounts.css'
import './official-accounts.css'

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
  const folds = useFolds()
  const needsDrawer = useOnceNeeded(isAdding)
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
        <OfficialAccountsTable
          headingId={headingId}
          accounts={accounts}
          rights={rights}
          publicUrl={publicUrl}
          folds={folds}
          onRemove={setRemoved}
        />
      )}
      {needsDrawer && (
        <AddOfficialAccount
          isOpen={isAdding}
          onClose={() => setAdding(false)}
          // What is entered at WeChat next stands in its details.
          onAdded={folds.unfold}
        />
      )}
      {rights.write && <DeleteOfficialAccount account={removed} onClose={() => setRemoved(undefined)} />}
    </Section>
  )
}

'use client'
/** The official accounts: the state of each, what it has and its last check in a row, and unfolded beneath it the details. */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { rulesPlace } from '#console/links.ts'
import type { AccountRights } from '#console/rights.ts'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { DataTable } from '#console/ui/data-table.tsx'
import { StateBadge } from '#console/ui/state-badge.tsx'
import type { Folds } from '#console/ui/use-folds.ts'
import { LastCheck } from '../last-check.tsx'
import { useChecks } from '../use-checks.ts'
import { OfficialAccountDetails } from './official-account-details.tsx'
import type { OfficialAccountListed } from './use-official-accounts-changed.ts'
import { useOfficialAccountsChanged } from './use-official-accounts-changed.ts'

type Props = {
  headingId: string
  accounts: readonly OfficialAccountListed[]
  rights: AccountRights
  publicUrl: string
  folds: Folds
  onRemove: (account: OfficialAccountListed) => void
}

export function OfficialAccountsTable({ headingId, accounts, rights, publicUrl, folds, onRemove }: Props) {
  const t = useTranslations('OfficialAccounts')
  const words = useTranslations('Accounts')
  const client = useTRPCClient()
  const { checks, start } = useChecks(
    (id) => client.officialAccounts.check.mutate({ id }),
    useOfficialAccountsChanged(),
  )
  return (
    <DataTable
      headingId={headingId}
      rows={accounts}
      keyOf={({ id }) => id}
      columns={[
        { label: words('name'), className: 'break', cell: ({ name }) => name },
        rights.inspect && { label: t('appId'), className: 'mono nowrap', cell: ({ identity }) => identity },
        { label: words('state'), cell: (account) => <State account={account} /> },
        {
          label: t('templates'),
          className: 'number',
          headClass: 'number',
          cell: ({ templates }) => templates ?? <span className="muted">–</span>,
        },
        {
          label: t('rules'),
          className: 'number',
          headClass: 'number',
          cell: ({ id, name, rules }) =>
            rules === 0 ? (
              0
            ) : (
              <Link href={rulesPlace({ account: id })} prefetch={false}>
                {rules}
                <span className="unseen"> {t('rulesOf', { name })}</span>
              </Link>
            ),
        },
        rights.inspect && {
          label: words('lastCheck'),
          cell: (account) => <LastCheck {...account} check={checks[account.id]} fold={folds.of(account.id)} />,
        },
      ]}
      unfolded={(account) => {
        const { isOpen, detailsId } = folds.of(account.id)
        const details = <OfficialAccountDetails account={account} check={checks[account.id]} publicUrl={publicUrl} />
        return isOpen ? { id: detailsId, content: details } : null
      }}
      actions={
        rights.write &&
        ((account) => (
          <>
            <button
              type="button"
              className="quiet"
              data-accent={account.state === 'failing' || undefined}
              aria-busy={checks[account.id]?.isRunning}
              onClick={() => {
                folds.unfold(account.id)
                start(account.id)
              }}
            >
              {t('check')}
            </button>
            <button type="button" className="quiet" onClick={() => onRemove(account)}>
              {words('delete')}
            </button>
          </>
        ))
      }
    />
  )
}

function State({ account: { state } }: { account: OfficialAccountListed }) {
  const words = useTranslations('Accounts')
  const isFailing = state === 'failing'
  return (
    <StateBadge tone={isFailing ? 'amber' : 'green'}>
      {isFailing ? words('state_failing') : words('state_validated')}
    </StateBadge>
  )
}

'use client'
/** Asks before an official account is deleted: its push rules by name, which become invalid, and what happens to the rest. */
import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { scenarioNames } from '#console/scenario-name.ts'
import { useTRPC, useTRPCClient } from '#console/trpc/client.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import type { OfficialAccountDependents } from '#domain/accounts/official-accounts.ts'
import type { OfficialAccountListed } from './use-official-accounts-changed.ts'
import { useOfficialAccountsChanged } from './use-official-accounts-changed.ts'

type Props = { account: OfficialAccountListed | undefined; onClose: () => void }

export function DeleteOfficialAccount({ account, onClose }: Props) {
  const t = useTranslations('OfficialAccounts')
  const words = useTranslations('Accounts')
  const client = useTRPCClient()
  const problems = useProblemWords()
  const changed = useOfficialAccountsChanged()
  const consequences = useConsequences(account)
  const remove = async () => {
    if (!account) return undefined
    try {
      await client.officialAccounts.remove.mutate({ id: account.id })
      await changed()
      return undefined
    } catch (error) {
      return problems.result(error)
    }
  }
  return (
    <ConfirmDialog
      isOpen={account !== undefined}
      onClose={onClose}
      title={words('deleteTitle', { name: account?.name ?? '' })}
      intro={t('deleteIntro')}
      consequences={consequences}
      verb={words('deleteVerb')}
      onConfirm={remove}
    />
  )
}

/** How many push rules are named at most. */
const mostNamed = 20

function useConsequences(account: OfficialAccountListed | undefined): ReactNode[] {
  const t = useTranslations('OfficialAccounts')
  const words = useTranslations('Accounts')
  const trpc = useTRPC()
  const problems = useProblemWords()
  const isAsked = account !== undefined
  const found = useQuery(
    trpc.officialAccounts.dependents.queryOptions(
      { id: account?.id ?? '' },
      { enabled: isAsked, staleTime: 0, gcTime: 0 },
    ),
  )
  if (found.error) return [problems.result(found.error).title]
  if (!account || !found.data) return [words('lookingUp')]
  const { ruleCount, waitingMessages } = found.data
  return [
    ruleCount > 0 ? <Rules key="rules" of={found.data} /> : t('deleteNoRules'),
    ...(waitingMessages > 0 ? [t('deleteWaiting', { count: waitingMessages })] : []),
    t('deleteCallback'),
  ]
}

function Rules({ of: { rules, ruleCount } }: { of: OfficialAccountDependents }) {
  const t = useTranslations('OfficialAccounts')
  const locale = useLocale()
  const trpc = useTRPC()
  const scenarios = useQuery(trpc.templates.scenarios.queryOptions())
  const nameOf = scenarioNames(scenarios.data ?? [], locale)
  const named = rules.slice(0, mostNamed)
  return (
    <>
      {t('deleteRules', { count: ruleCount })}
      <ul>
        {named.map(({ id, name, app, scenario, enabled }) => (
          <li key={id} className="break">
            {name}{' '}
            <span className="muted">
              {t('deleteRule', { app, event: nameOf(scenario) })}
              {!enabled && ` · ${t('deleteRuleDisabled')}`}
            </span>
          </li>
        ))}
        {ruleCount > named.length && <li>{t('deleteRulesMore', { count: ruleCount - named.length })}</li>}
      </ul>
    </>
  )
}

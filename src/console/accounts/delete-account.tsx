'use client'
/** Asks before an account is deleted: what depends on it, counted and by name, and what happens to that. */
import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import type { ChannelId } from '#channels/contract.ts'
import { scenarioNames } from '../scenario-name.ts'
import { useTRPC, useTRPCClient } from '../trpc/client.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useProblemWords } from '../ui/problem-words.tsx'
import type { AccountListed } from './use-checks.ts'
import { useAccountsChanged } from './use-checks.ts'

type Props = { channel: ChannelId; account: AccountListed | undefined; onClose: () => void }

export function DeleteAccount({ channel, account, onClose }: Props) {
  const t = useTranslations('Accounts')
  const client = useTRPCClient()
  const words = useProblemWords()
  const changed = useAccountsChanged(channel)
  const consequences = useConsequences(account)
  const remove = async () => {
    if (!account) return undefined
    try {
      await client.accounts.remove.mutate({ id: account.id })
      await changed()
      return undefined
    } catch (error) {
      return words.result(error)
    }
  }
  return (
    <ConfirmDialog
      isOpen={account !== undefined}
      onClose={onClose}
      title={t('deleteTitle', { name: account?.name ?? '' })}
      intro={t('deleteIntro')}
      consequences={consequences}
      verb={t('deleteVerb')}
      onConfirm={remove}
    />
  )
}

/** What follows from deleting it, a line each; a single line while that is being looked up. */
function useConsequences(account: AccountListed | undefined): string[] {
  const t = useTranslations('Accounts')
  const locale = useLocale()
  const trpc = useTRPC()
  const words = useProblemWords()
  const isAsked = account !== undefined
  const found = useQuery(
    trpc.accounts.dependents.queryOptions({ id: account?.id ?? '' }, { enabled: isAsked, staleTime: 0, gcTime: 0 }),
  )
  const scenarios = useQuery(trpc.templates.scenarios.queryOptions(undefined, { enabled: isAsked }))
  if (found.error) return [words.result(found.error).title]
  if (!account || !found.data || scenarios.isLoading) return [t('lookingUp')]
  const nameOf = scenarioNames(scenarios.data ?? [], locale)
  const { validated, templates, scenarios: keys, apps, queuedMessages } = found.data
  const list = (names: readonly string[]) => new Intl.ListFormat(locale).format(names)
  if (!validated && templates === 0) return [t('deleteNothing')]
  return [
    ...(validated ? [t('deleteNoSender')] : []),
    ...(templates > 0 ? [t('deleteTemplates', { count: templates })] : []),
    ...(validated && account.receiptPath ? [t('deleteReceipts')] : []),
    ...(keys.length > 0 ? [t('deleteScenarios', { count: keys.length, names: list(keys.map(nameOf)) })] : []),
    ...(apps.length > 0 ? [t('deleteApps', { count: apps.length, names: list(apps) })] : []),
    ...(queuedMessages > 0 ? [t('deleteQueued', { count: queuedMessages })] : []),
  ]
}

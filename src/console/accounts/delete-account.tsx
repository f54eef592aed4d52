'use client'
/** Asks before an account is deleted. */
import { useTranslations } from 'next-intl'
import type { ChannelId } from '#channels/contract.ts'
import { ConfirmDelete } from '../confirm-delete.tsx'
import { useTRPCClient } from '../trpc/client.tsx'
import type { AccountListed } from './use-checks.ts'
import { useAccountsChanged } from './use-checks.ts'

type Props = { channel: ChannelId; account: AccountListed | undefined; onClose: () => void }

export function DeleteAccount({ channel, account, onClose }: Props) {
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

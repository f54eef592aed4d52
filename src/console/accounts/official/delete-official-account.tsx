'use client'
/** Asks before an official account is deleted: its push rules become invalid. */
import { useTranslations } from 'next-intl'
import { ConfirmDelete } from '#console/confirm-delete.tsx'
import { useTRPCClient } from '#console/trpc/client.tsx'
import type { OfficialAccountListed } from './use-official-accounts-changed.ts'
import { useOfficialAccountsChanged } from './use-official-accounts-changed.ts'

type Props = { account: OfficialAccountListed | undefined; onClose: () => void }

export function DeleteOfficialAccount({ account, onClose }: Props) {
  const t = useTranslations('OfficialAccounts')
  const words = useTranslations('Accounts')
  const client = useTRPCClient()
  const changed = useOfficialAccountsChanged()
  const { id = '', name = '' } = account ?? {}
  return (
    <ConfirmDelete
      isOpen={account !== undefined}
      onClose={onClose}
      title={words('deleteTitle', { name })}
      intro={t('deleteIntro')}
      of={{ kind: 'account', id }}
      nothing={t('deleteNoRules')}
      consequences={[t('deleteCallback')]}
      verb={words('deleteVerb')}
      onDelete={() => client.officialAccounts.remove.mutate({ id }).then(changed)}
    />
  )
}

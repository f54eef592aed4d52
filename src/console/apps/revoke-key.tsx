'use client'
/** Asks before a key is revoked: whoever calls with it is refused from then on. */
import { useFormatter, useTranslations } from 'next-intl'
import { ConfirmDelete } from '../confirm-delete.tsx'
import { useTRPCClient } from '../trpc/client.tsx'
import type { Key } from './key-table.tsx'

type Props = { apiKey: Key | undefined; onClose: () => void; onRevoked: () => Promise<unknown> }

export function RevokeKey({ apiKey, onClose, onRevoked }: Props) {
  const t = useTranslations('App')
  const client = useTRPCClient()
  const format = useFormatter()
  const { id = '', name = '', lastUsedAt } = apiKey ?? {}
  const used = lastUsedAt ? t('usedLast', { when: format.relativeTime(new Date(lastUsedAt)) }) : t('usedNever')
  return (
    <ConfirmDelete
      isOpen={apiKey !== undefined}
      onClose={onClose}
      title={t('revokeTitle', { name })}
      intro={t('revokeIntro')}
      consequences={[used, t('revokeFinal')]}
      verb={t('revokeVerb')}
      onDelete={() => client.apps.revokeKey.mutate({ id }).then(onRevoked)}
    />
  )
}

'use client'
/** Asks before a key is revoked: whoever calls with it is refused from then on. */
import { useFormatter, useTranslations } from 'next-intl'
import { useTRPCClient } from '../trpc/client.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useProblemWords } from '../ui/problem-words.tsx'
import type { Key } from './key-table.tsx'

type Props = { apiKey: Key | undefined; onClose: () => void; onRevoked: () => Promise<unknown> }

export function RevokeKey({ apiKey, onClose, onRevoked }: Props) {
  const t = useTranslations('App')
  const words = useProblemWords()
  const client = useTRPCClient()
  const format = useFormatter()
  const revoke = async () => {
    if (!apiKey) return undefined
    try {
      await client.apps.revokeKey.mutate({ id: apiKey.id })
      await onRevoked()
      return undefined
    } catch (error) {
      return words.result(error)
    }
  }
  const used = apiKey?.lastUsedAt
    ? t('usedLast', { when: format.relativeTime(new Date(apiKey.lastUsedAt)) })
    : t('usedNever')
  return (
    <ConfirmDialog
      isOpen={apiKey !== undefined}
      onClose={onClose}
      title={t('revokeTitle', { name: apiKey?.name ?? '' })}
      intro={t('revokeIntro')}
      consequences={[used, t('revokeFinal')]}
      verb={t('revokeVerb')}
      onConfirm={revoke}
    />
  )
}

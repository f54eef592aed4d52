'use client'
/** Asks before a push rule is deleted: its event then makes no message by it. */
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { ConfirmDelete } from '#console/confirm-delete.tsx'
import { useTRPC, useTRPCClient } from '#console/trpc/client.tsx'
import type { Deletion } from '#console/ui/undo-notice.tsx'

/** Reads again what shows push rules: their list, and how many each account has. */
export function useRulesChanged() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return async () => {
    await Promise.all([
      queryClient.invalidateQueries(trpc.pushRules.pathFilter()),
      queryClient.invalidateQueries(trpc.officialAccounts.list.pathFilter()),
    ])
  }
}

type Props = {
  rule: { id: string; name: string; app: { name: string } } | undefined
  event: string
  onClose: () => void
  onDeleted?: (deletion: Deletion) => void
}

export function DeleteRule({ rule, event, onClose, onDeleted }: Props) {
  const t = useTranslations('PushRules')
  const client = useTRPCClient()
  const changed = useRulesChanged()
  const { id = '', name = '', app } = rule ?? {}
  const remove = async () => {
    const { undo } = await client.pushRules.remove.mutate({ id })
    onDeleted?.({ title: t('deleteDone', { name }), undo })
    await changed()
  }
  return (
    <ConfirmDelete
      isOpen={rule !== undefined}
      onClose={onClose}
      title={t('deleteTitle', { name })}
      of={{ kind: 'push_rule', id }}
      consequences={[t('deleteEvents', { app: app?.name ?? '', event })]}
      verb={t('deleteVerb')}
      onDelete={remove}
    />
  )
}

'use client'
/** Asks before a push rule is deleted: its event then makes no message by it. */
import { useTranslations } from 'next-intl'
import { useTRPCClient } from '#console/trpc/client.tsx'
import { ConfirmDialog } from '#console/ui/confirm-dialog.tsx'
import { useProblemWords } from '#console/ui/problem-words.tsx'
import { useRulesChanged } from './use-rules-changed.ts'

type Props = {
  rule: { id: string; name: string; app: { name: string } } | undefined
  event: string
  onClose: () => void
  onDeleted?: () => void
}

export function DeleteRule({ rule, event, onClose, onDeleted }: Props) {
  const t = useTranslations('PushRules')
  const client = useTRPCClient()
  const words = useProblemWords()
  const changed = useRulesChanged()
  const remove = async () => {
    if (!rule) return undefined
    try {
      await client.pushRules.remove.mutate({ id: rule.id })
    } catch (error) {
      return words.result(error)
    }
    onDeleted?.()
    await changed()
    return undefined
  }
  return (
    <ConfirmDialog
      isOpen={rule !== undefined}
      onClose={onClose}
      title={t('deleteTitle', { name: rule?.name ?? '' })}
      intro={t('deleteIntro')}
      consequences={[t('deleteEvents', { app: rule?.app.name ?? '', event }), t('deleteWaiting')]}
      verb={t('deleteVerb')}
      onConfirm={remove}
    />
  )
}

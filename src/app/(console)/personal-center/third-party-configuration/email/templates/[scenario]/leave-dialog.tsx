'use client'
/** Asks before somebody leaves with unsaved changes. What they typed stays in this browser all the same. */
import { useTranslations } from 'next-intl'
import { ConfirmDialog } from '../../../../../../ui/confirm-dialog.tsx'
import { useLeaveGuard } from './use-leave-guard.ts'

export function LeaveDialog({ isChanged }: { isChanged: boolean }) {
  const t = useTranslations('Template')
  const { isAsking, stay, leave } = useLeaveGuard(isChanged)
  return (
    <ConfirmDialog
      isOpen={isAsking}
      onClose={stay}
      title={t('leaveTitle')}
      intro={t('leaveIntro')}
      verb={t('leaveVerb')}
      onConfirm={async () => {
        leave()
        return undefined
      }}
    />
  )
}

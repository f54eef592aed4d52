'use client'
/** Asks before somebody leaves with unsaved changes. */
import { useTranslations } from 'next-intl'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useLeaveGuard } from './use-leave-guard.ts'

/** @param intro says what becomes of the changes */
export function LeaveDialog({ isChanged, intro }: { isChanged: boolean; intro: string }) {
  const t = useTranslations('Template')
  const { isAsking, stay, leave } = useLeaveGuard(isChanged)
  return (
    <ConfirmDialog
      isOpen={isAsking}
      onClose={stay}
      title={t('leaveTitle')}
      intro={intro}
      verb={t('leaveVerb')}
      onConfirm={async () => {
        leave()
        return undefined
      }}
    />
  )
}

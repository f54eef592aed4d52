'use client'
/** Asks before what the template is written over takes the place of what is edited. */
import { useTranslations } from 'next-intl'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'

type Props = {
  isOpen: boolean
  onClose: () => void
  /** Whether both hold the same already. */
  isEqual: boolean
  onConfirm: () => void
}

export function StartDialog({ isOpen, onClose, isEqual, onConfirm }: Props) {
  const t = useTranslations('Template')
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('replaceTitle')}
      intro={isEqual ? t('replaceEqual') : t('replaceIntro')}
      verb={t('replaceVerb')}
      onConfirm={async () => {
        onConfirm()
        return undefined
      }}
    />
  )
}

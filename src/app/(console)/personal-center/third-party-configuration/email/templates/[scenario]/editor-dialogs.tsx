'use client'
/** The dialogs of the editor, one at a time; each is loaded when it is opened first. */
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import type { EmailContent } from '#domain/channels/email.ts'
import { isSame } from '../../../../../../template-editor/content-store.ts'
import { ConfirmDialog } from '../../../../../../ui/confirm-dialog.tsx'
import { useOnceNeeded } from '../../../use-once-needed.ts'
import { DeleteTemplate } from './delete-template.tsx'
import type { Asked, DialogsProps } from './editing-props.ts'
import { asEmail } from './stored-template.ts'

const ConflictDialog = dynamic(() => import('./conflict-dialog.tsx').then((file) => file.ConflictDialog))
const VersionsDialog = dynamic(() => import('./versions-dialog.tsx').then((file) => file.VersionsDialog))
const CompareDialog = dynamic(() => import('./compare-dialog.tsx').then((file) => file.CompareDialog))
const TestSendDialog = dynamic(() => import('./test-send-dialog.tsx').then((file) => file.TestSendDialog))
const ExampleDialog = dynamic(() => import('./example-dialog.tsx').then((file) => file.ExampleDialog))

export function EditorDialogs(props: DialogsProps) {
  const { asked, onAsk, saving } = props
  const isOpen = (what: Asked) => asked === what
  const needsTest = useOnceNeeded(isOpen('test-send'))
  const close = () => onAsk(undefined)
  return (
    <>
      {saving.conflict && <ConflictDialog {...props} conflict={saving.conflict} />}
      {isOpen('versions') && <VersionsDialog {...props} onClose={close} />}
      {isOpen('compare') && <CompareDialog {...props} onClose={close} />}
      {isOpen('example') && <ExampleDialog {...props} onClose={close} />}
      {needsTest && <TestSendDialog {...props} isOpen={isOpen('test-send')} onClose={close} />}
      <StartDialog {...props} isOpen={isOpen('start')} onClose={close} />
      <DeleteTemplate {...props} isOpen={isOpen('delete')} onClose={close} />
    </>
  )
}

/** Puts the default in place of what is edited. */
function StartDialog({
  content,
  underneath,
  isOpen,
  onClose,
}: DialogsProps & { isOpen: boolean; onClose: () => void }) {
  const t = useTranslations('Template')
  const start: EmailContent | undefined = underneath ? asEmail(underneath.template.content) : undefined
  const isEqual = start !== undefined && isSame(content.get(), start)
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('replaceTitle')}
      intro={isEqual ? t('replaceEqual') : t('replaceIntro')}
      verb={t('replaceVerb')}
      onConfirm={async () => {
        if (start) content.replace(start)
        return undefined
      }}
    />
  )
}

'use client'
/** The head of the editor: whose template in which language, and what can be done with it. */
import { useTranslations } from 'next-intl'
import type { EmailContent } from '#channels/email/email.ts'
import { MoreMenu } from '#console/editing/more-menu.tsx'
import { TemplateHead } from '#console/editing/template-head.tsx'
import type { TemplateSaving } from '#console/editing/template-saving.ts'
import { Button } from '#console/ui/button.tsx'
import { templatesAddress } from '../list/template-address.ts'
import type { Asked, EditingProps } from './editing-props.ts'
import { PlacePickers } from './place-pickers.tsx'

type Props = EditingProps & {
  canWrite: boolean
  isChanged: boolean
  saving: TemplateSaving<EmailContent>
  onSave: (note: string) => void
  onAsk: (asked: Asked) => void
}

export function EditorHead(props: Props) {
  const { about, scenario, underneath, saving, canWrite, isChanged, onSave, onAsk } = props
  const t = useTranslations('Template')
  const shell = useTranslations('Shell')
  return (
    <TemplateHead
      back={{ href: templatesAddress('email', about.app), label: shell('channel_email') }}
      scenario={scenario}
      pickers={<PlacePickers {...props} />}
      saving={saving}
      isChanged={isChanged}
      canWrite={canWrite}
      onSave={onSave}
      actions={
        <>
          {canWrite && scenario.builtIn && <Button onClick={() => onAsk('example')}>{t('insertExample')}</Button>}
          {canWrite && <Button onClick={() => onAsk('test-send')}>{t('testSend')}</Button>}
          <MoreMenu
            place={about.place}
            isOver={underneath !== null}
            isStored={saving.saved !== null}
            canWrite={canWrite}
            onAsk={onAsk}
          />
        </>
      }
    />
  )
}

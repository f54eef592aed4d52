'use client'
/** The head of the editor: whose template in which language, and what can be done with it. */
import { useTranslations } from 'next-intl'
import type { EmailContent } from '#channels/email/content.ts'
import { AppMenu } from '#console/editing/app-menu.tsx'
import { Choice, ChoiceMenu } from '#console/editing/choice-menu.tsx'
import { MoreMenu } from '#console/editing/more-menu.tsx'
import { TemplateHead } from '#console/editing/template-head.tsx'
import type { TemplateSaving } from '#console/editing/template-saving.ts'
import { Button } from '#console/ui/button.tsx'
import { templatesAddress } from '../list/template-address.ts'
import { emailTemplateAddress, languageName, languagesOf } from './about.ts'
import type { Asked, EditingProps } from './editing-props.ts'

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
            templateKey={about.templateKey}
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

/** Which template the page is about: the default's or an App's, and in which language. The choice stands in the address. */
function PlacePickers({ about, variants }: EditingProps) {
  const t = useTranslations('Template')
  const { templateKey, apps, app } = about
  const { scenario, appId, locale } = templateKey
  const isStored = (language: string | null) =>
    variants.some((variant) => variant.appId === appId && variant.locale === language)
  const shown = locale ? languageName(locale) : t('base')
  return (
    <>
      <AppMenu apps={apps} app={app} addressOf={(one) => emailTemplateAddress(scenario, one, locale)} />
      <ChoiceMenu label={t('languagePicker', { language: shown })} shown={shown}>
        {[null, ...languagesOf(variants, templateKey)].map((language) => (
          <Choice
            key={language ?? ''}
            href={emailTemplateAddress(scenario, app, language)}
            isChosen={language === locale}
            {...(isStored(language) ? {} : { remark: t('notStored') })}
          >
            {language ? languageName(language) : t('base')}
          </Choice>
        ))}
      </ChoiceMenu>
    </>
  )
}

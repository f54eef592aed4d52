'use client'
/** An SMS template in its form: what each audience gets, with the text as it will be read. */
import { useTranslations } from 'next-intl'
import type { SmsContent } from '#channels/sms/content.ts'
import { smsAudiences, smsText } from '#channels/sms/text.ts'
import { TemplateOf } from '#console/editing/template-of.tsx'
import { Frame } from '../frame.tsx'
import { linesOfMapping } from '../mapping-lines.ts'
import { type Editing, type EditingProps, type PageProps, useEditing } from '../use-editing.ts'
import { smsForm } from './sms-form.ts'
import { SmsPart } from './sms-part.tsx'
import { usePhoneTest } from './use-phone-test.ts'
import { WrittenEditing } from './written-editing.tsx'

function SmsEditing(props: EditingProps) {
  const t = useTranslations('SmsTemplate')
  const audiences = useTranslations('Audience')
  const editing = useEditing(props, smsForm)
  const linesOf = (content: SmsContent) =>
    smsAudiences.flatMap((audience) => {
      const choice = content[audience]
      if (!choice) return []
      const line = (name: string, text: string) => ({
        name: t('lineOf', { audience: audiences(audience), name }),
        text,
      })
      return [
        line(t('signature'), choice.signature),
        line(t('template'), choice.templateCode),
        line(t('text'), choice.templateText),
        ...linesOfMapping(choice.mapping, props.about.texts).map(({ name, text }) => line(name, text)),
      ]
    })
  return (
    <Frame
      editing={editing}
      form={smsAudiences.map((audience) => <SmsPart key={audience} editing={editing} audience={audience} />)}
      preview={<SmsPreview editing={editing} />}
      linesOf={linesOf}
      test={usePhoneTest(editing)}
    />
  )
}

/** The SMS as a phone shows it, by the function that writes what is sent, and how it is billed. */
function SmsPreview({ editing }: { editing: Editing<SmsContent> }) {
  const { edited, samples, scenario } = editing
  const t = useTranslations('SmsTemplate')
  const audiences = useTranslations('Audience')
  const shown = smsAudiences.flatMap((audience) => {
    const choice = edited.content[audience]
    if (!choice?.templateText) return []
    return [{ audience, ...smsText(audience, choice, samples.values, scenario.variables) }]
  })
  if (shown.length === 0) return <p className="muted small">{t('nothingToShow')}</p>
  return shown.map(({ audience, text, length, segments }) => (
    <figure key={audience} className="phone">
      <figcaption>{audiences(audience)}</figcaption>
      <p className="sms-bubble" dir="auto">
        {text}
      </p>
      <p className="muted small numbers">{t('size', { length, segments })}</p>
    </figure>
  ))
}

/** Which form it has says the account's provider: it keeps texts, or sends what is written here. */
export const SmsTemplate = (props: PageProps) => (
  <TemplateOf page={props} of={props.about.texts.kind === 'written' ? WrittenEditing : SmsEditing} />
)

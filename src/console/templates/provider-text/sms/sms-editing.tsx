'use client'
/** An SMS template in its form: what each audience gets, with the text as it will be read. */
import { useTranslations } from 'next-intl'
import type { SmsContent } from '#channels/sms/content.ts'
import { smsAudiences } from '#channels/sms/text.ts'
import { Frame } from '../frame.tsx'
import { linesOfMapping } from '../mapping-lines.ts'
import { type EditingProps, useEditing } from '../use-editing.ts'
import { smsForm } from './sms-form.ts'
import { SmsPart } from './sms-part.tsx'
import { SmsPreview } from './sms-preview.tsx'
import { usePhoneTest } from './use-phone-test.ts'

export function SmsEditing(props: EditingProps) {
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

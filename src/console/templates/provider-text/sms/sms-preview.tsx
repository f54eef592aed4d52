'use client'
/** The SMS as a phone shows it, by the function that writes what is sent, and how it is billed. */
import { useTranslations } from 'next-intl'
import type { SmsContent } from '#channels/sms/content.ts'
import { smsAudiences, smsText } from '#channels/sms/text.ts'
import type { Editing } from '../use-editing.ts'

export function SmsPreview({ editing }: { editing: Editing<SmsContent> }) {
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

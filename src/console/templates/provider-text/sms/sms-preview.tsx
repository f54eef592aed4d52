'use client'
/** What both kinds of SMS templates show: the text as a phone shows it and how it is billed, and what a test send is called. */
import { useTranslations } from 'next-intl'
import type { Texts } from '#channels/texts.ts'

type Props = { for: string; sms: { text: string; length: number; segments: number } }

export function SmsBubble({ for: audience, sms: { text, length, segments } }: Props) {
  const t = useTranslations('SmsTemplate')
  return (
    <figure className="phone">
      <figcaption>{audience}</figcaption>
      <p className="sms-bubble" dir="auto">
        {text}
      </p>
      <p className="muted small numbers">{t('size', { length, segments })}</p>
    </figure>
  )
}

export function useTestWords({ messageIdName }: Texts) {
  const t = useTranslations('SmsTemplate')
  const common = useTranslations('Template')
  return {
    title: t('testSend'),
    intro: t('testSendIntro'),
    to: t('testSendTo'),
    help: t('testSendHelp'),
    verb: common('send'),
    busy: common('sending'),
    wrong: t('wrongNumber'),
    idName: messageIdName,
  }
}

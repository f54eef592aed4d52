/** What a test send of an SMS is called, and of its account what the id is called that the message gets. */
import { useTranslations } from 'next-intl'
import type { PhoneTestWords } from '../dialogs.tsx'
import type { Editing } from '../use-editing.ts'

export function usePhoneTest<Content>({ about }: Editing<Content>): PhoneTestWords {
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
    idName: about.texts.messageIdName,
  }
}

'use client'
/** An SMS template in its form: what each audience gets, with the text as it will be read. */
import { useTranslations } from 'next-intl'
import { mappingFor } from '#channels/mapping.ts'
import { checkSms } from '#channels/sms/check.ts'
import type { SmsChoice, SmsContent } from '#channels/sms/content.ts'
import { smsAudiences, smsText } from '#channels/sms/text.ts'
import { hasFormOf } from '#console/editing/draft.ts'
import { OpenTemplate } from '#console/templates/template-page.tsx'
import { linesOfMapping } from '../mapping.tsx'
import {
  type ProviderTextOpened,
  ProviderTextPage,
  type ProviderTextProps,
  type TextForm,
  useProviderText,
} from '../provider-text.tsx'
import { emptyChoice, SmsPart } from './sms-part.tsx'
import { SmsBubble, useTestWords } from './sms-preview.tsx'
import { WrittenSmsEditor } from './written-sms.tsx'

const isChoice = (value: unknown): value is SmsChoice | null => value === null || hasFormOf(emptyChoice, value)

const asSent = (choice: SmsChoice | null): SmsChoice | null =>
  choice && { ...choice, mapping: mappingFor(choice.templateText, choice.mapping) }

/** A choice that is not made yet is empty. */
const smsForm: TextForm<SmsContent> = {
  empty: { mainland: emptyChoice, international: null },
  isContent: (value): value is SmsContent =>
    hasFormOf<object>({}, value) &&
    isChoice(Reflect.get(value, 'mainland')) &&
    isChoice(Reflect.get(value, 'international')),
  asSent: ({ mainland, international }) => ({ mainland: asSent(mainland), international: asSent(international) }),
  check(content, scenario, texts) {
    // Nothing is said of a text that is not chosen yet.
    const chosen = (choice: SmsChoice | null) => (choice?.templateCode ? choice : null)
    const { mainland, international } = content
    return checkSms({ mainland: chosen(mainland), international: chosen(international) }, scenario, texts)
  },
  missing(content) {
    const required = (path: string) => ({ path, code: 'required', severity: 'error' }) as const
    if (!content.mainland && !content.international) return [required('mainland')]
    return smsAudiences.flatMap((audience) => {
      const choice = content[audience]
      if (!choice) return []
      return [
        ...(choice.signature ? [] : [required(`${audience}.signature`)]),
        ...(choice.templateCode ? [] : [required(`${audience}.templateCode`)]),
      ]
    })
  },
}

function SmsEditor(opened: ProviderTextOpened) {
  const { texts, scenario } = opened
  const t = useTranslations('SmsTemplate')
  const audiences = useTranslations('Audience')
  const text = useProviderText(opened, smsForm)
  const linesOf = (content: SmsContent) =>
    smsAudiences.flatMap((audience) => {
      const choice = content[audience]
      if (!choice) return []
      const lines = [
        { name: t('signature'), text: choice.signature },
        { name: t('template'), text: choice.templateCode },
        { name: t('text'), text: choice.templateText },
        ...linesOfMapping(choice.mapping, texts),
      ]
      return lines.map((line) => ({ ...line, name: t('lineOf', { audience: audiences(audience), name: line.name }) }))
    })
  const bubbles = smsAudiences.flatMap((audience) => {
    const choice = text.content[audience]
    if (!choice?.templateText) return []
    const sms = smsText(audience, choice, text.samples.values, scenario.variables)
    return [<SmsBubble key={audience} for={audiences(audience)} sms={sms} />]
  })
  return (
    <ProviderTextPage
      text={text}
      form={smsAudiences.map((audience) => <SmsPart key={audience} text={text} audience={audience} />)}
      preview={bubbles.length > 0 ? bubbles : <p className="muted small">{t('nothingToShow')}</p>}
      linesOf={linesOf}
      test={useTestWords(texts)}
    />
  )
}

/** Which form it has says the account's provider: it keeps texts, or sends what is written here. */
export const SmsTemplate = (props: ProviderTextProps) => (
  <OpenTemplate page={props} editor={props.texts.kind === 'written' ? WrittenSmsEditor : SmsEditor} />
)

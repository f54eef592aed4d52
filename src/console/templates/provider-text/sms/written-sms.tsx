'use client'
/** An SMS template that is written here, beside the text as it will be read and what it is billed as. */
import { useTranslations } from 'next-intl'
import { checkSms } from '#channels/sms/check.ts'
import type { WrittenSms } from '#channels/sms/content.ts'
import { writtenText } from '#channels/sms/text.ts'
import { hasFormOf } from '#console/editing/draft.ts'
import { Field } from '#console/editing/field.tsx'
import { VariableInput } from '#console/editing/variable-input.tsx'
import { type ProviderTextOpened, ProviderTextPage, type TextForm, useProviderText } from '../provider-text.tsx'
import { SmsBubble, useTestWords } from './sms-preview.tsx'

const empty = { text: '' }
const writtenForm: TextForm<WrittenSms> = {
  empty,
  isContent: (value) => hasFormOf(empty, value),
  asSent: (content) => content,
  // Nothing is said of a text that is not there yet.
  check: (content, scenario, texts) => (content.text.trim() ? checkSms(content, scenario, texts) : []),
  missing: ({ text }) => (text.trim() ? [] : [{ path: 'text', code: 'required', severity: 'error' }]),
}

export function WrittenSmsEditor(opened: ProviderTextOpened) {
  const { texts, scenario } = opened
  const t = useTranslations('SmsTemplate')
  const written = useProviderText(opened, writtenForm)
  const { content, change, problems, samples, variables, canWrite } = written
  return (
    <ProviderTextPage
      text={written}
      form={
        <Field label={t('text')} help={t('textHelp')} problems={problems.at('text')}>
          {(input) => (
            <VariableInput
              {...input}
              isMultiline
              value={content.text}
              variables={variables}
              isReadOnly={!canWrite}
              {...(texts.longestText ? { maxLength: texts.longestText } : {})}
              insertLabel={t('insertVariable')}
              onChange={(text) => change({ text })}
            />
          )}
        </Field>
      }
      preview={
        content.text.trim() ? (
          <SmsBubble for={t('forEverybody')} sms={writtenText(content.text, samples.values, scenario.variables)} />
        ) : (
          <p className="muted small">{t('nothingWritten')}</p>
        )
      }
      linesOf={({ text }) => [{ name: t('text'), text }]}
      test={useTestWords(texts)}
    />
  )
}

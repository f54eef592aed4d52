'use client'
/** An SMS template that is written here, beside the text as it will be read and what it is billed as. */
import { useTranslations } from 'next-intl'
import { checkSms } from '#channels/sms/check.ts'
import type { WrittenSms } from '#channels/sms/content.ts'
import { writtenText } from '#channels/sms/text.ts'
import { VariableInput } from '#console/editing/variable-input.tsx'
import { Field } from '../field.tsx'
import { Frame } from '../frame.tsx'
import { type ChannelForm, type Editing, type EditingProps, useEditing } from '../use-editing.ts'
import { usePhoneTest } from './use-phone-test.ts'

const writtenForm: ChannelForm<WrittenSms> = {
  empty: { text: '' },
  asSent: (content) => content,
  // Nothing is said of a text that is not there yet.
  check: (content, scenario, texts) => (content.text.trim() ? checkSms(content, scenario, texts) : []),
  missing: ({ text }) => (text.trim() ? [] : [{ path: 'text', code: 'required', severity: 'error' }]),
}

export function WrittenEditing(props: EditingProps) {
  const t = useTranslations('SmsTemplate')
  const editing = useEditing(props, writtenForm)
  return (
    <Frame
      editing={editing}
      form={<WrittenFields editing={editing} />}
      preview={<WrittenPreview editing={editing} />}
      linesOf={({ text }) => [{ name: t('text'), text }]}
      test={usePhoneTest(editing)}
    />
  )
}

function WrittenFields({ editing }: { editing: Editing<WrittenSms> }) {
  const { about, edited, problems, variables, canWrite } = editing
  const t = useTranslations('SmsTemplate')
  return (
    <Field label={t('text')} help={t('textHelp')} said={problems.at('text')}>
      {(input) => (
        <VariableInput
          {...input}
          isMultiline
          value={edited.content.text}
          variables={variables}
          isReadOnly={!canWrite}
          {...(about.texts.longestText ? { maxLength: about.texts.longestText } : {})}
          insertLabel={t('insertVariable')}
          onChange={(text) => edited.change({ text })}
        />
      )}
    </Field>
  )
}

function WrittenPreview({ editing }: { editing: Editing<WrittenSms> }) {
  const { edited, samples, scenario } = editing
  const t = useTranslations('SmsTemplate')
  if (!edited.content.text.trim()) return <p className="muted small">{t('nothingWritten')}</p>
  const { text, length, segments } = writtenText(edited.content.text, samples.values, scenario.variables)
  return (
    <figure className="phone">
      <figcaption>{t('forEverybody')}</figcaption>
      <p className="sms-bubble" dir="auto">
        {text}
      </p>
      <p className="muted small numbers">{t('size', { length, segments })}</p>
    </figure>
  )
}

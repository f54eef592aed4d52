'use client'
/** A template that WeChat does not list: its id, its title, and its text or only the keys of its fields. */
import { useTranslations } from 'next-intl'
import { Field } from '../templates/provider-text/field.tsx'
import { Button } from '../ui/button.tsx'
import { Result } from '../ui/result.tsx'
import type { Rule } from './use-rule.ts'

type Props = { rule: Rule; isAsking: boolean; onAskAgain: () => void }

export function TemplateByHand({ rule: { draft, change, problems, canWrite }, isAsking, onAskAgain }: Props) {
  const t = useTranslations('PushRule')
  const { content } = draft
  return (
    <>
      <Result
        tone="grey"
        title={t('noTemplates')}
        why={t('noTemplatesWhy')}
        action={
          <Button onClick={onAskAgain} isBusy={isAsking}>
            {t('askAgain')}
          </Button>
        }
      />
      <Field label={t('templateId')} help={t('templateIdHelp')} said={problems.at('content.templateId')}>
        {(input) => (
          <input
            {...input}
            className="input mono"
            value={content.templateId}
            readOnly={!canWrite}
            maxLength={64}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => change({ content: { ...content, templateId: event.currentTarget.value.trim() } })}
          />
        )}
      </Field>
      <Field label={t('cardTitle')} help={t('cardTitleHelp')} said={problems.at('content.title')}>
        {(input) => (
          <input
            {...input}
            className="input"
            value={content.title}
            readOnly={!canWrite}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => change({ content: { ...content, title: event.currentTarget.value } })}
          />
        )}
      </Field>
      <Field label={t('templateText')} help={t('templateTextHelp')} said={problems.at('content.templateText')}>
        {(input) => (
          <textarea
            {...input}
            className="input mono"
            rows={5}
            value={content.templateText}
            readOnly={!canWrite}
            maxLength={2000}
            spellCheck={false}
            onChange={(event) => change({ content: { ...content, templateText: event.currentTarget.value } })}
          />
        )}
      </Field>
    </>
  )
}

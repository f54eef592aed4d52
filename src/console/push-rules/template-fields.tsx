'use client'
/**
 * Which template the card is made of: chosen from those that the account has at WeChat, as it lists them now; entered by hand
 * where it lists none.
 */
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import type { ProviderTemplate } from '#channels/answers.ts'
import { useProviderWords } from '../editing/use-provider-words.ts'
import { Field, Hints } from '../templates/provider-text/field.tsx'
import { Button } from '../ui/button.tsx'
import { Result } from '../ui/result.tsx'
import { SearchSelect } from '../ui/search-select.tsx'
import { Waiting } from '../ui/waiting.tsx'
import type { Rule } from './use-rule.ts'
import { contentOf, type Templates, useTemplates, withTemplate } from './use-templates.ts'

export function TemplateFields({ rule }: { rule: Rule }) {
  const { draft, canWrite } = rule
  const t = useTranslations('PushRule')
  const asked = useTemplates(draft.accountId, canWrite)
  const { templates } = asked
  const isTextNew = useListedTemplate(rule, templates)
  if (draft.accountId === '' && canWrite) {
    return <p className="field-help">{t('accountFirst')}</p>
  }
  return (
    <>
      <Problem asked={asked} />
      {templates?.length === 0 ? (
        <TemplateByHand rule={rule} onAskAgain={asked.askAgain} isAsking={asked.isAsking} />
      ) : (
        <Chooser rule={rule} asked={asked} hints={isTextNew ? [t('textChanged')] : []} />
      )}
    </>
  )
}

/** Puts what the account has in place. True when the text was changed there since the rule was saved. */
function useListedTemplate(rule: Rule, templates: readonly ProviderTemplate[] | undefined): boolean {
  const { draft, declared, change, saving, canWrite } = rule
  const { content } = draft
  const stored = saving.saved?.content
  const news = canWrite && templates ? contentOf(draft, stored, declared, templates) : undefined
  useEffect(() => {
    if (news) change({ content: news })
  })
  return (
    stored?.accountId === draft.accountId &&
    stored.content.templateId === content.templateId &&
    stored.content.templateText !== content.templateText
  )
}

function Chooser({ rule, asked, hints }: { rule: Rule; asked: Templates; hints: readonly string[] }) {
  const { draft, change, problems, canWrite } = rule
  const { templates, isAsking, error } = asked
  const t = useTranslations('PushRule')
  const { templateId, title } = draft.content
  const isGone = templateId !== '' && templates !== undefined && !templates.some(({ code }) => code === templateId)
  const said = problems.at('content.templateId')
  const gone = isGone ? problems.say({ code: 'template_gone' }) : undefined
  const problem = said.error ?? gone
  const choose = (code: string) => {
    const found = templates?.find((template) => template.code === code)
    if (found) change({ content: withTemplate(draft, rule.declared, found) })
  }
  return (
    <Field
      label={t('template')}
      help={isAsking && !templates ? <Asking /> : t('templateHelp')}
      said={{ ...(problem ? { error: problem } : {}), hints: [] }}
    >
      {(input) => (
        <>
          <SearchSelect
            label={t('template')}
            input={input}
            options={templates?.map(optionOf)}
            value={templateId}
            shown={templateId && title}
            placeholder={t('chooseTemplate')}
            isReadOnly={!canWrite || (error !== null && !templates)}
            onChoose={choose}
          />
          <Hints hints={hints} />
        </>
      )}
    </Field>
  )
}

const optionOf = ({ code, name, variables }: ProviderTemplate) => ({
  value: code,
  label: name || code,
  text: variables.map(({ name: key, label }) => label || key).join(' · '),
})

/** In place of what is not known yet. */
function Asking() {
  const t = useTranslations('PushRule')
  return <Waiting>{t('asking')}</Waiting>
}

/** WeChat could not be asked: why, and another try. */
function Problem({ asked: { error, templates, askAgain } }: { asked: Templates }) {
  const t = useTranslations('PushRule')
  const words = useProviderWords()
  if (!error) return null
  return (
    <Result
      {...words(error)}
      {...(templates ? { tone: 'amber' } : {})}
      action={<Button onClick={askAgain}>{t('askAgain')}</Button>}
    />
  )
}

type Props = { rule: Rule; isAsking: boolean; onAskAgain: () => void }

/** A template that WeChat does not list: its id, its title, and its text or only the keys of its fields. */
function TemplateByHand({ rule: { draft, change, problems, canWrite }, isAsking, onAskAgain }: Props) {
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

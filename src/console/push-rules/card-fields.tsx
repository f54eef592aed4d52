'use client'
/**
 * What the card is made of: a template of those that the account has at its provider, as it lists them now, entered by hand where
 * it lists none; and what stands in each of its fields.
 */
import { useLocale, useTranslations } from 'next-intl'
import { useEffect } from 'react'
import type { ProviderTemplate } from '#channels/answers.ts'
import { type Field as CardField, examplesOf, fieldsOf, traitsOf } from '#channels/official-account/fields.ts'
import { entryOf } from '#channels/storable.ts'
import { Field, Hints, LineField, LookingUp, NotAnswered } from '../editing/field.tsx'
import type { FieldProblems } from '../editing/problems.ts'
import { VariableInput } from '../editing/variable-input.tsx'
import { Button } from '../ui/button.tsx'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { Result } from '../ui/result.tsx'
import { SearchSelect } from '../ui/search-select.tsx'
import { joinSentences } from '../ui/sentences.ts'
import { templateTextFrom } from './rule-draft.ts'
import type { Rule } from './use-rule.ts'
import { contentOf, type Templates, useTemplates, withTemplate } from './use-templates.ts'

export function CardFields({ rule }: { rule: Rule }) {
  const { draft, canWrite } = rule
  const t = useTranslations('PushRule')
  const answer = useTemplates(draft.accountId, canWrite)
  const { templates } = answer
  const isTextNew = useListedTemplate(rule, templates)
  return (
    <>
      {draft.accountId === '' && canWrite ? (
        <p className="field-help">{t('accountFirst')}</p>
      ) : (
        <>
          <NotAnswered error={answer.error} answer={templates} onAskAgain={answer.askAgain} />
          {templates?.length === 0 ? (
            <TemplateByHand rule={rule} answer={answer} />
          ) : (
            // The list is another account's: what was looked up for one is not shown for the next.
            <Chooser key={draft.accountId} rule={rule} answer={answer} hints={isTextNew ? [t('textChanged')] : []} />
          )}
        </>
      )}
      <ValueFields rule={rule} templates={templates} />
    </>
  )
}

/** Puts what the account has in place. True when the text was changed there since the rule was saved. */
function useListedTemplate(rule: Rule, templates: readonly ProviderTemplate[] | undefined): boolean {
  const { draft, declared, editing, canWrite } = rule
  const { content } = draft
  const saved = editing.saved?.draft
  const listed = canWrite && templates ? contentOf(draft, saved, declared, templates) : undefined
  useEffect(() => {
    if (listed) editing.store.follow({ content: listed })
  })
  return (
    saved?.accountId === draft.accountId &&
    saved.content.templateId === content.templateId &&
    saved.content.templateText !== content.templateText
  )
}

type AnswerProps = { rule: Rule; answer: Templates }

function Chooser({ rule, answer, hints }: AnswerProps & { hints: readonly string[] }) {
  const { draft, declared, problems, canWrite } = rule
  const { templates, isAsking, error } = answer
  const t = useTranslations('PushRule')
  const { templateId, title } = draft.content
  const isGone = templateId !== '' && templates !== undefined && !templates.some(({ code }) => code === templateId)
  const problem = problems.at('content.templateId').error ?? (isGone && problems.say({ code: 'template_gone' }))
  const choose = (code: string) => {
    const chosen = templates?.find((template) => template.code === code)
    if (chosen) rule.change({ content: withTemplate(draft, declared, chosen) })
  }
  return (
    <Field
      label={t('template')}
      help={isAsking && !templates ? <LookingUp /> : t('templateHelp')}
      problems={{ ...(problem ? { error: problem } : {}), hints: [] }}
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

/** A template that is not listed: its id, its title, and its text or only the keys of its fields. */
function TemplateByHand({ rule, answer: { isAsking, askAgain } }: AnswerProps) {
  const { draft, changeContent, problems, canWrite } = rule
  const t = useTranslations('PushRule')
  const { templateId, title, templateText } = draft.content
  return (
    <>
      <Result
        tone="grey"
        title={t('noTemplates')}
        why={t('noTemplatesWhy')}
        action={
          <Button onClick={askAgain} isBusy={isAsking}>
            {t('askAgain')}
          </Button>
        }
      />
      <LineField
        label={t('templateId')}
        help={t('templateIdHelp')}
        problems={problems.at('content.templateId')}
        isCode
        value={templateId}
        isReadOnly={!canWrite}
        maxLength={64}
        onChange={(id) => changeContent({ templateId: id.trim() })}
      />
      <LineField
        label={t('cardTitle')}
        help={t('cardTitleHelp')}
        problems={problems.at('content.title')}
        value={title}
        isReadOnly={!canWrite}
        maxLength={100}
        onChange={(text) => changeContent({ title: text })}
      />
      <Field label={t('templateText')} help={t('templateTextHelp')} problems={problems.at('content.templateText')}>
        {(input) => (
          <textarea
            {...input}
            className="input mono"
            rows={5}
            value={templateText}
            readOnly={!canWrite}
            maxLength={2000}
            spellCheck={false}
            onChange={(event) => changeContent({ templateText: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  )
}

type ValuesProps = { rule: Rule; templates: readonly ProviderTemplate[] | undefined }

/** What stands in each field of the card: text with the event's variables, held against what is taken there. */
function ValueFields({ rule, templates }: ValuesProps) {
  const t = useTranslations('PushRule')
  const { templateId, templateText } = rule.draft.content
  const fields = fieldsOf(templateTextFrom(templateText))
  const chosen = templates?.find(({ code }) => code === templateId)
  const examples = chosen ? examplesOf(chosen.text, chosen.example) : {}
  if (fields.length === 0) return null
  return (
    <fieldset className="card-values">
      <legend className="label">{t('values')}</legend>
      <p className="field-help">{t('valuesHelp')}</p>
      {fields.map((field) => (
        <ValueField key={field.key} rule={rule} field={field} example={entryOf(examples, field.key)} />
      ))}
    </fieldset>
  )
}

/** `example` is the provider's own, for this field of the template. */
type ValueFieldProps = { rule: Rule; field: CardField; example: string | undefined }

function ValueField({ rule, field, example }: ValueFieldProps) {
  const { draft, changeContent, variables, canWrite } = rule
  const { key, label, type } = field
  const t = useTranslations('PushRule')
  const types = useDynamicWords('PushRule')
  const locale = useLocale()
  const { longest = 0, isListed } = traitsOf(type)
  const help = types(`type_${type}`, { longest })
  const { values } = draft.content
  return (
    <Field
      label={
        <>
          {label} <code className="muted">{key}</code>
        </>
      }
      help={isListed && example ? joinSentences([help, t('exampleOfTemplate', { example })], locale) : help}
      problems={useValueProblems(rule, field)}
    >
      {(input) => (
        <VariableInput
          {...input}
          value={entryOf(values, key) ?? ''}
          variables={variables}
          isReadOnly={!canWrite}
          maxLength={500}
          insertLabel={t('insertInto', { field: label || key })}
          onChange={(value) => changeContent({ values: { ...values, [key]: value } })}
        />
      )}
    </Field>
  )
}

/** What is wrong with a field, and what becomes there of the sample values. */
function useValueProblems({ problems }: Rule, { key }: CardField): FieldProblems {
  const t = useTranslations('PushRule')
  const { error, hints } = problems.at(`content.values.${key}`)
  if (error) return { error, hints: [] }
  const ofSamples = problems.ofSamples.filter(({ path }) => path === `values.${key}`)
  return { hints: [...hints, ...ofSamples.map((problem) => t('withSamples', { what: problems.say(problem) }))] }
}

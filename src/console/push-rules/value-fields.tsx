'use client'
/** What stands in each field of the card: text with the event's variables, held against what WeChat takes there. */
import { useLocale, useTranslations } from 'next-intl'
import { type Field as CardField, examplesOf, fieldsOf, traitsOf } from '#channels/official-account/fields.ts'
import { entryOf } from '#channels/storable.ts'
import type { Said } from '#console/editing/use-problems.ts'
import { VariableInput } from '../editing/variable-input.tsx'
import { Field } from '../templates/provider-text/field.tsx'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { joinSentences } from '../ui/sentences.ts'
import { templateTextFrom } from './rule-draft.ts'
import type { Rule } from './use-rule.ts'
import { useTemplates } from './use-templates.ts'

export function ValueFields({ rule }: { rule: Rule }) {
  const t = useTranslations('PushRule')
  const { draft, canWrite } = rule
  const { templates } = useTemplates(draft.accountId, canWrite)
  const fields = fieldsOf(templateTextFrom(draft.content.templateText))
  const chosen = templates?.find(({ code }) => code === draft.content.templateId)
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

/** `example` is WeChat's own, for this field of the template. */
type ValueFieldProps = { rule: Rule; field: CardField; example: string | undefined }

function ValueField({ rule, field, example }: ValueFieldProps) {
  const { draft, change, variables, canWrite } = rule
  const { key, label, type } = field
  const t = useTranslations('PushRule')
  const types = useDynamicWords('PushRule')
  const locale = useLocale()
  const said = useSaid(rule, field)
  const { longest = 0, isListed } = traitsOf(type)
  const help = types(`type_${type}`, { longest })
  const { content } = draft
  return (
    <Field
      label={
        <>
          {label} <code className="muted">{key}</code>
        </>
      }
      help={isListed && example ? joinSentences([help, t('exampleOfTemplate', { example })], locale) : help}
      said={said}
    >
      {(input) => (
        <VariableInput
          {...input}
          value={entryOf(content.values, key) ?? ''}
          variables={variables}
          isReadOnly={!canWrite}
          maxLength={500}
          insertLabel={t('insertInto', { field: label || key })}
          onChange={(value) => change({ content: { ...content, values: { ...content.values, [key]: value } } })}
        />
      )}
    </Field>
  )
}

/** What is said of a field, and what becomes there of the sample values. */
function useSaid({ problems }: Rule, { key }: CardField): Said {
  const t = useTranslations('PushRule')
  const { error, hints } = problems.at(`content.values.${key}`)
  if (error) return { error, hints: [] }
  const ofSamples = problems.ofSamples.filter(({ path }) => path === `values.${key}`)
  return { hints: [...hints, ...ofSamples.map((problem) => t('withSamples', { what: problems.say(problem) }))] }
}

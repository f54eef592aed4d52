'use client'
/** What fills each variable of the provider's template: a variable of the scenario, or a constant. */
import { useTranslations } from 'next-intl'
import { piecesOf } from '#channels/mapping.ts'
import type { Mapping, Source } from '#channels/mapping-schema.ts'
import { entryOf } from '#channels/storable.ts'
import { placeholderOf, type Texts } from '#channels/texts.ts'
import type { Line } from '#console/editing/compare.tsx'
import { Field } from '#console/editing/field.tsx'
import type { ProblemsAt } from '#console/editing/problems.ts'
import type { Variable } from '#console/editing/samples.tsx'
import './provider-text.css'

/** No variable of a scenario is called so. */
const constant = '='

type Props = {
  /** The template's variables in the order of its text. */
  names: readonly string[]
  mapping: Mapping
  /** The scenario's variables, each with what it means. */
  variables: readonly Variable[]
  /** How the provider writes them. */
  texts: Texts
  /** What a value may be, where the provider says so. */
  ruleOf?: (name: string) => string | undefined
  at: ProblemsAt
  /** Where the mapping stands in the content. */
  path: string
  isReadOnly: boolean
  onChange: (mapping: Mapping) => void
}

export function MappingFields(props: Props) {
  const { names, mapping, at, path } = props
  const t = useTranslations('AccountTemplate')
  const { error } = at(path)
  return (
    <fieldset className="mapping">
      <legend className="label">{t('variables')}</legend>
      {names.length === 0 && <p className="field-help">{t('noVariables')}</p>}
      {names.map((name) => (
        <MappedVariable key={name} {...props} name={name} source={entryOf(mapping, name)} />
      ))}
      {error && (
        <p className="field-problem" role="alert" tabIndex={-1} data-problem>
          {error}
        </p>
      )}
    </fieldset>
  )
}

type VariableProps = Props & { name: string; source: Source | undefined }

function MappedVariable(props: VariableProps) {
  const { name, source, mapping, variables, texts, ruleOf, at, path, isReadOnly, onChange } = props
  const t = useTranslations('AccountTemplate')
  const rule = ruleOf?.(name)
  const choose = (chosen: string) => {
    const { [name]: _, ...rest } = mapping
    if (chosen === '') onChange(rest)
    else onChange({ ...rest, [name]: chosen === constant ? { constant: '' } : { variable: chosen } })
  }
  const isConstant = source !== undefined && 'constant' in source
  const chosen = source === undefined ? '' : 'constant' in source ? constant : source.variable
  const isGone = chosen !== '' && !isConstant && !variables.some((variable) => variable.name === chosen)
  return (
    <Field
      label={
        <>
          <span className="unseen">{t('valueOf')} </span>
          <code>{placeholderOf(texts, name)}</code>
          {rule && <span className="muted"> {rule}</span>}
        </>
      }
      problems={at(`${path}.${name}`)}
    >
      {(input) => (
        <div className="mapping-source">
          <select
            {...input}
            {...(isConstant ? { 'aria-invalid': undefined } : {})}
            className="input"
            value={chosen}
            disabled={isReadOnly}
            onChange={(event) => choose(event.currentTarget.value)}
          >
            <option value="">{t('choose')}</option>
            {isGone && <option value={chosen}>{chosen}</option>}
            {variables.map((variable) => (
              <option key={variable.name} value={variable.name}>
                {variable.description ? `${variable.name} · ${variable.description}` : variable.name}
              </option>
            ))}
            <option value={constant}>{t('constant')}</option>
          </select>
          {isConstant && (
            <input
              className="input"
              aria-label={t('constantFor', { name })}
              aria-invalid={input['aria-invalid']}
              aria-describedby={input['aria-describedby']}
              value={source.constant}
              readOnly={isReadOnly}
              autoComplete="off"
              onChange={(event) => onChange({ ...mapping, [name]: { constant: event.currentTarget.value } })}
            />
          )}
        </div>
      )}
    </Field>
  )
}

/** A mapping as lines to compare: each of the template's variables with what fills it. */
export const linesOfMapping = (mapping: Mapping, texts: Texts): Line[] =>
  Object.entries(mapping)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, source]) => ({
      name: placeholderOf(texts, name),
      text: 'constant' in source ? `“${source.constant}”` : source.variable,
    }))

/** A provider's text with its variables marked. */
export function TemplateText({ text, texts }: { text: string; texts: Texts | undefined }) {
  return (
    <p className="template-text" dir="auto">
      {piecesOf(text).map((piece, index) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: a text is drawn as a whole
        return index % 2 === 1 ? <mark key={index}>{texts ? placeholderOf(texts, piece) : piece}</mark> : piece
      })}
    </p>
  )
}

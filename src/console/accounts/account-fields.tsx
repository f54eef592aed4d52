'use client'
/**
 * The fields of an account, drawn from the descriptions that its provider gives: a new provider needs no form of its
 * own. When a field that says where or as whom is changed, every stored secret is asked for again.
 */
import { type FormEvent, useState } from 'react'
import type { Preset } from '#channels/contract.ts'
import type { FieldDescription } from '#channels/fields.ts'
import { useDynamicWords } from '../ui/dynamic-words.ts'
import { NumberField, SelectField, TextField } from '../ui/fields.tsx'
import { valuesOf } from '../ui/form.tsx'
import { SecretInput } from '../ui/secret-input.tsx'

type Stored = {
  config: Record<string, unknown>
  secrets: readonly { field: string; setAt: Date | string }[]
}

type Props = {
  provider: string
  fields: readonly FieldDescription[]
  /** Values to start with, for services that many people use. */
  presets?: readonly Preset[]
  /** What is stored, for an account that exists. */
  stored?: Stored
}

/** The name of a field's input, which is also the path that the server names in a problem. */
export const inputName = (field: string) => `config.${field}`

/** The typed config, from the values of the whole form. */
export function configOf(fields: readonly FieldDescription[], values: Record<string, string>) {
  return Object.fromEntries(fields.map(({ name }) => [name, values[inputName(name)] ?? '']))
}

/** The inputs of a form that nobody may leave empty and somebody has: the account's name and the fields that are required. */
export function missingIn(fields: readonly FieldDescription[], values: Record<string, string>): string[] {
  const needed = ['name', ...fields.filter(({ required }) => required).map((field) => inputName(field.name))]
  return needed.filter((input) => !values[input]?.trim())
}

const storedValue = (stored: Stored | undefined, name: string) => String(stored?.config[name] ?? '')

/** Puts values into inputs of the form, as if they had been typed. */
function fill(form: HTMLFormElement, values: Readonly<Record<string, string | number>>): void {
  for (const [field, value] of Object.entries(values)) {
    const input = form.elements.namedItem(inputName(field))
    if (input instanceof HTMLInputElement || input instanceof HTMLSelectElement) input.value = String(value)
  }
}

/** What a choice suggests for other fields, without those that hold something that no choice would have suggested. */
function suggestions({ suggests = {} }: FieldDescription, chosen: string, form: HTMLFormElement) {
  const values = valuesOf(form)
  const isOpen = (field: string) => {
    const current = values[inputName(field)] ?? ''
    return current === '' || Object.values(suggests).some((suggested) => String(suggested[field]) === current)
  }
  return Object.fromEntries(Object.entries(suggests[chosen] ?? {}).filter(([field]) => isOpen(field)))
}

export function AccountFields({ provider, fields, presets = [], stored }: Props) {
  const t = useDynamicWords('AccountField')
  const [isMoved, setMoved] = useState(false)
  const watch = (event: FormEvent<HTMLDivElement>) => {
    const form = event.currentTarget.closest('form')
    if (!form) return
    const changed = event.target
    if (changed instanceof HTMLSelectElement) {
      const preset = changed.name === 'preset' && presets.find(({ id }) => id === changed.value)
      const field = fields.find(({ name }) => inputName(name) === changed.name)
      if (preset) fill(form, preset.values)
      else if (field) fill(form, suggestions(field, changed.value, form))
    }
    const values = valuesOf(form)
    const isOther = (name: string) => (values[inputName(name)] ?? '').trim() !== storedValue(stored, name)
    setMoved(stored !== undefined && fields.some(({ name, destination }) => destination && isOther(name)))
  }
  const draw = (field: FieldDescription) => (
    <AccountField key={field.name} field={field} stored={stored} mustRetype={isMoved} />
  )
  const advanced = fields.filter((field) => field.advanced)
  return (
    <div className="form" onInput={watch}>
      {presets.length > 0 && <PresetField provider={provider} presets={presets} />}
      {pairs(fields.filter((field) => !field.advanced)).map(([first, second]) =>
        second ? (
          <div key={first.name} className="form-pair">
            {draw(first)}
            {draw(second)}
          </div>
        ) : (
          draw(first)
        ),
      )}
      {advanced.length > 0 && (
        <details className="advanced">
          <summary>{t('advanced')}</summary>
          <div className="form">{advanced.map(draw)}</div>
        </details>
      )}
    </div>
  )
}

function PresetField({ provider, presets }: { provider: string; presets: readonly Preset[] }) {
  const t = useDynamicWords('AccountField', provider)
  const options = presets.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <SelectField
      name="preset"
      label={t('preset')}
      help={t('presetHelp')}
      options={[{ value: '', label: t('noPreset') }, ...options]}
    />
  )
}

const isShort = ({ input }: FieldDescription) => input === 'number' || input === 'select'

/** Two short fields in a row share a line. */
function pairs(fields: readonly FieldDescription[]): [FieldDescription, FieldDescription?][] {
  const lines: [FieldDescription, FieldDescription?][] = []
  for (const field of fields) {
    const last = lines.at(-1)
    if (last && !last[1] && isShort(last[0]) && isShort(field)) last[1] = field
    else lines.push([field])
  }
  return lines
}

type AccountFieldProps = { field: FieldDescription; stored: Stored | undefined; mustRetype: boolean }

function AccountField({ field, stored, mustRetype }: AccountFieldProps) {
  const t = useDynamicWords('AccountField')
  const common = {
    name: inputName(field.name),
    label: t(field.label),
    help: t.find(`${field.label}Help`),
    required: field.required,
  }
  if (field.secret) {
    const setAt = stored?.secrets.find((secret) => secret.field === field.name)?.setAt
    return <SecretInput {...common} setAt={setAt} mustRetype={mustRetype} autoComplete="new-password" />
  }
  const value = { ...common, defaultValue: stored ? storedValue(stored, field.name) : String(field.initial ?? '') }
  if (field.input === 'number') return <NumberField {...value} />
  if (field.input === 'select') {
    const options = (field.options ?? []).map((option) => ({ value: option, label: t(`${field.label}_${option}`) }))
    return <SelectField {...value} options={options} />
  }
  return <TextField {...value} type={field.input === 'email' ? 'email' : 'text'} autoComplete="off" />
}

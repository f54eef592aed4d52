'use client'
/** One of a few things that a push rule joins; what is chosen stays in sight even when it is gone. */
import { useTranslations } from 'next-intl'
import type { Said } from '#console/editing/use-problems.ts'
import { Field } from '../templates/provider-text/field.tsx'

type Props = {
  label: string
  help?: string
  value: string
  options: readonly { value: string; label: string }[]
  /** What stands for a value that is not among the options. */
  goneLabel?: string | undefined
  said: Said
  isReadOnly: boolean
  onChoose: (value: string) => void
}

export function ChoiceSelect({ label, help, value, options, goneLabel, said, isReadOnly, onChoose }: Props) {
  const t = useTranslations('PushRule')
  const isGone = !options.some((option) => option.value === value)
  return (
    <Field label={label} help={help} said={said}>
      {(input) => (
        <select
          {...input}
          className="input"
          value={value}
          disabled={isReadOnly}
          onChange={(event) => onChoose(event.currentTarget.value)}
        >
          {isGone && <option value={value}>{goneLabel ?? t('choose')}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

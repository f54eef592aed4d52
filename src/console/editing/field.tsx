'use client'
/** The fields of a form that is checked while somebody types. */
import { useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/line-icon.tsx'
import { Result } from '../ui/result.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { type FieldProblems, useProviderWords } from './problems.ts'
import './form.css'

/** What an input takes to be told apart and read out with what is said of it. */
type FieldInput = { id: string; 'aria-invalid': true | undefined; 'aria-describedby': string | undefined }

type Props = {
  label: ReactNode
  help?: ReactNode
  problems?: FieldProblems | undefined
  children: (input: FieldInput) => ReactNode
}

/** A labelled input: help under it until something is wrong, hints beside whatever is. */
export function Field({ label, help, problems: { error, hints } = { hints: [] }, children }: Props) {
  const id = useId()
  const isDescribed = Boolean(help || error || hints.length > 0)
  return (
    <div className="form-field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': isDescribed ? `${id}-notes` : undefined,
      })}
      {isDescribed && (
        <div id={`${id}-notes`}>
          {error ? <p className="field-problem">{error}</p> : help && <p className="field-help">{help}</p>}
          <Hints hints={hints} />
        </div>
      )}
    </div>
  )
}

export function Hints({ hints }: { hints: readonly string[] }) {
  return hints.map((hint) => (
    <p key={hint} className="field-hint amber">
      <Icon name="warning" />
      {hint}
    </p>
  ))
}

type LineProps = Omit<Props, 'children'> & {
  value: string
  isReadOnly: boolean
  isCode?: boolean
  placeholder?: string | undefined
  maxLength?: number
  inputMode?: 'tel' | 'decimal'
  /** Stands behind the input. */
  unit?: string
  onChange: (value: string) => void
}

/** A field of one line. */
export function LineField(props: LineProps) {
  const { label, help, problems, value, isReadOnly, isCode, unit, onChange, ...rest } = props
  return (
    <Field label={label} help={help} problems={problems}>
      {(input) => {
        const box = (
          <input
            {...input}
            {...rest}
            className={isCode ? 'input mono' : 'input'}
            value={value}
            readOnly={isReadOnly}
            autoComplete="off"
            spellCheck={isCode ? false : undefined}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        )
        return unit ? (
          <div className="with-unit">
            {box}
            <span>{unit}</span>
          </div>
        ) : (
          box
        )
      }}
    </Field>
  )
}

type SelectProps = Omit<Props, 'children'> & {
  value: string
  options: readonly { value: string; label: string }[]
  /** Stands for a value that is not among the options. */
  goneLabel?: string | undefined
  isReadOnly: boolean
  onChange: (value: string) => void
}

/** One of a few things; what is chosen stays in sight even when it is gone. */
export function SelectField({ label, help, problems, value, options, goneLabel, isReadOnly, onChange }: SelectProps) {
  const t = useTranslations('AccountTemplate')
  const isGone = !options.some((option) => option.value === value)
  return (
    <Field label={label} help={help} problems={problems}>
      {(input) => (
        <select
          {...input}
          className="input"
          value={value}
          disabled={isReadOnly}
          onChange={(event) => onChange(event.currentTarget.value)}
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

type TickProps = {
  label: string
  help: string
  isTicked: boolean
  isReadOnly: boolean
  onChange: (isTicked: boolean) => void
}

/** Something that is so or not, with what follows from it. */
export function Tick({ label, help, isTicked, isReadOnly, onChange }: TickProps) {
  const id = useId()
  return (
    <div className="tick">
      <input
        id={id}
        type="checkbox"
        checked={isTicked}
        disabled={isReadOnly}
        aria-describedby={`${id}-help`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        <p id={`${id}-help`} className="field-help">
          {help}
        </p>
      </div>
    </div>
  )
}

/** Stands in place of help while the provider is asked. */
export function LookingUp() {
  const t = useTranslations('AccountTemplate')
  return <Waiting>{t('asking')}</Waiting>
}

/** `answer` is the last one, which stays while there is no other. */
type AnswerProps = { error: unknown; answer: unknown; onAskAgain: () => void }

/** The provider could not be asked: why, and another try. */
export function NotAnswered({ error, answer, onAskAgain }: AnswerProps) {
  const t = useTranslations('AccountTemplate')
  const words = useProviderWords()
  if (!error) return null
  return (
    <Result
      {...words(error)}
      {...(answer ? { tone: 'amber' } : {})}
      action={<Button onClick={onAskAgain}>{t('askAgain')}</Button>}
    />
  )
}

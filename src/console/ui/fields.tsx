'use client'
/** Labelled inputs. Help stands under a field until there is a problem, which then stands in its place. */
import { Checkbox, NativeSelect, Textarea, TextInput, type TextInputProps } from '@mantine/core'
import type { ChangeEvent, ReactNode } from 'react'
import { useFieldProblem } from './form.tsx'

type FieldProps = {
  name: string
  label: string
  help?: string
  required?: boolean
  defaultValue?: string
}

/** What every labelled input takes from its name: its problem, or its help. */
function useField({ name, label, help, required, defaultValue }: FieldProps) {
  const problem = useFieldProblem(name)
  return {
    name,
    label,
    defaultValue,
    error: problem,
    description: problem ? undefined : help,
    'aria-required': required || undefined,
  }
}

type TextFieldProps = FieldProps &
  Pick<TextInputProps, 'type' | 'inputMode' | 'autoComplete' | 'placeholder' | 'autoFocus' | 'maxLength' | 'onChange'>

export function TextField({ name, label, help, required, defaultValue, ...rest }: TextFieldProps) {
  return <TextInput {...useField({ name, label, help, required, defaultValue })} {...rest} />
}

export function NumberField(props: TextFieldProps) {
  return <TextField inputMode="numeric" autoComplete="off" {...props} />
}

export function AreaField({ rows = 6, isCode, ...props }: FieldProps & { rows?: number; isCode?: boolean }) {
  const field = useField(props)
  return <Textarea {...field} rows={rows} classNames={isCode ? { input: 'mono' } : undefined} spellCheck={!isCode} />
}

type SelectFieldProps = FieldProps & {
  options: { value: string; label: string }[]
  onChange?: (event: ChangeEvent<HTMLSelectElement>) => void
}

export function SelectField({ options, onChange, ...props }: SelectFieldProps) {
  return <NativeSelect {...useField(props)} data={options} onChange={onChange} />
}

type TickFieldProps = Omit<FieldProps, 'defaultValue' | 'label'> & {
  label: ReactNode
  value?: string
  defaultChecked?: boolean
  /** Of the problem that it has together with others, which stands beside them. */
  problemId?: string | undefined
}

export function TickField({ name, label, help, value = 'on', defaultChecked, problemId }: TickFieldProps) {
  const problem = useFieldProblem(name)
  return (
    <Checkbox
      name={name}
      label={label}
      value={value}
      defaultChecked={defaultChecked}
      error={problem ?? problemId !== undefined}
      aria-invalid={(problem ?? problemId) !== undefined || undefined}
      aria-describedby={problemId}
      description={problem ? undefined : help}
    />
  )
}

'use client'
/** A field of the mail that has one line, the subject or the from name, with its label beside it. */
import type { ContentStore } from '../templates/email/content-store.ts'
import type { Variable } from '../templates/email/source/variables.ts'
import { useField } from '../templates/email/use-field.ts'
import { VariableInput } from './variable-input.tsx'

type Props = {
  content: ContentStore
  field: 'subject' | 'fromName'
  label: string
  placeholder?: string
  variables: readonly Variable[]
  maxLength: number
  isReadOnly?: boolean
}

export function LineField({ content, field, label, ...input }: Props) {
  const value = useField(content, field) ?? ''
  const id = `template-${field}`
  return (
    <div className="line-field">
      <label htmlFor={id}>{label}</label>
      <VariableInput {...input} id={id} value={value} onChange={(text) => content.set(field, text)} />
    </div>
  )
}

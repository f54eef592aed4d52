'use client'
/** A labelled input of a template's form: help under it until something is wrong, hints beside whatever is. */
import { type ReactNode, useId } from 'react'
import type { Said } from '#console/editing/use-problems.ts'
import { Icon } from '#console/ui/line-icon.tsx'

/** What an input takes to be told apart and read out with what is said of it. */
export type FieldInput = { id: string; 'aria-invalid': true | undefined; 'aria-describedby': string | undefined }

type Props = {
  label: ReactNode
  help?: ReactNode
  said: Said
  children: (input: FieldInput) => ReactNode
}

export function Field({ label, help, said, children }: Props) {
  const id = useId()
  const isSaid = Boolean(help || said.error || said.hints.length > 0)
  return (
    <div className="template-field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        'aria-invalid': said.error ? true : undefined,
        'aria-describedby': isSaid ? `${id}-said` : undefined,
      })}
      {isSaid && (
        <div id={`${id}-said`}>
          {said.error ? <p className="field-problem">{said.error}</p> : help && <p className="field-help">{help}</p>}
          <Hints hints={said.hints} />
        </div>
      )}
    </div>
  )
}

/** What is worth knowing and stops nothing. */
export function Hints({ hints }: { hints: readonly string[] }) {
  return hints.map((hint) => (
    <p key={hint} className="field-hint amber">
      <Icon name="warning" />
      {hint}
    </p>
  ))
}

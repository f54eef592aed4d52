'use client'
/** Something that is so or not, with what follows from it. */
import { useId } from 'react'

type Props = {
  label: string
  help: string
  isTicked: boolean
  isReadOnly: boolean
  onChange: (isTicked: boolean) => void
}

export function Tick({ label, help, isTicked, isReadOnly, onChange }: Props) {
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

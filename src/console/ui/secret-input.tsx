'use client'
/** A secret: typed with an eye to check it, and afterwards only the day it was set and a way to replace it. Uses the words `Form`. */
import { PasswordInput } from '@mantine/core'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useFieldProblem } from './form.tsx'
import { Time } from './time.tsx'

type Props = {
  name: string
  label: string
  help?: string
  required?: boolean
  /** When the stored secret was set; there is none yet if not given. */
  setAt?: Date | string
  /** Asks for the secret again although one is stored: its destination changed. */
  mustRetype?: boolean
  autoComplete?: string
}

export function SecretInput({ name, label, help, required, setAt, mustRetype, autoComplete = 'off' }: Props) {
  const t = useTranslations('Form')
  const problem = useFieldProblem(name)
  const [isReplacing, setReplacing] = useState(false)
  // Once asked for, the input stays: a value typed after a problem must outlive the problem.
  if (problem && !isReplacing) setReplacing(true)
  if (setAt && !mustRetype && !isReplacing && !problem) {
    return (
      <div>
        <span className="label">{label}</span>
        <div className="kept">
          <span>{t.rich('setOn', { when: () => <Time at={setAt} as="day" /> })}</span>
          <button type="button" className="quiet" onClick={() => setReplacing(true)}>
            {t('replace')}
            <span className="unseen"> {label}</span>
          </button>
        </div>
      </div>
    )
  }
  return (
    <PasswordInput
      name={name}
      label={label}
      error={problem}
      description={problem ? undefined : mustRetype && setAt ? t('typeAgain') : help}
      aria-required={required || undefined}
      aria-invalid={problem ? true : undefined}
      autoComplete={autoComplete}
      autoFocus={isReplacing}
      visibilityToggleButtonProps={{ 'aria-label': t('showTyped'), tabIndex: 0 }}
    />
  )
}

'use client'
/** Whether the default may stand in for an App's template that cannot be used. */
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import type { Editing } from './use-editing.ts'

export function FallBack<Content>({ editing }: { editing: Editing<Content> }) {
  const { about, edited, canWrite } = editing
  const t = useTranslations('AccountTemplate')
  const id = useId()
  if (about.app === null) return null
  return (
    <div className="tick">
      <input
        id={id}
        type="checkbox"
        checked={edited.fallBack}
        disabled={!canWrite}
        aria-describedby={`${id}-help`}
        onChange={(event) => edited.setFallBack(event.currentTarget.checked)}
      />
      <div>
        <label htmlFor={id}>{t('fallBack')}</label>
        <p id={`${id}-help`} className="field-help">
          {t('fallBackHelp', { app: about.app.name })}
        </p>
      </div>
    </div>
  )
}

'use client'
/** Whether the default may stand in for an App's template that cannot be used. */
import { useTranslations } from 'next-intl'
import { Tick } from './tick.tsx'
import type { Editing } from './use-editing.ts'

export function FallBack<Content>({ editing }: { editing: Editing<Content> }) {
  const { about, edited, canWrite } = editing
  const t = useTranslations('AccountTemplate')
  if (about.app === null) return null
  return (
    <Tick
      label={t('fallBack')}
      help={t('fallBackHelp', { app: about.app.name })}
      isTicked={edited.fallBack}
      isReadOnly={!canWrite}
      onChange={edited.setFallBack}
    />
  )
}

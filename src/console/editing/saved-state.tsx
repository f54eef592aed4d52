'use client'
/** Whether what is edited is saved, as which version, when and by whom. */
import { useTranslations } from 'next-intl'
import { StateBadge } from '../ui/state-badge.tsx'
import { Time } from '../ui/time.tsx'
import type { Saved } from './use-saving.ts'

type Props = {
  saved: Pick<Saved<unknown>, 'version' | 'at' | 'by'> | null
  /** The version that the last save made; told until something is changed. */
  savedVersion: number | undefined
  /** Whether there is something to save, for somebody who may. */
  isUnsaved: boolean
}

export function SavedState({ saved, savedVersion, isUnsaved }: Props) {
  const t = useTranslations('Template')
  return (
    <>
      <span role="status" className="template-state">
        {isUnsaved ? (
          <StateBadge tone="amber">{t('unsaved')}</StateBadge>
        ) : (
          savedVersion !== undefined && <StateBadge tone="green">{t('savedAs', { version: savedVersion })}</StateBadge>
        )}
      </span>
      <span className="template-version muted small">
        {saved
          ? t.rich('version', {
              version: saved.version,
              by: saved.by ?? t('nobody'),
              when: () => <Time key="when" at={saved.at} />,
            })
          : t('neverSaved')}
      </span>
    </>
  )
}

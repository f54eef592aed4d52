'use client'
/** The head of a template's page: whose template, how it stands, and what can be done with it. */
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Scenario } from '#domain/scenarios.ts'
import { Icon } from '../../../../ui/line-icon.tsx'
import { StateBadge } from '../../../../ui/state-badge.tsx'
import { Time } from '../../../../ui/time.tsx'
import { scenarioName } from '../../../scenario-name.ts'
import { SaveButtons } from './save-buttons.tsx'
import type { Saving } from './use-saving.ts'

type Props<Content> = {
  /** The channel's page, where the template is one among others. */
  back: { href: string; label: string }
  scenario: Scenario
  pickers: ReactNode
  saving: Saving<Content>
  isChanged: boolean
  canWrite: boolean
  /** What can be done, besides to save. */
  actions: ReactNode
  onSave: (note: string) => void
}

export function TemplateHead<Content>(props: Props<Content>) {
  const { back, scenario, pickers, saving, isChanged, canWrite, actions, onSave } = props
  const t = useTranslations('Template')
  const locale = useLocale()
  const { saved } = saving
  return (
    <header className="template-head">
      <Link href={back.href} prefetch={false} className="template-back">
        <Icon name="back" />
        {back.label}
      </Link>
      <h1>{scenarioName(scenario, locale)}</h1>
      <div className="template-pickers">{pickers}</div>
      <span role="status" className="template-state">
        {canWrite && isChanged ? (
          <StateBadge tone="amber">{t('unsaved')}</StateBadge>
        ) : (
          saving.savedVersion !== undefined && (
            <StateBadge tone="green">{t('savedAs', { version: saving.savedVersion })}</StateBadge>
          )
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
      <div className="template-actions">
        {actions}
        {canWrite && <SaveButtons isBusy={saving.isBusy} onSave={onSave} />}
      </div>
    </header>
  )
}

'use client'
/** The head of a template's page: whose template, how it stands, and what can be done with it. */
import Link from 'next/link'
import { useLocale } from 'next-intl'
import type { ReactNode } from 'react'
import type { Scenario } from '#domain/scenarios/scenarios.ts'
import { scenarioName } from '../scenario-name.ts'
import { Icon } from '../ui/line-icon.tsx'
import { SaveButtons } from './save-buttons.tsx'
import { SavedState } from './saved-state.tsx'
import type { TemplateSaving } from './template-saving.ts'

type Props<Content> = {
  /** The channel's page, where the template is one among others. */
  back: { href: string; label: string }
  scenario: Scenario
  pickers: ReactNode
  saving: TemplateSaving<Content>
  isChanged: boolean
  canWrite: boolean
  /** What can be done, besides to save. */
  actions: ReactNode
  onSave: (note: string) => void
}

export function TemplateHead<Content>(props: Props<Content>) {
  const { back, scenario, pickers, saving, isChanged, canWrite, actions, onSave } = props
  const locale = useLocale()
  return (
    <header className="template-head">
      <Link href={back.href} prefetch={false} className="template-back">
        <Icon name="back" />
        {back.label}
      </Link>
      <h1>{scenarioName(scenario, locale)}</h1>
      <div className="template-pickers">{pickers}</div>
      <SavedState saved={saving.saved} savedVersion={saving.savedVersion} isUnsaved={canWrite && isChanged} />
      <div className="template-actions">
        {actions}
        {canWrite && <SaveButtons isBusy={saving.isBusy} onSave={onSave} />}
      </div>
    </header>
  )
}

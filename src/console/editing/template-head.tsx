'use client'
/** The head of a template's page: whose template, how it stands, and what can be done with it. */
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { type ReactNode, useId, useRef } from 'react'
import type { Scenario } from '#domain/scenarios/scenarios.ts'
import { scenarioName } from '../scenario-name.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/line-icon.tsx'
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

/** The button that saves, and beside it one that opens a field for what changed. */
function SaveButtons({ isBusy, onSave }: { isBusy: boolean; onSave: (note: string) => void }) {
  const t = useTranslations('Template')
  const id = useId()
  const popover = useRef<HTMLFormElement>(null)
  return (
    <div className="template-save">
      <Button kind="primary" isBusy={isBusy} onClick={() => onSave('')}>
        {isBusy ? t('saving') : t('save')}
      </Button>
      <button
        type="button"
        className="button"
        data-kind="primary"
        popoverTarget={id}
        aria-label={t('saveWithNote')}
        title={t('saveWithNote')}
      >
        <Icon name="expand" />
      </button>
      <form
        id={id}
        ref={popover}
        popover="auto"
        className="menu note-form"
        data-align="end"
        onSubmit={(event) => {
          event.preventDefault()
          const note = new FormData(event.currentTarget).get('note')
          popover.current?.hidePopover()
          popover.current?.reset()
          onSave(typeof note === 'string' ? note : '')
        }}
      >
        <label>
          <span className="label">{t('note')}</span>
          <input className="input" name="note" maxLength={200} autoComplete="off" />
          <span className="field-help">{t('noteHelp')}</span>
        </label>
        <Button kind="primary" type="submit">
          {t('saveWithNote')}
        </Button>
      </form>
    </div>
  )
}

'use client'
/** The head of the editor: whose template in which language, how it stands, and what can be done with it. */
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { useId, useRef } from 'react'
import { Button } from '../../../../../../ui/button.tsx'
import { Icon } from '../../../../../../ui/line-icon.tsx'
import { Menu } from '../../../../../../ui/menu.tsx'
import { StateBadge } from '../../../../../../ui/state-badge.tsx'
import { Time } from '../../../../../../ui/time.tsx'
import { scenarioName } from '../../../../../scenario-name.ts'
import { templatesAddress } from '../../../templates/template-address.ts'
import type { Asked, EditingProps } from './editing-props.ts'
import { MoreMenu } from './more-menu.tsx'
import { PlacePickers } from './place-pickers.tsx'
import type { Saving } from './use-saving.ts'

type Props = EditingProps & {
  canWrite: boolean
  isChanged: boolean
  saving: Saving
  onSave: (note: string) => void
  onAsk: (asked: Asked) => void
}

export function TemplateHead(props: Props) {
  const { about, scenario, canWrite, saving, isChanged, onSave, onAsk } = props
  const t = useTranslations('Template')
  const shell = useTranslations('Shell')
  const locale = useLocale()
  const { saved } = saving
  return (
    <header className="template-head">
      <Link href={templatesAddress('email', about.app)} prefetch={false} className="template-back">
        <Icon name="back" />
        {shell('channel_email')}
      </Link>
      <h1>{scenarioName(scenario, locale)}</h1>
      <PlacePickers {...props} />
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
        {canWrite && scenario.builtIn && <Button onClick={() => onAsk('example')}>{t('insertExample')}</Button>}
        {canWrite && <Button onClick={() => onAsk('test-send')}>{t('testSend')}</Button>}
        <Menu label={t('more')} align="end" buttonClass="button template-more" button={<Icon name="more" />}>
          <MoreMenu {...props} />
        </Menu>
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

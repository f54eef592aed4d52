'use client'
/** The button that saves, and beside it one that opens a field for what changed. */
import { useTranslations } from 'next-intl'
import { useId, useRef } from 'react'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/line-icon.tsx'

export function SaveButtons({ isBusy, onSave }: { isBusy: boolean; onSave: (note: string) => void }) {
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

'use client'
/**
 * A modal dialog, in the middle or as a drawer at the right. The browser's own: the page behind is inert, focus stays
 * inside and goes back afterwards, Escape closes. It never closes by a click outside, so that nothing typed is lost.
 */
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Icon } from './line-icon.tsx'

type Props = {
  isOpen: boolean
  /** Asked for by Escape and by the close button; the owner decides. */
  onClose: () => void
  title: string
  intro?: ReactNode
  side?: boolean
  children: ReactNode
}

/** Has the focus when the dialog opens, where there is one: whoever opens a form wants to write. */
const firstField =
  '.dialog-body :is(input, select, textarea):not([type="hidden"], [type="checkbox"], [type="radio"], :disabled, [readonly])'

export function Dialog({ isOpen, onClose, title, intro, side, children }: Props) {
  const t = useTranslations('Common')
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const element = dialog.current
    if (!element || element.open === isOpen) return
    if (!isOpen) return element.close()
    element.showModal()
    element.querySelector<HTMLElement>(firstField)?.focus()
  }, [isOpen])
  return (
    <dialog
      ref={dialog}
      className="dialog"
      data-side={side || undefined}
      aria-labelledby={titleId}
      // A click beside the fields leaves the focus in the dialog, where its keys are heard.
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return
        event.preventDefault()
        onClose()
      }}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      // A browser may close it without asking, when it was asked to several times in a row.
      onClose={({ currentTarget }) => {
        if (!isOpen || currentTarget.open) return
        currentTarget.showModal()
        onClose()
      }}
    >
      {isOpen && (
        <>
          <div className="dialog-head">
            <div>
              <h2 id={titleId}>{title}</h2>
              {intro && <p>{intro}</p>}
            </div>
            <button type="button" className="dialog-close" aria-label={t('close')} onClick={onClose}>
              <Icon name="cross" />
            </button>
          </div>
          {children}
        </>
      )}
    </dialog>
  )
}

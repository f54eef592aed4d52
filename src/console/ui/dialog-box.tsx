'use client'
/**
 * A modal dialog, in the middle or as a drawer at the right: focus goes to its first field, stays inside and goes back
 * afterwards. Escape closes the one on top; a click outside closes none, so that nothing typed is lost.
 */
import { Drawer, Modal } from '@mantine/core'
import { useWindowEvent } from '@mantine/hooks'
import { useTranslations } from 'next-intl'
import { type ReactNode, useCallback, useEffect, useRef } from 'react'

export type DialogProps = {
  isOpen: boolean
  /** Asked for by Escape and by the close button; the owner decides. */
  onClose: () => void
  title: string
  intro?: ReactNode
  side?: boolean
  /** For what is looked at, not only filled in. */
  isWide?: boolean
  children: ReactNode
}

/** Has the focus when the dialog opens, where there is one: whoever opens a form wants to write. */
const firstField =
  '.dialog-body :is(input, select, textarea):not([type="hidden"], [type="checkbox"], [type="radio"], :disabled, [readonly])'

export function DialogBox({ isOpen, onClose, title, intro, side, isWide, children }: DialogProps) {
  const t = useTranslations('Common')
  const content = useRef<HTMLDivElement>(null)
  // The same at every drawing: a new one would have the library put the focus into the first field again.
  const hold = useCallback((element: HTMLDivElement | null) => {
    content.current = element
    element?.querySelector(firstField)?.setAttribute('data-autofocus', '')
  }, [])
  useFocusGivenBack(isOpen)
  useEscape(content, onClose)
  const { Root, Overlay, Content, Header, Title, CloseButton } = side ? Drawer : Modal
  const place = side ? { position: 'right' as const } : { centered: true }
  return (
    <Root
      opened={isOpen}
      onClose={onClose}
      {...place}
      size={isWide ? 880 : 480}
      classNames={{ content: 'dialog', header: 'dialog-head' }}
      closeOnEscape={false}
      closeOnClickOutside={false}
      returnFocus={false}
      lockScroll={false}
      transitionProps={{ duration: 120, exitDuration: 0 }}
    >
      {/* A click beside the dialog leaves the focus where it is. */}
      <Overlay backgroundOpacity={0.4} onMouseDown={(event) => event.preventDefault()} />
      <Content ref={hold}>
        <Header>
          <div>
            <Title>{title}</Title>
            {intro && <p>{intro}</p>}
          </div>
          <CloseButton aria-label={t('close')} />
        </Header>
        {children}
      </Content>
    </Root>
  )
}

/** Mantine gives the focus back only from dialogs that were closed when they were drawn first. */
export function useFocusGivenBack(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return
    const opener = document.activeElement
    return () => {
      if (opener instanceof HTMLElement) opener.focus({ preventScroll: true })
    }
  }, [isOpen])
}

/** Mantine would close every open dialog at once. What is open within one closes first and says so by an attribute. */
function useEscape(content: { readonly current: Element | null }, onClose: () => void): void {
  useWindowEvent(
    'keydown',
    (event) => {
      const isOnTop = content.current && content.current === [...document.querySelectorAll('[aria-modal]')].at(-1)
      if (event.key !== 'Escape' || event.isComposing || !isOnTop) return
      const isWithin = event.target instanceof Element && event.target.closest('[data-mantine-stop-propagation="true"]')
      if (!isWithin) onClose()
    },
    { capture: true },
  )
}

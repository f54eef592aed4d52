'use client'
/** The way to the palette, by button and by key, and the console's other keys. What they open is loaded when it is needed first. */
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { lazyPart } from '../ui/lazy-part.tsx'
import { Icon } from '../ui/line-icon.tsx'
import { useOnceNeeded } from '../ui/use-once-needed.ts'
import { openPlace } from './open-place.ts'

const Palette = lazyPart(() => import('./palette.tsx').then((file) => file.Palette))
const Shortcuts = lazyPart(() => import('./shortcuts.tsx').then((file) => file.Shortcuts))

const placeOf: Partial<Record<string, string>> = { o: '/', a: '/apps', m: '/messages' }
const nextKeyWithinMs = 1500

const never = () => () => undefined
/** The key that commands are given with, as this computer has it. */
const useCommandKey = () =>
  useSyncExternalStore(
    never,
    () => (/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl'),
    () => 'Ctrl',
  )

const isTyping = ({ target }: KeyboardEvent) =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"]') !== null
const isInDialog = () => document.querySelector('dialog[open], [role="dialog"]') !== null

export function PaletteButton() {
  const t = useTranslations('Palette')
  const command = useCommandKey()
  const [opened, setOpened] = useState<'palette' | 'shortcuts'>()
  const close = () => setOpened(undefined)
  const isPalette = opened === 'palette'
  const isShortcuts = opened === 'shortcuts'
  const needsPalette = useOnceNeeded(isPalette)
  const needsShortcuts = useOnceNeeded(isShortcuts)
  useKeys(setOpened)
  return (
    <>
      <button
        type="button"
        className="picker palette-button"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={({ currentTarget }) => {
          // On a phone the button stands in a drawer, which would cover the palette.
          currentTarget.closest<HTMLElement>('[popover]:popover-open')?.hidePopover()
          setOpened('palette')
        }}
      >
        <span className="row">
          <Icon name="search" />
          {t('open')}
        </span>
        <span className="mono" aria-hidden="true">
          {command} K
        </span>
      </button>
      {needsPalette && <Palette isOpen={isPalette} onClose={close} />}
      {needsShortcuts && <Shortcuts command={command} isOpen={isShortcuts} onClose={close} />}
    </>
  )
}

/** Hears the console's keys. Those that are letters count only where nobody types and nothing is asked. */
function useKeys(open: (what: 'palette' | 'shortcuts') => void): void {
  const router = useRouter()
  const goesUntil = useRef(0)
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const { key, metaKey, ctrlKey, altKey } = event
      if (event.isComposing || event.defaultPrevented || altKey) return
      if ((metaKey || ctrlKey) && key.toLowerCase() === 'k') {
        event.preventDefault()
        if (!isInDialog()) open('palette')
        return
      }
      if (metaKey || ctrlKey || isTyping(event) || isInDialog()) return
      const place = performance.now() < goesUntil.current ? placeOf[key] : undefined
      goesUntil.current = key === 'g' ? performance.now() + nextKeyWithinMs : 0
      if (place) openPlace(place, (href) => router.push(href))
      else if (key === '?') open('shortcuts')
      else if (key === '/') {
        const field = document.querySelector<HTMLInputElement>('main input[type="search"]')
        if (!field) return
        event.preventDefault()
        field.focus()
        field.select()
      }
    }
    document.addEventListener('keydown', hear)
    return () => document.removeEventListener('keydown', hear)
  }, [open, router])
}

'use client'
/**
 * Search in every list of choices that is long: a plain `<select>` of more than ten opens as a box that can be searched, in its place.
 * The select stays what its form sends and what is told of changes, and works by itself where no script does. What draws the box is
 * loaded by the first that is opened.
 */
import { useEffect, useMemo, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { SearchSelect } from './search-select.tsx'
import './long-selects.css'

/** So many are overlooked at a glance. */
export const mostAtAGlance = 10

type Opened = {
  select: HTMLSelectElement
  /** What was typed by the keys that opened it. */
  typed: string
  Box: typeof SearchSelect
}

/** The text that a click or a key opens a select with; undefined for every other. */
function opening(event: MouseEvent | KeyboardEvent): string | undefined {
  if (event instanceof MouseEvent) return event.button === 0 ? '' : undefined
  const { key, ctrlKey, metaKey, altKey } = event
  if (['ArrowDown', 'ArrowUp', 'F4'].includes(key)) return ''
  return key.length === 1 && !ctrlKey && !metaKey && !altKey ? key : undefined
}

export function LongSelects() {
  const [opened, setOpened] = useState<Opened>()
  useEffect(() => {
    const open = (event: MouseEvent | KeyboardEvent) => {
      const select = event.target
      if (!(select instanceof HTMLSelectElement) || select.options.length <= mostAtAGlance) return
      const typed = opening(event)
      if (typed === undefined) return
      event.preventDefault()
      // Hears what is typed until the box is there.
      select.focus()
      import('./search-select.tsx').then(
        ({ SearchSelect: Box }) =>
          setOpened((now) => ({
            select,
            Box,
            typed: `${now?.select === select ? now.typed : ''}${typed}`.trimStart(),
          })),
        () => select.showPicker(),
      )
    }
    document.addEventListener('mousedown', open)
    document.addEventListener('keydown', open)
    return () => {
      document.removeEventListener('mousedown', open)
      document.removeEventListener('keydown', open)
    }
  }, [])
  return opened && <BoxOver {...opened} onClose={() => setOpened(undefined)} />
}

function BoxOver({ select, typed, Box, onClose }: Opened & { onClose: () => void }) {
  const box = useRef<HTMLDivElement>(null)
  const options = useMemo(() => Array.from(select.options, ({ value, text }) => ({ value, label: text })), [select])
  const label = select.labels[0]?.textContent ?? select.ariaLabel ?? ''
  const { parentElement: place, offsetLeft: left, offsetTop: top, offsetWidth: width, offsetHeight: height } = select
  const close = () => {
    if (box.current?.contains(document.activeElement)) select.focus()
    onClose()
  }
  const choose = (value: string) => {
    const isOther = value !== select.value
    select.value = value
    close()
    if (isOther) for (const name of ['input', 'change']) select.dispatchEvent(new Event(name, { bubbles: true }))
  }
  if (!place) return null
  return createPortal(
    <div ref={box} className="over-select" style={{ left, top, width, height }}>
      <Box
        label={label}
        input={{ 'aria-label': label }}
        startWith={typed}
        options={options}
        value={select.value}
        shown=""
        onChoose={choose}
        onClose={close}
      />
    </div>,
    place,
  )
}

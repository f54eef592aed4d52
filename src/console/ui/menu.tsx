'use client'
/**
 * A button that opens a short list of actions. The browser's own popover does the work: it closes on Escape and on a
 * click outside, gives focus back, and opens before any script has arrived.
 */
import { type ReactNode, useId, useRef } from 'react'

type Props = {
  /** Names the button when it shows no words of its own. */
  label?: string
  button: ReactNode
  buttonClass?: string
  /** Which edge of the button the list lines up with. */
  align?: 'start' | 'end'
  children: ReactNode
}

export function Menu({ label, button, buttonClass = 'quiet', align = 'start', children }: Props) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  return (
    <>
      <button type="button" className={buttonClass} popoverTarget={id} aria-label={label} title={label}>
        {button}
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: it hears the clicks of the buttons and links within */}
      <div
        id={id}
        ref={list}
        popover="auto"
        className="menu"
        data-align={align}
        onClick={() => list.current?.hidePopover()}
      >
        {children}
      </div>
    </>
  )
}

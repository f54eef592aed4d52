'use client'
/**
 * A button that opens a short list of actions. What draws the list is loaded when one is opened first: menus stand in the
 * rows of long lists, and on every page.
 */
import { type ReactNode, useId, useRef, useState } from 'react'
import { lazyPart } from './lazy-part.tsx'
import { useOnceNeeded } from './use-once-needed.ts'

type Props = {
  /** Names the button when it shows no words of its own. */
  label?: string
  button: ReactNode
  buttonClass?: string
  /** Which edge of the button the list lines up with. */
  align?: 'start' | 'end'
  children: ReactNode
}

const load = () => import('./menu-list.tsx')
const MenuList = lazyPart(() => load().then((file) => file.MenuList))

/** A thing to do. */
export const MenuItem = lazyPart(() => load().then((file) => file.MenuItem))
/** A place to go to. */
export const MenuLink = lazyPart(() => load().then((file) => file.MenuLink))

export function Menu({ label, button, buttonClass = 'quiet', align = 'start', children }: Props) {
  const id = useId()
  const opener = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const needsList = useOnceNeeded(isOpen)
  return (
    <>
      <button
        ref={opener}
        id={id}
        type="button"
        className={buttonClass}
        aria-label={label}
        aria-expanded={isOpen}
        title={label}
        onPointerEnter={() => void load().catch(() => undefined)}
        onClick={() => setOpen(!isOpen)}
      >
        {button}
      </button>
      {needsList && (
        <MenuList id={id} opener={opener} align={align} isOpen={isOpen} onOpen={setOpen}>
          {children}
        </MenuList>
      )}
    </>
  )
}

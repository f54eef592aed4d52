'use client'
/** A menu of places to go to, on a button that shows which one the page is about: an App, a language, an account. */
import type { ReactNode } from 'react'
import { Icon } from '../ui/line-icon.tsx'
import { Menu, MenuLink } from '../ui/menu.tsx'

type MenuProps = {
  /** Says what is chosen among: "App: Shop". */
  label: string
  shown: string
  children: ReactNode
}

export function ChoiceMenu({ label, shown, children }: MenuProps) {
  return (
    <Menu
      label={label}
      buttonClass="button"
      button={
        <>
          <span className="template-chosen">{shown}</span>
          <Icon name="expand" />
        </>
      }
    >
      {children}
    </Menu>
  )
}

type ChoiceProps = { href: string; isChosen: boolean; remark?: string; children: ReactNode }

export function Choice({ href, isChosen, remark, children }: ChoiceProps) {
  return (
    <MenuLink isDocument href={href} isCurrent={isChosen}>
      {children}
      {remark && <span className="muted small"> {remark}</span>}
    </MenuLink>
  )
}

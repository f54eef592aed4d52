/** The frame round a page: what stands at its side, which is a drawer on a phone, and the way past it. */
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Brand } from '../ui/brand.tsx'
import { Icon } from '../ui/line-icon.tsx'

/** Of the side. What stands in it closes it there by itself, once a place is reached. */
export const sideId = 'side'

type Props = {
  /** The words that lead past the side. */
  skip: string
  /** What the side is called where a button opens it. */
  menu: string
  side: ReactNode
  /** The page, with its `<main id="main">`. */
  children: ReactNode
}

export function Frame({ skip, menu, side, children }: Props) {
  return (
    <>
      <a className="skip" href="#main">
        {skip}
      </a>
      <div className="shell">
        <header className="shell-head">
          <div className="top-bar">
            <Brand />
            <button type="button" className="quiet" popoverTarget={sideId}>
              <Icon name="menu" />
              {menu}
            </button>
          </div>
          <div id={sideId} className="side" popover="auto">
            <Link className="side-brand" href="/" prefetch={false}>
              <Brand />
            </Link>
            {side}
          </div>
        </header>
        {children}
      </div>
    </>
  )
}

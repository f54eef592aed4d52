/** A value of a row that unfolds the rest beneath it. */
import type { ReactNode } from 'react'
import { Icon } from './line-icon.tsx'

type Props = {
  isOpen: boolean
  onToggle: () => void
  /** Of what it unfolds. */
  detailsId: string
  children: ReactNode
}

export function UnfoldButton({ isOpen, onToggle, detailsId, children }: Props) {
  return (
    <button
      type="button"
      className="quiet unfold"
      aria-expanded={isOpen}
      aria-controls={isOpen ? detailsId : undefined}
      onClick={onToggle}
    >
      {children}
      <Icon name="expand" />
    </button>
  )
}

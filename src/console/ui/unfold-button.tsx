/** A value of a row that unfolds the rest beneath it. */
import type { ReactNode } from 'react'
import { Icon } from './line-icon.tsx'
import type { Fold } from './use-folds.ts'

export function UnfoldButton({ isOpen, onToggle, detailsId, children }: Fold & { children: ReactNode }) {
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

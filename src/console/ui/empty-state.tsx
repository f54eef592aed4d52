/** Stands where a list would: what this is for, and the first thing to do about it. */
import type { ReactNode } from 'react'

export function EmptyState({ title, text, action }: { title: string; text?: string; action?: ReactNode }) {
  return (
    <div className="empty">
      <h3>{title}</h3>
      {text && <p>{text}</p>}
      {action && <div>{action}</div>}
    </div>
  )
}

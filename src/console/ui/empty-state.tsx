/** Stands where a list would: what this is for, and the first thing to do about it. */
import { EmptyState as MantineEmptyState } from '@mantine/core'
import type { ReactNode } from 'react'

export function EmptyState({ title, text, action }: { title: string; text?: string; action?: ReactNode }) {
  return (
    <MantineEmptyState className="empty" size="sm" title={<h3>{title}</h3>} description={text}>
      {action}
    </MantineEmptyState>
  )
}

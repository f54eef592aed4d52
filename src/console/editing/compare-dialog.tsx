'use client'
/** What is edited beside what it is written over. */
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import type { Compare, Edited, Side } from './edited.ts'

type Props<Content> = {
  title: string
  underneath: Side<Content>
  content: Edited<Content>
  compare: Compare<Content>
  onClose: () => void
}

export function CompareDialog<Content>({ title, underneath, content, compare, onClose }: Props<Content>) {
  const t = useTranslations('Template')
  const common = useTranslations('Common')
  const [now] = useState(() => content.get())
  return (
    <Dialog isOpen onClose={onClose} title={title}>
      <div className="dialog-body">{compare(underneath, { label: t('inEditor'), content: now })}</div>
      <div className="dialog-end">
        <Button onClick={onClose}>{common('close')}</Button>
      </div>
    </Dialog>
  )
}

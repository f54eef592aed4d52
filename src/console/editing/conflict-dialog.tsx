'use client'
/** Somebody else saved first: shows what differs and lets the person choose. Nothing is overwritten unasked. */
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Result } from '../ui/result.tsx'
import { Time } from '../ui/time.tsx'
import type { Compare, Edited } from './edited.ts'
import type { Conflict, Saved, Saving } from './use-saving.ts'

type Props<Content, Stored extends Saved<Content>> = {
  conflict: Conflict<Stored>
  content: Edited<Content>
  saving: Saving<Content, Stored>
  compare: Compare<Content>
  /** Told when there is nothing unsaved any more. */
  onSettled?: () => void
}

export function ConflictDialog<Content, Stored extends Saved<Content>>(props: Props<Content, Stored>) {
  const { conflict, content, saving, compare, onSettled } = props
  const t = useTranslations('Template')
  const { theirs, note } = conflict
  const [mine] = useState(() => content.get())
  const saveMine = async () => {
    if (await saving.save(note, theirs?.version ?? 0)) onSettled?.()
  }
  const take = () => {
    if (theirs) saving.takeTheirs(theirs)
    onSettled?.()
  }
  return (
    <Dialog
      isOpen
      onClose={saving.keepEditing}
      title={
        theirs ? t('savedMeanwhile', { by: theirs.by ?? t('nobody'), version: theirs.version }) : t('deletedMeanwhile')
      }
      intro={
        <>
          {theirs && <Time at={theirs.at} />} {t('yoursIsHere')}
        </>
      }
    >
      <div className="dialog-body stack">
        {saving.problem && <Result {...saving.problem} />}
        {theirs &&
          compare(
            { label: t('theirs', { version: theirs.version }), content: theirs.content },
            { label: t('mine'), content: mine },
          )}
      </div>
      <div className="dialog-end">
        <Button onClick={saving.keepEditing}>{t('keepEditing')}</Button>
        {theirs && <Button onClick={take}>{t('takeTheirs')}</Button>}
        <Button kind="primary" isBusy={saving.isBusy} onClick={saveMine}>
          {theirs ? t('saveMineOver', { version: theirs.version }) : t('saveMine')}
        </Button>
      </div>
    </Dialog>
  )
}

'use client'
/** Somebody else saved first: shows what differs and lets the person choose. Nothing is overwritten unasked. */
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../../../../../../ui/button.tsx'
import { Dialog } from '../../../../../../ui/dialog.tsx'
import { Result } from '../../../../../../ui/result.tsx'
import { Time } from '../../../../../../ui/time.tsx'
import { Comparison } from './comparison.tsx'
import type { DialogsProps } from './editing-props.ts'
import type { Conflict } from './use-saving.ts'

export function ConflictDialog({ conflict, content, saving, draft, nonce }: DialogsProps & { conflict: Conflict }) {
  const t = useTranslations('Template')
  const { theirs, note } = conflict
  const [mine] = useState(() => content.get())
  const saveMine = async () => {
    if (await saving.save(note, theirs?.version ?? 0)) draft.forget()
  }
  const take = () => {
    if (theirs) saving.takeTheirs(theirs)
    draft.forget()
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
        {theirs && (
          <Comparison
            before={{ label: t('theirs', { version: theirs.version }), content: theirs.content }}
            after={{ label: t('mine'), content: mine }}
            nonce={nonce}
          />
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

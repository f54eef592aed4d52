'use client'
/** Somebody else saved first: shows what differs and lets the person choose. Nothing is overwritten unasked. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Result, type ResultProps } from '../ui/result.tsx'
import { Time } from '../ui/time.tsx'
import type { Saved } from './editing.ts'

type Props = {
  /** Null when they deleted it. */
  theirs: Omit<Saved<unknown>, 'draft'> | null
  comparison: ReactNode
  problem: ResultProps | undefined
  isBusy: boolean
  onKeepEditing: () => void
  onTakeTheirs: () => void
  onSaveMine: () => void
}

export function ConflictDialog(props: Props) {
  const { theirs, comparison, problem, isBusy, onKeepEditing, onTakeTheirs, onSaveMine } = props
  const t = useTranslations('Template')
  return (
    <Dialog
      isOpen
      onClose={onKeepEditing}
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
        {problem && <Result {...problem} />}
        {comparison}
      </div>
      <div className="dialog-end">
        <Button onClick={onKeepEditing}>{t('keepEditing')}</Button>
        {theirs && <Button onClick={onTakeTheirs}>{t('takeTheirs')}</Button>}
        <Button kind="primary" isBusy={isBusy} onClick={onSaveMine}>
          {theirs ? t('saveMineOver', { version: theirs.version }) : t('saveMine')}
        </Button>
      </div>
    </Dialog>
  )
}

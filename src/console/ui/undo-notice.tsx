'use client'
/** Says that something was deleted, and puts it back for as long as it says so. */
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from './button.tsx'
import { useProblemWords } from './problem-words.tsx'
import { Result, type ResultProps } from './result.tsx'

/** `undo` is what puts it back; null where nothing can. */
export type Deletion = { title: string; undo: string | null }

type Props = {
  deletion: Deletion
  /** Puts it back, and reads again what that changed. */
  onUndo: (undo: string) => Promise<unknown>
  onClose: () => void
}

export function UndoNotice({ deletion: { title, undo }, onUndo, onClose }: Props) {
  const t = useTranslations('Common')
  const words = useProblemWords()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ResultProps>()
  const putBack = async () => {
    if (isBusy || undo === null) return
    setBusy(true)
    setProblem(undefined)
    await onUndo(undo)
      .then(onClose, (error: unknown) => setProblem(words.result(error)))
      .finally(() => setBusy(false))
  }
  return (
    <div className="above-list stack-tight">
      <Result
        tone="grey"
        title={title}
        action={
          <>
            {undo !== null && (
              <Button onClick={putBack} isBusy={isBusy}>
                {t('undo')}
              </Button>
            )}
            <button type="button" className="quiet" onClick={onClose}>
              {t('close')}
            </button>
          </>
        }
      />
      {problem && <Result {...problem} />}
    </div>
  )
}

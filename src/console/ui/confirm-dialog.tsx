'use client'
/** Asks before something that cannot be undone: says exactly what will happen, with the verb on the button. */
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Result, type ResultProps } from './result.tsx'

type Props = {
  isOpen: boolean
  onClose: () => void
  title: string
  /** One sentence before the list. */
  intro?: ReactNode
  /** What will happen, a line each. */
  consequences?: ReactNode[]
  /** Items of the list that stand before these. */
  lines?: ReactNode
  /** What is to be chosen first. */
  children?: ReactNode
  /** Something that the choice needs is still to come. */
  isWaiting?: boolean
  /** The verb and its object: "Delete account". */
  verb: string
  /** Does it; a returned result is shown in place and the dialog stays open. */
  onConfirm: () => Promise<ResultProps | undefined>
}

export function ConfirmDialog(props: Props) {
  const { isOpen, onClose, title, intro, consequences = [], lines, children, isWaiting, verb, onConfirm } = props
  const t = useTranslations('Common')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ResultProps>()
  const close = () => {
    setProblem(undefined)
    onClose()
  }
  const confirm = async () => {
    if (isBusy) return
    setBusy(true)
    const result = await onConfirm().finally(() => setBusy(false))
    if (result) setProblem(result)
    else close()
  }
  return (
    <Dialog isOpen={isOpen} onClose={close} title={title}>
      <div className="dialog-body stack">
        <div>
          {intro && <p>{intro}</p>}
          {(lines || consequences.length > 0) && (
            <ul>
              {lines}
              {consequences.map((line, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the lines are fixed while the dialog is open
                <li key={index}>{line}</li>
              ))}
            </ul>
          )}
        </div>
        {children}
        {problem && <Result {...problem} />}
      </div>
      <div className="dialog-end">
        <Button onClick={close}>{t('cancel')}</Button>
        <Button kind="danger" onClick={confirm} isBusy={isBusy} disabled={isWaiting}>
          {isBusy ? t('working') : verb}
        </Button>
      </div>
    </Dialog>
  )
}

'use client'
/** A form in a drawer from the right. Closing it with something typed asks first; a failed save keeps every value. Uses the words `Form`. */
import { useTranslations } from 'next-intl'
import { Fragment, type ReactNode, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { FormBody, type FormValues, type Save, useSave } from './form.tsx'

type Props = {
  isOpen: boolean
  /** Called when it was saved, and when it was left without saving. */
  onClose: () => void
  title: string
  intro?: ReactNode
  /** The word on the button; `Save` unless said. */
  verb?: string
  /** Saves; a returned problem is shown and the drawer stays open. */
  onSave: Save
  /** Another way to save, with a button of its own. */
  second?: { verb: string; onSave: Save } | undefined
  /** Whether something goes on that the next save waits for. */
  isWaiting?: boolean
  children: ReactNode
}

export function FormDrawer({ isOpen, onClose, title, intro, verb, onSave, second, isWaiting, children }: Props) {
  const t = useTranslations('Common')
  const words = useTranslations('Form')
  const [isChanged, setChanged] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const [isSecond, setSecond] = useState(false)
  /** Counts the openings: a save that ends after its drawer was left must not close the next one. */
  const opening = useRef(0)
  const rest = () => {
    setChanged(false)
    setAsking(false)
  }
  const close = () => {
    opening.current += 1
    rest()
    onClose()
  }
  const leave = () => (isChanged ? setAsking(true) : close())
  const saving =
    (save: Save): Save =>
    async (values: FormValues) => {
      setSecond(save === second?.onSave)
      const started = opening.current
      const problem = await save(values)
      if (started !== opening.current) return problem
      if (!problem) close()
      else if (problem.isSaved) rest()
      return problem
    }
  return (
    <Dialog isOpen={isOpen} onClose={leave} title={title} intro={intro} side>
      <DrawerForm
        onSave={saving(onSave)}
        isWaiting={isWaiting}
        onInput={() => setChanged(true)}
        end={(isBusy, run) =>
          isAsking ? (
            // Keys: a button that becomes another one while it is clicked would do what the other one does.
            <Fragment key="asking">
              <p className="unsaved" role="alert">
                {words('unsaved')}
              </p>
              <Button onClick={() => setAsking(false)}>{words('keepEditing')}</Button>
              <Button kind="danger" onClick={close}>
                {words('discard')}
              </Button>
            </Fragment>
          ) : (
            <Fragment key="editing">
              <Button onClick={leave}>{t('cancel')}</Button>
              {second && (
                <Button onClick={() => run(saving(second.onSave))} isBusy={isBusy}>
                  {isBusy && isSecond ? t('working') : second.verb}
                </Button>
              )}
              <Button kind="primary" type="submit" isBusy={isBusy}>
                {isBusy && !isSecond ? t('working') : (verb ?? t('save'))}
              </Button>
            </Fragment>
          )
        }
      >
        {children}
      </DrawerForm>
    </Dialog>
  )
}

type DrawerFormProps = Pick<Props, 'onSave' | 'isWaiting' | 'children'> & {
  onInput: () => void
  end: (isBusy: boolean, run: (save: Save) => Promise<void>) => ReactNode
}

/** Lives only while the drawer is open, so that every opening starts without old problems. */
function DrawerForm({ onSave, isWaiting, onInput, end, children }: DrawerFormProps) {
  const { form, submit, run, isBusy, problem } = useSave(onSave, isWaiting)
  return (
    <form ref={form} noValidate onSubmit={submit} onInput={onInput}>
      <div className="dialog-body form">
        <FormBody problem={problem}>{children}</FormBody>
      </div>
      <div className="dialog-end">{end(isBusy, run)}</div>
    </form>
  )
}

'use client'
/** A form in a drawer from the right. Closing it with something typed asks first; a failed save keeps every value. */
import { useTranslations } from 'next-intl'
import { Fragment, type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { FormBody, type FormProblem, type FormValues, useSave } from './form.tsx'

type Props = {
  isOpen: boolean
  /** Called when it was saved, and when it was left without saving. */
  onClose: () => void
  title: string
  intro?: ReactNode
  /** The word on the button; `Save` unless said. */
  verb?: string
  /** Saves; a returned problem is shown and the drawer stays open. */
  onSave: (values: FormValues) => Promise<FormProblem | undefined>
  children: ReactNode
}

export function FormDrawer({ isOpen, onClose, title, intro, verb, onSave, children }: Props) {
  const t = useTranslations('Common')
  const [isChanged, setChanged] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const close = () => {
    setChanged(false)
    setAsking(false)
    onClose()
  }
  const leave = () => (isChanged ? setAsking(true) : close())
  const save = async (values: FormValues) => {
    const problem = await onSave(values)
    if (!problem) close()
    return problem
  }
  return (
    <Dialog isOpen={isOpen} onClose={leave} title={title} intro={intro} side>
      <DrawerForm
        onSave={save}
        onInput={() => setChanged(true)}
        end={(isBusy) =>
          isAsking ? (
            // Keys: a button that becomes another one while it is clicked would do what the other one does.
            <Fragment key="asking">
              <p className="unsaved" role="alert">
                {t('unsaved')}
              </p>
              <Button onClick={() => setAsking(false)}>{t('keepEditing')}</Button>
              <Button kind="danger" onClick={close}>
                {t('discard')}
              </Button>
            </Fragment>
          ) : (
            <Fragment key="editing">
              <Button onClick={leave}>{t('cancel')}</Button>
              <Button kind="primary" type="submit" isBusy={isBusy}>
                {isBusy ? t('working') : (verb ?? t('save'))}
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

type DrawerFormProps = Pick<Props, 'onSave' | 'children'> & {
  onInput: () => void
  end: (isBusy: boolean) => ReactNode
}

/** Lives only while the drawer is open, so that every opening starts without old problems. */
function DrawerForm({ onSave, onInput, end, children }: DrawerFormProps) {
  const { form, submit, isBusy, problem } = useSave(onSave)
  return (
    <form ref={form} noValidate onSubmit={submit} onInput={onInput}>
      <div className="dialog-body form">
        <FormBody problem={problem}>{children}</FormBody>
      </div>
      <div className="dialog-end">{end(isBusy)}</div>
    </form>
  )
}

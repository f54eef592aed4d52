'use client'
/** A form that stands in a page: it says when it was saved, and asks before what was typed is left. Uses the words `Form`. */
import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { FormBody, type Save, useSave, valuesOf } from './form.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { Result, type ResultProps } from './result.tsx'

type Props = {
  onSave: Save
  verb: string
  kind?: 'primary'
  /** Said once it was saved, until something else is typed. */
  saved: Pick<ResultProps, 'title' | 'why'>
  /** Its inputs are empty after each save. What a browser fills in by itself is not asked about. */
  isOfSecrets?: boolean
  children: ReactNode
}

export function PageForm({ onSave, verb, kind, saved, isOfSecrets = false, children }: Props) {
  const [state, setState] = useState<'changed' | 'saved'>()
  const [saves, setSaves] = useState(0)
  const { form, submit, isBusy, problem } = useSave(async (values) => {
    const problem = await onSave(values)
    if (!problem) {
      // What was typed meanwhile is not saved.
      const isAsSent = form.current && JSON.stringify(valuesOf(form.current)) === JSON.stringify(values)
      setState(isAsSent ? 'saved' : 'changed')
      setSaves((before) => before + 1)
    }
    return problem
  })
  return (
    <form
      ref={form}
      className="form narrow"
      method="post"
      noValidate
      onSubmit={submit}
      onInput={() => setState('changed')}
    >
      <FormBody key={isOfSecrets ? saves : undefined} problem={problem}>
        {children}
      </FormBody>
      <div className="form-end">
        <Button {...(kind && { kind })} type="submit" isBusy={isBusy}>
          {verb}
        </Button>
      </div>
      {state === 'saved' && <Result tone="green" {...saved} />}
      <LeaveDialog isChanged={state === 'changed' && !isOfSecrets} />
    </form>
  )
}

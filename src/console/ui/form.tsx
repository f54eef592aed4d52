'use client'
/**
 * A form that keeps what was typed whatever happens, shows each problem on its field and puts the cursor on the first.
 * Its inputs are the browser's own (uncontrolled): nothing is lost when a save fails.
 */
import { createContext, type FormEvent, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { comeToLife } from './early-entries.tsx'
import { Result, type ResultProps } from './result.tsx'

/** What a save answers when it did not work: problems by field name, and what is wrong with the whole. */
export type FormProblem = { fields?: Record<string, string>; result?: ResultProps }
export type FormValues = Record<string, string>

const Problems = createContext<Record<string, string>>({})
/** The problem of a field, in words; undefined when there is none. */
export const useFieldProblem = (name: string): string | undefined => useContext(Problems)[name]

/** The text values of a form by name. A checkbox that is not ticked is not there. */
export function valuesOf(form: HTMLFormElement): FormValues {
  const values: FormValues = {}
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') values[name] = value
  return values
}

/**
 * Runs a save, one at a time, and keeps its problem until the next. A form that stands in a page says `method="post"`:
 * sent before the page has come to life it waits until then, and neither loses nor shows in an address what was typed.
 */
export function useSave(onSave: (values: FormValues) => Promise<FormProblem | undefined>) {
  const form = useRef<HTMLFormElement>(null)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<FormProblem>()
  useEffect(() => {
    if (form.current) comeToLife(form.current)
  }, [])
  useEffect(() => {
    if (!problem) return
    const input = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    const fold = input?.closest('details')
    if (fold) fold.open = true
    if (input) input.focus()
    else form.current?.querySelector('.result')?.scrollIntoView({ block: 'nearest' })
  }, [problem])
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    const values = valuesOf(event.currentTarget)
    setBusy(true)
    setProblem(await onSave(values).finally(() => setBusy(false)))
  }
  return { form, submit, isBusy, problem }
}

type FormBodyProps = { problem: FormProblem | undefined; children: ReactNode }

/** The fields of a form, with the problem of the whole above them. */
export function FormBody({ problem, children }: FormBodyProps) {
  return (
    <Problems value={problem?.fields ?? {}}>
      {problem?.result && <Result {...problem.result} />}
      {children}
    </Problems>
  )
}

'use client'
/**
 * A form that keeps what was typed whatever happens, shows each problem on its field and puts the cursor on the first.
 * Its inputs are the browser's own (uncontrolled): nothing is lost when a save fails.
 */
import { createContext, type FormEvent, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { comeToLife } from './early-entries.tsx'
import { Result, type ResultProps } from './result.tsx'

/**
 * What a save answers when the form stays: problems by field name, what is wrong with the whole, or that it was saved all the same.
 */
export type FormProblem = { fields?: Record<string, string>; result?: ResultProps; isSaved?: true }
export type FormValues = Record<string, string>
/** Saves what stands in a form; what it returns is shown, and the form stays. */
export type Save = (values: FormValues) => Promise<FormProblem | undefined>

const Problems = createContext<Record<string, string>>({})
/** The problem of a field, in words; undefined when there is none. */
export const useFieldProblem = (name: string): string | undefined => useContext(Problems)[name]

/** The text values of a form by name. A checkbox that is not ticked is not there. */
export function valuesOf(form: HTMLFormElement): FormValues {
  const values: FormValues = {}
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') values[name] = value
  return values
}

const isField = (element: Element | null): boolean => element?.matches('input, select, textarea') ?? false

/**
 * Runs a save, one at a time, and keeps its problem until the next. A form that stands in a page says `method="post"`:
 * sent before the page has come to life it waits until then, and neither loses nor shows in an address what was typed.
 * @param isWaiting whether something goes on that the next save waits for
 */
export function useSave(onSave: Save, isWaiting = false) {
  const form = useRef<HTMLFormElement>(null)
  const [isSaving, setSaving] = useState(false)
  const isBusy = isSaving || isWaiting
  const [problem, setProblem] = useState<FormProblem>()
  /** Where the cursor was when it was sent. */
  const sentFrom = useRef<Element>(null)
  useEffect(() => {
    if (form.current) comeToLife(form.current)
  }, [])
  useEffect(() => {
    if (!problem) return
    const input = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    const fold = input?.closest('details')
    if (fold) fold.open = true
    // Who has gone on typing elsewhere meanwhile would go on in the wrong field.
    const hasGoneOn = isField(document.activeElement) && document.activeElement !== sentFrom.current
    if (input && !hasGoneOn) input.focus()
    else if (!input) form.current?.querySelector('.result')?.scrollIntoView({ block: 'nearest' })
  }, [problem])
  const run = async (save: Save) => {
    if (isBusy || !form.current) return
    setSaving(true)
    sentFrom.current = document.activeElement
    setProblem(await save(valuesOf(form.current)).finally(() => setSaving(false)))
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    return run(onSave)
  }
  return { form, submit, run, isBusy, problem }
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

'use client'
/**
 * What is entered before the page has come to life: React keeps some of it in place and tells nobody, and puts the stored
 * text over the rest. It is noted from the first moment on, and entered once more as soon as a form can hear it. So is a
 * form that was sent: the browser's own way to send it would load the page anew, and what was typed would be gone.
 */
import { type RefObject, useEffect } from 'react'

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement
type Entered = WeakMap<Element, string | boolean>

const isTick = (field: Element): field is HTMLInputElement =>
  field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')

/**
 * Notes what is entered from here on, by its field, and which forms are sent before they are alive; those that ask for a page
 * (`get`) need no script and are let go. Its text stands in the page, ahead of every other script.
 */
const note = `window.entered = new WeakMap()
addEventListener('input', ({ target }) => {
  const isTick = target.type === 'checkbox' || target.type === 'radio'
  window.entered.set(target, isTick ? target.checked : target.value)
}, true)
window.sent = new WeakSet()
addEventListener('submit', (event) => {
  const form = event.target
  if (form.method === 'get' || 'alive' in form.dataset) return
  event.preventDefault()
  window.sent.add(form)
}, true)`

export function NoteEarlyEntries({ nonce }: { nonce: string | undefined }) {
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {note}
    </script>
  )
}

/** Enters something as a person does. React hears of it only if the field held something else when it looked last. */
function enter(field: Field, value: string | boolean): void {
  if (isTick(field)) {
    field.checked = !value
    field.click()
    return
  }
  if (!(field instanceof HTMLSelectElement)) field.value = field.defaultValue
  Reflect.set(Object.getPrototypeOf(field), 'value', value, field)
  for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }))
}

const isDefault = (field: Field, value: string | boolean) =>
  !isTick(field) && !(field instanceof HTMLSelectElement) && value === field.defaultValue

/** Enters what was entered early into the fields of a form that React controls, or that something follows from. */
export function useEarlyEntries(form: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { entered } = window as Window & { entered?: Entered }
    const enterAll = async () => {
      for (const field of form.current?.querySelectorAll<Field>('input, textarea, select') ?? []) {
        const value = entered?.get(field)
        if (value === undefined || isDefault(field, value)) continue
        // One after the other: each is drawn before the next, which may depend on it.
        await undefined
        enter(field, value)
      }
    }
    enterAll()
  }, [form])
}

/** From here on the form hears when it is sent; one that was sent before is sent once more. */
export function comeToLife(form: HTMLFormElement): void {
  form.dataset.alive = ''
  const { sent } = window as Window & { sent?: WeakSet<HTMLFormElement> }
  if (sent?.delete(form)) form.requestSubmit()
}

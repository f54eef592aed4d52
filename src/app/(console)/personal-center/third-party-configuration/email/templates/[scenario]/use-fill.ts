'use client'
/** Puts a whole content into the form, and asks first when something typed would be replaced. */
import { type RefObject, useEffect, useRef, useState } from 'react'
import { isTextInput, replaceText } from './insert-text.ts'
import { contentFields, inputName, type TemplateContent } from './template-content.ts'

type Given = Partial<TemplateContent>

export function useFill(form: RefObject<HTMLFormElement | null>, isChanged: boolean) {
  const [asked, setAsked] = useState<Given>()
  const accepted = useRef<Given>(undefined)

  const fill = (content: Given) => {
    for (const field of contentFields) {
      const input = form.current?.elements.namedItem(inputName(field))
      const text = content[field]
      if (isTextInput(input) && text !== undefined) replaceText(input, text)
    }
  }
  // Only when the dialog has closed: until then the form behind it takes no focus.
  useEffect(() => {
    if (asked || !accepted.current) return
    fill(accepted.current)
    accepted.current = undefined
  })
  return {
    isAsking: asked !== undefined,
    /** Fills at once where nothing typed is lost. */
    ask: (content: Given) => (isChanged ? setAsked(content) : fill(content)),
    keep: () => setAsked(undefined),
    replace: async () => {
      accepted.current = asked
      return undefined
    },
  }
}

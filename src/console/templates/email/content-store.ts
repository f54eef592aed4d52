/** The content that is being edited, outside of React: a keystroke reaches the preview without drawing the page again. */
import type { EmailContent } from '#channels/email/content.ts'

export type ContentField = keyof EmailContent

export type ContentStore = {
  get(): EmailContent
  /** What was typed into a field. */
  set(field: ContentField, value: string): void
  /** Puts other content in place of all: an example, an older version. The editors follow. */
  replace(content: EmailContent): void
  /** `isReplaced` says that the content came from elsewhere than the editors. */
  subscribe(listener: (isReplaced: boolean) => void): () => void
}

export const emptyContent: EmailContent = { subject: '', html: '', text: undefined, fromName: undefined }

const oneKindOfBreak = (text: string) => text.replace(/\r\n?/g, '\n')

/** Content with the one kind of line break that the editor works with, so that what is opened is not already changed. */
export const asEdited = ({ subject, html, text, fromName }: EmailContent): EmailContent => ({
  subject,
  html: oneKindOfBreak(html),
  text: text === undefined ? undefined : oneKindOfBreak(text),
  fromName,
})

/** Whether two contents would be stored alike. */
export const isSame = (a: EmailContent, b: EmailContent): boolean =>
  a.html === b.html &&
  a.subject === b.subject &&
  (a.text ?? '') === (b.text ?? '') &&
  (a.fromName ?? '') === (b.fromName ?? '')

export function openContent(initial: EmailContent): ContentStore {
  let content = asEdited(initial)
  const listeners = new Set<(isReplaced: boolean) => void>()
  const tell = (isReplaced: boolean) => {
    for (const listener of listeners) listener(isReplaced)
  }
  return {
    get: () => content,
    set(field, value) {
      if ((content[field] ?? '') === value) return
      const isLeftOut = value === '' && (field === 'text' || field === 'fromName')
      content = { ...content, [field]: isLeftOut ? undefined : value }
      tell(false)
    },
    replace(next) {
      content = asEdited(next)
      tell(true)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

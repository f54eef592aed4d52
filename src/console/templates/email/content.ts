/** The content of an email template while it is edited. */
import type { EmailContent } from '#channels/email/content.ts'
import type { DraftStore } from '#console/editing/draft.ts'

export type ContentField = keyof EmailContent
export type ContentStore = DraftStore<EmailContent>

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

/** What was typed into a field. One that may be left out is, when it is empty. */
export function writeField(content: ContentStore, field: ContentField, value: string): void {
  if ((content.get()[field] ?? '') === value) return
  const isLeftOut = value === '' && (field === 'text' || field === 'fromName')
  content.change({ [field]: isLeftOut ? undefined : value })
}

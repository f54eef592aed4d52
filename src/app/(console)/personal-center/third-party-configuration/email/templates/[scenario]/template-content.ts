/** The content of an email template as the form holds it: every field a text, those left out empty. */
import type { EmailContent } from '#domain/channels/email.ts'
import type { FormValues } from '../../../../../../ui/form.tsx'

export type TemplateContent = Record<'subject' | 'fromName' | 'html' | 'text', string>
export type ContentField = keyof TemplateContent

export const contentFields = ['subject', 'fromName', 'html', 'text'] as const satisfies readonly ContentField[]
export const emptyContent: TemplateContent = { subject: '', fromName: '', html: '', text: '' }

/** The name of a field's input, which is also the path that the server names in a problem. */
export const inputName = (field: string): string => `content.${field}`

/** Stored content has passed the channel's schema, so it has this form. */
const asEmail = (content: unknown) => content as EmailContent

export function contentOf(stored: unknown): TemplateContent {
  const { subject, html, text = '', fromName = '' } = asEmail(stored)
  return { subject, fromName, html, text }
}

/** What is sent to be saved, from the values of the form. */
export function contentToSave(values: FormValues): EmailContent {
  const of = (field: ContentField) => values[inputName(field)] ?? ''
  const text = of('text').trim() ? of('text') : undefined
  return { subject: of('subject'), html: of('html'), text, fromName: of('fromName').trim() || undefined }
}

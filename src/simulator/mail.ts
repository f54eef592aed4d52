/** Reads mails: a summary cheap enough for thousands, and the whole decoded content when somebody looks. */
import PostalMime, { decodeWords, type Email } from 'postal-mime'
import type { Delivery, DeliveryView } from './channel.ts'

const summaries = new WeakMap<Delivery, { title: string; messageId: string }>()

/** One header of a mail without parsing the mail: unfolded, encoded words decoded. */
function readHeader(head: string, name: string): string {
  const value = new RegExp(`^${name}:(.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(head)?.[1] ?? ''
  return decodeWords(value.replace(/\r?\n(?=[ \t])/g, '').trim())
}

/** Subject and Message-ID, read from the header block only and remembered. */
export function summarizeMail(delivery: Delivery): { title: string; messageId: string } {
  const remembered = summaries.get(delivery)
  if (remembered) return remembered
  const end = delivery.body.indexOf('\r\n\r\n')
  const head = delivery.body.toString('utf8', 0, end === -1 ? delivery.body.length : end)
  const summary = { title: readHeader(head, 'subject'), messageId: readHeader(head, 'message-id') }
  summaries.set(delivery, summary)
  return summary
}

function headersOf(email: Email): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const { key, value } of email.headers) {
    const decoded = decodeWords(value)
    headers[key] = headers[key] === undefined ? decoded : `${headers[key]}, ${decoded}`
  }
  return headers
}

/** The parser ends each part with a line break, which by MIME belongs to the boundary after it. */
const withoutLastBreak = (part: string | undefined): string | undefined => part?.replace(/\n$/, '')

/** What `GET /inbox` answers of a mail; a part that the mail does not have is null. */
export async function mailContent(delivery: Delivery): Promise<Record<string, unknown>> {
  const email = await PostalMime.parse(delivery.body)
  return {
    subject: email.subject ?? null,
    html: withoutLastBreak(email.html) ?? null,
    text: withoutLastBreak(email.text) ?? null,
    from: email.from ? { name: email.from.name, address: email.from.address ?? '' } : null,
    headers: headersOf(email),
    envelope: delivery.meta,
    raw: delivery.body.toString('utf8'),
  }
}

/** A mail as a person reads it. */
export async function mailView(delivery: Delivery): Promise<DeliveryView> {
  const email = await PostalMime.parse(delivery.body)
  const attachments = email.attachments.map(({ filename, mimeType }) => filename ?? mimeType)
  return {
    title: email.subject ?? '',
    facts: [
      ...email.headers.map(({ originalKey, value }): [string, string] => [originalKey, decodeWords(value)]),
      ...(attachments.length > 0 ? [['Attachments', attachments.join(', ')] as [string, string]] : []),
    ],
    content: {
      form: 'mail',
      ...(email.html !== undefined && { html: email.html }),
      ...(email.text !== undefined && { text: email.text }),
    },
    raw: delivery.body.toString('utf8'),
  }
}

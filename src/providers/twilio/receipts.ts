/**
 * What Twilio says about messages afterwards, pushed or asked for. It is told with each message where to push, and signs what
 * it pushes with the Auth Token: what does not bear that signature is not read.
 */
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js'
import type { OutcomeState, Push, Receipt, Settlement } from '#channels/answers.ts'
import { entryOf } from '#channels/storable.ts'
import { type Fields, textOf } from '../reading.ts'
import type { TwilioConfig } from './account.ts'

/** Whatever else it says, nothing final is known. `sent`: a carrier has it, and not all of them say more. */
const finals: Record<string, OutcomeState> = {
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
}
const stateOf = (status: unknown): OutcomeState => entryOf(finals, textOf(status)) ?? 'pending'

const sidForm = /^[A-Z]{2}[0-9a-f]{32}$/i
/** Twilio's id of a message; empty for what is none. */
export const sidOf = (value: unknown): string => (sidForm.test(textOf(value)) ? textOf(value) : '')

/** A moment as Twilio writes it: `Fri, 24 May 2019 17:44:46 +0000`. */
export function timeOf(written: unknown): Date | undefined {
  const at = new Date(textOf(written).slice(0, 40))
  return Number.isNaN(at.getTime()) ? undefined : at
}

/** One record of a message. The code is what Twilio says went wrong, else its status. */
export function settlementFrom(record: Fields): Settlement {
  const at = timeOf(record.date_updated)
  return {
    state: stateOf(record.status),
    code: (textOf(record.error_code) || textOf(record.status)).slice(0, 100),
    detail: textOf(record.error_message).slice(0, 300),
    ...(at ? { at } : {}),
  }
}

export const receiptAnswer = { status: 200, contentType: 'text/plain; charset=utf-8', body: '' }

/** The name under which the address has our own name of the message: Twilio keeps none. */
const referenceName = 'message'

/**
 * Where Twilio pushes what becomes of one message.
 * @param url Signet's own address, as the world knows it
 */
export function callbackAddress(url: string, token: string, reference: string): string {
  const address = `${url.replace(/\/+$/, '')}/api/receipts/twilio-sms/${encodeURIComponent(token)}`
  return reference ? `${address}?${new URLSearchParams({ [referenceName]: reference })}` : address
}

/** Twilio refuses an address that the world cannot call, and with it the message. */
export function canBeCalled(url: string): boolean {
  const { hostname } = new URL(url)
  const isLocal = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$|\.(?:local|localhost|internal|test)$/.test(hostname)
  return !isLocal && !hostname.includes('_')
}

/** Many times what Twilio pushes, which grows without notice. */
const [longestBody, mostFields] = [64_000, 200]

/** The fields of a form, each once or as a list; undefined for what is longer than any push. */
function fieldsOf(body: string): Record<string, string | string[]> | undefined {
  const pairs = body.length > longestBody ? [] : [...new URLSearchParams(body)]
  if (pairs.length === 0 || pairs.length > mostFields) return undefined
  const fields = Map.groupBy(pairs, ([name]) => name)
  return Object.fromEntries(
    [...fields].map(([name, found]) => {
      const values = found.map(([, value]) => value)
      return [name, values.length > 1 ? values : (values[0] ?? '')]
    }),
  )
}

/**
 * What was pushed; undefined for anything that Twilio did not sign for this account.
 * @param url Signet's own address, as the world knows it
 */
export function receiptsFrom(
  { body, query, headers, secret, config: { authToken } }: Push<TwilioConfig>,
  url: string,
): Receipt[] | undefined {
  const reference = query[referenceName] ?? ''
  const signature = headers['x-twilio-signature']
  const fields = fieldsOf(body)
  if (!authToken || !signature || !fields) return undefined
  if (!validateRequest(authToken, signature, callbackAddress(url, secret, reference), fields)) return undefined
  const status = textOf(fields.MessageStatus ?? fields.SmsStatus)
  const receipt: Receipt = {
    ...{ kind: 'outcome', reference, state: stateOf(status) },
    providerMessageId: sidOf(fields.MessageSid ?? fields.SmsSid),
    to: textOf(fields.To),
    code: textOf(fields.ErrorCode) || status,
    detail: textOf(fields.ErrorMessage).slice(0, 300),
  }
  return status ? [receipt] : []
}

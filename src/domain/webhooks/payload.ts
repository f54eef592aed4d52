/**
 * What an endpoint is told, as it goes over the wire: Standard Webhooks 1.0.0 (github.com/standard-webhooks/standard-webhooks).
 * Promises that there is never a code in it, and a whole recipient only for an endpoint whose owner chose that.
 */
import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { maskedIn, maskRecipient } from '../sending/log/masks.ts'

const messageEvents = [
  'message.sent',
  'message.delivered',
  'message.failed',
  'message.unknown',
  'message.expired',
] as const
const verificationEvents = ['verification.approved', 'verification.expired', 'verification.exhausted'] as const
const stateEvents = [
  'account.failing',
  'account.recovered',
  'template.blocked',
  'template.restored',
  'push_rule.invalid',
] as const

/** What an endpoint may ask to be told of. */
export const webhookEvents = [...messageEvents, ...verificationEvents, ...stateEvents] as const
export type WebhookEvent = (typeof webhookEvents)[number]
/** What a person sends to see whether it arrives. */
export const trial = 'webhook.test'

/** What is told, with what is known of its subject now. */
export type Told = {
  id: string
  /** Of a message. */
  sequence: number | null
  type: string
  subjectId: string | null
  details: Record<string, unknown>
  at: Date
  appKey: string
  wholeRecipient: boolean
  /** Of its message or verification. */
  kind: string | null
  channel: string | null
  scenario: string | null
  recipient: string | null
  reference: string | null
}

/** The body of the call: `type`, `timestamp` and `data`, in one spelling each time. */
export function bodyOf(told: Told): string {
  const { recipient, wholeRecipient, reference } = told
  const isMasked = recipient !== null && !wholeRecipient
  const about = {
    ...(told.subjectId === null ? {} : { id: told.subjectId }),
    ...(told.kind === null ? {} : { test: told.kind !== 'live' }),
    ...(told.channel === null ? {} : { channel: told.channel }),
    ...(told.scenario === null ? {} : { scenario: told.scenario }),
    ...(recipient === null ? {} : { to: isMasked ? maskRecipient(recipient) : recipient }),
    ...(reference === null ? {} : { reference: isMasked ? maskedIn(reference, recipient) : reference }),
  }
  const sequence = told.sequence === null ? {} : { sequence: told.sequence }
  const data = { app: told.appKey, ...about, ...told.details, ...sequence }
  return JSON.stringify({ type: told.type, timestamp: told.at.toISOString(), data })
}

export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

/** The headers of one try, signed by each of the secrets. */
export const headersOf = (secrets: readonly string[], { id, body, at }: { id: string; body: string; at: Date }) => ({
  'content-type': 'application/json',
  'user-agent': 'Signet',
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
  'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
})

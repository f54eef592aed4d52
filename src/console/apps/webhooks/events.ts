/** What a webhook can be told of, with the key of the words for each in `Webhooks`. */
import type { WebhookEvent } from '#domain/webhooks/payload.ts'

export const eventWords = {
  'message.sent': 'messageSent',
  'message.delivered': 'messageDelivered',
  'message.failed': 'messageFailed',
  'message.unknown': 'messageUnknown',
  'message.expired': 'messageExpired',
  'verification.approved': 'verificationApproved',
  'verification.expired': 'verificationExpired',
  'verification.exhausted': 'verificationExhausted',
  'account.failing': 'accountFailing',
  'account.recovered': 'accountRecovered',
  'template.blocked': 'templateBlocked',
  'template.restored': 'templateRestored',
  'push_rule.invalid': 'pushRuleInvalid',
} as const satisfies Record<WebhookEvent, string>

export const events = Object.keys(eventWords) as WebhookEvent[]

/** What most want to hear of, and what is chosen to begin with. */
export const isOfMessage = (event: WebhookEvent): boolean => event.startsWith('message.')
const isOfVerification = (event: WebhookEvent) => event.startsWith('verification.')

export const eventGroups = [
  { title: 'ofMessages', events: events.filter(isOfMessage) },
  { title: 'ofVerifications', events: events.filter(isOfVerification) },
  { title: 'ofStates', events: events.filter((event) => !isOfMessage(event) && !isOfVerification(event)) },
] as const

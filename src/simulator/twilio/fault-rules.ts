/** The faults of Twilio, and what becomes of messages there. */
import type { FaultRule, FieldRule } from '../channel.ts'

const text: FieldRule = { type: 'text' }
export const apis = ['create', 'message', 'messages', 'account', 'sender'] as const

/** A request by its name, or `*`; without it, the one that sends. */
const striking = (fields: Record<string, FieldRule> = {}): FaultRule => ({
  perRecipient: true,
  fields: { api: { type: 'text', oneOf: [...apis, '*'], tellsApart: true }, ...fields },
})

const oneDay = 86_400_000

export const twilioFaults: Readonly<Record<string, FaultRule>> = {
  reset: striking(),
  reset_after_send: striking(),
  html_502: striking(),
  delay: striking({ ms: { type: 'whole', least: 0, most: 600_000, needed: true } }),
  unauthorized: striking(),
  throttle: striking(),
  system_error: striking(),
  reject: striking({ code: { type: 'whole', least: 10_000, most: 99_999, needed: true }, message: text }),
  receipt: {
    perRecipient: true,
    fields: {
      status: { type: 'text', oneOf: ['delivered', 'undelivered', 'pending'], usual: 'delivered' },
      code: { type: 'whole', least: 10_000, most: 99_999 },
      delay: { type: 'whole', least: 0, most: oneDay },
      repeat: { type: 'whole', least: 0, most: 100 },
    },
  },
  receipt_off: { perRecipient: true },
  /** What the messaging service has: it is told of messages that name no address of their own. */
  callback: {
    perRecipient: false,
    lasting: 'until_replaced',
    fields: { url: { type: 'local_address', needed: true } },
  },
}

/** The faults of Tencent Cloud SMS, and the states of it that can be set. */
import type { FaultFields, FaultRule, FieldRule } from '../channel.ts'
import { seededTemplates, states } from './seeds.ts'

type Fields = Record<string, FieldRule>

const text: FieldRule = { type: 'text' }
const oneDay = 86_400_000

/** An action by its name, or `*`; without it, the action that sends. */
const atAction: Fields = { action: { type: 'text', tellsApart: true } }
const striking = (fields: Fields = {}): FaultRule => ({ perRecipient: true, fields: { ...atAction, ...fields } })

const state: FieldRule = { type: 'text', oneOf: [...Object.keys(states), 'missing'], needed: true }

/** A template that is not among the seeds can be added, with what it says. */
const needsContent = ({ id, content }: FaultFields): string | undefined =>
  content !== undefined || seededTemplates.some((seed) => seed.id === id)
    ? undefined
    : `"${id}" is not known here: give its "content" to add it.`

export const rules: Record<string, FaultRule> = {
  reset: striking(),
  reset_after_send: striking(),
  html_502: striking(),
  delay: striking({ ms: { type: 'whole', least: 0, most: 600_000, needed: true } }),
  throttle: striking(),
  internal_error: striking(),
  /** Refuses the call; `number`: within an answer that is none. */
  reject: striking({
    code: { type: 'text', needed: true },
    message: text,
    what: { type: 'text', oneOf: ['call', 'number'], usual: 'call' },
  }),
  balance_empty: { perRecipient: true },
  key_forbidden: { perRecipient: false, fields: { action: { type: 'text', needed: true, tellsApart: true } } },
  receipt: {
    perRecipient: true,
    fields: {
      status: { type: 'text', oneOf: ['delivered', 'failed', 'pending'] },
      code: text,
      delay: { type: 'whole', least: 0, most: oneDay },
      repeat: { type: 'whole', least: 0, most: 100 },
    },
  },
  receipt_off: { perRecipient: true },
  callback: {
    perRecipient: false,
    lasting: 'until_replaced',
    fields: {
      url: { type: 'local_address', needed: true },
      minute: { type: 'whole', least: 1, most: 600_000, usual: 60_000 },
    },
  },
  limits: { perRecipient: false, lasting: 'until_cleared', fields: { on: { type: 'flag', needed: true } } },
  /** Whether receipts hand back what a send gave them, which support has to switch on. */
  session_context: { perRecipient: false, lasting: 'until_cleared', fields: { on: { type: 'flag', needed: true } } },
  sign_state: {
    perRecipient: false,
    lasting: 'until_cleared',
    fields: {
      name: { type: 'text', needed: true, tellsApart: true },
      international: { type: 'flag', usual: false, tellsApart: true },
      ...{ state, reason: text },
    },
  },
  template_state: {
    perRecipient: false,
    lasting: 'until_cleared',
    fields: {
      id: { type: 'text', needed: true, tellsApart: true },
      ...{ state, reason: text, content: text, name: text, international: { type: 'flag', usual: false } },
    },
    complaint: needsContent,
  },
}

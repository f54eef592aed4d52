/** The faults of SMS and voice, and the states of theirs that can be set. */
import type { FaultFields, FaultRule, FieldRule } from '../channel.ts'
import type { Keys } from './keys.ts'
import { carriers } from './numbers.ts'
import { approvalStates, seededSigns, seededTemplates, templateTypes } from './sms-seeds.ts'
import { seededVoiceTemplates } from './voice-seeds.ts'

type Rules = Record<string, FaultRule>
type Fields = Record<string, FieldRule>

const text: FieldRule = { type: 'text' }
const oneDay = 86_400_000

/** An action by its name, or `*`; without it, the actions that send. */
const atAction: Fields = { action: { type: 'text', tellsApart: true } }
/** One of the cloud accounts, by a key of it; without it, the main one. */
const ofAccount: Fields = { accessKeyId: { type: 'text', tellsApart: true } }

const striking = (fields: Fields = {}): FaultRule => ({ perRecipient: true, fields: { ...atAction, ...fields } })

/** A key that nobody has would never be met. */
const knownKey =
  (keys: Keys) =>
  ({ accessKeyId }: FaultFields): string | undefined =>
    typeof accessKeyId === 'string' && !keys.find(accessKeyId) ? `"accessKeyId" is not one of the keys.` : undefined

const state: FieldRule = { type: 'text', oneOf: [...approvalStates, 'missing'], needed: true }

function stateRule(
  keys: Keys,
  name: string,
  fields: Fields,
  complain: (fields: FaultFields) => string | undefined,
): FaultRule {
  return {
    perRecipient: false,
    lasting: 'until_cleared',
    fields: { [name]: { type: 'text', needed: true, tellsApart: true }, state, reason: text, ...fields, ...ofAccount },
    complaint: (given) => knownKey(keys)(given) ?? complain(given),
  }
}

/** A template that is not among the seeds can be added, with what it says. */
const needsContent =
  (keys: Keys, seeds: readonly { account: string; code: string }[]) =>
  ({ code, content, accessKeyId }: FaultFields): string | undefined => {
    const account = keys.accountOf(typeof accessKeyId === 'string' ? accessKeyId : undefined)
    const isSeed = seeds.some((seed) => seed.account === account && seed.code === code)
    return isSeed || content !== undefined ? undefined : `"${code}" is not known here: give its "content" to add it.`
  }

const unknownSign = ({ name }: FaultFields): string | undefined =>
  seededSigns.some((sign) => sign.name === name) ? undefined : `"${name}" is not a signature here.`

const strikingRules = (keys: Keys): Rules => ({
  reset: striking(),
  reset_after_send: striking(),
  html_502: striking(),
  json_503_without_code: striking(),
  delay: striking({ ms: { type: 'whole', least: 0, most: 600_000, needed: true } }),
  throttle: striking({
    code: { type: 'text', oneOf: ['Throttling.User', 'Throttling.Api', 'Throttling'], usual: 'Throttling.User' },
  }),
  reject: striking({ code: { type: 'text', needed: true }, message: text }),
  system_error: striking(),
  balance_empty: { perRecipient: true },
  key_disabled: { perRecipient: false, fields: ofAccount, complaint: knownKey(keys) },
  key_forbidden: {
    perRecipient: false,
    fields: {
      action: { type: 'text', needed: true, tellsApart: true },
      code: { type: 'text', oneOf: ['NoPermission', 'Forbidden.RAM', 'isp.RAM_PERMISSION_DENY'] },
    },
  },
})

const receiptRules = (keys: Keys): Rules => ({
  receipt: {
    perRecipient: true,
    fields: {
      status: { type: 'text', oneOf: ['delivered', 'failed', 'pending'] },
      code: text,
      delay: { type: 'whole', least: 0, most: oneDay },
      repeat: { type: 'whole', least: 0, most: 100 },
      order: { type: 'text', oneOf: ['sent', 'reversed'] },
    },
  },
  receipt_off: { perRecipient: true },
  callback: {
    perRecipient: false,
    lasting: 'until_replaced',
    fields: {
      url: { type: 'local_address', needed: true },
      minute: { type: 'whole', least: 1, most: 600_000, usual: 60_000 },
      ...ofAccount,
    },
    complaint: knownKey(keys),
  },
})

const commonRules = (keys: Keys): Rules => ({
  ...strikingRules(keys),
  ...receiptRules(keys),
  limits: { perRecipient: false, lasting: 'until_cleared', fields: { on: { type: 'flag', needed: true } } },
})

export const smsFaults = (keys: Keys): Rules => ({
  ...commonRules(keys),
  sign_state: stateRule(keys, 'name', {}, () => undefined),
  template_state: stateRule(
    keys,
    'code',
    { content: text, name: text, type: { type: 'text', oneOf: templateTypes } },
    needsContent(keys, seededTemplates),
  ),
  carrier_state: {
    perRecipient: false,
    lasting: 'until_cleared',
    fields: {
      name: { type: 'text', needed: true, tellsApart: true },
      carrier: { type: 'text', oneOf: carriers, needed: true, tellsApart: true },
      state: { type: 'whole', least: -2, most: 3, needed: true },
      reason: text,
      ...ofAccount,
    },
    complaint: (given) => knownKey(keys)(given) ?? unknownSign(given),
  },
})

export const voiceFaults = (keys: Keys): Rules => ({
  ...commonRules(keys),
  template_state: stateRule(
    keys,
    'code',
    { content: text, name: text, type: { type: 'text', oneOf: ['code', 'notice'] } },
    needsContent(keys, seededVoiceTemplates),
  ),
})

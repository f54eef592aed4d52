/** The faults of official accounts, and the states of theirs that can be set. */
import type { FaultFields, FaultRule, FieldRule } from '../channel.ts'
import { followerStates, isOpenidOf } from './followers.ts'
import type { OfficialAccounts } from './official-accounts.ts'
import { apiNames } from './quotas.ts'
import { eventStatuses } from './records.ts'
import { seededTemplates } from './template-seeds.ts'
import { keywordsOf, readValues } from './templates.ts'

type Rules = Record<string, FaultRule>
type Fields = Record<string, FieldRule>

const text: FieldRule = { type: 'text' }
const oneDay = 86_400_000

/** An API by its path after `/cgi-bin/`, or `*`; without it, the one that sends. */
const atApi: Fields = { api: { type: 'text', oneOf: [...apiNames, '*'], tellsApart: true } }
/** One of the official accounts; without it, the main one. */
export const ofAccount: Fields = { appId: { type: 'text', tellsApart: true } }

const striking = (fields: Fields = {}): FaultRule => ({ perRecipient: true, fields: { ...atApi, ...fields } })

const given = (fields: FaultFields, name: string): string | undefined => {
  const value = fields[name]
  return typeof value === 'string' ? value : undefined
}

/** An account that nobody has would never be met. */
export const knownAccount =
  (accounts: OfficialAccounts) =>
  (fields: FaultFields): string | undefined =>
    accounts.named(given(fields, 'appId')) ? undefined : '"appId" is not one of the official accounts.'

/** In force until it is cleared, for one account. */
function stateRule(
  accounts: OfficialAccounts,
  fields: Fields,
  complain: (fields: FaultFields) => string | undefined = () => undefined,
): FaultRule {
  return {
    perRecipient: false,
    lasting: 'until_cleared',
    fields: { ...fields, ...ofAccount },
    complaint: (fields) => knownAccount(accounts)(fields) ?? complain(fields),
  }
}

const strikingRules: Rules = {
  reset: striking(),
  reset_after_send: striking(),
  html_502: striking(),
  delay: striking({ ms: { type: 'whole', least: 0, most: 600_000, needed: true } }),
  system_error: striking(),
  reject: striking({ errcode: { type: 'whole', least: -1, most: 9_999_999, needed: true }, errmsg: text }),
}

/** A template that is not among the seeds can be added, with what it says. */
const complainOfTemplate =
  (accounts: OfficialAccounts) =>
  (fields: FaultFields): string | undefined => {
    const [id = '', content, values] = ['id', 'content', 'values'].map((name) => given(fields, name))
    if (!/^[\w-]{43}$/.test(id)) return '"id" must be 43 letters, digits, - and _.'
    if (content !== undefined && keywordsOf(content).length === 0) return '"content" has no {{….DATA}} in it.'
    if (values !== undefined && !readValues(values))
      return '"values" must be written like const3=紧急|一般;enum4=是|否.'
    const account = accounts.named(given(fields, 'appId'))
    const isSeed = account && seededTemplates[account.role].some((seed) => seed.id === id)
    if (isSeed || fields.state === 'removed' || (content !== undefined && fields.title !== undefined)) return undefined
    return `"${id}" is not known here: give its "title" and its "content" to add it.`
  }

const complainOfFollower =
  (accounts: OfficialAccounts) =>
  (fields: FaultFields): string | undefined => {
    const account = accounts.named(given(fields, 'appId'))
    const isOne = account && isOpenidOf(account.appId, given(fields, 'openid') ?? '')
    return isOne ? undefined : '"openid" is not one of this official account.'
  }

const accountRules = (accounts: OfficialAccounts): Rules => ({
  token_lifetime: stateRule(accounts, {
    seconds: { type: 'whole', least: 1, most: 7_200, needed: true },
    handover: { type: 'whole', least: 0, most: 7_200 },
  }),
  quota: stateRule(
    accounts,
    {
      api: { type: 'text', oneOf: apiNames, needed: true, tellsApart: true },
      day: { type: 'whole', least: 0, most: 1_000_000_000 },
      minute: { type: 'whole', least: 0, most: 1_000_000_000 },
    },
    ({ day, minute }) => (day === undefined && minute === undefined ? '"quota" needs "day" or "minute".' : undefined),
  ),
  ip_allow_list: stateRule(accounts, { allowed: text, caller: text }),
  template_state: stateRule(
    accounts,
    {
      id: { type: 'text', needed: true, tellsApart: true },
      state: { type: 'text', oneOf: ['added', 'removed'], usual: 'added' },
      title: text,
      content: text,
      values: text,
    },
    complainOfTemplate(accounts),
  ),
  templates_unlisted: stateRule(accounts, {}),
  follower_state: stateRule(
    accounts,
    {
      openid: { type: 'text', needed: true, tellsApart: true },
      state: { type: 'text', oneOf: followerStates, needed: true },
    },
    complainOfFollower(accounts),
  ),
})

function complainOfCallback({ token, aesKey, mode }: FaultFields): string | undefined {
  if (!/^[A-Za-z0-9]{3,32}$/.test(String(token))) return '"token" must be 3 to 32 letters and digits.'
  if (aesKey === undefined) return mode === 'plain' ? undefined : `The mode "${mode}" needs "aesKey".`
  return /^[A-Za-z0-9]{43}$/.test(String(aesKey)) ? undefined : '"aesKey" must be 43 letters and digits.'
}

const eventRules = (accounts: OfficialAccounts): Rules => ({
  receipt: {
    perRecipient: true,
    fields: {
      status: { type: 'text', oneOf: [...Object.keys(eventStatuses), 'pending'] },
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
      token: { type: 'text', needed: true },
      aesKey: text,
      mode: { type: 'text', oneOf: ['plain', 'compatible', 'secure'], usual: 'plain' },
      patience: { type: 'whole', least: 1, most: 600_000, usual: 5_000 },
      ...ofAccount,
    },
    complaint: (fields) => knownAccount(accounts)(fields) ?? complainOfCallback(fields),
  },
})

export const officialAccountFaults = (accounts: OfficialAccounts): Rules => ({
  ...strikingRules,
  ...accountRules(accounts),
  ...eventRules(accounts),
})

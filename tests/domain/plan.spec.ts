/** What an event makes, and why it makes something not: the plan alone, without a database. */
import { expect, test } from '@playwright/test'
import type { Channel } from '#channels/contract.ts'
import { email } from '#channels/email/email.ts'
import { officialAccount } from '#channels/official-account/official-account.ts'
import { sms } from '#channels/sms/sms.ts'
import { voice } from '#channels/voice/voice.ts'
import { type EventToPlan, plan } from '#domain/push-rules/plan.ts'
import type { RuleState } from '#domain/push-rules/rule-state.ts'
import { builtInScenarios } from '#domain/scenarios/scenarios.ts'
import type { Resolution } from '#domain/templates/resolution.ts'

const openid = 'oAbCdEfGhIjKlMnOpQrStUvWxYz0'
const mobile = '+8613800138000'
const scenario = builtInScenarios.find(({ key }) => key === 'device_alarm') ?? null
const account = { id: 'account', name: 'Main', failing: false, changedAt: new Date(0) }
const values = { device_name: 'Pump 3', alarm_content: 'Too hot', occurred_at: 'now' }

const rule = (change: Partial<RuleState> = {}): RuleState => ({
  ...{ id: 'r1', name: 'Alarms', appId: 'shop', version: 3, enabled: true, invalid: null, content: {} },
  ...{ variables: ['device_name'], dampingSeconds: 0, scenario, account },
  ...change,
})

const template: NonNullable<Resolution['template']> = {
  ...{ id: 't1', version: 2, origin: 'default', locale: null, variables: ['device_name'], blocked: null },
  updatedAt: new Date(0),
}
const resolution = (change: Partial<Resolution> = {}): Resolution => ({
  ...{ scenario, template, account, app: null, fingerprint: '' },
  ...change,
})

/** A channel as a catalog holds it, with the same resolution for each of its audiences. */
const on = (channel: unknown, of: Resolution | null = resolution()) => ({
  channel: channel as Channel,
  resolutions: new Map(of ? ['all', 'mainland', 'international'].map((audience) => [audience, of]) : []),
})

const event = (change: Partial<EventToPlan> = {}): EventToPlan => ({
  recipients: [{ openid }],
  channels: [on(officialAccount, null)],
  ...{ scope: [], isTest: false, valuesFor: () => values },
  ...change,
})

/** The plan in words: `0 sms +86138… t1` for a message, `0 sms no_rule` for none. */
const inWords = (rules: RuleState[], given: EventToPlan) => {
  const { messages, skipped } = plan(rules, given)
  return [
    ...messages.map((made) => `${made.recipient} ${made.channel} ${made.to} ${made.rule?.id ?? made.template?.id}`),
    ...skipped.map(({ recipient, channel, rule: of, reason, detail }) =>
      [recipient, channel, of?.name, reason, detail].filter((word) => word !== undefined).join(' '),
    ),
  ]
}

const all = [on(voice), on(sms), on(email), on(officialAccount, null)]
const everywhere = { openid, phone: mobile, email: 'ann@example.com' }
const failing = { ...account, failing: true }
const blocked = { ...template, blocked: { reason: 'template_gone' as const, detail: '' } }

const rows: [what: string, rules: RuleState[], given: Partial<EventToPlan>, expected: string[]][] = [
  ['an openid and a rule make a message', [rule()], {}, [`0 official_account ${openid} r1`]],
  [
    'two rules make two messages, in the order of the rules',
    [rule(), rule({ id: 'r2', name: 'Second' })],
    {},
    [`0 official_account ${openid} r1`, `0 official_account ${openid} r2`],
  ],
  ['without a rule there is none', [], {}, ['0 official_account no_rule']],
  ['who has no openid gets none', [rule()], { recipients: [{ phone: mobile }] }, ['0 official_account no_openid']],
  ['nobody is told that an openid is missing where no rule would use it', [], { recipients: [{ phone: mobile }] }, []],
  ['a rule that is switched off', [rule({ enabled: false })], {}, ['0 official_account Alarms rule_disabled']],
  [
    'a rule that is invalid, switched on or off, with the reason',
    [rule({ invalid: 'account_deleted', account: null }), rule({ invalid: 'template_gone', enabled: false })],
    {},
    ['0 official_account Alarms rule_invalid account_deleted', '0 official_account Alarms rule_invalid template_gone'],
  ],
  [
    'a rule that uses what nobody gave',
    [rule({ variables: ['device_name', 'alarm_level', 'device_key'] }), rule({ id: 'r2' })],
    {},
    [`0 official_account ${openid} r2`, '0 official_account Alarms missing_variables alarm_level, device_key'],
  ],
  [
    'how many were held back is always known',
    [rule({ variables: ['held_back'] })],
    {},
    [`0 official_account ${openid} r1`],
  ],
  ['a failing account: the message waits', [rule({ account: failing })], {}, [`0 official_account ${openid} r1`]],
  [
    'an openid that is none',
    [rule()],
    { recipients: [{ openid: 'nobody' }] },
    ['0 official_account recipient_invalid'],
  ],
  [
    'one address twice gets it once',
    [rule()],
    { recipients: [{ openid }, { openid: ` ${openid}` }] },
    [`0 official_account ${openid} r1`, '1 official_account duplicate'],
  ],
  [
    'a key for other channels',
    [rule()],
    { channels: all, scope: ['sms'], recipients: [everywhere] },
    [`0 sms ${mobile} t1`, '0 voice key_scope', '0 email key_scope', '0 official_account key_scope'],
  ],
  [
    'every address that is given is used, and none that is not',
    [rule()],
    { channels: all, recipients: [everywhere, { email: 'bob@example.com' }] },
    [
      `0 voice ${mobile} t1`,
      `0 sms ${mobile} t1`,
      '0 email ann@example.com t1',
      `0 official_account ${openid} r1`,
      '1 email bob@example.com t1',
      '1 official_account no_openid',
    ],
  ],
  [
    'a number that only one of its channels reaches',
    [],
    { channels: [on(voice), on(sms)], recipients: [{ phone: '+85291234567' }] },
    ['0 sms +85291234567 t1', '0 voice recipient_invalid'],
  ],
  [
    'a channel without an account, without a template, or with one that cannot be used',
    [],
    {
      channels: [on(voice, resolution({ account: null })), on(sms, resolution({ template: null }))],
      recipients: [{ phone: mobile }],
    },
    ['0 voice channel_not_configured', '0 sms template_not_configured'],
  ],
  [
    'a template that cannot be used, with the reason',
    [],
    { channels: [on(sms, resolution({ template: blocked }))], recipients: [{ phone: mobile }] },
    ['0 sms template_not_usable template_gone'],
  ],
  [
    'a template that uses what nobody gave',
    [],
    {
      channels: [on(email, resolution({ template: { ...template, variables: ['alarm_level'] } }))],
      recipients: [{ email: 'ann@example.com' }],
    },
    ['0 email missing_variables alarm_level'],
  ],
  [
    'a test needs a template and no account',
    [],
    {
      channels: [on(voice, resolution({ account: null })), on(sms, resolution({ account: null, template: null }))],
      ...{ recipients: [{ phone: mobile }], isTest: true },
    },
    [`0 voice ${mobile} t1`, '0 sms channel_not_configured'],
  ],
]

for (const [what, rules, given, expected] of rows) {
  test(`plan: ${what}`, () => {
    expect(inWords(rules, event(given))).toEqual(expected)
  })
}

test('a plan says which account, template and rule a message is made with, and its values', () => {
  const given = event({ channels: all, recipients: [{ openid, email: 'ann@example.com' }] })
  expect(plan([rule()], given).messages).toEqual([
    {
      ...{ recipient: 0, channel: 'email', to: 'ann@example.com', values, rule: null, accountId: 'account' },
      template: { id: 't1', version: 2 },
    },
    {
      ...{ recipient: 0, channel: 'official_account', to: openid, values, rule: rule(), accountId: 'account' },
      template: null,
    },
  ])
})

test('the values of a message are those for its address', () => {
  const recipients = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }]
  const given = event({ recipients, channels: [on(email)], valuesFor: (to) => ({ ...values, device_name: to }) })
  expect(plan([], given).messages.map((made) => made.values.device_name)).toEqual([
    'ann@example.com',
    'bob@example.com',
  ])
})

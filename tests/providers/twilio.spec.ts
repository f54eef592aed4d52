/** The provider `twilio-sms` at the wire: what it asks, what it sends, and how it finds out what became of a message. */

import { expect, test } from '@playwright/test'
import { LookupError, type Provider, SendError, type StageResult } from '#channels/contract.ts'
import { describeFields } from '#channels/fields.ts'
import type { WrittenMessage } from '#channels/sms/sms.ts'
import { TwilioConfig } from '#providers/twilio/account.ts'
import { twilioSms } from '#providers/twilio/sms.ts'
import {
  account,
  apiKey,
  messageSid,
  record,
  refusal,
  serviceSid,
  startTwilio,
  type TwilioAnswer,
  type TwilioService,
} from '../support/twilio-service.ts'
import { impatient } from '../support/vendors.ts'

let service: TwilioService
let provider: Provider<TwilioConfig, WrittenMessage>
const url = 'https://signet.example.com'
const config = TwilioConfig.parse(account)
const to = '+14155552671'
const reference = '01a22a50-58ee-778c-b3f1-68a1692d9200'

test.beforeEach(async () => {
  service = await startTwilio()
  provider = twilioSms({ url, endpoint: service.url, timeouts: impatient })
})
test.afterEach(async () => {
  await provider.close?.()
  await service.close()
})

const send = (options = {}, own = config) =>
  provider.send(own, to, { text: 'Grüße & 验证码 771204\n+1' }, { reference, ...options })
async function checked(own: TwilioConfig): Promise<StageResult[]> {
  const stages: StageResult[] = []
  for await (const stage of provider.check(own, {})) stages.push(stage)
  return stages
}
const told = (stages: StageResult[]) => stages.map(({ stage, ok, cause }) => [stage, ok, cause])
async function errorOf(sending: Promise<unknown>): Promise<SendError> {
  const error = await sending.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(SendError)
  return error as SendError
}

test('asks for what a form has to ask for, and takes no combination that could not send', () => {
  expect(
    describeFields(provider.config).map(({ name, required, secret, advanced }) => [name, required, secret, advanced]),
  ).toEqual([
    ['accountSid', true, undefined, undefined],
    ['authToken', false, true, undefined],
    ['apiKeySid', false, undefined, true],
    ['apiKeySecret', false, true, true],
    ['from', false, undefined, undefined],
    ['messagingServiceSid', false, undefined, undefined],
  ])
  expect(provider.identity(config)).toBe('AC5160••••0001')
  expect(TwilioConfig.parse({ ...account, from: ' +1 (500) 555-0006 ' })).toEqual({
    ...account,
    ...{ apiKeySid: '', apiKeySecret: '', messagingServiceSid: '' },
  })
  for (const from of ['Signet', '12345', '+15005550006', 'My App 2'])
    expect(TwilioConfig.safeParse({ ...account, from }).success, from).toBe(true)
  const { accountSid } = account
  for (const [wrong, path] of [
    [{ ...account, accountSid: 'AC1' }, 'accountSid'],
    [{ ...account, accountSid: apiKey.apiKeySid }, 'accountSid'],
    [{ ...account, authToken: '' }, 'authToken'],
    [{ ...account, authToken: 'a b' }, 'authToken'],
    [{ ...account, from: '' }, 'from'],
    [{ ...account, from: '15005550006' }, 'from'],
    [{ ...account, from: 'A very long name' }, 'from'],
    [{ ...account, messagingServiceSid: 'MG1' }, 'messagingServiceSid'],
    [{ accountSid, apiKeySid: apiKey.apiKeySid, from: account.from }, 'apiKeySecret'],
  ] as const) {
    const { error } = TwilioConfig.safeParse(wrong)
    expect(error?.issues.map((issue) => issue.path[0])).toEqual([path])
  }
})

test('an Auth Token is proven by reading the account, and the sender by finding it', async () => {
  expect(told(await checked(config))).toEqual([
    ['credentials', true, undefined],
    ['sender', true, undefined],
  ])
  expect(service.calls.map(({ name, caller }) => [name, caller])).toEqual([
    ['account', account.accountSid],
    ['numbers', account.accountSid],
  ])
  expect(service.calls[1]?.query.get('PhoneNumber')).toBe(account.from)
})

test('an API key, which may not read the account, is proven by reading messages', async () => {
  const withKey = TwilioConfig.parse({
    ...account,
    ...apiKey,
    authToken: '',
    from: '',
    messagingServiceSid: serviceSid,
  })
  expect(told(await checked(withKey))).toEqual([
    ['credentials', true, undefined],
    ['sender', true, undefined],
  ])
  expect(service.calls.map(({ name, caller, query }) => [name, caller, query.get('PageSize')])).toEqual([
    ['messages', apiKey.apiKeySid, '1'],
    ['service', apiKey.apiKeySid, null],
  ])
})

for (const [what, script, expected] of [
  [
    'credentials that are refused',
    { account: refusal(20003, 'Authenticate', 401) },
    [['credentials', false, 'twilio_credentials']],
  ],
  ['a suspended account', { account: { body: { status: 'suspended' } } }, [['credentials', false, 'twilio_account']]],
  ['a service that is away', { account: { status: 503, body: '' } }, [['credentials', false, 'twilio_unavailable']]],
  [
    'a number of somebody else’s',
    { numbers: { body: { incoming_phone_numbers: [] } } },
    [
      ['credentials', true, undefined],
      ['sender', false, 'twilio_sender'],
    ],
  ],
  [
    'a key that may not look for numbers',
    { numbers: refusal(70051, 'Authorization Error', 403) },
    [['credentials', true, undefined]],
  ],
] as [string, TwilioService['script'], unknown[]][]) {
  test(`a check ends with ${what}`, async () => {
    service.script = script
    const stages = await checked(config)
    expect(told(stages)).toEqual(expected)
    for (const stage of stages) expect(stage.ok || stage.code).toBeTruthy()
  })
}

test('a short code is looked for, a messaging service that is gone is said, and nobody is asked about a name', async () => {
  expect(told(await checked(TwilioConfig.parse({ ...account, from: '12345' })))).toContainEqual([
    'sender',
    true,
    undefined,
  ])
  expect(service.asked('codes')).toHaveLength(1)
  expect(told(await checked(TwilioConfig.parse({ ...account, from: 'Signet' })))).toHaveLength(1)
  service.script = { service: refusal(20404, 'not found', 404) }
  const gone = TwilioConfig.parse({ ...account, from: '', messagingServiceSid: serviceSid })
  expect(told(await checked(gone))).toContainEqual(['sender', false, 'twilio_messaging_service'])
})

test('a message goes out with its text, its sender, how long it is of use and where to push', async () => {
  const expiresAt = new Date(Date.now() + 600_000)
  expect(await send({ receiptToken: 'the-token', expiresAt })).toEqual({ providerMessageId: messageSid })
  const form = Object.fromEntries(service.asked('create')[0]?.form ?? [])
  expect(form).toEqual({
    ...{
      To: to,
      From: account.from,
      Body: 'Grüße & 验证码 771204\n+1',
      ValidityPeriod: expect.stringMatching(/^(59\d|600)$/),
    },
    StatusCallback: `${url}/api/receipts/twilio-sms/the-token?message=${reference}`,
  })
  await send({ expiresAt: new Date(0) }, TwilioConfig.parse({ ...account, messagingServiceSid: serviceSid }))
  expect(Object.fromEntries(service.asked('create')[1]?.form ?? [])).toMatchObject({
    ...{ From: account.from, MessagingServiceSid: serviceSid, ValidityPeriod: '5' },
  })
  expect(service.asked('create')[1]?.form.has('StatusCallback')).toBe(false)
})

test('nobody is told where to push who could not be believed, or could not get there', async () => {
  await send({ receiptToken: 'the-token' }, TwilioConfig.parse({ ...account, ...apiKey, authToken: '' }))
  expect(service.asked('create')[0]?.form.has('StatusCallback')).toBe(false)
})

for (const [what, answer, kind, code] of [
  ['no such number', refusal(21211), 'reject', '21211'],
  ['a country that is not enabled', refusal(21408), 'reject', '21408'],
  ['a recipient who unsubscribed', refusal(21610), 'reject', '21610'],
  ['a filtered text', refusal(30007), 'reject', '30007'],
  ['too many requests', refusal(20429, 'Too Many Requests', 429), 'retry', '20429'],
  ['too many requests without a code', { status: 429, body: {} }, 'retry', 'HTTP_429'],
  ['a cap of the day', refusal(63038), 'later', '63038'],
  ['a sender of somebody else’s', refusal(21606), 'misconfigured', '21606'],
  ['an account that is closed', refusal(20005, 'not active', 401), 'misconfigured', '20005'],
  ['a number that is not registered', refusal(30034), 'misconfigured', '30034'],
  ['an error of its own', refusal(20500, 'Internal', 500), 'retry', '20500'],
  ['an error of its own without a code', { status: 500, body: {} }, 'unknown', 'HTTP_500'],
  ['a gateway that lost the answer', refusal(20500, 'Bad gateway', 502), 'unknown', '20500'],
  ['a service that is not there', { status: 503, body: {} }, 'retry', 'HTTP_503'],
  ['a code that nobody knows', refusal(29999), 'reject', '29999'],
  ['a success without an id', { status: 201, body: { status: 'queued' } }, 'unknown', 'EANSWER'],
  ['an answer that is no object', { status: 201, body: '[]' }, 'unknown', 'EANSWER'],
  ['half an answer', 'stall', 'unknown', 'ETIMEDOUT'],
  ['nothing', 'hang', 'unknown', 'ETIMEDOUT'],
] as [string, TwilioAnswer, string, string][]) {
  test(`${what} is ${kind}`, async () => {
    service.script = { create: answer }
    const error = await errorOf(send())
    expect([error.kind, error.code]).toEqual([kind, code])
    expect(error.retryAfter).toBe(kind === 'later' ? 3600 : undefined)
  })
}

test('a service that is not there was not asked, and one that is never reached is tried again', async () => {
  await service.close()
  expect(await errorOf(send())).toMatchObject({ kind: 'retry', code: 'ECONNREFUSED', reason: 'twilio_unreachable' })
  service = await startTwilio()
})

test('a message is looked up by Twilio’s id', async () => {
  const at = new Date('2026-11-30T02:00:05Z')
  const message = { to, sentAt: new Date(), providerMessageId: messageSid, reference }
  for (const [status, state, code] of [
    ['delivered', 'delivered', 'delivered'],
    ['read', 'delivered', 'read'],
    ['sent', 'pending', 'sent'],
    ['queued', 'pending', 'queued'],
    ['partially_delivered', 'pending', 'partially_delivered'],
    ['undelivered', 'failed', '30005'],
    ['failed', 'failed', '30005'],
    ['canceled', 'failed', '30005'],
    ['something new', 'pending', 'something new'],
  ] as const) {
    const error_code = state === 'failed' ? 30005 : null
    service.script = { message: { body: record({ status, error_code, date_updated: at.toUTCString() }) } }
    expect(await provider.settle?.(config, message)).toEqual({ state, code, detail: '', at })
  }
  service.script = { message: refusal(20404, 'not found', 404) }
  expect(await provider.settle?.(config, message)).toMatchObject({ state: 'pending' })
})

test('a message without an id was not taken only where there is no record of any to its number', async () => {
  const sentAt = new Date('2026-11-30T02:00:00Z')
  const message = { to, sentAt, providerMessageId: null, reference }
  const at = (seconds: number) => record({ date_created: new Date(sentAt.getTime() + seconds * 1000).toUTCString() })
  const stateWith = async (body: object) => {
    service.script = { messages: { body } }
    return (await provider.settle?.(config, message))?.state
  }
  expect(await stateWith({ messages: [], next_page_uri: null })).toBe('absent')
  expect(await stateWith({ messages: [at(-3600), at(3600)], next_page_uri: null })).toBe('absent')
  expect(await stateWith({ messages: [at(2)], next_page_uri: null })).toBe('pending')
  expect(await stateWith({ messages: [record({ date_created: 'soon' })], next_page_uri: null })).toBe('pending')
  expect(await stateWith({ messages: [], next_page_uri: '/2010-04-01/more' })).toBe('pending')
  expect(await stateWith({ messages: null })).toBe('pending')
  expect(service.asked('messages').every(({ query }) => query.get('To') === to)).toBe(true)
})

test('a question that is refused says why, and what was lost is asked again', async () => {
  const message = { to, sentAt: new Date(), providerMessageId: messageSid, reference }
  for (const [answer, kind, reason] of [
    [refusal(20003, 'Authenticate', 401), 'misconfigured', 'twilio_credentials'],
    ['drop', 'retry', 'twilio_no_answer'],
  ] as const) {
    service.script = { message: answer }
    const error = await provider.settle?.(config, message).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(LookupError)
    expect(error).toMatchObject({ kind, reason })
  }
})

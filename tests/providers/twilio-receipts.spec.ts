/** What Twilio pushes: read only where it bears Twilio's signature for this account, this address and this message. */
import { createHmac } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js'
import type { Push } from '#channels/answers.ts'
import { TwilioConfig } from '#providers/twilio/account.ts'
import { callbackAddress, canBeCalled, receiptsFrom } from '#providers/twilio/receipts.ts'
import { signatureOf } from '#simulator/twilio/signature.ts'
import { account, messageSid } from '../support/twilio-service.ts'
import vectors from '../support/twilio-vectors.json' with { type: 'json' }

const url = 'https://signet.example.com'
const reference = '01a22a50-58ee-778c-b3f1-68a1692d9200'
const config = TwilioConfig.parse(account)
const fields = {
  ...{ MessageSid: messageSid, SmsSid: messageSid, AccountSid: account.accountSid, MessageStatus: 'delivered' },
  ...{ To: '+14155552671', From: account.from, ApiVersion: '2010-04-01', 'A field of tomorrow': 'ü & +' },
}

/** As Twilio signs, written down once more. */
function signed(address: string, values: Record<string, string>, key = account.authToken): string {
  const data = Object.keys(values)
    .sort()
    .reduce((sum, name) => sum + name + values[name], address)
  return createHmac('sha1', key).update(data).digest('base64')
}

function push(values: Record<string, string> = fields, given: Partial<Push<TwilioConfig>> = {}): Push<TwilioConfig> {
  const address = callbackAddress(url, 'the-token', reference)
  return {
    body: new URLSearchParams(values).toString(),
    query: { message: reference },
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'x-twilio-signature': signed(address, values),
    },
    ...{ secret: 'the-token', config, secureOnly: false },
    ...given,
  }
}
const read = (values?: Record<string, string>, given?: Partial<Push<TwilioConfig>>) =>
  receiptsFrom(push(values, given), url)

/** Fields by name; one that comes again is a list. */
const byName = (pairs: string[][]) =>
  Object.fromEntries(
    [...Map.groupBy(pairs, ([name = '']) => name)].map(([name, found]) => {
      const values = found.map(([, value = '']) => value)
      return [name, values.length > 1 ? values : (values[0] ?? '')]
    }),
  )

for (const { url: address, token, parameters, signature } of vectors) {
  test(`the recorded signature ${signature} is found by package and simulator alike`, () => {
    const given = byName(parameters)
    expect(validateRequest(token, signature, address, given)).toBe(true)
    expect(validateRequest('12346', signature, address, given)).toBe(false)
    expect(signatureOf(token, address, given)).toBe(signature)
  })
}

test('a push says of the message that it names what became of it', () => {
  expect(read()).toEqual([
    {
      ...{ kind: 'outcome', providerMessageId: messageSid, reference, to: '+14155552671' },
      ...{ state: 'delivered', code: 'delivered', detail: '' },
    },
  ])
  for (const [MessageStatus, ErrorCode, state, code] of [
    ['undelivered', '30005', 'failed', '30005'],
    ['failed', '', 'failed', 'failed'],
    ['sent', '', 'pending', 'sent'],
    ['something new', '', 'pending', 'something new'],
    ['constructor', '', 'pending', 'constructor'],
  ] as const) {
    expect(read({ ...fields, MessageStatus, ErrorCode })).toMatchObject([{ state, code }])
  }
  expect(read({ To: '+1' })).toEqual([])
})

test('what was not signed for exactly this is not read', () => {
  const given = push()
  const header = given.headers['x-twilio-signature'] ?? ''
  const with_ = (change: Partial<Push<TwilioConfig>>) => receiptsFrom({ ...given, ...change }, url)
  expect(with_({})).toHaveLength(1)
  for (const change of [
    { body: given.body.replace('delivered', 'undelivered') },
    { body: `${given.body}&more=1` },
    { body: '' },
    { body: '{"MessageStatus":"delivered"}' },
    { query: {} },
    { query: { message: 'another' } },
    { secret: 'another-token' },
    { headers: { ...given.headers, 'x-twilio-signature': undefined } },
    { headers: { ...given.headers, 'x-twilio-signature': `${header}=` } },
    { headers: { ...given.headers, 'x-twilio-signature': header.toLowerCase() } },
    { config: TwilioConfig.parse({ ...account, authToken: 'another' }) },
    { config: { ...config, authToken: '' } },
  ]) {
    expect(with_(change), JSON.stringify(change)).toBeUndefined()
  }
  expect(receiptsFrom(given, 'https://other.example.com')).toBeUndefined()
  expect(receiptsFrom(given, 'http://signet.example.com')).toBeUndefined()
  expect(receiptsFrom(given, `${url}/`)).toHaveLength(1)
})

test('a push of the service’s own address names the message by Twilio’s id only', () => {
  const headers = { 'x-twilio-signature': signed(callbackAddress(url, 'the-token', ''), fields) }
  expect(read(fields, { query: {}, headers })).toMatchObject([{ reference: '', providerMessageId: messageSid }])
})

test('fields that come again are signed as a list, and more of them than Twilio has are not looked at', () => {
  const body = 'MessageStatus=delivered&Digits=5678&Digits=1234&Digits=1234'
  const address = callbackAddress(url, 'the-token', reference)
  const data = `${address}Digits1234Digits5678MessageStatusdelivered`
  const headers = { 'x-twilio-signature': createHmac('sha1', account.authToken).update(data).digest('base64') }
  expect(read(fields, { body, headers })).toMatchObject([{ state: 'delivered' }])
  for (const many of [
    'a=&'.repeat(300_000),
    'x'.repeat(900_000),
    Array.from({ length: 300 }, (_, n) => `${n}=`).join('&'),
  ]) {
    expect(read(fields, { body: many })).toBeUndefined()
  }
})

test('Twilio is told of addresses only that it can call', () => {
  expect(['https://signet.example.com', 'https://203.0.113.7:8443'].map(canBeCalled)).toEqual([true, true])
  const local = [
    'http://localhost:3000',
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
    'http://signet.local',
    'https://my_host.example.com',
  ]
  expect(local.filter(canBeCalled)).toEqual([])
})

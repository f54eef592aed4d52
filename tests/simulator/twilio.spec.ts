/** The simulated Twilio, over HTTP: who may call, what it takes, what it pushes, and what its faults do. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { twilioAccount } from '#simulator/twilio/account.ts'
import { signatureOf } from '#simulator/twilio/signature.ts'
import { type Simulator, startSimulator } from '../support/simulator.ts'

type Pushed = { path: string; headers: IncomingHttpHeaders; fields: Record<string, string> }

/** Takes what is pushed; answers with these, and then with 200. */
async function startListener(answers: number[] = []) {
  const pushed: Pushed[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    const fields = Object.fromEntries(new URLSearchParams(body))
    pushed.push({ path: request.url ?? '', headers: request.headers, fields })
    response.writeHead(answers.shift() ?? 200).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, pushed, close: () => void server.close().closeAllConnections() }
}

let simulator: Simulator
let account: ReturnType<typeof twilioAccount>
test.beforeAll(async () => {
  simulator = await startSimulator()
  account = twilioAccount(simulator.smtp.password)
})
test.afterEach(() => simulator.clear())
test.afterAll(() => simulator.stop())

const to = () => `+1415555${String(Math.floor(Math.random() * 9000) + 1000)}`
type Asking = { user?: string; password?: string; form?: Record<string, string>; root?: string }

async function ask(path: string, { user = account.accountSid, password = account.authToken, form, root }: Asking = {}) {
  const base = root ?? `/2010-04-01/Accounts/${account.accountSid}`
  const response = await fetch(`${simulator.url}/twilio${base}${path}`, {
    headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const create = (form: Record<string, string> = {}) =>
  ask('/Messages.json', { form: { To: to(), From: account.number, Body: 'Hello', ...form } })
const set = (kind: string, fields: Record<string, string | number> = {}) =>
  simulator.control({ channel: 'sms', vendor: 'twilio', kind, ...fields })

test('the account and its API key are known by their secrets, and nobody else is', async () => {
  expect((await ask('.json')).body).toMatchObject({ sid: account.accountSid, status: 'active' })
  const key = { user: account.apiKeySid, password: account.apiKeySecret }
  expect((await ask('/Messages.json', key)).status).toBe(200)
  expect(await ask('.json', key)).toMatchObject({ status: 401, body: { code: 20003 } })
  for (const wrong of [{ password: 'x' }, { user: account.apiKeySid }, { user: '', password: '' }]) {
    expect(await ask('.json', wrong)).toMatchObject({ status: 401, body: { code: 20003, status: 401 } })
  }
  const other = `/2010-04-01/Accounts/AC${'0'.repeat(32)}`
  expect(await ask('.json', { root: other })).toMatchObject({ status: 404, body: { code: 20404 } })
  expect((await ask(`/Services/${account.serviceSid}`, { root: '/v1' })).status).toBe(200)
  expect((await ask(`/Services/MG${'0'.repeat(32)}`, { root: '/v1' })).status).toBe(404)
  const found = await ask(`/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(account.number)}`)
  expect(found.body).toMatchObject({ incoming_phone_numbers: [{ phone_number: account.number }] })
})

test('a message that is taken is in the inbox, and can be looked up by its id and its number', async () => {
  const number = to()
  const { status, body } = await create({ To: number, Body: 'Ünïcödé 验证码 771204' })
  expect([status, body]).toEqual([201, expect.objectContaining({ status: 'queued', num_segments: '1', to: number })])
  const [sms] = await simulator.sms(number)
  expect(sms).toMatchObject({ to: number, vendor: 'twilio', content: { text: 'Ünïcödé 验证码 771204', sid: body.sid } })
  expect((await ask(`/Messages/${body.sid}.json`)).body).toMatchObject({ sid: body.sid, direction: 'outbound-api' })
  const listed = await ask(`/Messages.json?To=${encodeURIComponent(number)}`)
  expect(listed.body).toMatchObject({ messages: [{ sid: body.sid }], next_page_uri: null })
  expect(await ask(`/Messages/SM${'0'.repeat(32)}.json`)).toMatchObject({ status: 404, body: { code: 20404 } })
  const page = await (await fetch(`${simulator.url}/?to=${encodeURIComponent(number)}`)).text()
  expect(page).toContain('771204')
})

for (const [what, form, code] of [
  ['no number', { To: '' }, 21604],
  ['something that is no number', { To: '12345' }, 21211],
  ['no sender', { From: '' }, 21603],
  ['a sender of somebody else’s', { From: '+15005550007' }, 21606],
  ['a service of somebody else’s', { From: '', MessagingServiceSid: `MG${'0'.repeat(32)}` }, 21701],
  ['no text', { Body: ' ' }, 21602],
  ['a text of more than 1600 characters', { Body: 'a'.repeat(1601) }, 21617],
  ['an address that is not on this machine', { StatusCallback: 'https://example.com/' }, 21609],
] as const) {
  test(`${what} is refused with ${code}`, async () => {
    expect(await create(form)).toMatchObject({ status: 400, body: { code, status: 400 } })
  })
}

test('what becomes of a message is pushed to the address that it names, signed for exactly that', async () => {
  const listener = await startListener([500])
  const number = to()
  const callback = `${listener.url}/api/receipts/twilio-sms/token?message=one`
  const { body } = await create({ To: number, StatusCallback: callback })
  await expect.poll(() => listener.pushed.map(({ fields }) => fields.MessageStatus)).toEqual(['sent', 'delivered'])
  for (const { path, headers, fields } of listener.pushed) {
    expect(path).toBe('/api/receipts/twilio-sms/token?message=one')
    expect(fields).toMatchObject({ MessageSid: body.sid, To: number, AccountSid: account.accountSid })
    expect(headers['x-twilio-signature']).toBe(signatureOf(account.authToken, callback, fields))
  }
  await expect.poll(async () => (await simulator.sms(number))[0]?.content.receipt?.push).toBe('accepted')
  expect((await ask(`/Messages/${body.sid}.json`)).body).toMatchObject({ status: 'delivered', error_code: null })
  listener.close()
})

test('an end can be told to be another, to come late, again or not at all', async () => {
  const listener = await startListener()
  const [failed, silent] = [to(), to()]
  await set('receipt', { to: failed, status: 'undelivered', code: 30005, delay: 0, repeat: 2 })
  await set('receipt_off', { to: silent })
  await create({ To: failed, StatusCallback: listener.url })
  await create({ To: silent, StatusCallback: listener.url })
  const endsOf = (number: string) =>
    listener.pushed.filter(({ fields }) => fields.To === number).map(({ fields }) => fields.MessageStatus)
  await expect.poll(() => endsOf(failed)).toEqual(['sent', 'undelivered', 'undelivered', 'undelivered'])
  expect(listener.pushed.find(({ fields }) => fields.MessageStatus === 'undelivered')?.fields.ErrorCode).toBe('30005')
  expect(endsOf(silent)).toEqual(['sent'])
  listener.close()
})

test('messages that name no address go by that of the service, if it has one', async () => {
  const listener = await startListener()
  await set('callback', { url: `${listener.url}/service` })
  await create({ From: '', MessagingServiceSid: account.serviceSid })
  await expect.poll(() => listener.pushed.map(({ path }) => path)).toContain('/service')
  listener.close()
})

test('faults strike what sends, unless they name something else, and no other vendor', async () => {
  for (const [kind, fields, status, code] of [
    ['unauthorized', {}, 401, 20003],
    ['throttle', {}, 429, 20429],
    ['system_error', {}, 500, 20500],
    ['reject', { code: 21610 }, 400, 21610],
  ] as const) {
    await set(kind, { ...fields, times: 1 })
    expect((await ask('.json')).status).toBe(200)
    expect(await create()).toMatchObject({ status, body: { code } })
    expect((await create()).status).toBe(201)
  }
  await set('throttle', { api: 'account', times: 1 })
  expect((await ask('.json')).status).toBe(429)
  const lost = to()
  await set('reset_after_send', { to: lost, times: 1 })
  await expect(create({ To: lost })).rejects.toThrow()
  expect(await simulator.sms(lost)).toHaveLength(1)
  await expect(set('reject', {})).rejects.toThrow('needs \\"code\\"')
  await expect(simulator.control({ channel: 'sms', kind: 'unauthorized' })).rejects.toThrow('must be one of')
})

test('an end that was still to come is pushed after a restart', async () => {
  const listener = await startListener()
  const first = await startSimulator()
  const own = twilioAccount(first.smtp.password)
  await first.control({ channel: 'sms', vendor: 'twilio', kind: 'receipt', delay: 4_000 })
  const response = await fetch(`${first.url}/twilio/2010-04-01/Accounts/${own.accountSid}/Messages.json`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${own.accountSid}:${own.authToken}`).toString('base64')}` },
    body: new URLSearchParams({ To: to(), From: own.number, Body: 'Hello', StatusCallback: listener.url }),
  })
  expect(response.status).toBe(201)
  await expect.poll(() => listener.pushed.map(({ fields }) => fields.MessageStatus)).toEqual(['sent'])
  await new Promise((resolve) => setTimeout(resolve, 300))
  await first.kill()
  const second = await startSimulator({ data: first.data })
  await expect
    .poll(() => listener.pushed.map(({ fields }) => fields.MessageStatus), { timeout: 60_000 })
    .toEqual(['sent', 'delivered'])
  await second.stop()
  listener.close()
})

/** The events that WeChat pushes to a developer's server: what they say, how they are signed and how often they come. */
import { expect, test } from '@playwright/test'
import {
  decrypted,
  type EventListener,
  elementOf,
  type ServerRequest,
  signed,
  startEventListener,
} from '../support/event-listener.ts'
import { type WechatClient, wechatClient } from '../support/wechat-client.ts'
import { startWechat, type WechatService } from '../support/wechat-service.ts'

let service: WechatService
let client: WechatClient
let listener: EventListener

const token = 'callbackToken01'
const aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

test.beforeAll(async () => {
  service = await startWechat()
  client = wechatClient(service)
})

test.beforeEach(async () => {
  listener = await startEventListener()
  await service.control('callback', { url: listener.url, token, patience: 400 })
  await service.control('receipt', { delay: 20 })
})

test.afterEach(async () => {
  service.clear()
  await listener.close()
})

test.afterAll(() => service.close())

const send = async (touser = service.openids.following[0] ?? '') => {
  const { text } = await client.send({ touser })
  return /"msgid":(\d+)/.exec(text)?.[1] ?? ''
}
const pushOf = async (msgId: string) =>
  (await service.cards()).find(({ content }) => content.msgId === msgId)?.content.receipt?.push
/** The request that came first. */
function first(): ServerRequest {
  const [request] = listener.requests
  if (!request) throw new Error('Nothing came.')
  return request
}
const statuses = () => listener.requests.map(({ body }) => elementOf(body, 'Status'))

test('an event in plain says all that the real one says, and is signed', async () => {
  const msgId = await send()
  await expect.poll(() => listener.requests.length).toBe(1)
  const { method, query, body, type } = first()
  expect([method, type]).toEqual(['POST', 'text/xml'])
  expect(Object.keys(query).sort()).toEqual(['nonce', 'openid', 'signature', 'timestamp'])
  const { timestamp = '', nonce = '' } = query
  expect(query.signature).toBe(signed(token, timestamp, nonce))
  expect(query.openid).toBe(service.openids.following[0])
  expect(body).toBe(`<xml>
<ToUserName><![CDATA[${service.originalId}]]></ToUserName>
<FromUserName><![CDATA[${service.openids.following[0]}]]></FromUserName>
<CreateTime>${elementOf(body, 'CreateTime')}</CreateTime>
<MsgType><![CDATA[event]]></MsgType>
<Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event>
<MsgID>${msgId}</MsgID>
<Status><![CDATA[success]]></Status>
</xml>`)
  expect(elementOf(body, 'CreateTime')).toMatch(/^\d{10}$/)
  await expect.poll(() => pushOf(msgId)).toBe('accepted')
})

for (const [mode, isReadable] of [
  ['secure', false],
  ['compatible', true],
] as const) {
  test(`an event in ${mode} mode is encrypted and has a signature of its own`, async () => {
    await service.control('callback', { url: listener.url, token, patience: 400, mode, aesKey })
    const msgId = await send()
    await expect.poll(() => listener.requests.length).toBe(1)
    const { query, body } = first()
    const sealed = elementOf(body, 'Encrypt') ?? ''
    const { timestamp = '', nonce = '' } = query
    expect(query.encrypt_type).toBe('aes')
    expect(query.signature).toBe(signed(token, timestamp, nonce))
    expect(query.msg_signature).toBe(signed(token, timestamp, nonce, sealed))
    const { text, appId } = decrypted(sealed, aesKey)
    expect(appId).toBe(service.appId)
    expect([elementOf(text, 'MsgID'), elementOf(text, 'Status')]).toEqual([msgId, 'success'])
    expect(elementOf(body, 'ToUserName')).toBe(service.originalId)
    expect(elementOf(body, 'MsgID')).toBe(isReadable ? msgId : undefined)
  })
}

test('what becomes of a message is decided by who it went to, or by what was asked for', async () => {
  await send(service.openids.user_block)
  await expect.poll(statuses).toEqual(['failed:user block'])
  await send(service.openids.system_failed)
  await expect.poll(statuses).toEqual(['failed:user block', 'failed: system failed'])
  await service.control('receipt', { status: 'freq_limit', delay: 20 })
  await send()
  await expect.poll(statuses).toEqual(['failed:user block', 'failed: system failed', 'failed:freq limit'])
})

test('an event that is not taken comes three times more and is then dropped', async () => {
  listener.answers = [
    { status: 500, body: '' },
    { status: 200, body: 'ok' },
    'silent',
    { status: 302, body: 'success' },
  ]
  const msgId = await send()
  await expect.poll(() => pushOf(msgId)).toBe('given_up')
  expect(listener.requests.length).toBe(4)
  const bodies = listener.requests.map(({ body }) => body)
  expect(new Set(bodies).size).toBe(1)
})

test('an empty answer takes an event, after a first one that did not', async () => {
  listener.answers = ['silent', { status: 200, body: '' }]
  const msgId = await send()
  await expect.poll(() => pushOf(msgId)).toBe('accepted')
  expect(listener.requests.length).toBe(2)
})

test('an event can come more than once, never, or without end be outstanding', async () => {
  await service.control('receipt', { delay: 20, repeat: 2 })
  const repeated = await send()
  await expect.poll(() => pushOf(repeated)).toBe('accepted')
  expect(listener.requests.length).toBe(3)
  await service.control('receipt', { status: 'pending' })
  const pending = await send()
  service.clear()
  await service.control('receipt_off')
  const off = await send()
  expect([await pushOf(pending), await pushOf(off)]).toEqual(['off', 'off'])
  expect((await service.cards())[1]?.content.receipt?.settledAt).toBeNull()
})

test('an account without a server address pushes to nobody', async () => {
  const other = wechatClient({ ...service, appId: service.otherAppIds.second })
  const { data } = await other.call('user/get')
  const { template_list } = await other.call('template/get_all_private_template')
  const [touser] = (data as { openid: string[] }).openid
  const [, alarm] = template_list as { template_id: string }[]
  await other.send({ touser, template_id: alarm?.template_id })
  await expect.poll(async () => (await service.cards(touser))[0]?.content.receipt?.push).toBe('no_address')
  expect(listener.requests).toEqual([])
})

test('the server address is verified by a signed text that the server must repeat', async () => {
  expect(await service.control('verify_callback')).toEqual({ answered: true })
  const { method, query } = first()
  expect(method).toBe('GET')
  expect(Object.keys(query).sort()).toEqual(['echostr', 'nonce', 'signature', 'timestamp'])
  expect(query.signature).toBe(signed(token, query.timestamp ?? '', query.nonce ?? ''))
  listener.answers = [{ status: 200, body: 'success' }, { status: 403, body: query.echostr ?? '' }, 'silent']
  const why = async () => (await service.control('verify_callback')).why
  expect(await why()).toBe('The server did not answer with the text of "echostr".')
  expect(await why()).toBe('The server answered with HTTP 403.')
  expect(await why()).toBe('The server did not answer within 400 ms.')
  await listener.close()
  expect(await service.control('verify_callback')).toEqual({ answered: false, why: 'The server cannot be reached.' })
  const appId = service.otherAppIds.second
  await expect(service.control('verify_callback', { appId })).rejects.toThrow('No "callback" is set')
})

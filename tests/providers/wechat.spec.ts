/** The provider `wechat` at the wire: what it sends, what it reads, and how it gets and keeps its token. */

import { expect, test } from '@playwright/test'
import { LookupError, type Provider, SendError, type StageResult } from '#channels/contract.ts'
import { describeFields } from '#channels/fields.ts'
import type { CardMessage } from '#channels/official-account/card.ts'
import { WechatConfig, wechat } from '#providers/wechat/wechat.ts'
import { type MemoryTokens, memoryTokens } from '../support/token-store.ts'
import { impatient } from '../support/vendors.ts'
import { account, refused, startWechat, type WechatAnswer, type WechatServer } from '../support/wechat-server.ts'

let server: WechatServer
let tokens: MemoryTokens
let provider: Provider<WechatConfig, CardMessage>
const config = WechatConfig.parse(account)
const openid = 'oAbCdEfGhIjKlMnOpQrStUvWxYz0'
const reference = '0193a5c2-7e11-7c39-a2f0-6f1d2c3b4a59'
const message: CardMessage = {
  templateId: 'aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789-_AbCdE',
  data: { thing1: '锅炉 2', time2: '2026-11-20 10:00:00' },
  card: { title: '设备告警通知', lines: [], jump: 'none' },
}

test.beforeEach(async () => {
  server = await startWechat()
  tokens = memoryTokens()
  provider = wechat({ tokens, endpoint: server.url, timeouts: impatient })
})
test.afterEach(async () => {
  await provider.close?.()
  await server.close()
})

const send = (change: Partial<CardMessage> = {}, signal?: AbortSignal) =>
  provider.send(config, openid, { ...message, ...change }, { reference, ...(signal ? { signal } : {}) })
async function sendErrorOf(sending: Promise<unknown>): Promise<SendError> {
  const error = await sending.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(SendError)
  return error as SendError
}
async function checked(own = config, signal?: AbortSignal): Promise<StageResult[]> {
  const stages: StageResult[] = []
  for await (const stage of provider.check(own, signal ? { signal } : {})) stages.push(stage)
  return stages
}

test('is known by its AppID, and takes both as the platform writes them', () => {
  expect(provider.identity(config)).toBe('wx0123456789abcdef')
  expect(describeFields(provider.config)).toEqual([
    { name: 'appId', required: true, label: 'appId', destination: true },
    { name: 'appSecret', required: true, label: 'appSecret', secret: true },
  ])
  expect(WechatConfig.parse({ appId: ` ${account.appId}\n`, appSecret: ` ${account.appSecret}` })).toEqual(account)
  const problemsOf = (change: object) => WechatConfig.safeParse({ ...account, ...change }).error?.issues.length ?? 0
  for (const appId of ['', 'wx', 'gh_0123456789ab', 'wx0123456789abcdeg', 'WX0123456789abcdef', `${account.appId}0`]) {
    expect(problemsOf({ appId }), appId).toBe(1)
  }
  for (const appSecret of ['', 'short', '密'.repeat(32), `${account.appSecret}0`]) {
    expect(problemsOf({ appSecret }), appSecret).toBe(1)
  }
})

test('sends the card with its values, and our reference as the id that tells a repeat', async () => {
  expect(await send()).toEqual({ providerMessageId: '3123456789012345678' })
  expect(server.asked('send')).toEqual([
    expect.objectContaining({
      method: 'POST',
      token: 'planted-token-1',
      body: {
        touser: openid,
        template_id: message.templateId,
        client_msg_id: '0193a5c27e117c39a2f06f1d2c3b4a59',
        data: { thing1: { value: '锅炉 2' }, time2: { value: '2026-11-20 10:00:00' } },
      },
    }),
  ])
})

test('sends where the tap leads', async () => {
  const miniprogram = { appid: 'wxfedcba9876543210', pagepath: 'pages/d?k=1' }
  await send({ url: 'https://shop.example/d/1' })
  await send({ miniprogram })
  expect(server.asked('send').map(({ body: { url, miniprogram: page } }) => [url, page])).toEqual([
    ['https://shop.example/d/1', undefined],
    [undefined, miniprogram],
  ])
})

for (const [what, body, id] of [
  ['nineteen digits', '{"errcode":0,"errmsg":"ok","msgid":9223372036854775807}', '9223372036854775807'],
  ['blanks about it', '{ "msgid" : 3123456789012345679 , "errcode" : 0 }', '3123456789012345679'],
  ['few digits', '{"errcode":0,"msgid":7}', '7'],
  ['digits as text', '{"errcode":0,"msgid":"3123456789012345678"}', '3123456789012345678'],
  ['none', '{"errcode":0,"errmsg":"ok"}', '0193a5c27e117c39a2f06f1d2c3b4a59'],
] as const) {
  test(`an id of a message with ${what} is kept digit by digit`, async () => {
    server.script.send = { body }
    expect(await send()).toEqual({ providerMessageId: id })
  })
}

test('fetches one token for many cards, of the kind that takes it from nobody', async () => {
  await Promise.all(Array.from({ length: 20 }, () => send()))
  expect(server.asked('token')).toEqual([
    expect.objectContaining({
      method: 'POST',
      token: null,
      body: { grant_type: 'client_credential', appid: account.appId, secret: account.appSecret, force_refresh: false },
    }),
  ])
  expect(server.sent).toBe(20)
  expect([...tokens.kept.keys()]).toEqual([expect.stringMatching(/^[\da-f]{64}$/)])
})

test('keeps tokens of different secrets apart', async () => {
  await send()
  server.script.token = { body: { access_token: 'another', expires_in: 7200 } }
  const other = { ...config, appSecret: 'f'.repeat(32) }
  await provider.send(other, openid, message, { reference }).catch(() => undefined)
  expect(tokens.kept.size).toBe(2)
})

for (const code of [40001, 40014, 42001]) {
  test(`a token refused with ${code} is fetched anew once, and the card sent with it`, async () => {
    await send()
    server.token = 'planted-token-2'
    let refusals = 0
    server.script.send = () => (refusals++ === 0 ? refused(code) : undefined)
    await send()
    expect(server.asked('send').map(({ token }) => token)).toEqual([
      'planted-token-1',
      'planted-token-1',
      'planted-token-2',
    ])
    expect(server.asked('token')).toHaveLength(2)
    expect(server.sent).toBe(2)
  })

  test(`a new token refused with ${code} as well is no fault of the account, and not tried a third time`, async () => {
    server.script.send = refused(code)
    expect(await sendErrorOf(send())).toMatchObject({ kind: 'retry', code: String(code) })
    expect(server.asked('send')).toHaveLength(2)
    expect(server.asked('token')).toHaveLength(2)
  })
}

test('templates are read with a token that is renewed as well', async () => {
  await send()
  server.token = 'planted-token-2'
  expect(await provider.templates?.(config)).toEqual([])
  expect(server.asked('templates').map(({ token }) => token)).toEqual(['planted-token-1', 'planted-token-2'])
})

const lost: [what: string, answer: WechatAnswer, code: string, kind: string][] = [
  ['a hang-up', 'drop', 'ECONNRESET', 'unknown'],
  ['silence', 'hang', 'ETIMEDOUT', 'unknown'],
  ['half an answer', 'stall', 'ETIMEDOUT', 'unknown'],
  ['nothing at all', { body: '' }, 'EANSWER', 'unknown'],
  ['JSON that says nothing', { body: {} }, 'EANSWER', 'unknown'],
  ['a page that waited in vain', { status: 504, body: '<html>504</html>' }, 'EANSWER', 'unknown'],
  ['504 in JSON', { status: 504, body: {} }, 'HTTP_504', 'unknown'],
  ['a page of a proxy', { body: '<html>Sign in to the network</html>' }, 'EANSWER', 'retry'],
  ['a page of a proxy that lost the answer', { status: 502, body: '<html>Bad Gateway</html>' }, 'EANSWER', 'unknown'],
  ['a list', { body: '[]' }, 'EANSWER', 'unknown'],
  ['more than any answer', { body: `{"errcode":0,"errmsg":"${'x'.repeat(5_000_000)}"}` }, 'EANSWER', 'unknown'],
  ['503 in JSON', { status: 503, body: {} }, 'HTTP_503', 'retry'],
  ['429 in JSON', { status: 429, body: {} }, 'HTTP_429', 'retry'],
]
for (const [what, answer, code, kind] of lost) {
  test(`${what} in answer to a card is ${kind}, and to the question for a token no reason to give it up`, async () => {
    server.script.token = answer
    expect(await sendErrorOf(send())).toMatchObject({ kind: 'retry', code })
    expect(server.asked('send')).toHaveLength(0)
    server.script = { send: answer }
    expect(await sendErrorOf(send())).toMatchObject({ kind, code })
  })
}

test('a service that nobody is listening for was not sent anything', async () => {
  const gone = await startWechat()
  await gone.close()
  tokens.use = async () => server.token
  const nobody = wechat({ tokens, endpoint: gone.url })
  const error = await sendErrorOf(nobody.send(config, openid, message, { reference }))
  expect(error).toMatchObject({ kind: 'retry', code: 'ECONNREFUSED' })
  await nobody.close?.()
})

test('may be repeated, for less than the ten minutes that WeChat tells repeats', () => {
  expect(provider.repeatable).toBe(true)
  expect(provider.repeatableFor).toBeLessThan(600)
  expect(provider.repeatableFor).toBeGreaterThanOrEqual(480)
})

test('waits no longer for a token than its caller does, and leaves it to the others', async () => {
  server.script.token = 'hang'
  const controller = new AbortController()
  const other = sendErrorOf(send())
  const given = sendErrorOf(send({}, controller.signal))
  await expect.poll(() => server.asked('token').length).toBe(1)
  controller.abort()
  expect(await given).toMatchObject({ kind: 'retry', code: 'EABORT' })
  expect(await other).toMatchObject({ kind: 'retry', code: 'ETIMEDOUT' })
  expect(server.asked('token')).toHaveLength(1)
})

test('its check asks for a token of now, and then for the templates', async () => {
  tokens.kept.set('anything', { token: 'x', expiresAt: 0 })
  expect(await checked()).toEqual([
    { stage: 'token', ok: true, ms: expect.any(Number) },
    { stage: 'templates', ok: true, ms: expect.any(Number) },
  ])
  await send()
  await checked()
  expect(server.asked('token')).toHaveLength(3)
  expect(server.asked('templates')).toHaveLength(2)
})

test('its check tells what WeChat said, with the id of the request', async () => {
  server.script.templates = refused(48001, 'api unauthorized')
  expect((await checked()).at(-1)).toEqual({
    ...{ stage: 'templates', ok: false, ms: expect.any(Number), cause: 'wechat_permission', code: '48001' },
    ...{ detail: 'api unauthorized', requestId: '69776ae0-4410b7fb-0379b28e' },
  })
  const ip = 'invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist'
  server.script.token = refused(40164, ip)
  expect(await checked()).toMatchObject([{ stage: 'token', ok: false, cause: 'wechat_ip', detail: '203.0.113.9' }])
})

test('its check ends when it is broken off', async () => {
  server.script.token = 'hang'
  const controller = new AbortController()
  const checking = checked(config, controller.signal)
  await expect.poll(() => server.asked('token').length).toBe(1)
  controller.abort()
  expect(await checking).toMatchObject([{ ok: false, cause: 'wechat_cancelled', code: 'EABORT' }])
})

test('lists what WeChat lists, each field with what it takes and what the card calls it', async () => {
  server.templates = [
    {
      ...{ template_id: message.templateId, title: '设备告警通知', primary_industry: '', deputy_industry: '' },
      content: '设备名称:{{thing1.DATA}}\n告警时间:{ {time2.DATA} }\n',
      example: '设备名称:db-1\n',
    },
    { template_id: 'built-in', title: '订阅模板消息', content: '{{content.DATA}}', example: '' },
    null,
    'x',
  ]
  expect(await provider.templates?.(config)).toEqual([
    {
      ...{ code: message.templateId, name: '设备告警通知', state: 'approved', reason: '', type: 'notice' },
      text: '设备名称:{{thing1.DATA}}\n告警时间:{ {time2.DATA} }\n',
      variables: [
        { name: 'thing1', rule: 'thing', label: '设备名称' },
        { name: 'time2', rule: 'time', label: '告警时间' },
      ],
      example: '设备名称:db-1\n',
    },
    {
      ...{ code: 'built-in', name: '订阅模板消息', state: 'approved', reason: '', type: 'notice' },
      text: '{{content.DATA}}',
      variables: [{ name: 'content', rule: 'free', label: '' }],
    },
  ])
  server.script.templates = { body: {} }
  expect(await provider.templates?.(config)).toEqual([])
})

test('a list that cannot be had says why', async () => {
  server.script.templates = refused(45009, 'reach max api daily quota limit')
  const error = await provider.templates?.(config).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(LookupError)
  expect(error).toMatchObject({ reason: 'wechat_day_limit', kind: 'later', code: '45009' })
  server.script.templates = 'hang'
  await expect(provider.templates?.(config)).rejects.toMatchObject({ reason: 'wechat_no_answer', kind: 'retry' })
})

test('calls below the path that the operator set', async () => {
  const below = wechat({ tokens, endpoint: `${server.url}/wechat/` })
  await below.send(config, openid, message, { reference }).catch(() => undefined)
  expect(server.calls.map(({ path }) => path)).toEqual(['/wechat/cgi-bin/stable_token'])
  await below.close?.()
})

test('what breaks in the store of tokens is not called WeChat’s', async () => {
  const broken = wechat({ tokens: { use: () => Promise.reject(new TypeError('no database')) }, endpoint: server.url })
  await expect(broken.send(config, openid, message, { reference })).rejects.toThrow(TypeError)
  expect(server.calls).toEqual([])
  await broken.close?.()
})

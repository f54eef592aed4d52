/** Every code that WeChat documents: what the caller does next, and what is told of it. */
import { expect, test } from '@playwright/test'
import { SendError } from '#channels/contract.ts'
import type { CardMessage } from '#channels/official-account/card.ts'
import { explained, lookupErrorFrom, sendErrorFrom, WechatError, wordsFrom } from '#providers/wechat/errors.ts'
import { wechat } from '#providers/wechat/wechat.ts'
import { memoryTokens } from '../support/token-store.ts'
import { account, refused, startWechat, type WechatServer } from '../support/wechat-server.ts'

const openid = 'oAbCdEfGhIjKlMnOpQrStUvWxYz0'
const message: CardMessage = {
  templateId: 'aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789-_AbCdE',
  data: { thing1: '张三丰 771204' },
  card: { title: '', lines: [], jump: 'none' },
}
const planted = [account.appSecret, openid, '771204', '张三丰', 'planted-token-1']

let server: WechatServer
test.beforeEach(async () => {
  server = await startWechat()
})
test.afterEach(() => server.close())

async function refusedSend(): Promise<SendError> {
  const provider = wechat({ tokens: memoryTokens(), endpoint: server.url })
  const error = await provider.send(account, openid, message, { reference: 'a' }).catch((thrown: unknown) => thrown)
  await provider.close?.()
  expect(error).toBeInstanceOf(SendError)
  return error as SendError
}

const rows = (table: Record<string, string>) =>
  Object.entries(table).flatMap(([outcome, codes]) => codes.split(' ').map((code) => ({ outcome, code: Number(code) })))

for (const [at, table] of [
  [
    'token',
    {
      'misconfigured account':
        '40013 40125 40243 40164 41002 41004 40002 43002 40001 48001 50004 50007 89501 89503 89506 89507 99999',
      later: '45009 45011',
      retry: '-1',
    },
  ],
  [
    'send',
    {
      'misconfigured account': '40164 48001 48004 50002 50004 50007',
      'misconfigured approval': '40036 40037',
      'misconfigured template': '40165 40013',
      reject: '40003 43004 43101 47003 47001 41001 44002 43002 99999',
      later: '45009 45011',
      retry: '40001 40014 42001 -1 43108',
    },
  ],
] as const) {
  for (const { outcome, code } of rows(table)) {
    test(`${at}: ${code} is ${outcome}`, async () => {
      const echo = `for ${openid} with ${at === 'token' ? account.appSecret : server.token}: 张三丰 771204`
      server.script = { [at]: refused(code, `some words ${echo}`) }
      const error = await refusedSend()
      const [kind, about = 'account'] = outcome.split(' ')
      expect(error).toMatchObject({ kind, about, code: String(code) })
      expect(error.detail).toContain('some words')
      expect(typeof error.retryAfter).toBe(kind === 'later' ? 'number' : 'undefined')
      const shown = JSON.stringify([error, error.message, error.stack, error.cause])
      expect(planted.filter((secret) => shown.includes(secret))).toEqual([])
    })
  }
}

test('a value that is refused names its field', async () => {
  server.script.send = refused(47003, 'argument invalid! data.thing1.value invalid')
  expect(await refusedSend()).toMatchObject({ code: '47003', detail: 'argument invalid! data.thing1.value invalid' })
})

test('an address that is not allowed is told, and nothing but it, to be copied', async () => {
  for (const [words, address] of [
    ['invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist', '203.0.113.9'],
    ['invalid ip 203.0.113.9, not in whitelist', '203.0.113.9'],
    ['invalid ip 2001:db8::9, not in whitelist', '2001:db8::9'],
    ['invalid ip, not in whitelist', 'invalid ip, not in whitelist'],
  ] as const) {
    server.script.token = refused(40164, words)
    expect(await refusedSend()).toMatchObject({ kind: 'misconfigured', detail: address })
  }
})

test('an AppID that is refused is the account’s at the token, and the mini program’s in a card', () => {
  const of = (at: 'token' | 'call') => new WechatError({ code: '40013', reach: 'answered', at })
  expect(lookupErrorFrom(of('token'), [])).toMatchObject({ reason: 'wechat_app_id' })
  expect(lookupErrorFrom(of('call'), [])).toMatchObject({ reason: 'wechat_mini_program' })
})

test('a lost answer is unknown to a send, and may be asked again by a question', () => {
  const lost = new WechatError({ code: 'ETIMEDOUT', reach: 'unanswered', at: 'call' })
  expect(sendErrorFrom(lost, []).kind).toBe('unknown')
  expect(lookupErrorFrom(lost, [])).toMatchObject({ kind: 'retry', reason: 'wechat_no_answer' })
})

test('a limit is waited out to the end of its minute, and asked about every hour until the day ends in China', () => {
  const wait = (code: string, now: string) =>
    sendErrorFrom(new WechatError({ code, reach: 'answered', at: 'call' }), [], new Date(now)).retryAfter
  expect(wait('45011', '2026-11-20T02:10:20Z')).toBe(41)
  expect(wait('45009', '2026-11-20T02:10:20Z')).toBe(3600)
  expect(wait('45009', '2026-11-20T15:50:00Z')).toBe(601)
  expect(wait('45009', '2026-11-20T16:00:00Z')).toBe(3600)
})

for (const [said, words, requestId] of [
  ['invalid appid rid: 69776ae0-4410b7fb-0379b28e', 'invalid appid', '69776ae0-4410b7fb-0379b28e'],
  ['invalid appsecret, rid: 69776ae0-4410b7fb-0379b28e', 'invalid appsecret', '69776ae0-4410b7fb-0379b28e'],
  ['invalid openid hint: [aB_3vCre7-Yaw8Aa] more', 'invalid openid', 'aB_3vCre7-Yaw8Aa'],
  [
    'not latest, more details at https://mmbizurl.cn/s/JtxxFh33r rid: 69776ae0-4410b7fb-0379b28e',
    'not latest, more details at •',
    '69776ae0-4410b7fb-0379b28e',
  ],
  ['the bride: said\nno', 'the bride: said no', undefined],
  ['', '', undefined],
] as const) {
  test(`of ${JSON.stringify(said)} the words and the id of the request are read`, () => {
    expect(wordsFrom(said)).toEqual({ words, ...(requestId ? { requestId } : {}) })
  })
}

test('codes of sends and of events have a cause, one of nobody has none', () => {
  expect(explained('43004')).toBe('wechat_not_following')
  expect(explained('-1')).toBe('wechat_unavailable')
  expect(explained('HTTP_502')).toBe('wechat_unavailable')
  expect(explained('user block')).toBe('wechat_user_block')
  expect(explained('system failed')).toBe('wechat_system_failed')
  expect(explained('freq limit')).toBe('wechat_frequency')
  for (const code of ['success', '99999', '', 'constructor']) expect(explained(code)).toBeUndefined()
})

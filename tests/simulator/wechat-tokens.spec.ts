/** The access tokens of an official account: who gets one, for how long it is good, and how often one may ask. */
import { expect, test } from '@playwright/test'
import { requestId, type WechatClient, wechatClient } from '../support/wechat-client.ts'
import { startWechat, type WechatService } from '../support/wechat-service.ts'

let service: WechatService
let client: WechatClient

test.beforeEach(async () => {
  service = await startWechat()
  client = wechatClient(service)
})

test.afterEach(() => service.close())

const minutes = (count: number) => count * 60_000

/** What an API says to this token; 0 when it takes it. */
const verdict = async (access_token: string) => (await client.get('user/get', { access_token })).body.errcode ?? 0
const verdicts = (tokens: (string | undefined)[]) => Promise.all(tokens.map((token) => verdict(token ?? '')))

const refusals: [wrong: Record<string, string>, errcode: number, errmsg: string][] = [
  [{ grant_type: 'password' }, 40002, 'invalid grant_type'],
  [{ grant_type: '' }, 40002, 'invalid grant_type'],
  [{ appid: '' }, 41002, 'appid missing'],
  [{ secret: '' }, 41004, 'appsecret missing'],
  [{ appid: 'wx0000000000000000' }, 40013, 'invalid appid'],
  [{ secret: '00000000000000000000000000000000' }, 40125, 'invalid appsecret,'],
]
for (const [wrong, errcode, errmsg] of refusals) {
  test(`${JSON.stringify(wrong)} is refused by both calls with ${errcode}`, async () => {
    for (const answer of [await client.token(wrong), await client.stable(wrong)]) {
      expect(answer.errcode).toBe(errcode)
      expect(answer.errmsg?.replace(requestId, '')).toBe(errmsg)
      expect(answer.errmsg).toMatch(requestId)
      expect(answer.access_token).toBeUndefined()
    }
  })
}

test('a success has neither errcode nor errmsg, and a refusal is an HTTP 200 too', async () => {
  const credentials = { grant_type: 'client_credential', appid: service.appId, secret: service.appSecret }
  const good = await client.get('token', credentials)
  expect(Object.keys(good.body)).toEqual(['access_token', 'expires_in'])
  const bad = await client.get('token', { ...credentials, appid: '' })
  for (const { status, type } of [good, bad]) expect([status, type]).toEqual([200, 'application/json; encoding=utf-8'])
})

test('each of the two calls has its method', async () => {
  const { body: get } = await client.get('stable_token')
  expect([get.errcode, get.errmsg?.replace(requestId, '')]).toEqual([43002, 'require POST method'])
  const { body: post } = await client.post('token', {})
  expect([post.errcode, post.errmsg?.replace(requestId, '')]).toEqual([43001, 'require GET method'])
})

test('a body of stable_token that is empty or no JSON object is refused', async () => {
  const code = async (body: string) => (await client.post('stable_token', body)).body.errcode
  expect(await code('')).toBe(44002)
  for (const body of ['grant_type=client_credential', '[]', '"text"', '{"appid":1}']) {
    expect(await code(body), body).toBe(47001)
  }
})

test('the derived accounts have the same secret, and one whose secret is frozen gets no token', async () => {
  const { frozen, ...others } = service.otherAppIds
  expect((await client.stable({ appid: frozen })).errcode).toBe(40243)
  for (const appid of Object.values(others)) expect((await client.stable({ appid })).expires_in, appid).toBe(7_200)
})

test('a token that is missing, malformed or nobody’s is told apart', async () => {
  const { access_token = '' } = await client.token()
  expect(await verdict('')).toBe(41001)
  expect(await verdict('nonsense')).toBe(40014)
  expect(await verdict(access_token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).toBe(40001)
  const { body } = await client.get('user/get', { access_token: access_token.replace(/^../, '00') })
  expect(body.errmsg).toMatch(/^invalid credential, access_token is invalid or not latest, could get .* rid: /)
  expect(access_token.length).toBeLessThanOrEqual(512)
})

test('token makes a new one at every call, and only the last but one stays usable, for five minutes', async () => {
  const tokens: (string | undefined)[] = []
  for (let count = 0; count < 3; count += 1) tokens.push((await client.token()).access_token)
  expect(new Set(tokens).size).toBe(3)
  expect(await verdicts(tokens)).toEqual([40001, 0, 0])
  service.advance(minutes(5) - 1_000)
  expect(await verdicts(tokens)).toEqual([40001, 0, 0])
  service.advance(2_000)
  expect(await verdicts(tokens)).toEqual([40001, 40001, 0])
  service.advance(minutes(115))
  expect(await verdicts(tokens)).toEqual([40001, 40001, 42001])
})

test('stable_token repeats its token, and in the last five minutes issues one beside it', async () => {
  const first = await client.stable()
  expect(first.expires_in).toBe(7_200)
  service.advance(minutes(114))
  const repeated = await client.stable()
  expect(repeated.access_token).toBe(first.access_token)
  expect(repeated.expires_in).toBeGreaterThanOrEqual(300)
  expect(repeated.expires_in).toBeLessThanOrEqual(360)
  service.advance(minutes(2))
  const next = await client.stable()
  expect(next.access_token).not.toBe(first.access_token)
  expect(next.expires_in).toBe(7_200)
  expect((await client.stable()).access_token).toBe(next.access_token)
  const both = [first.access_token, next.access_token]
  expect(await verdicts(both)).toEqual([0, 0])
  service.advance(minutes(5) - 2_000)
  expect(await verdicts(both)).toEqual([0, 0])
  service.advance(3_000)
  expect(await verdicts(both)).toEqual([40001, 0])
})

test('stable_token after the end of its token issues another, and the old one says that it expired', async () => {
  const old = await client.accessToken()
  service.advance(minutes(121))
  expect(await verdict(old)).toBe(42001)
  const token = await client.accessToken()
  expect(token).not.toBe(old)
  expect(await verdict(token)).toBe(0)
})

test('force_refresh voids the token at once, but not within 30 seconds nor more than 20 times a day', async () => {
  const old = await client.accessToken()
  const forced = await client.accessToken({ force_refresh: true })
  expect(await verdicts([old, forced])).toEqual([40001, 0])
  service.advance(29_000)
  expect(await client.accessToken({ force_refresh: true })).toBe(forced)
  // To a noon in China that is not today's, lest the calls run over a midnight there.
  service.advance(minutes(48 * 60) - ((Date.now() - minutes(4 * 60)) % minutes(24 * 60)))
  const seen = new Set<string>()
  for (let count = 0; count < 25; count += 1) {
    service.advance(31_000)
    seen.add(await client.accessToken({ force_refresh: true }))
  }
  expect(seen.size).toBe(20)
})

test('the two calls know nothing of each other', async () => {
  const [token, stable] = [(await client.token()).access_token, await client.accessToken()]
  await client.token()
  await client.token()
  const forced = await client.accessToken({ force_refresh: true })
  expect(await verdicts([token, stable, forced])).toEqual([40001, 40001, 0])
  const { access_token } = await client.token()
  await client.accessToken({ force_refresh: true })
  expect(await verdicts([access_token])).toEqual([0])
})

test('the lifetime can be shortened, and the handover with it', async () => {
  await service.control('token_lifetime', { seconds: 240 })
  const first = await client.stable()
  expect(first.expires_in).toBe(240)
  service.advance(220_000)
  expect((await client.stable()).access_token).toBe(first.access_token)
  service.advance(12_000)
  expect((await client.stable()).access_token).not.toBe(first.access_token)
  await service.control('token_lifetime', { seconds: 60, handover: 5 })
  const short = [(await client.token()).access_token, (await client.token()).access_token]
  service.advance(6_000)
  expect(await verdicts(short)).toEqual([40001, 0])
  service.advance(60_000)
  expect(await verdicts(short)).toEqual([40001, 42001])
})

test('an address that is not on the allow list is told by name, and only that account has the list', async () => {
  await service.control('ip_allow_list', { allowed: '203.0.113.1, 203.0.113.2' })
  const refused = await client.stable()
  expect(refused.errcode).toBe(40164)
  expect(refused.errmsg?.replace(requestId, '')).toBe('invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist')
  expect((await client.stable({ appid: service.otherAppIds.second })).errcode).toBeUndefined()
  await service.control('ip_allow_list', { caller: '203.0.113.9' })
  expect((await client.token()).errmsg).toMatch(/^invalid ip 203\.0\.113\.9 ipv6 ::ffff:203\.0\.113\.9, not in /)
  await service.control('ip_allow_list', { allowed: '127.0.0.1' })
  expect((await client.stable()).expires_in).toBe(7_200)
})

test('a call too many of the day is refused until the next day, and only on its own API', async () => {
  await service.control('quota', { api: 'token', day: 2 })
  const codes = async () => [
    (await client.token()).errcode,
    (await client.token()).errcode,
    (await client.token()).errcode,
  ]
  expect(await codes()).toEqual([undefined, undefined, 45009])
  expect((await client.token()).errmsg).toMatch(/^reach max api daily quota limit rid: /)
  expect((await client.stable()).errcode).toBeUndefined()
  service.advance(minutes(24 * 60))
  expect(await codes()).toEqual([undefined, undefined, 45009])
  service.clear()
  expect((await client.token()).errcode).toBeUndefined()
})

test('an API has the daily quota of the real one unless another is set', async () => {
  const access_token = await client.accessToken()
  const asked = async (count: number) => {
    const calls = Array.from({ length: count }, () => client.get('user/get', { access_token }))
    return new Set((await Promise.all(calls)).map(({ body }) => body.errcode ?? 0))
  }
  expect([...(await asked(500))]).toEqual([0])
  expect([...(await asked(1))]).toEqual([45009])
})

test('an API that is called too often within a minute answers 45011 until the next', async () => {
  await service.control('quota', { api: 'stable_token', minute: 0 })
  expect((await client.stable()).errcode).toBe(45011)
  await service.control('quota', { api: 'stable_token', minute: 10 })
  service.advance(minutes(1))
  expect((await client.stable()).errcode).toBeUndefined()
})

for (const [as, errcode] of [
  ['void', 40001],
  ['expired', 42001],
] as const) {
  test(`tokens that are ended as ${as} say ${errcode} from the next call on, and the next token is another`, async () => {
    const [token, stable] = [(await client.token()).access_token, await client.accessToken()]
    expect(await service.control('end_tokens', { as })).toEqual({ ended: 2 })
    expect(await verdicts([token, stable])).toEqual([errcode, errcode])
    const next = await client.accessToken()
    expect(await verdict(next)).toBe(0)
    expect(await service.control('end_tokens', { as, appId: service.otherAppIds.second })).toEqual({ ended: 0 })
    expect(await verdict(next)).toBe(0)
  })
}

test('every call is counted, so that a test can prove a single refresh', async () => {
  await client.stable()
  await client.stable({ appid: '' })
  await client.token()
  await client.get('user/get')
  expect(await service.calls()).toEqual({
    token: 1,
    stable_token: 2,
    'template/get_all_private_template': 0,
    'message/template/send': 0,
    'user/info': 0,
    'user/get': 1,
  })
})

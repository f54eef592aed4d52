/** The faults of official accounts on demand, as a client meets them, and whether something was sent all the same. */
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

const sent = async () => (await service.cards()).length
const errcode = async (answer: Promise<{ body: { errcode?: number } }>) => (await answer).body.errcode ?? 0

/** What becomes of a send: the errcode, or how the call failed. */
const outcome = (signal?: AbortSignal) =>
  client.send({}, signal).then(
    ({ body }) => String(body.errcode),
    (error: Error & { cause?: { code?: string } }) => error.cause?.code ?? error.name,
  )

const refusals: [fault: { kind: string; errcode?: number; errmsg?: string }, errcode: number, errmsg: RegExp][] = [
  [{ kind: 'system_error' }, -1, /^system error$/],
  [{ kind: 'reject', errcode: 40001 }, 40001, /^invalid credential, access_token is invalid or not latest/],
  [{ kind: 'reject', errcode: 43108 }, 43108, /client_msg_id$/],
  [{ kind: 'reject', errcode: 48004 }, 48004, /^api forbidden/],
  [{ kind: 'reject', errcode: 99999 }, 99999, /^unknown error$/],
  [{ kind: 'reject', errcode: 45009, errmsg: 'api freq out of limit' }, 45009, /^api freq out of limit$/],
]
for (const [{ kind, ...fields }, code, errmsg] of refusals) {
  test(`${JSON.stringify({ kind, ...fields })} refuses the next calls, and nothing is sent`, async () => {
    await service.control(kind, { ...fields, times: 2 })
    for (let count = 0; count < 2; count += 1) {
      const { status, body } = await client.send()
      expect([status, body.errcode]).toEqual([200, code])
      expect(body.errmsg).toMatch(requestId)
      expect(body.errmsg?.replace(requestId, '')).toMatch(errmsg)
    }
    expect(await sent()).toBe(0)
    expect(await outcome()).toBe('0')
  })
}

test('delay answers after the client gave up, and sends all the same', async () => {
  await client.accessToken()
  await service.control('delay', { ms: 2_000, times: 1 })
  expect(await outcome(AbortSignal.timeout(300))).toBe('TimeoutError')
  expect(await sent()).toBe(1)
})

test('a message whose answer was lost is not sent twice under its client_msg_id', async () => {
  await service.control('reset_after_send', { times: 1 })
  const again = () => client.send({ client_msg_id: 'lost' })
  await expect(again()).rejects.toThrow()
  expect(await sent()).toBe(1)
  const { text } = await again()
  expect(await sent()).toBe(1)
  expect(text).toContain((await service.cards())[0]?.content.msgId)
})

test('reset cuts the line before anything is sent, and reset_after_send after it', async () => {
  for (const [kind, count] of [
    ['reset', 0],
    ['reset_after_send', 1],
  ] as const) {
    await service.control(kind, { times: 1 })
    expect(await outcome(), kind).toBe('ECONNRESET')
    expect(await sent(), kind).toBe(count)
  }
})

test('html_502 is no JSON, and nothing is sent', async () => {
  await service.control('html_502', { times: 1 })
  expect(await outcome()).toBe('SyntaxError')
  expect(await sent()).toBe(0)
})

test('a fault strikes what sends, unless it names another API or all of them', async () => {
  await service.control('system_error')
  expect(await errcode(client.get('user/get', { access_token: await client.accessToken() }))).toBe(0)
  expect(await outcome()).toBe('-1')
  service.clear()
  await service.control('reject', { errcode: 45011, api: 'stable_token' })
  expect((await client.stable()).errcode).toBe(45011)
  expect((await client.token()).errcode).toBeUndefined()
  service.clear()
  await service.control('system_error', { api: '*' })
  expect((await client.stable()).errcode).toBe(-1)
  expect((await client.token()).errcode).toBe(-1)
  expect(await outcome()).toBe('-1')
})

test('a fault for one follower spares the others', async () => {
  const [struck = '', spared = ''] = service.openids.following
  await service.control('system_error', { to: struck })
  expect(await errcode(client.send({ touser: struck }))).toBe(-1)
  expect(await errcode(client.send({ touser: spared }))).toBe(0)
})

/** The faults of SMS and voice on demand, as the real client meets them, and whether something was sent all the same. */
import { expect, test } from '@playwright/test'
import { type AliyunClient, aliyunClient, anyMobile, failure } from '../support/aliyun-client.ts'
import { type Fault, type Simulator, startSimulator } from '../support/simulator.ts'

let simulator: Simulator

test.beforeAll(async () => {
  simulator = await startSimulator()
})

test.afterEach(() => simulator.clear())

test.afterAll(() => simulator.stop())

type Service = {
  channel: 'sms' | 'voice'
  send(to: string, client?: AliyunClient): ReturnType<AliyunClient>
  read: string
}

const client = (channel: 'sms' | 'voice', options = {}) => aliyunClient(simulator, channel, options)

const services: Service[] = [
  {
    channel: 'sms',
    read: 'QuerySmsSignList',
    send: (PhoneNumbers, by = client('sms')) =>
      by('SendSms', {
        PhoneNumbers,
        SignName: '星桥智家',
        TemplateCode: 'SMS_280010001',
        TemplateParam: '{"code":"123456"}',
      }),
  },
  {
    channel: 'voice',
    read: 'ListCallTask',
    send: (CalledNumber, by = client('voice')) =>
      by('SingleCallByTts', { CalledNumber, TtsCode: 'TTS_280010001', TtsParam: '{"code":"123456"}' }),
  },
]

for (const { channel, send, read } of services) {
  test.describe(channel, () => {
    const set = (fault: Omit<Fault, 'channel'> & { kind: string }) => simulator.control({ channel, ...fault })
    const sent = (to: string) => simulator.count(to, channel)

    const refusals: [fault: { kind: string } & Record<string, string>, code: string, status: number, said: RegExp][] = [
      [{ kind: 'reject', code: 'isv.BLACK_KEY_CONTROL_LIMIT' }, 'isv.BLACK_KEY_CONTROL_LIMIT', 200, /黑名单/],
      [{ kind: 'reject', code: 'isv.NEVER_HEARD_OF' }, 'isv.NEVER_HEARD_OF', 200, /^isv\.NEVER_HEARD_OF$/],
      [{ kind: 'reject', code: 'isv.OUT_OF_SERVICE', message: '欠费停机' }, 'isv.OUT_OF_SERVICE', 200, /^欠费停机$/],
      [{ kind: 'reject', code: 'ServiceUnavailable' }, 'ServiceUnavailable', 503, /temporary failure/],
      [{ kind: 'reject', code: 'InternalError' }, 'InternalError', 500, /unknown error/],
      [{ kind: 'system_error' }, 'isp.SYSTEM_ERROR', 200, /系统/],
      [{ kind: 'throttle' }, 'Throttling.User', 400, /user flow control/],
      [{ kind: 'throttle', code: 'Throttling.Api' }, 'Throttling.Api', 400, /api flow control/],
      [{ kind: 'balance_empty' }, 'isv.AMOUNT_NOT_ENOUGH', 200, /余额不足/],
      [{ kind: 'key_disabled' }, 'InvalidAccessKeyId.Inactive', 400, /disabled/],
    ]
    for (const [fault, code, status, said] of refusals) {
      test(`${JSON.stringify(fault)} refuses with ${code}, and nothing is sent`, async () => {
        await set({ ...fault, times: 1 })
        const to = anyMobile()
        const refused = await failure(send(to))
        expect([refused.code, refused.status]).toEqual([code, status])
        expect(refused.said).toMatch(said)
        expect(await sent(to)).toBe(0)
        expect((await send(to)).Code).toBe('OK')
      })
    }

    test('delay answers after the client gave up, and sends all the same', async () => {
      await set({ kind: 'delay', ms: 1_500, times: 1 })
      const to = anyMobile()
      const refused = await failure(send(to, client(channel, { timeout: 300 })))
      expect([refused.name, refused.code]).toEqual(['RequestTimeoutError', undefined])
      expect(await sent(to)).toBe(1)
    })

    test('reset cuts the line before anything is sent, and reset_after_send after it', async () => {
      for (const [kind, count] of [
        ['reset', 0],
        ['reset_after_send', 1],
      ] as const) {
        await set({ kind, times: 1 })
        const to = anyMobile()
        expect((await failure(send(to))).code, kind).toBe('ECONNRESET')
        expect(await sent(to), kind).toBe(count)
      }
    })

    test('html_502 is no JSON, and json_503_without_code is taken for a success by the client', async () => {
      await set({ kind: 'html_502', times: 1 })
      const to = anyMobile()
      const refused = await failure(send(to))
      expect([refused.name, refused.code]).toEqual(['SyntaxError', undefined])
      await set({ kind: 'json_503_without_code', times: 1 })
      const answer = await send(to)
      expect(answer.Code).toBeUndefined()
      expect(answer.BizId ?? answer.CallId).toBeUndefined()
      expect(await sent(to)).toBe(0)
    })

    test('a fault strikes what sends, unless it names another action or all of them', async () => {
      const reading = () => failure(client(channel)(read))
      await set({ kind: 'throttle' })
      expect((await reading()).name).toBe('')
      expect((await failure(send(anyMobile()))).code).toBe('Throttling.User')
      await simulator.clear()
      await set({ kind: 'reject', code: 'isv.OUT_OF_SERVICE', action: read })
      expect((await reading()).code).toBe('isv.OUT_OF_SERVICE')
      expect((await failure(send(anyMobile()))).code).toBe('OK')
      await simulator.clear()
      await set({ kind: 'html_502', action: '*' })
      expect((await reading()).name).toBe('SyntaxError')
      expect((await failure(send(anyMobile()))).name).toBe('SyntaxError')
    })

    test('a fault for one recipient spares the others, in whatever spelling', async () => {
      const [struck, spared] = [anyMobile(), anyMobile()]
      await set({ kind: 'system_error', to: `+86${struck}` })
      expect((await failure(send(struck))).code).toBe('isp.SYSTEM_ERROR')
      expect((await failure(send(`86${struck}`))).code).toBe('isp.SYSTEM_ERROR')
      expect((await failure(send(spared))).code).toBe('OK')
    })

    test('key_forbidden takes one right away, with the code that was asked for', async () => {
      await set({ kind: 'key_forbidden', action: read })
      const refused = await failure(client(channel)(read))
      expect([refused.code, refused.status]).toEqual(['NoPermission', 403])
      expect((await failure(send(anyMobile()))).code).toBe('OK')
      await set({ kind: 'key_forbidden', action: read, code: 'Forbidden.RAM' })
      expect((await failure(client(channel)(read))).code).toBe('Forbidden.RAM')
    })

    test('key_disabled can disable one key only', async () => {
      const { second } = simulator.aliyun.otherKeys
      await set({ kind: 'key_disabled', accessKeyId: second })
      expect((await failure(client(channel, { accessKeyId: second })(read))).code).toBe('InvalidAccessKeyId.Inactive')
      expect((await failure(client(channel)(read))).name).toBe('')
    })
  })
}

test('the faults of one channel leave the other alone', async () => {
  await simulator.control({ channel: 'voice', kind: 'html_502', action: '*' })
  expect((await client('sms')('QuerySmsSignList')).Code).toBe('OK')
})

test('clearing faults keeps the address of receipts and nothing else', async () => {
  const url = 'http://127.0.0.1:1/receipts'
  await simulator.control({ channel: 'sms', kind: 'callback', url })
  await simulator.control({ channel: 'sms', kind: 'limits', on: false })
  await simulator.control({ channel: 'sms', kind: 'reset' })
  await simulator.clear()
  const { faults } = (await (await fetch(`${simulator.url}/control`)).json()) as { faults: unknown[] }
  expect(faults).toEqual([{ channel: 'sms', kind: 'callback', url, minute: 60_000 }])
})

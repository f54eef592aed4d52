/** The frequency limits: the windows themselves over made-up pasts, and that the services hold to them. */
import { expect, test } from '@playwright/test'
import type { Sent } from '#simulator/aliyun/records.ts'
import { exceedsCallLimit, smsLimit } from '#simulator/aliyun/windows.ts'
import { aliyunClient, anyMobile, failure } from '../support/aliyun-client.ts'
import { startSimulator } from '../support/simulator.ts'

const minute = 60_000
const hour = 60 * minute
/** The first second of an hour. */
const base = Date.UTC(2026, 10, 20, 2, 0, 0)

const sent = (at: number, changes: Partial<Sent> = {}): Sent => ({
  ...{ id: 'x', channel: 'sms', account: 'main', providerId: '1^0', phone: '13900000001', isMainland: true, outId: '' },
  ...{ purpose: 'verification', sign: '星桥智家', templateCode: 'SMS_1', text: '', settledAt: at, code: 'DELIVERED' },
  push: null,
  at,
  ...changes,
})

const candidate = (at: number, changes: Partial<Sent> = {}) => sent(at, changes)

test('a code goes out once in a minute of the clock, not in sixty seconds', () => {
  expect(smsLimit([sent(base + 59_000)], candidate(base + 59_999))).toBe('触发分钟级流控Permits:1')
  expect(smsLimit([sent(base + 59_000)], candidate(base + 60_000))).toBeUndefined()
})

test('five codes go out in an hour of the clock', () => {
  const five = [1, 2, 3, 4, 5].map((index) => sent(base + index * minute))
  expect(smsLimit(five, candidate(base + 59 * minute))).toBe('触发小时级流控Permits:5')
  expect(smsLimit(five.slice(1), candidate(base + 59 * minute))).toBeUndefined()
  expect(smsLimit(five, candidate(base + hour))).toBeUndefined()
})

test('ten codes go out in 24 hours, counted from each send', () => {
  const ten = Array.from({ length: 10 }, (_, index) => sent(base + index * hour))
  expect(smsLimit(ten, candidate(base + 23 * hour))).toBe('触发天级流控Permits:10')
  expect(smsLimit(ten, candidate(base + 24 * hour + 1))).toBeUndefined()
})

test('codes of other signatures and accounts count only towards the forty that a number gets in a day', () => {
  const others = (count: number) =>
    Array.from({ length: count }, (_, index) => sent(base + index * minute, { sign: `签名${index % 8}` }))
  const at = base + 2 * hour
  expect(smsLimit(others(39), candidate(at))).toBeUndefined()
  expect(smsLimit(others(40), candidate(at))).toBe('触发号码天级流控Permits:40')
  expect(smsLimit([sent(at, { account: 'second' })], candidate(at))).toBeUndefined()
})

test('a notice goes out fifty times in 24 hours for one signature and template, and has no minute', () => {
  const notice = { purpose: 'notice' }
  const many = (count: number) => Array.from({ length: count }, () => sent(base, notice))
  expect(smsLimit(many(49), candidate(base, notice))).toBeUndefined()
  expect(smsLimit(many(50), candidate(base, notice))).toBe('触发天级流控Permits:50')
  expect(smsLimit(many(50), candidate(base, { ...notice, templateCode: 'SMS_2' }))).toBeUndefined()
})

test('calls are counted from the first one: one in a minute, five in an hour, twenty in 24 hours', () => {
  const calls = (...times: number[]) => times.map((at) => sent(at, { purpose: 'notice' }))
  const exceeds = (earlier: Sent[], at: number, purpose = 'notice') =>
    exceedsCallLimit(earlier, { account: 'main', purpose, at })
  const first = base + 30_000
  expect(exceeds(calls(first), first + 59_999)).toBe(true)
  expect(exceeds(calls(first), first + 60_000)).toBe(false)
  const five = [0, 1, 2, 3, 4].map((index) => first + index * minute)
  expect(exceeds(calls(...five), first + 59 * minute)).toBe(true)
  expect(exceeds(calls(...five), first + 60 * minute)).toBe(false)
  const twenty = Array.from({ length: 20 }, (_, index) => first + index * 65 * minute)
  expect(exceeds(calls(...twenty), first + 23 * hour)).toBe(true)
  expect(exceeds(calls(...twenty), first + 24 * hour)).toBe(false)
  expect(exceeds(calls(first), first + 1, 'code')).toBe(false)
})

test('both services hold to their limits unless these are switched off, and say which one was met', async () => {
  const simulator = await startSimulator()
  const sms = aliyunClient(simulator, 'sms')
  const voice = aliyunClient(simulator, 'voice')
  const to = anyMobile()
  const code = () =>
    failure(
      sms('SendSms', {
        PhoneNumbers: to,
        SignName: '星桥智家',
        TemplateCode: 'SMS_280010001',
        TemplateParam: '{"code":"1234"}',
      }),
    )
  const ring = () =>
    failure(voice('SingleCallByTts', { CalledNumber: to, TtsCode: 'TTS_280010001', TtsParam: '{"code":"1234"}' }))
  // Two sends may fall into two minutes of the clock, three that follow each other cannot all.
  const answers = [await code(), await code(), await code()]
  const refused = answers.find((answer) => answer.code !== 'OK')
  expect(answers[0]?.code).toBe('OK')
  expect([refused?.code, refused?.said, refused?.status]).toEqual([
    'isv.BUSINESS_LIMIT_CONTROL',
    '触发分钟级流控Permits:1',
    200,
  ])
  expect((await ring()).code).toBe('OK')
  const limited = await ring()
  expect(limited.code).toBe('isv.BUSINESS_LIMIT_CONTROL')
  expect(limited.said).toMatch(/^该被叫号触发被叫流控,partnerId=\d+,prodId=11010000138001$/)

  await simulator.control({ channel: 'sms', kind: 'limits', on: false })
  expect([await code(), await code()].map((answer) => answer.code)).toEqual(['OK', 'OK'])
  expect((await ring()).code).toBe('isv.BUSINESS_LIMIT_CONTROL')
  await simulator.control({ channel: 'sms', kind: 'limits', on: true })
  expect([await code(), await code()].map((answer) => answer.code)).toContain('isv.BUSINESS_LIMIT_CONTROL')
  const abroad = { SignName: '星桥智家', TemplateCode: 'SMS_280040001', TemplateParam: '{"code":"1234","ttl":"5"}' }
  for (let sends = 0; sends < 3; sends += 1) await sms('SendSms', { PhoneNumbers: '85251230009', ...abroad })
  expect(await simulator.count('+85251230009', 'sms')).toBe(3)
  await simulator.stop()
})

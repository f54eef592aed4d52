/** Who gets past the gateway of SMS and voice, and how everybody else is refused; seen through the real client. */
import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { readParameters } from '#simulator/aliyun/parameters.ts'
import { signatureOf, stringToSign } from '#simulator/aliyun/signature.ts'
import { type AliyunClient, type Answer, aliyunClient, anyMobile, failure } from '../support/aliyun-client.ts'
import { type Simulator, startSimulator } from '../support/simulator.ts'

let simulator: Simulator
let sms: AliyunClient
let voice: AliyunClient

test.beforeAll(async () => {
  simulator = await startSimulator()
  sms = aliyunClient(simulator, 'sms')
  voice = aliyunClient(simulator, 'voice')
})

test.afterEach(() => simulator.clear())

test.afterAll(() => simulator.stop())

const letter = () => ({
  PhoneNumbers: anyMobile(),
  SignName: '星桥智家',
  TemplateCode: 'SMS_280010001',
  TemplateParam: '{"code":"123456"}',
})

const upperUuid = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/

for (const method of ['POST', 'GET'] as const) {
  test(`an SMS and a call sent by ${method} are accepted with an id of their kind`, async () => {
    const sent = await sms('SendSms', letter(), method)
    expect(sent).toEqual(expect.objectContaining({ Code: 'OK', Message: 'OK' }))
    expect(sent.RequestId).toMatch(upperUuid)
    expect(sent.BizId).toMatch(/^\d{18}\^0$/)
    const call = { CalledNumber: anyMobile(), TtsCode: 'TTS_280010001', TtsParam: '{"code":"1234"}' }
    expect((await voice('SingleCallByTts', call, method)).CallId).toMatch(/^\d{12}\^\d{12}$/)
  })

  test(`refusals of the gateway by ${method} carry their status, host and recommendation`, async () => {
    const { disabled } = simulator.aliyun.otherKeys
    const as = (options: { accessKeyId?: string; accessKeySecret?: string; apiVersion?: string }) =>
      aliyunClient(simulator, 'sms', options)
    const strange = as({ accessKeyId: 'LTAI5tNobodyHasThisKeyId' })
    const cases: [string, call: () => Promise<Answer>, number, RegExp][] = [
      [
        'InvalidAccessKeyId.NotFound',
        () => strange('SendSms', letter(), method),
        404,
        /^Specified access key is not found\.$/,
      ],
      [
        'InvalidAccessKeyId.Inactive',
        () => as({ accessKeyId: disabled })('SendSms', letter(), method),
        400,
        /^Specified access key is disabled\.$/,
      ],
      [
        'SignatureDoesNotMatch',
        () => as({ accessKeySecret: 'wrong secret' })('SendSms', letter(), method),
        400,
        new RegExp(`server string to sign is:${method}&%2F&AccessKeyId%3D`),
      ],
      ['InvalidVersion', () => as({ apiVersion: '2017-05-26' })('SendSms', letter(), method), 400, /Version/],
      ['InvalidAction.NotFound', () => sms('SendSmsTwice', letter(), method), 404, /api is not found/],
      ['InvalidAction.NotFound', () => voice('SendSms', letter(), method), 404, /api is not found/],
      [
        'InvalidTimeStamp.Format',
        () => sms('SendSms', { ...letter(), Timestamp: '2026-11-20' }, method),
        400,
        /formatted/,
      ],
      [
        'InvalidSignatureMethod',
        () => sms('SendSms', { ...letter(), SignatureMethod: 'HMAC-SHA256' }, method),
        400,
        /method/,
      ],
      ['MissingSignName', () => sms('SendSms', { ...letter(), SignName: '' }, method), 400, /^SignName is mandatory/],
      [
        'MissingTtsCode',
        () => voice('SingleCallByTts', { CalledNumber: anyMobile() }, method),
        400,
        /^TtsCode is mandatory/,
      ],
    ]
    for (const [code, call, status, said] of cases) {
      const refused = await failure(call())
      expect(refused.code).toBe(code)
      expect(refused.status, code).toBe(status)
      expect(refused.said, code).toMatch(said)
      expect(refused.data?.HostId, code).toMatch(/^dy[sv]msapi\.aliyuncs\.com$/)
      expect(refused.data?.Recommend, code).toContain(`q=${code}`)
      expect(refused.data?.RequestId).toMatch(upperUuid)
    }
  })
}

test('the key is looked at before the signature, and the signature before the parameters', async () => {
  const nobody = aliyunClient(simulator, 'sms', { accessKeyId: 'LTAI5tNobodyHasThisKeyId', accessKeySecret: 'wrong' })
  expect((await failure(nobody('SendSms'))).code).toBe('InvalidAccessKeyId.NotFound')
  const wrong = aliyunClient(simulator, 'sms', { accessKeySecret: 'wrong secret' })
  expect((await failure(wrong('SendSms'))).code).toBe('SignatureDoesNotMatch')
})

test('a request is good for fifteen minutes before and after its time stamp', async () => {
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d+Z$/, 'Z')
  const code = async (minutes: number) => (await failure(sms('SendSms', { ...letter(), Timestamp: at(minutes) }))).code
  expect(await code(-14)).toBe('OK')
  expect(await code(14)).toBe('OK')
  expect(await code(-16)).toBe('InvalidTimeStamp.Expired')
  expect(await code(16)).toBe('InvalidTimeStamp.Expired')
})

test('a nonce is good once for each key', async () => {
  const SignatureNonce = randomUUID()
  await sms('SendSms', { ...letter(), SignatureNonce })
  const again = await failure(sms('SendSms', { ...letter(), SignatureNonce }))
  expect([again.code, again.status]).toEqual(['SignatureNonceUsed', 400])
  const second = aliyunClient(simulator, 'sms', { accessKeyId: simulator.aliyun.otherKeys.second })
  expect((await second('QuerySmsSignList', { SignatureNonce })).Code).toBe('OK')
})

test('lists of signatures and templates are read by POST only', async () => {
  for (const action of ['QuerySmsSignList', 'QuerySmsTemplateList']) {
    expect((await failure(sms(action, {}, 'GET'))).code).toBe('UnsupportedHTTPMethod')
    expect((await sms(action, {}, 'POST')).Code).toBe('OK')
  }
})

test('a key that may only read cannot send, and one that may only send cannot read', async () => {
  const { readOnly, sendOnly } = simulator.aliyun.otherKeys
  const reader = aliyunClient(simulator, 'sms', { accessKeyId: readOnly })
  const sender = aliyunClient(simulator, 'sms', { accessKeyId: sendOnly })
  expect((await reader('QuerySmsSignList')).Code).toBe('OK')
  const refusedSend = await failure(reader('SendSms', letter()))
  expect([refusedSend.code, refusedSend.status, refusedSend.said]).toEqual([
    'isp.RAM_PERMISSION_DENY',
    200,
    '没有访问权限',
  ])
  expect((await sender('SendSms', letter())).Code).toBe('OK')
  const refusedRead = await failure(sender('QuerySmsSignList'))
  expect([refusedRead.code, refusedRead.status]).toEqual(['NoPermission', 403])
  const caller = aliyunClient(simulator, 'voice', { accessKeyId: sendOnly })
  expect((await failure(caller('ListCallTask'))).code).toBe('NoPermission')
})

test('parameters in the query of a POST count, as the client sends them for a method in lower case', async () => {
  const parameters = new Map<string, string>([
    ...Object.entries(letter()),
    ['Action', 'SendSms'],
    ['Format', 'JSON'],
    ['Version', '2017-05-25'],
    ['AccessKeyId', simulator.aliyun.accessKeyId],
    ['SignatureMethod', 'HMAC-SHA1'],
    ['SignatureVersion', '1.0'],
    ['SignatureNonce', randomUUID()],
    ['Timestamp', new Date().toISOString().replace(/\.\d+Z$/, 'Z')],
  ])
  parameters.set('Signature', signatureOf(stringToSign('POST', parameters), simulator.aliyun.accessKeySecret))
  const query = [...parameters].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  expect(Object.fromEntries(readParameters(query, '') ?? [])).toEqual(Object.fromEntries(parameters))
  const response = await fetch(`${simulator.aliyun.endpoints.sms}/?${query}`, { method: 'POST' })
  expect(response.headers.get('content-type')).toBe('application/json;charset=utf-8')
  expect(await response.json()).toMatchObject({ Code: 'OK' })
})

test('a business refusal is HTTP 200 with nothing but message, request id and code', async () => {
  const refused = await failure(sms('SendSms', { ...letter(), TemplateCode: 'SMS_1' }))
  expect(refused.status).toBe(200)
  expect(Object.keys(refused.data ?? {}).sort()).toEqual(['Code', 'Message', 'RequestId'])
})

test('the other keys are the same after every start and look like real ones', async () => {
  const again = await startSimulator()
  expect(again.aliyun.otherKeys).toEqual(simulator.aliyun.otherKeys)
  await again.stop()
  const ids = Object.values(simulator.aliyun.otherKeys)
  expect(new Set(ids).size).toBe(5)
  for (const id of ids) expect(id).toMatch(/^LTAI5t[A-Za-z0-9]{18}$/)
})

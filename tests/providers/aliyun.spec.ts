/** Calling Alibaba Cloud's RPC services: the wire, and what is known of a call that failed. */

import { createServer, type Server } from 'node:net'
import tls from 'node:tls'
import { expect, test } from '@playwright/test'
import { type Aliyun, aliyun } from '#providers/aliyun/aliyun.ts'
import { CallFailure } from '#providers/lines.ts'
import { type AliyunService, key, refusal, startAliyun } from '../support/aliyun-service.ts'
import { makeCertificates } from '../support/smtp.ts'
import { impatient } from '../support/vendors.ts'

let service: AliyunService
let client: Aliyun

test.beforeEach(async () => {
  service = await startAliyun()
  client = aliyun({ timeouts: impatient })
})
test.afterEach(async () => {
  await client.close()
  await service.close()
})

async function failureOf(calling: Promise<unknown>): Promise<CallFailure> {
  const error = await calling.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(CallFailure)
  return error as CallFailure
}
const call = (params: Parameters<Aliyun['call']>[3] = {}, signal?: AbortSignal, url = service.url) =>
  client.call(key, url, 'SendSms', params, signal)

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const address = server.address()
  return typeof address === 'object' && address ? `127.0.0.1:${address.port}` : ''
}

test('every call is a signed POST to the endpoint and its path', async () => {
  const nothing: string | undefined = undefined
  await call(
    { SignName: "运维 +告警*~!'()", TemplateParam: { code: 'a&b=c' }, PlayTimes: 3, OutId: nothing },
    undefined,
    `${service.url}/aliyun/sms`,
  )
  expect(service.calls).toHaveLength(1)
  const { method, path, params } = service.calls[0] ?? { params: {} }
  expect([method, path]).toEqual(['POST', '/aliyun/sms/'])
  expect(params).toMatchObject({
    Action: 'SendSms',
    Version: '2017-05-25',
    Format: 'JSON',
    SignName: "运维 +告警*~!'()",
    TemplateParam: '{"code":"a&b=c"}',
    PlayTimes: '3',
  })
  expect(params).not.toHaveProperty('OutId')
})

test('an answer keeps every digit of its large numbers', async () => {
  service.script.SendSms = {
    body: '{"Code":"OK","Nested":{"QualificationId":12345678901234567890,"n":1},"List":[{"a":1}]}',
  }
  expect(await call()).toStrictEqual({
    Code: 'OK',
    Nested: { QualificationId: '12345678901234567890', n: 1 },
    List: [{ a: 1 }],
  })
})

for (const code of ['OK', '200', 'Success', 200]) {
  test(`the code ${JSON.stringify(code)} is a success`, async () => {
    service.script.SendSms = { body: { Code: code, Data: '1' } }
    expect(await call()).toMatchObject({ Data: '1' })
  })
}

test('a business error answered with HTTP 200 is a refusal with its code, words and request id', async () => {
  service.script.SendSms = {
    body: { Code: 'isv.SMS_TEMPLATE_ILLEGAL', Message: '该账号下找不到对应模板', RequestId: 'ABC-1' },
  }
  expect(await failureOf(call())).toMatchObject({
    code: 'isv.SMS_TEMPLATE_ILLEGAL',
    words: '该账号下找不到对应模板',
    requestId: 'ABC-1',
    reach: 'answered',
    status: 200,
  })
})

const answers: [what: string, answer: AliyunService['script'][string], code: string, reach: string][] = [
  ['a gateway error', refusal('ServiceUnavailable', 'busy', 503), 'ServiceUnavailable', 'answered'],
  ['JSON with a small code', { body: { code: 'Throttling.User', message: 'slow' } }, 'Throttling.User', 'answered'],
  ['503 and JSON without a code', { status: 503, body: { message: 'no' } }, 'HTTP_503', 'answered'],
  ['504 and JSON without a code', { status: 504, body: {} }, 'HTTP_504', 'unanswered'],
  ['200 and JSON that says nothing', { body: {} }, 'EANSWER', 'unanswered'],
  ['200 and no object', { body: '[]' }, 'EANSWER', 'unanswered'],
  ['a code that is no code', { body: { Code: '<b>no</b> way' } }, 'EANSWER', 'unanswered'],
  ['a page of a proxy', { body: '<html><h1>Sign in to the network</h1></html>' }, 'EANSWER', 'answered'],
  [
    'a page of a proxy that lost the answer',
    { status: 502, body: '<html>Bad Gateway</html>' },
    'EANSWER',
    'unanswered',
  ],
  [
    'a page of a proxy that waited in vain',
    { status: 504, body: '<html>504 Gateway Time-out</html>' },
    'EANSWER',
    'unanswered',
  ],
  ['nothing at all', { body: '' }, 'EANSWER', 'unanswered'],
  ['a hang-up', 'drop', 'ECONNRESET', 'unanswered'],
  ['silence', 'hang', 'ETIMEDOUT', 'unanswered'],
  ['half an answer', 'stall', 'ETIMEDOUT', 'unanswered'],
]
for (const [what, answer, code, reach] of answers) {
  test(`${what} is ${code}, ${reach}`, async () => {
    service.script.SendSms = answer
    expect(await failureOf(call())).toMatchObject({ code, reach })
  })
}

test('an answer that takes longer than the line may take to stand is still waited for', async () => {
  await client.close()
  client = aliyun({ timeouts: { connect: 600, read: 3000 } })
  service.script.SendSms = { body: { Code: 'OK', BizId: '1^0' }, after: 1200 }
  expect(await call()).toMatchObject({ BizId: '1^0' })
})

test('a service that nobody is listening for was not sent anything', async () => {
  const closed = await startAliyun()
  await closed.close()
  expect(await failureOf(call({}, undefined, closed.url))).toMatchObject({ code: 'ECONNREFUSED', reach: 'unsent' })
})

test('a name that does not exist was not sent anything', async () => {
  const failure = await failureOf(call({}, undefined, 'http://nowhere.invalid'))
  expect(failure).toMatchObject({ code: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/), reach: 'unsent' })
})

test('a line that does not stand in time, or with a certificate of nobody, was not sent anything', async () => {
  const silent = createServer(() => undefined)
  const { key: secretKey, cert } = (await makeCertificates()).selfSigned
  const stranger = tls.createServer({ key: secretKey, cert })
  const [silentAt, strangerAt] = [await listening(silent), await listening(stranger)]
  expect(await failureOf(call({}, undefined, `https://${silentAt}`))).toMatchObject({
    code: 'ECONNECTTIMEOUT',
    reach: 'unsent',
  })
  expect(await failureOf(call({}, undefined, `https://${strangerAt}`))).toMatchObject({
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    reach: 'unsent',
  })
  silent.close()
  stranger.close()
})

test('a line that breaks during TLS was not sent anything', async () => {
  const rude = createServer((socket) => socket.once('data', () => socket.end()))
  const at = await listening(rude)
  expect(await failureOf(call({}, undefined, `https://${at}`))).toMatchObject({ code: 'ECONNRESET', reach: 'unsent' })
  rude.close()
})

test('a signal ends a call: before it, nothing was sent; during it, nobody knows', async () => {
  expect(await failureOf(call({}, AbortSignal.abort()))).toMatchObject({ code: 'EABORT', reach: 'unsent' })
  expect(service.calls).toHaveLength(0)
  service.script.SendSms = 'hang'
  const controller = new AbortController()
  const calling = failureOf(call({}, controller.signal))
  await expect.poll(() => service.calls.length).toBe(1)
  controller.abort()
  expect(await calling).toMatchObject({ code: 'EABORT', reach: 'unanswered' })
})

test('calls one after another share a line, whoever makes them', async () => {
  for (let count = 0; count < 20; count++) await call()
  await client.call({ ...key, accessKeySecret: 'another' }, service.url, 'SendSms', {}).catch(() => undefined)
  expect(service.calls).toHaveLength(21)
  expect(service.connections).toBe(1)
})

test('a line that the service has closed meanwhile costs nothing', async () => {
  for (let count = 0; count < 5; count++) {
    await call()
    service.endLines()
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  expect(service.calls).toHaveLength(5)
  expect(service.connections).toBe(5)
})

test('a call that was given up leaves no line behind', async () => {
  service.script.SendSms = 'stall'
  await failureOf(call())
  delete service.script.SendSms
  await call()
  expect(service.connections).toBe(2)
})

test('nothing of a request is in any failure', async () => {
  const planted = { PhoneNumbers: '13812345678', TemplateParam: { code: '771204', name: '张三 & Söhne' } }
  const wrong = { ...key, accessKeySecret: 'AnotherPlantedSecret' }
  const failures = [await failureOf(client.call(wrong, service.url, 'SendSms', planted))]
  for (const [, answer] of answers) {
    service.script.SendSms = answer
    failures.push(await failureOf(call(planted)))
  }
  const shown = failures.map((failure) =>
    JSON.stringify([failure, failure.message, failure.stack, failure.cause, failure.words]),
  )
  for (const secret of [
    key.accessKeyId,
    key.accessKeySecret,
    'AnotherPlantedSecret',
    '13812345678',
    '771204',
    '张三',
    '%E5',
    service.url,
  ]) {
    for (const text of shown) expect(text).not.toContain(secret)
  }
})

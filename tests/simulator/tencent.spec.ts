/** Tencent Cloud in the simulator, asked by the official client: who may call, lists, sends, limits, faults, and receipts. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { type Simulator, startSimulator } from '../support/simulator.ts'
import { accessOf, codeOf, tencentClient } from '../support/tencent-client.ts'

let simulator: Simulator
test.beforeAll(async () => {
  simulator = await startSimulator()
})
test.afterEach(() => simulator.clear())
test.afterAll(() => simulator.stop())

let counter = 0
/** A number that nobody sent to before. */
const anyMobile = () => `+86139${String(++counter).padStart(8, '0')}`
const fault = (kind: string, fields: object = {}) =>
  simulator.control({ channel: 'sms', vendor: 'tencent', kind, ...fields })

type Status = { Code: string; SerialNo: string; PhoneNumber: string; Fee: number }
async function send(to: string | string[], given: object = {}): Promise<Status[]> {
  const answer = await tencentClient(simulator)('SendSms', {
    ...{ PhoneNumberSet: [to].flat(), SmsSdkAppId: accessOf(simulator).sdkAppId, SignName: '星桥智家' },
    ...{ TemplateId: '1900001', TemplateParamSet: ['482913'], SessionContext: 'm-1', ...given },
  })
  return answer.SendStatusSet as Status[]
}
const codes = async (...of: Parameters<typeof send>) => (await send(...of)).map(({ Code }) => Code)

test('a call is refused by its key, its secret, its action and what the key may', async () => {
  const one = { International: 0 }
  const ask = (action: string, options = {}) => codeOf(tencentClient(simulator, options)(action, one))
  expect(await ask('DescribeSmsSignList')).toBeUndefined()
  expect(await ask('DescribeSmsSignList', { secretId: 'AKIDnobody' })).toBe('AuthFailure.SecretIdNotFound')
  expect(await ask('DescribeSmsSignList', { secretKey: 'another' })).toBe('AuthFailure.SignatureFailure')
  expect(await ask('DescribeNothing')).toBe('InvalidAction')
  expect(await ask('DescribeSmsTemplateList', { key: 'subAccount' })).toBe('FailedOperation.ProhibitSubAccountUse')
  expect(await ask('SendSms', { key: 'readOnly' })).toBe('AuthFailure.UnauthorizedOperation')
  expect(await codeOf(tencentClient(simulator)('DescribeSmsSignList'))).toBe('MissingParameter')
})

test('a request of another day, an old one and one that was changed on its way are refused', async () => {
  const url = `${simulator.url}/tencent`
  const headers = {
    'x-tc-action': 'DescribeSmsSignList',
    'x-tc-version': '2021-01-11',
    'content-type': 'application/json',
  }
  const ask = async (more: Record<string, string>) => {
    const answer = await fetch(url, { method: 'POST', headers: { ...headers, ...more }, body: '{}' })
    return ((await answer.json()) as { Response: { Error: { Code: string } } }).Response.Error.Code
  }
  const signed = (date: string) =>
    `TC3-HMAC-SHA256 Credential=${accessOf(simulator).secretId}/${date}/sms/tc3_request, SignedHeaders=content-type;host, Signature=${'0'.repeat(64)}`
  const now = String(Math.floor(Date.now() / 1000))
  const today = new Date().toISOString().slice(0, 10)
  expect(await ask({})).toBe('AuthFailure.InvalidAuthorization')
  expect(await ask({ authorization: signed(today) })).toBe('AuthFailure.SignatureExpire')
  expect(await ask({ authorization: signed(today), 'x-tc-timestamp': '1551113065' })).toBe(
    'AuthFailure.SignatureExpire',
  )
  expect(await ask({ authorization: signed(today), 'x-tc-timestamp': now })).toBe('AuthFailure.SignatureFailure')
  expect(await ask({ authorization: signed('2019-02-25'), 'x-tc-timestamp': now })).toBe('AuthFailure.SignatureFailure')
  expect(await ask({ 'x-tc-version': '2019-07-11' })).toBe('NoSuchVersion')
})

test('signatures and templates are listed for the mainland and for elsewhere, in pages, and by what was set by hand', async () => {
  const ask = tencentClient(simulator)
  const signs = async (International: number) =>
    ((await ask('DescribeSmsSignList', { International })).DescribeSignListStatusSet as object[]).length
  expect([await signs(0), await signs(1)]).toEqual([5, 2])
  const templates = async (more: object) =>
    (await ask('DescribeSmsTemplateList', { International: 0, ...more })).DescribeTemplateStatusSet as {
      TemplateId: number
      StatusCode: number
    }[]
  expect(await templates({})).toEqual([])
  expect((await templates({ Limit: 2, Offset: 1 })).map(({ TemplateId }) => TemplateId)).toEqual([1900002, 1900003])
  await fault('template_state', { id: '1900001', state: 'rejected', reason: '不合规' })
  expect(await templates({ TemplateIdSet: ['1900001'] })).toEqual([
    expect.objectContaining({ TemplateId: 1900001, StatusCode: -1, ReviewReply: '不合规' }),
  ])
  await fault('sign_state', { name: '新签名', state: 'approved', international: true })
  expect(await signs(1)).toBe(3)
})

test('an SMS arrives in the inbox with its values in place, and says so in both languages', async () => {
  const to = anyMobile()
  const [status] = await send(to, { TemplateId: '1900002', TemplateParamSet: ['482913', '5'] })
  expect(status).toMatchObject({ Code: 'Ok', PhoneNumber: to, Fee: 1, SerialNo: expect.stringMatching(/^5000:\d+$/) })
  const text = '【星桥智家】您正在注册账号，验证码为482913，5分钟内有效。'
  const [found] = await simulator.sms(to)
  expect(found).toMatchObject({ vendor: 'tencent', content: { text, template: '1900002', session: 'm-1' } })
  for (const [language, words] of [
    ['en', 'SMS from 星桥智家 (Tencent Cloud)'],
    ['zh', '星桥智家 的短信（腾讯云）'],
  ]) {
    const page = await (await fetch(`${simulator.url}/messages/${found?.id}?lang=${language}`)).text()
    expect(page).toContain(words)
    expect(page).toContain(text)
  }
})

test('what is wrong with one number is said of that number, within an answer', async () => {
  const [good, again] = [anyMobile(), anyMobile()]
  expect(await codes([good, '+8612'])).toEqual(['Ok', 'InvalidParameterValue.IncorrectPhoneNumber'])
  for (const [given, code] of [
    [{ SignName: '星桥社区' }, 'FailedOperation.SignatureIncorrectOrUnapproved'],
    [{ SignName: 'Starbridge' }, 'FailedOperation.SignatureIncorrectOrUnapproved'],
    [{ TemplateId: '1900003' }, 'FailedOperation.TemplateIncorrectOrUnapproved'],
    [{ TemplateId: '1900021' }, 'UnsupportedOperation.GlobalTemplateToChineseMainlandPhone'],
    [{ TemplateParamSet: ['1', '2'] }, 'FailedOperation.TemplateParamSetNotMatchApprovedTemplate'],
    [{ TemplateParamSet: ['1234567'] }, 'InvalidParameterValue.TemplateParameterFormatError'],
    [
      { TemplateId: '1900005', TemplateParamSet: ['a', 'https://x.cn'] },
      'InvalidParameterValue.ProhibitedUseUrlInTemplateParameter',
    ],
  ] as const) {
    expect(await codes(again, given)).toEqual([code])
  }
  expect(await codes('+85261234567')).toEqual(['UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone'])
  const abroad = { TemplateId: '1900021', TemplateParamSet: ['482913', '5'] }
  expect(await codes('+85261234567', { ...abroad, SignName: 'Starbridge' })).toEqual(['Ok'])
  expect(await codes('+85261234568', { ...abroad, SignName: undefined })).toEqual(['Ok'])
  expect(await codeOf(send([good, '+85261234567']))).toBe(
    'UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber',
  )
  expect(await codeOf(send(good, { SmsSdkAppId: '1400000000' }))).toBe('UnauthorizedOperation.SmsSdkAppIdVerifyFail')
})

test('one text goes to a number once in thirty seconds, and ten SMS a day', async () => {
  const to = anyMobile()
  expect(await codes(to)).toEqual(['Ok'])
  expect(await codes(to)).toEqual(['LimitExceeded.PhoneNumberThirtySecondLimit'])
  for (let n = 2; n <= 10; n++) expect(await codes(to, { TemplateParamSet: [String(n)] })).toEqual(['Ok'])
  expect(await codes(to, { TemplateParamSet: ['11'] })).toEqual(['LimitExceeded.PhoneNumberDailyLimit'])
  await fault('limits', { on: false })
  expect(await codes(to)).toEqual(['Ok'])
})

test('faults strike what they name: the call, the number, the line', async () => {
  const to = anyMobile()
  for (const [kind, fields, code] of [
    ['throttle', {}, 'RequestLimitExceeded'],
    ['internal_error', {}, 'InternalError'],
    ['reject', { code: 'FailedOperation.ContainSensitiveWord' }, 'FailedOperation.ContainSensitiveWord'],
    ['key_forbidden', { action: 'SendSms' }, 'AuthFailure.UnauthorizedOperation'],
  ] as const) {
    await fault(kind, { times: 1, ...fields })
    expect(await codeOf(send(to))).toBe(code)
  }
  await fault('reject', { times: 1, code: 'FailedOperation.PhoneNumberInBlacklist', what: 'number' })
  expect(await codes(to)).toEqual(['FailedOperation.PhoneNumberInBlacklist'])
  await fault('balance_empty', { times: 1, to })
  expect(await codes(to)).toEqual(['FailedOperation.InsufficientBalanceInSmsPackage'])
  await fault('reset', { times: 1 })
  expect(await codeOf(send(to))).toMatch(/socket hang up|ECONNRESET/)
  expect(await simulator.sms(to)).toEqual([])
  await fault('reset_after_send', { times: 1 })
  expect(await codeOf(send(to))).toMatch(/socket hang up|ECONNRESET/)
  expect(await simulator.sms(to)).toHaveLength(1)
  await fault('html_502', { times: 1 })
  await expect(send(to)).rejects.toMatchObject({ httpCode: 502 })
})

/** An address for receipts that refuses each push so many times first; those of one SMS by its id. */
async function listen(refusing = 0) {
  const pushes: Record<string, unknown>[][] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    pushes.push(JSON.parse(body))
    const isTaken = pushes.filter((push) => JSON.stringify(push) === body).length > refusing
    response.writeHead(isTaken ? 200 : 503).end(JSON.stringify({ result: 0, errmsg: 'OK' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  await fault('callback', { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, minute: 20 })
  const of = (sid = '') => pushes.flat().filter((item) => item.sid === sid)
  return { of, close: () => server.close() }
}

test('receipts are pushed, again until they are taken, and name our reference once that is switched on', async () => {
  const { of, close } = await listen(1)
  await fault('receipt', { delay: 0, times: 1 })
  const [one] = await send(anyMobile())
  await expect.poll(() => of(one?.SerialNo).length).toBe(2)
  expect(of(one?.SerialNo)[1]).toMatchObject({ nationcode: '86', report_status: 'SUCCESS', errmsg: 'DELIVRD' })
  expect(of(one?.SerialNo)[1]).not.toHaveProperty('ext')
  await fault('session_context', { on: true })
  await fault('receipt', { delay: 0, times: 1, status: 'failed', code: 'MBBLACK' })
  const [two] = await send(anyMobile())
  await expect.poll(() => of(two?.SerialNo).length).toBe(2)
  expect(of(two?.SerialNo)[0]).toMatchObject({ report_status: 'FAIL', errmsg: 'MBBLACK', ext: 'm-1' })
  close()
})

test('what became of SMS is told by number: the records of sends, and what carriers reported', async () => {
  const [ask, to] = [tencentClient(simulator), anyMobile()]
  await fault('receipt', { delay: 0, times: 1 })
  const [sent] = await send(to)
  await fault('receipt', { status: 'pending', times: 1 })
  const [pending] = await send(to, { TemplateParamSet: ['5'] })
  await codes(to, { TemplateParamSet: [] })
  const asked = {
    ...{ PhoneNumber: to, SmsSdkAppId: accessOf(simulator).sdkAppId, Limit: 50, Offset: 0 },
    BeginTime: Math.floor(Date.now() / 1000) - 60,
  }
  const { SendRecordSet, TotalCount } = await ask('DescribeSendRecordList', asked)
  expect(TotalCount).toBe(3)
  expect(SendRecordSet).toEqual([
    expect.objectContaining({ SendStatus: 1, RequestCode: 'FailedOperation.TemplateParamSetNotMatchApprovedTemplate' }),
    expect.objectContaining({ SerialNo: pending?.SerialNo, SendStatus: 3, StatusCode: '' }),
    expect.objectContaining({ SerialNo: sent?.SerialNo, SendStatus: 2, StatusCode: 'DELIVRD' }),
  ])
  expect((await ask('PullSmsSendStatusByPhoneNumber', asked)).PullSmsSendStatusSet).toEqual([
    expect.objectContaining({ SerialNo: sent?.SerialNo, ReportStatus: 'SUCCESS', SessionContext: '' }),
  ])
  const old = { ...asked, BeginTime: asked.BeginTime - 80 * 3600 }
  expect(await codeOf(ask('DescribeSendRecordList', old))).toBe('InvalidParameter.InvalidParameters')
})

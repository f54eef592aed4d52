/** Tencent Cloud SMS on the wire: what is signed and sent, its lists, its check, what became of a message, and its receipts. */

import { expect, test } from '@playwright/test'
import { LookupError, type Provider, SendError, type StageResult } from '#channels/contract.ts'
import type { SmsMessage } from '#channels/sms/sms.ts'
import type { TencentSmsConfig } from '#providers/tencent/account.ts'
import { receiptsFrom } from '#providers/tencent/receipts.ts'
import { tencentSms } from '#providers/tencent/sms.ts'
import { account, refusal, serial, startTencent, type TencentService } from '../support/tencent-service.ts'
import { impatient } from '../support/vendors.ts'

const config = { ...account, region: 'ap-guangzhou' } as TencentSmsConfig
const to = '+8613812345678'
const message: SmsMessage = {
  signName: '星桥智家',
  templateCode: '1900001',
  templateParam: { '2': '5', '1': '771204' },
  text: '',
}

let service: TencentService
let provider: Provider<TencentSmsConfig, SmsMessage>
test.beforeEach(async () => {
  service = await startTencent()
  provider = tencentSms({ endpoint: service.url, timeouts: impatient })
})
test.afterEach(async () => {
  await provider.close?.()
  await service.close()
})

const asked = (action: string) => service.calls.filter((call) => call.action === action).map(({ params }) => params)
const thrown = (work: Promise<unknown> | undefined) => Promise.resolve(work).catch((error: unknown) => error)

test('a message goes out with its values in the order of their places and our reference, signed and not compressed', async () => {
  expect(await provider.send(config, to, message, { reference: 'm-1' })).toEqual({ providerMessageId: serial })
  expect(asked('SendSms')).toEqual([
    {
      PhoneNumberSet: [to],
      SmsSdkAppId: account.sdkAppId,
      SignName: '星桥智家',
      TemplateId: '1900001',
      TemplateParamSet: ['771204', '5'],
      SessionContext: 'm-1',
    },
  ])
  expect(service.calls[0]?.headers).toMatchObject({
    'x-tc-version': '2021-01-11',
    'x-tc-region': 'ap-guangzhou',
    'accept-encoding': 'identity',
  })
})

test('more than nine values keep their order', async () => {
  const templateParam = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [String(12 - n), `v${12 - n}`]))
  await provider.send(config, to, { ...message, templateParam }, { reference: 'm' })
  expect(asked('SendSms')[0]?.TemplateParamSet).toEqual(Array.from({ length: 12 }, (_, n) => `v${n + 1}`))
})

test('a place without a value is refused before anything is sent', async () => {
  const error = await thrown(provider.send(config, to, { ...message, templateParam: { '2': '5' } }, { reference: 'm' }))
  expect(error).toBeInstanceOf(SendError)
  expect(error).toMatchObject({ kind: 'reject', code: 'EVALUES', reason: 'tencent_value' })
  expect(service.calls).toEqual([])
})

test('an answer that does not speak of the number leaves it open whether the message was taken', async () => {
  for (const SendStatusSet of [undefined, null, [], [{}], [{ Code: 5 }], {}, [{ Code: '' }], 'Ok']) {
    service.script.SendSms = { body: { SendStatusSet, RequestId: 'r' } }
    expect(await thrown(provider.send(config, to, message, { reference: 'm' }))).toMatchObject({ kind: 'unknown' })
  }
  service.script.SendSms = { body: { SendStatusSet: [{ Code: 'Ok' }] } }
  expect(await thrown(provider.send(config, to, message, { reference: 'm' }))).toMatchObject({ kind: 'unknown' })
  service.script.SendSms = { body: { SendStatusSet: [{ Code: 'Ok', SerialNo: 5 }], RequestId: [] } }
  expect(await provider.send(config, to, message, { reference: 'm' })).toEqual({ providerMessageId: 'm' })
})

async function stagesOf(own = config): Promise<StageResult[]> {
  const stages: StageResult[] = []
  for await (const stage of provider.check(own, {})) stages.push(stage)
  return stages
}

test('a check proves the key, what it may list, and that the application is its own', async () => {
  expect((await stagesOf()).map(({ stage, ok }) => [stage, ok])).toEqual([
    ['credentials', true],
    ['signatures', true],
    ['templates', true],
    ['application', true],
  ])
  expect(asked('SendStatusStatistics')).toEqual([
    expect.objectContaining({ SmsSdkAppId: account.sdkAppId, BeginTime: expect.stringMatching(/^\d{10}$/) }),
  ])
})

for (const [action, code, cause, stages] of [
  ['DescribeSmsSignList', 'AuthFailure.SignatureFailure', 'tencent_secret_wrong', ['credentials']],
  ['DescribeSmsSignList', 'AuthFailure.SignatureExpire', 'tencent_clock', ['credentials']],
  [
    'DescribeSmsSignList',
    'UnauthorizedOperation.RequestPermissionDeny',
    'tencent_permission_signatures',
    ['credentials', 'signatures'],
  ],
  [
    'DescribeSmsSignList',
    'FailedOperation.NotEnterpriseCertification',
    'tencent_not_enterprise',
    ['credentials', 'signatures'],
  ],
  [
    'DescribeSmsTemplateList',
    'FailedOperation.ProhibitSubAccountUse',
    'tencent_sub_account',
    ['credentials', 'signatures', 'templates'],
  ],
  [
    'SendStatusStatistics',
    'UnauthorizedOperation.SmsSdkAppIdVerifyFail',
    'tencent_application',
    ['credentials', 'signatures', 'templates', 'application'],
  ],
] as const) {
  test(`a check that ends with ${code} says ${cause} at its stage`, async () => {
    service.script[action] = refusal(code, 'no')
    const found = await stagesOf()
    expect(found.map(({ stage }) => stage)).toEqual(stages)
    expect(found.filter(({ ok }) => !ok)).toEqual([found.at(-1)])
    expect(found.at(-1)).toMatchObject({ cause, code, detail: 'no', requestId: expect.any(String) })
  })
}

const sign = (SignName: string, StatusCode: number, ReviewReply = '') => ({ SignName, StatusCode, ReviewReply })

test('signatures are those of the mainland and those of elsewhere, each apart, with state and reason', async () => {
  service.script.DescribeSmsSignList = ({ International }) => ({
    DescribeSignListStatusSet: International
      ? [sign('Starbridge', 0), sign('星桥', 1)]
      : [sign('星桥', 0, '通过'), sign('物联', 2), sign('社区', 1), sign('优选', -1, '材料不清晰'), sign('新', 7)],
  })
  const found = (await provider.signatures?.(config)) ?? []
  expect(found.map(({ name, state, reason, audiences }) => [name, state, reason, audiences])).toEqual([
    ['星桥', 'approved', '', ['mainland']],
    ['物联', 'in_review', '', ['mainland']],
    ['社区', 'in_review', '', ['mainland']],
    ['优选', 'rejected', '材料不清晰', ['mainland']],
    ['新', 'unknown', '', ['mainland']],
    ['Starbridge', 'approved', '', ['international']],
    ['星桥', 'in_review', '', ['international']],
  ])
})

test('templates have numbers for ids, numbered places, and say whom they are for', async () => {
  const of = (TemplateId: number, International: number, TemplateContent: string, StatusCode = 0) => ({
    ...{ TemplateId, International, TemplateContent, StatusCode, TemplateName: `T${TemplateId}`, ReviewReply: 'r' },
  })
  const both = of(3, 3, 'Both {1}')
  service.script.DescribeSmsTemplateList = ({ International }) => ({
    DescribeTemplateStatusSet: International
      ? [of(2, 1, 'Code {1}'), both]
      : [of(1, 0, '验证码{1}，{2}分钟内有效。'), both, of(4, 0, '设备{1}', -1)],
  })
  const found = (await provider.templates?.(config)) ?? []
  expect(
    found.map(({ code, text, state, reason, type, audiences }) => [code, text, state, reason, type, audiences]),
  ).toEqual([
    ['1', '验证码${1}，${2}分钟内有效。', 'approved', '', 'other', ['mainland']],
    ['3', 'Both ${1}', 'approved', '', 'other', ['mainland', 'international']],
    ['4', '设备${1}', 'rejected', 'r', 'other', ['mainland']],
    ['2', 'Code ${1}', 'approved', '', 'international', ['international']],
  ])
  expect(found[0]?.variables).toEqual([{ name: '1' }, { name: '2' }])
})

test('a list is read to its end, which is a page that is not full', async () => {
  service.script.DescribeSmsSignList = ({ International, Offset }) => ({
    DescribeSignListStatusSet:
      International || Number(Offset) > 200
        ? []
        : Array.from({ length: Offset === 200 ? 5 : 100 }, (_, n) => sign(`S${Number(Offset) + n}`, 0)),
  })
  expect(await provider.signatures?.(config)).toHaveLength(205)
  expect(asked('DescribeSmsSignList').map(({ Offset, Limit }) => [Offset, Limit])).toEqual([
    [0, 100],
    [100, 100],
    [200, 100],
    [0, 100],
  ])
})

test('an answer without its list is no empty list', async () => {
  service.script.DescribeSmsTemplateList = { body: { RequestId: 'r' } }
  expect(await thrown(provider.templates?.(config))).toBeInstanceOf(LookupError)
  service.script.DescribeSmsTemplateList = { body: { RequestId: 'r', DescribeTemplateStatusSet: null } }
  expect(await provider.templates?.(config)).toEqual([])
})

const sentAt = new Date(Math.floor(Date.now() / 1000) * 1000 - 1_800_000)
const seconds = sentAt.getTime() / 1000
const sent = { to, sentAt, reference: 'm-1' }
const settle = (providerMessageId: string | null, at = sentAt) =>
  provider.settle?.(config, { ...sent, sentAt: at, providerMessageId })
const record = (SerialNo: string, SendStatus: number, more: object = {}) => ({
  ...{ SerialNo, SendStatus, SendTime: seconds, StatusCode: '', RequestCode: 'Ok', UserReceiveTime: 0, ...more },
})
const records = (...list: object[]) => {
  service.script.DescribeSendRecordList = { body: { SendRecordSet: list, TotalCount: list.length, RequestId: 'r' } }
}
const reports = (...list: object[]) => {
  service.script.PullSmsSendStatusByPhoneNumber = { body: { PullSmsSendStatusSet: list, RequestId: 'r' } }
}

for (const [status, code, state] of [
  [2, 'DELIVRD', 'delivered'],
  [4, 'MBBLACK', 'failed'],
  [3, '', 'pending'],
] as const) {
  test(`a message whose record has the status ${status} is ${state}`, async () => {
    const at = status === 2 ? { UserReceiveTime: seconds + 7 } : {}
    records(record('5000:1', 4), record(serial, status, { StatusCode: code, ...at }))
    const settled = { state, code, detail: '', ...(status === 2 ? { at: new Date((seconds + 7) * 1000) } : {}) }
    expect(await settle(serial)).toEqual(settled)
    expect(asked('DescribeSendRecordList')).toEqual([
      { PhoneNumber: to, SmsSdkAppId: account.sdkAppId, BeginTime: seconds - 300, Limit: 50, Offset: 0 },
    ])
    expect(asked('PullSmsSendStatusByPhoneNumber')).toEqual([])
  })
}

test('a lost message is known by our reference, where the service hands it back', async () => {
  reports(
    { SerialNo: '5000:1', ReportStatus: 'SUCCESS', SessionContext: 'another' },
    {
      SerialNo: serial,
      ReportStatus: 'FAIL',
      Description: '关机',
      SessionContext: 'm-1',
      UserReceiveTime: seconds + 9,
    },
  )
  expect(await settle(null)).toEqual({
    ...{ state: 'failed', code: '', detail: '关机', at: new Date((seconds + 9) * 1000) },
  })
})

test('a lost message of which there is no record was not taken', async () => {
  expect(await settle(null)).toMatchObject({ state: 'absent' })
  records(record('5000:1', 1), record('5000:2', 2, { SendTime: seconds + 600 }))
  expect(await settle(null)).toMatchObject({ state: 'absent' })
  reports({ SerialNo: '5000:3', ReportStatus: 'SUCCESS', SessionContext: 'another' })
  records(record('5000:3', 2))
  expect(await settle(null)).toMatchObject({ state: 'absent' })
  service.script.PullSmsSendStatusByPhoneNumber = refusal('UnauthorizedOperation.RequestPermissionDeny')
  records()
  expect(await settle(null)).toMatchObject({ state: 'absent' })
})

test('a lost message is not guessed at among others to the same number', async () => {
  records(record('5000:1', 2, { StatusCode: 'DELIVRD' }))
  expect(await settle(null)).toEqual({ state: 'pending', code: '', detail: '' })
  reports({ SerialNo: '5000:1', ReportStatus: 'SUCCESS', SessionContext: '' })
  expect(await settle(null)).toMatchObject({ state: 'pending' })
})

test('what the service keeps no records of any more stays open', async () => {
  expect(await settle(null, new Date(Date.now() - 80 * 3_600_000))).toMatchObject({ state: 'pending' })
  expect(await settle(serial, new Date(Date.now() - 80 * 3_600_000))).toMatchObject({ state: 'pending' })
  expect(service.calls).toEqual([])
  service.script.DescribeSendRecordList = { body: { RequestId: 'r' } }
  expect(await thrown(settle(null))).toMatchObject({ kind: 'retry' })
  service.script.PullSmsSendStatusByPhoneNumber = 'drop'
  expect(await thrown(settle(null))).toMatchObject({ kind: 'retry', reason: 'tencent_no_answer' })
})

const item = {
  user_receive_time: '2026-11-20 10:00:07',
  nationcode: '86',
  mobile: '13812345678',
  report_status: 'SUCCESS',
  errmsg: 'DELIVRD',
  description: '用户短信送达成功',
  sid: serial,
}

test('receipts name a message by the id of the service, and by our reference where that is switched on', () => {
  const read = receiptsFrom(
    JSON.stringify([
      item,
      { ...item, report_status: 'FAIL', errmsg: 'MBBLACK', sid: '5000:2', ext: 'm-2', user_receive_time: 'soon' },
      { ...item, nationcode: '852', mobile: '61234567' },
    ]),
  )
  expect(read).toEqual([
    {
      ...{ kind: 'outcome', providerMessageId: serial, reference: '', to, state: 'delivered', code: 'DELIVRD' },
      ...{ detail: '用户短信送达成功', at: new Date('2026-11-20T02:00:07Z') },
    },
    {
      ...{ kind: 'outcome', providerMessageId: '5000:2', reference: 'm-2', to, state: 'failed', code: 'MBBLACK' },
      detail: '用户短信送达成功',
    },
    expect.objectContaining({ to: '+85261234567' }),
  ])
})

test('what is not known in a push is passed over, and what is no list of objects is not taken', () => {
  const odd = [5, null, {}, { sid: serial }, { ...item, report_status: 'MAYBE' }, { ...item, sid: {} }]
  expect(receiptsFrom(JSON.stringify(odd))).toEqual([])
  expect(receiptsFrom(JSON.stringify({ text: 'T', mobile: '13812345678', nationcode: '86' }))).toEqual([])
  expect(receiptsFrom(JSON.stringify({ ...item }))).toHaveLength(1)
  for (const body of ['', '5', 'null', '"x"', '{', '[1']) expect(receiptsFrom(body)).toBeUndefined()
  expect(provider.receiptAnswer).toMatchObject({ status: 200, body: '{"result":0,"errmsg":"OK"}' })
})

test('an account is known by its key and its application', () => {
  expect(provider.identity(config)).toBe('AKIDPl••••3Kqw · 1400006666')
  const parsed = provider.config.parse({ ...account, sdkAppId: ' 1400006666 ', region: undefined })
  expect(parsed).toMatchObject({ sdkAppId: '1400006666', region: 'ap-guangzhou' })
  expect(provider.config.safeParse({ ...account, sdkAppId: '14-6' }).success).toBe(false)
})

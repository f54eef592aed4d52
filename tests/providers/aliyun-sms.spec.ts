/** The provider `aliyun-sms` at the wire: what it sends, what it reads, and how it finds out what became of a message. */

import { expect, test } from '@playwright/test'
import { LookupError, type Provider, type StageResult } from '#channels/contract.ts'
import { describeFields } from '#channels/fields.ts'
import type { SmsMessage } from '#channels/sms/sms.ts'
import { AliyunSmsConfig, aliyunSms } from '#providers/aliyun/sms.ts'
import { type AliyunService, key, refusal, startAliyun } from '../support/aliyun-service.ts'
import { impatient } from '../support/vendors.ts'

let service: AliyunService
let provider: Provider<AliyunSmsConfig, SmsMessage>
const config = AliyunSmsConfig.parse(key)
const message: SmsMessage = {
  signName: '运维告警',
  templateCode: 'SMS_100000001',
  templateParam: { host: 'db-1', value: '95%\n"满"' },
  text: '',
}

test.beforeEach(async () => {
  service = await startAliyun()
  provider = aliyunSms({ endpoint: service.url, timeouts: impatient })
})
test.afterEach(async () => {
  await provider.close?.()
  await service.close()
})

const asked = (action: string) =>
  service.calls.filter(({ params }) => params.Action === action).map(({ params }) => params)
async function checked(): Promise<StageResult[]> {
  const stages: StageResult[] = []
  for await (const stage of provider.check(config, {})) stages.push(stage)
  return stages
}
const lookupErrorOf = async (looking: Promise<unknown> | undefined): Promise<LookupError> => {
  const error = await looking?.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(LookupError)
  return error as LookupError
}

test('shows of its key the ends only, and asks for region and endpoint of nobody', () => {
  expect(provider.identity(config)).toBe('LTAI5t••••34Kq')
  expect(provider.identity({ ...config, accessKeyId: 'short-key' })).toBe('sh••••ey')
  expect(describeFields(provider.config).map(({ name, required, advanced }) => [name, required, advanced])).toEqual([
    ['accessKeyId', true, undefined],
    ['accessKeySecret', true, undefined],
    ['region', false, true],
  ])
  expect(AliyunSmsConfig.safeParse({ ...key, region: 'https://elsewhere.example' }).success).toBe(false)
  expect(AliyunSmsConfig.parse({ accessKeyId: ' LTAI5tX ', accessKeySecret: ' s ' })).toEqual({
    accessKeyId: 'LTAI5tX',
    accessKeySecret: 's',
    region: 'mainland',
  })
  for (const wrong of [
    { accessKeyId: '' },
    { accessKeyId: 'LTAI 5t' },
    { accessKeySecret: '' },
    { accessKeySecret: '密钥' },
  ]) {
    expect(AliyunSmsConfig.safeParse({ ...key, ...wrong }).success).toBe(false)
  }
})

test('sends the signature, the template, its values as JSON of texts, and our reference', async () => {
  const { providerMessageId } = await provider.send(config, '+8613812345678', message, { reference: 'm-1' })
  expect(providerMessageId).toBe('512304768812345678^0')
  expect(asked('SendSms')).toEqual([
    expect.objectContaining({
      PhoneNumbers: '13812345678',
      SignName: '运维告警',
      TemplateCode: 'SMS_100000001',
      TemplateParam: '{"host":"db-1","value":"95%\\n\\"满\\""}',
      OutId: 'm-1',
    }),
  ])
})

test('sends abroad with the country code, and no values where the template has none', async () => {
  await provider.send(config, '+85291234567', { ...message, templateParam: {} }, { reference: 'm-2' })
  expect(asked('SendSms')[0]).toMatchObject({ PhoneNumbers: '85291234567' })
  expect(asked('SendSms')[0]).not.toHaveProperty('TemplateParam')
})

test('an acceptance without an id is one all the same', async () => {
  service.script.SendSms = { body: { Code: 'OK', RequestId: 'R-1' } }
  expect(await provider.send(config, '+8613812345678', message, { reference: 'm-3' })).toEqual({
    providerMessageId: 'R-1',
  })
})

test('its check proves the key, then the right to list signatures, then templates', async () => {
  expect((await checked()).map(({ stage, ok }) => [stage, ok])).toEqual([
    ['credentials', true],
    ['signatures', true],
    ['templates', true],
  ])
  expect(service.calls.map(({ params }) => [params.Action, params.PageIndex, params.PageSize])).toEqual([
    ['QuerySmsSignList', '1', '1'],
    ['QuerySmsTemplateList', '1', '1'],
  ])
})

for (const [what, action, answer, stages, cause] of [
  [
    'a disabled key',
    'QuerySmsSignList',
    refusal('InvalidAccessKeyId.Inactive', 'x', 400),
    'credentials',
    'aliyun_key_disabled',
  ],
  [
    'a clock that is wrong',
    'QuerySmsSignList',
    refusal('InvalidTimeStamp.Expired', 'x', 400),
    'credentials',
    'aliyun_clock',
  ],
  [
    'a service that is down',
    'QuerySmsSignList',
    refusal('ServiceUnavailable', 'x', 503),
    'credentials',
    'aliyun_unavailable',
  ],
  ['a service that says nothing', 'QuerySmsSignList', 'hang', 'credentials', 'aliyun_no_answer'],
  [
    'signatures that may not be listed',
    'QuerySmsSignList',
    refusal('NoPermission', 'x', 403),
    'credentials✓ signatures',
    'aliyun_permission_signatures',
  ],
  [
    'a product that was never opened',
    'QuerySmsSignList',
    refusal('isv.PRODUCT_UN_SUBSCRIPT'),
    'credentials✓ signatures',
    'aliyun_not_opened',
  ],
  [
    'templates that may not be listed',
    'QuerySmsTemplateList',
    refusal('Forbidden.RAM', 'x', 403),
    'credentials✓ signatures✓ templates',
    'aliyun_permission_templates',
  ],
] as const) {
  test(`its check says ${cause} for ${what}`, async () => {
    service.script[action] = answer
    const found = await checked()
    expect(found.map(({ stage, ok }) => (ok ? `${stage}✓` : stage)).join(' ')).toBe(stages)
    expect(found.at(-1)).toMatchObject({ ok: false, cause, code: expect.any(String) })
  })
}

test('its check tells a fault of the moment from one of the account', async () => {
  service.script.QuerySmsSignList = refusal('ServiceUnavailable', 'x', 503)
  expect((await checked()).at(-1)).toMatchObject({ ok: false, passing: true })
  service.script.QuerySmsSignList = refusal('SignatureDoesNotMatch', 'x', 400)
  expect((await checked()).at(-1)).not.toHaveProperty('passing')
})

test('its check keeps the id of a refused request for the support', async () => {
  service.script.QuerySmsSignList = { status: 403, body: { Code: 'NoPermission', Message: 'no', RequestId: 'E87A-1' } }
  expect((await checked()).at(-1)).toMatchObject({ requestId: 'E87A-1', detail: 'no', code: 'NoPermission' })
})

const signature = (SignName: string, AuditStatus: string, RejectInfo = '') => ({
  SignName,
  AuditStatus,
  Reason: { RejectDate: '', RejectInfo, RejectSubInfo: '' },
})

test('lists every signature of every page once, with its state, reason and carriers', async () => {
  const all = [
    ...Array.from({ length: 50 }, (_, at) => signature(`签名${at}`, 'AUDIT_STATE_INIT')),
    signature('签名49', 'AUDIT_STATE_INIT'),
    signature('运维告警', 'AUDIT_STATE_PASS'),
    signature('测试', 'AUDIT_STATE_NOT_PASS', '资质不符'),
    signature('旧的', 'AUDIT_STATE_CANCEL'),
    signature('新词', 'AUDIT_STATE_OF_TOMORROW'),
  ]
  service.script.QuerySmsSignList = ({ PageIndex, PageSize }) => {
    const from = (Number(PageIndex) - 1) * Number(PageSize)
    return { Code: 'OK', TotalCount: all.length, SmsSignList: all.slice(from, from + Number(PageSize)) }
  }
  service.script.GetSmsSign = () => ({
    Code: 'OK',
    SignIspRegisterDetailList: [
      { OperatorCode: 'mobile', RegisterStatus: 3, RegisterStatusReasons: [] },
      {
        OperatorCode: 'unicom',
        RegisterStatus: 0,
        RegisterStatusReasons: [{ ReasonCode: 'X1', ReasonDescList: ['资料不一致'] }],
      },
      { OperatorCode: 'telecom', RegisterStatus: -1 },
    ],
  })
  const found = (await provider.signatures?.(config)) ?? []
  expect(found).toHaveLength(54)
  expect(found.slice(-4)).toEqual([
    {
      name: '运维告警',
      state: 'approved',
      reason: '',
      carriers: [
        { carrier: 'mobile', state: 'registered', reason: '' },
        { carrier: 'unicom', state: 'failed', reason: '资料不一致' },
        { carrier: 'telecom', state: 'in_progress', reason: '' },
      ],
    },
    { name: '测试', state: 'rejected', reason: '资质不符', carriers: [] },
    { name: '旧的', state: 'cancelled', reason: '', carriers: [] },
    { name: '新词', state: 'unknown', reason: '', carriers: [] },
  ])
  expect(asked('GetSmsSign').map(({ SignName }) => SignName)).toEqual(['运维告警'])
  await provider.signatures?.(config, { detailed: [] })
  expect(asked('GetSmsSign')).toHaveLength(1)
})

test('signatures are listed without their carriers where the key may not ask for these', async () => {
  service.script.QuerySmsSignList = { body: { Code: 'OK', SmsSignList: [signature('运维告警', 'AUDIT_STATE_PASS')] } }
  service.script.GetSmsSign = refusal('NoPermission', 'x', 403)
  expect(await provider.signatures?.(config)).toEqual([
    { name: '运维告警', state: 'approved', reason: '', carriers: [] },
  ])
})

test('lists templates with the type of the outer field, text and variables', async () => {
  const template = (code: string, OuterTemplateType: number, TemplateType: number, AuditStatus: string) => ({
    TemplateCode: code,
    TemplateName: '主机告警',
    TemplateContent: '主机${host}指标${metric}，请处理。',
    AuditStatus,
    OuterTemplateType,
    TemplateType,
    Reason: { RejectInfo: '无审批备注' },
  })
  service.script.QuerySmsTemplateList = {
    body: {
      Code: 'OK',
      TotalCount: 4,
      SmsTemplateList: [
        template('SMS_1', 0, 2, 'AUDIT_STATE_PASS'),
        template('SMS_2', 1, 0, 'AUDIT_SATE_CANCEL'),
        template('SMS_3', 3, 6, 'AUDIT_STATE_PASS'),
        template('SMS_4', 7, 7, 'AUDIT_STATE_CANCEL'),
      ],
    },
  }
  const found = (await provider.templates?.(config)) ?? []
  expect(found.map(({ code, type, state, reason }) => [code, type, state, reason])).toEqual([
    ['SMS_1', 'verification', 'approved', ''],
    ['SMS_2', 'notice', 'cancelled', ''],
    ['SMS_3', 'international', 'approved', ''],
    ['SMS_4', 'other', 'cancelled', ''],
  ])
  expect(found[0]).toMatchObject({
    name: '主机告警',
    text: '主机${host}指标${metric}，请处理。',
    variables: [{ name: 'host' }, { name: 'metric' }],
  })
})

test('the details of one signature and of one template cost one question each, and what is not there has none', async () => {
  service.script.GetSmsSign = {
    body: { Code: 'OK', SignIspRegisterDetailList: [{ OperatorCode: 'unicom', RegisterStatus: 2 }] },
  }
  service.script.GetSmsTemplate = { body: { Code: 'OK', VariableAttribute: '{"host":"others","odd":null}' } }
  expect(await provider.carriers?.(config, '运维告警')).toEqual([{ carrier: 'unicom', state: 'expired', reason: '' }])
  expect(await provider.rules?.(config, 'SMS_1')).toEqual({ host: 'others' })
  expect(service.calls.map(({ params }) => params.Action)).toEqual(['GetSmsSign', 'GetSmsTemplate'])
  service.script.GetSmsTemplate = { body: { Code: 'OK', VariableAttribute: 'no JSON' } }
  expect(await provider.rules?.(config, 'SMS_1')).toEqual({})
  service.script.GetSmsSign = refusal('SignatureNotFound', 'The signature does not exist.', 404)
  service.script.GetSmsTemplate = refusal('TemplateNotFound', 'The template does not exist.', 404)
  expect(await provider.carriers?.(config, '运维告警')).toBeNull()
  expect(await provider.rules?.(config, 'SMS_1')).toBeNull()
  service.script.GetSmsTemplate = refusal('NoPermission', 'no', 403)
  expect(await lookupErrorOf(provider.rules?.(config, 'SMS_1'))).toMatchObject({
    reason: 'aliyun_permission_templates',
  })
})

test('a list that cannot be had says why, and may be asked for again after silence', async () => {
  service.script.QuerySmsTemplateList = refusal('Forbidden.RAM', 'no', 403)
  service.script.QuerySmsSignList = 'hang'
  expect(await lookupErrorOf(provider.templates?.(config))).toMatchObject({
    reason: 'aliyun_permission_templates',
    kind: 'misconfigured',
  })
  expect(await lookupErrorOf(provider.signatures?.(config))).toMatchObject({
    reason: 'aliyun_no_answer',
    kind: 'retry',
  })
})

const detail = (OutId: string, SendStatus: number, ErrCode: string) => ({
  SendStatus,
  ErrCode,
  OutId,
  PhoneNum: '13812345678',
  ReceiveDate: '2024-11-20 10:00:07',
  Content: '【运维告警】验证码 771204',
})
const details = (...list: object[]) => ({
  body: { Code: 'OK', TotalCount: String(list.length), SmsSendDetailDTOs: { SmsSendDetailDTO: list } },
})
const sent = { to: '+8613812345678', sentAt: new Date('2024-11-20T02:00:01Z'), reference: 'm-1' }

for (const [status, code, state] of [
  [3, 'DELIVERED', 'delivered'],
  [2, 'MOBILE_NOT_ON_SERVICE', 'failed'],
  [2, 'MOBLLE_TERMINAL_ERROR', 'failed'],
  [1, 'REQUEST_SUCCESS', 'pending'],
] as const) {
  test(`a message with the status ${status} and ${code} is ${state}`, async () => {
    service.script.QuerySendDetails = details(detail('another', 2, 'IS_CLOSE'), detail('m-1', status, code))
    const settlement = await provider.settle?.(config, { ...sent, providerMessageId: null })
    expect(settlement).toEqual({ state, code, detail: '', at: new Date('2024-11-20T02:00:07Z') })
  })
}

test('a message is asked for by number, day of China and id, and what is not there is absent', async () => {
  service.script.QuerySendDetails = details()
  expect(await provider.settle?.(config, { ...sent, providerMessageId: '5^0' })).toEqual({
    state: 'absent',
    code: '',
    detail: '',
  })
  expect(asked('QuerySendDetails')).toEqual([
    expect.objectContaining({
      PhoneNumber: '13812345678',
      SendDate: '20241120',
      BizId: '5^0',
      PageSize: '50',
      CurrentPage: '1',
    }),
  ])
  service.script.QuerySendDetails = details(detail('another', 3, 'DELIVERED'))
  expect(await provider.settle?.(config, { ...sent, providerMessageId: null })).toMatchObject({ state: 'absent' })
  expect(asked('QuerySendDetails')[1]).not.toHaveProperty('BizId')
})

test('a message is looked for on every page of both days around midnight', async () => {
  service.script.QuerySendDetails = ({ SendDate, CurrentPage }) => {
    const list = Array.from({ length: 50 }, () => detail('another', 3, 'DELIVERED'))
    if (SendDate === '20241120') return details().body
    return details(...(CurrentPage === '1' ? list : [detail('m-1', 3, 'DELIVERED')])).body
  }
  const sentAt = new Date('2024-11-20T15:58:00Z')
  expect(await provider.settle?.(config, { ...sent, sentAt, providerMessageId: null })).toMatchObject({
    state: 'delivered',
  })
  expect(asked('QuerySendDetails').map(({ SendDate, CurrentPage }) => `${SendDate} ${CurrentPage}`)).toEqual([
    '20241120 1',
    '20241121 1',
    '20241121 2',
  ])
})

test('a service that does not answer settles nothing', async () => {
  service.script.QuerySendDetails = 'drop'
  expect(await lookupErrorOf(provider.settle?.(config, { ...sent, providerMessageId: null }))).toMatchObject({
    kind: 'retry',
  })
})

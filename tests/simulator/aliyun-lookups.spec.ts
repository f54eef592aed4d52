/** The calls that read signatures and templates, in the vocabulary of each, and the states that can be set. */
import { expect, test } from '@playwright/test'
import { type AliyunClient, aliyunClient, anyMobile, failure } from '../support/aliyun-client.ts'
import { type Simulator, startSimulator } from '../support/simulator.ts'

let simulator: Simulator
let sms: AliyunClient

test.beforeAll(async () => {
  simulator = await startSimulator()
  sms = aliyunClient(simulator, 'sms')
})

test.afterEach(() => simulator.clear())

test.afterAll(() => simulator.stop())

type Row = Record<string, unknown>

const signs = async (page: Record<string, number> = { PageSize: 50 }) =>
  (await sms('QuerySmsSignList', page)) as { TotalCount: number; SmsSignList: Row[] }
const templates = async (page: Record<string, number> = { PageSize: 50 }) =>
  (await sms('QuerySmsTemplateList', page)) as { TotalCount: number; SmsTemplateList: Row[] }

test('each lookup of a signature says its state in its own words', async () => {
  const expected: [name: string, number: number, word: string][] = [
    ['星桥智家', 1, 'AUDIT_STATE_PASS'],
    ['星桥社区', 0, 'AUDIT_STATE_INIT'],
    ['星桥优选', 2, 'AUDIT_STATE_NOT_PASS'],
    ['星桥旧版', 10, 'AUDIT_STATE_CANCEL'],
  ]
  const { SmsSignList } = await signs()
  for (const [SignName, number, word] of expected) {
    expect((await sms('GetSmsSign', { SignName })).SignStatus).toBe(number)
    expect((await sms('QuerySmsSign', { SignName })).SignStatus).toBe(number)
    expect(SmsSignList.find((row) => row.SignName === SignName)?.AuditStatus).toBe(word)
  }
})

test('each lookup of a template says its state in its own words, and its type as a number of its own', async () => {
  const expected: [code: string, number: number, word: string, outer: number, inner: number][] = [
    ['SMS_280010001', 1, 'AUDIT_STATE_PASS', 0, 2],
    ['SMS_280020003', 0, 'AUDIT_STATE_INIT', 1, 0],
    ['SMS_280010006', 2, 'AUDIT_STATE_NOT_PASS', 0, 2],
    ['SMS_280020005', 10, 'AUDIT_SATE_CANCEL', 1, 0],
    ['SMS_280030001', 1, 'AUDIT_STATE_PASS', 2, 1],
    ['SMS_280040001', 1, 'AUDIT_STATE_PASS', 3, 6],
    ['SMS_280050001', 1, 'AUDIT_STATE_PASS', 7, 7],
  ]
  const { SmsTemplateList } = await templates()
  for (const [TemplateCode, number, word, outer, inner] of expected) {
    const found = await sms('GetSmsTemplate', { TemplateCode })
    expect([found.TemplateStatus, found.TemplateType], TemplateCode).toEqual([String(number), String(outer)])
    const old = await sms('QuerySmsTemplate', { TemplateCode })
    expect([old.TemplateStatus, old.TemplateType], TemplateCode).toEqual([number, outer])
    const row = SmsTemplateList.find((candidate) => candidate.TemplateCode === TemplateCode)
    expect([row?.AuditStatus, row?.OuterTemplateType, row?.TemplateType]).toEqual([word, outer, inner])
  }
})

test('reasons stand where each lookup puts them', async () => {
  const SignName = '星桥优选'
  const reason = '签名来源证明材料不清晰，请重新上传'
  expect((await sms('GetSmsSign', { SignName })).AuditInfo).toMatchObject({ RejectInfo: reason })
  expect(await sms('QuerySmsSign', { SignName })).toMatchObject({
    Reason: reason,
    CreateDate: expect.stringMatching(/^ \d{4}-/),
  })
  const row = (await signs()).SmsSignList.find((candidate) => candidate.SignName === SignName)
  expect(row?.Reason).toMatchObject({ RejectInfo: reason, RejectDate: expect.stringMatching(/^\d{4}-/) })
  const TemplateCode = 'SMS_280020004'
  const refused = '模板内容涉及点击链接，请补充链接说明后重新申请'
  expect((await sms('GetSmsTemplate', { TemplateCode })).AuditInfo).toMatchObject({ RejectInfo: refused })
  expect((await sms('QuerySmsTemplate', { TemplateCode })).Reason).toBe(refused)
  expect((await sms('QuerySmsTemplate', { TemplateCode: 'SMS_280010001' })).Reason).toBe('无审批备注')
})

test('the registration with each carrier is told, with its reason', async () => {
  const details = async (SignName: string) => {
    const { SignIspRegisterDetailList, RegisterResult } = await sms('GetSmsSign', { SignName })
    const list = SignIspRegisterDetailList as { OperatorCode: string; RegisterStatus: number }[]
    return [RegisterResult, Object.fromEntries(list.map((detail) => [detail.OperatorCode, detail.RegisterStatus]))]
  }
  expect(await details('星桥智家')).toEqual([1, { mobile: 3, unicom: 3, telecom: 3 }])
  expect(await details('星桥物联')).toEqual([0, { mobile: 3, unicom: 0, telecom: -1 }])
  const { SignIspRegisterDetailList } = await sms('GetSmsSign', { SignName: '星桥物联' })
  expect((SignIspRegisterDetailList as Row[])[1]).toMatchObject({
    OperatorCode: 'unicom',
    RegisterStatusReasons: [{ ReasonCode: 'X1', ReasonDescList: ['资料不一致'] }],
  })
})

test('the variables of a template come with their rules, as JSON text, and the rules of codes are for codes only', async () => {
  const rulesOf = async (TemplateCode: string) =>
    JSON.parse(String((await sms('GetSmsTemplate', { TemplateCode })).VariableAttribute))
  expect(await rulesOf('SMS_280010004')).toEqual({ code: 'numberCaptcha', ttl: 'verifyTime' })
  expect(await rulesOf('SMS_280040001')).toEqual({ code: 'characterWithNumber2', ttl: 'verifyTime' })
  expect(await rulesOf('SMS_280020001')).toEqual({ device: 'others', content: 'others' })
  expect(await rulesOf('SMS_280020002')).toEqual({ device: 'others', time: 'time' })
})

test('lists are read page by page, ten rows unless asked otherwise', async () => {
  const first = await templates({})
  expect(first).toMatchObject({ CurrentPage: 1, PageSize: 10 })
  expect(first.SmsTemplateList).toHaveLength(10)
  const second = await templates({ PageIndex: 2 })
  expect(second.SmsTemplateList).toHaveLength(first.TotalCount - 10)
  const codes = [...first.SmsTemplateList, ...second.SmsTemplateList].map((row) => row.TemplateCode)
  expect(new Set(codes).size).toBe(first.TotalCount)
  expect((await signs({ PageIndex: 3, PageSize: 3 })).SmsSignList).toHaveLength(2)
  expect((await signs({ PageIndex: 9 })).SmsSignList).toEqual([])
  expect((await failure(sms('QuerySmsSignList', { PageSize: 51 }))).code).toBe('isv.INVALID_PARAMETERS')
})

test('what is not there is refused, as is what belongs to another account', async () => {
  for (const SignName of ['无此签名', '远帆科技']) {
    const refused = await failure(sms('GetSmsSign', { SignName }))
    expect([refused.code, refused.status]).toEqual(['SignatureNotFound', 404])
    expect((await failure(sms('QuerySmsSign', { SignName }))).code).toBe('isv.SMS_SIGNATURE_ILLEGAL')
  }
  const missing = await failure(sms('GetSmsTemplate', { TemplateCode: 'SMS_290010001' }))
  expect([missing.code, missing.status]).toEqual(['TemplateNotFound', 404])
  const second = aliyunClient(simulator, 'sms', { accessKeyId: simulator.aliyun.otherKeys.second })
  expect((await second('GetSmsTemplate', { TemplateCode: 'SMS_290010001' })).TemplateStatus).toBe('1')
  expect(((await second('QuerySmsSignList')).SmsSignList as Row[]).map((row) => row.SignName)).toEqual(['远帆科技'])
})

const letter = () => ({
  PhoneNumbers: anyMobile(),
  SignName: '星桥智家',
  TemplateCode: 'SMS_280010001',
  TemplateParam: '{"code":"123456"}',
})

test('an approval that is taken away shows in every lookup and stops sending, until it is given back', async () => {
  await simulator.control({
    channel: 'sms',
    kind: 'sign_state',
    name: '星桥智家',
    state: 'rejected',
    reason: '主体变更',
  })
  const sign = await sms('GetSmsSign', { SignName: '星桥智家' })
  expect(sign).toMatchObject({ SignStatus: 2, AuditInfo: { RejectInfo: '主体变更' } })
  expect((await failure(sms('SendSms', letter()))).code).toBe('isv.SMS_SIGNATURE_ILLEGAL')
  await simulator.control({ channel: 'sms', kind: 'sign_state', name: '星桥智家', state: 'approved' })
  const state = { channel: 'sms', kind: 'template_state', code: 'SMS_280010001' } as const
  await simulator.control({ ...state, state: 'cancelled' })
  expect((await sms('GetSmsTemplate', { TemplateCode: 'SMS_280010001' })).TemplateStatus).toBe('10')
  expect((await failure(sms('SendSms', letter()))).code).toBe('isv.SMS_TEMPLATE_ILLEGAL')
  await simulator.control({ ...state, state: 'missing' })
  expect((await failure(sms('GetSmsTemplate', { TemplateCode: 'SMS_280010001' }))).code).toBe('TemplateNotFound')
  await simulator.clear()
  expect((await sms('SendSms', letter())).Code).toBe('OK')
})

test('signatures and templates can be added, of either account', async () => {
  const { second } = simulator.aliyun.otherKeys
  const add = { channel: 'sms', kind: 'template_state', state: 'approved', content: '${device}已断电。' } as const
  const before = (await templates()).TotalCount
  for (let number = 1; number <= 45; number += 1) await simulator.control({ ...add, code: `SMS_2800900${number}` })
  expect((await templates()).TotalCount).toBe(before + 45)
  expect((await templates({ PageSize: 50, PageIndex: 2 })).SmsTemplateList).toHaveLength(before - 5)
  await simulator.control({ ...add, code: 'SMS_290090001', accessKeyId: second })
  const other = aliyunClient(simulator, 'sms', { accessKeyId: second })
  expect((await other('GetSmsTemplate', { TemplateCode: 'SMS_290090001' })).TemplateContent).toBe('${device}已断电。')
  await simulator.control({ channel: 'sms', kind: 'sign_state', name: '新签名', state: 'approved' })
  expect((await sms('SendSms', { ...letter(), SignName: '新签名' })).Code).toBe('OK')
})

test('a registration that fails lets the SMS be accepted and then not delivered by that carrier', async () => {
  await simulator.control({
    channel: 'sms',
    kind: 'carrier_state',
    name: '星桥智家',
    carrier: 'telecom',
    state: 0,
    reason: '资料不一致',
  })
  const { SignIspRegisterDetailList } = await sms('GetSmsSign', { SignName: '星桥智家' })
  expect(SignIspRegisterDetailList).toContainEqual(
    expect.objectContaining({
      OperatorCode: 'telecom',
      RegisterStatus: 0,
      RegisterStatusReasons: [{ ReasonCode: 'X1', ReasonDescList: ['资料不一致'] }],
    }),
  )
  const receiptCode = async (to: string) => {
    await sms('SendSms', { ...letter(), PhoneNumbers: to })
    return (await simulator.sms(to))[0]?.content.receipt?.code
  }
  expect(await receiptCode('18912340001')).toBe('PORT_NOT_REGISTERED')
  expect(await receiptCode('13912340001')).toBe('DELIVERED')
  expect(await receiptCode('13012340001')).toBe('DELIVERED')
})

test('a state that cannot be is refused with a sentence about it', async () => {
  const cases: [string, RegExp][] = [
    ['{"kind":"sign_state","name":"星桥智家","state":"gone"}', /"state" must be one of: in_review, approved/],
    ['{"kind":"sign_state","state":"approved"}', /"sign_state" needs "name"/],
    ['{"kind":"template_state","code":"SMS_1","state":"approved"}', /"SMS_1" is not known here: give its "content"/],
    [
      '{"kind":"carrier_state","name":"星桥智家","carrier":"mobile","state":4}',
      /"state" must be a whole number from -2/,
    ],
    ['{"kind":"carrier_state","name":"无","carrier":"mobile","state":3}', /"无" is not a signature here/],
    ['{"kind":"sign_state","name":"星桥智家","state":"approved","times":1}', /takes no "times": it lasts/],
    ['{"kind":"sign_state","name":"星桥智家","state":"approved","accessKeyId":"x"}', /is not one of the keys/],
    ['{"kind":"callback","url":"https://evil.example/x"}', /"url" must be an http address on this machine/],
    ['{"kind":"limits","on":"no"}', /"on" must be true or false/],
    ['{"kind":"throttle","code":"Busy"}', /"code" must be one of: Throttling.User/],
    ['{"kind":"key_disabled","to":"13900000001"}', /before the recipient is known/],
  ]
  for (const [body, sentence] of cases) {
    const input = JSON.stringify({ channel: 'sms', ...JSON.parse(body) })
    const response = await fetch(`${simulator.url}/control`, { method: 'POST', body: input })
    expect(response.status, body).toBe(400)
    expect(((await response.json()) as { error: string }).error).toMatch(sentence)
  }
})

/** What SendSms, SendBatchSms and QuerySendDetails accept and refuse; seen through the real client. */
import { expect, test } from '@playwright/test'
import { type AliyunClient, type Answer, aliyunClient, anyMobile, failure } from '../support/aliyun-client.ts'
import { type Simulator, startSimulator } from '../support/simulator.ts'

let simulator: Simulator
let sms: AliyunClient

test.beforeAll(async () => {
  simulator = await startSimulator()
  sms = aliyunClient(simulator, 'sms')
})

test.afterEach(() => simulator.clear())

test.afterAll(() => simulator.stop())

const sign = '星桥智家'
const codeTemplate = 'SMS_280010001'
const alarmTemplate = 'SMS_280020001'
const internationalTemplate = 'SMS_280040001'

type Letter = {
  to?: string
  sign?: string
  template?: string
  values?: Record<string, unknown> | string
  outId?: string
}

function send({ to = anyMobile(), values = { code: '123456' }, ...letter }: Letter): Promise<Answer> {
  return sms('SendSms', {
    PhoneNumbers: to,
    SignName: letter.sign ?? sign,
    TemplateCode: letter.template ?? codeTemplate,
    TemplateParam: typeof values === 'string' ? values : JSON.stringify(values),
    ...(letter.outId !== undefined && { OutId: letter.outId }),
  })
}

const codeOf = async (sending: Promise<Answer>) => (await failure(sending)).code

test('an accepted SMS is in the inbox with its final text, under its number in any spelling', async () => {
  const to = anyMobile()
  const { BizId } = await send({ to, values: { code: '4821', unused: 'x' }, outId: 'our-reference' })
  for (const spelling of [to, `+86${to}`, `86${to}`, `0086${to}`]) {
    const [message, ...more] = await simulator.sms(spelling)
    expect(more).toEqual([])
    expect(message?.to).toBe(`+86${to}`)
    expect(message?.content).toMatchObject({
      signature: sign,
      template: codeTemplate,
      parameters: { code: '4821', unused: 'x' },
      text: '【星桥智家】您的登录验证码为4821，请勿告诉他人。',
      bizId: BizId,
      outId: 'our-reference',
      accessKeyId: simulator.aliyun.accessKeyId,
      segments: '1',
    })
  }
})

test('numbers are taken in every spelling of the mainland and as country code and number', async () => {
  const mobile = anyMobile()
  await simulator.control({ channel: 'sms', kind: 'limits', on: false })
  for (const to of [mobile, `+86${mobile}`, `86${mobile}`, `0086${mobile}`, `+${mobile}`]) {
    expect(await codeOf(send({ to })), to).toBe('OK')
  }
  expect(await simulator.count(mobile, 'sms')).toBe(5)
  const abroad = { template: internationalTemplate, values: { code: '1234', ttl: '5' } }
  for (const to of ['85251234567', '85366123456', '886912345678', '447700900123', '14155552671']) {
    expect(await codeOf(send({ to, ...abroad })), to).toBe('OK')
    expect((await simulator.sms(`+${to}`))[0]?.to).toBe(`+${to}`)
  }
  for (const to of ['+85251234567', '0085251234567', '12345', '13800', 'abc', '1390000000x', '']) {
    expect(await codeOf(send({ to: to || ',', ...abroad })), to).toBe('isv.MOBILE_NUMBER_ILLEGAL')
  }
})

test('a template goes only to the kind of number it is for', async () => {
  expect(await codeOf(send({ to: '85251234567' }))).toBe('isv.MOBILE_NUMBER_ILLEGAL')
  const abroad = { template: internationalTemplate, values: { code: '1234', ttl: '5' } }
  expect(await codeOf(send({ to: '8613800138000', ...abroad }))).toBe('isv.DOMESTIC_NUMBER_NOT_SUPPORTED')
  expect(await codeOf(send({ to: '13800138000', ...abroad }))).toBe('isv.DOMESTIC_NUMBER_NOT_SUPPORTED')
})

const contentCases: [name: string, Letter, code: string, said: string][] = [
  ['a signature in review', { sign: '星桥社区' }, 'isv.SMS_SIGNATURE_ILLEGAL', '该账号下找不到对应签名'],
  ['a rejected signature', { sign: '星桥优选' }, 'isv.SMS_SIGNATURE_ILLEGAL', '该账号下找不到对应签名'],
  ['a cancelled signature', { sign: '星桥旧版' }, 'isv.SMS_SIGNATURE_ILLEGAL', '该账号下找不到对应签名'],
  ['a signature with its brackets', { sign: '【星桥智家】' }, 'isv.SMS_SIGNATURE_ILLEGAL', '该账号下找不到对应签名'],
  ['the signature of another account', { sign: '远帆科技' }, 'isv.SMS_SIGNATURE_ILLEGAL', '该账号下找不到对应签名'],
  ['a template in review', { template: 'SMS_280010005' }, 'isv.SMS_TEMPLATE_ILLEGAL', '该账号下找不到对应模板'],
  ['a rejected template', { template: 'SMS_280010006' }, 'isv.SMS_TEMPLATE_ILLEGAL', '该账号下找不到对应模板'],
  ['a cancelled template', { template: 'SMS_280020005' }, 'isv.SMS_TEMPLATE_ILLEGAL', '该账号下找不到对应模板'],
  [
    'the template of another account',
    { template: 'SMS_290010001' },
    'isv.SMS_TEMPLATE_ILLEGAL',
    '该账号下找不到对应模板',
  ],
  ['a digital template', { template: 'SMS_280050001' }, 'isv.SMS_TEMPLATE_ILLEGAL', '该账号下找不到对应模板'],
  [
    'a verification signature with a notice',
    { sign: '星桥验证', template: alarmTemplate, values: { device: '门锁', content: '低电量' } },
    'isv.SMS_SIGNATURE_SCENE_ILLEGAL',
    '签名和模板类型不一致',
  ],
  ['parameters that are not JSON', { values: 'code=1234' }, 'isv.INVALID_JSON_PARAM', 'JSON'],
  ['parameters that are an array', { values: '["1234"]' }, 'isv.INVALID_JSON_PARAM', 'JSON'],
  ['a number as a value', { values: { code: 1234 } }, 'isv.INVALID_JSON_PARAM', 'JSON'],
  ['a variable that is not given', { values: { ttl: '5' } }, 'isv.TEMPLATE_MISSING_PARAMETERS', '未赋值变量'],
  ['an empty variable', { values: { code: '' } }, 'isv.TEMPLATE_MISSING_PARAMETERS', '未赋值变量'],
  ['a code of three digits', { values: { code: '123' } }, 'isv.TEMPLATE_PARAMS_ILLEGAL', '非法内容'],
  ['a code of eight digits', { values: { code: '12345678' } }, 'isv.TEMPLATE_PARAMS_ILLEGAL', '非法内容'],
  ['a value of 36 characters', alarm('长'.repeat(36)), 'isv.PARAM_LENGTH_LIMIT', '长度'],
  ['a link as a value', alarm('见https://x.example/a'), 'isv.PARAM_NOT_SUPPORT_URL', 'URL'],
  ['a domain as a value', alarm('登录console.example.com'), 'isv.PARAM_NOT_SUPPORT_URL', 'URL'],
  ['an address as a value', alarm('主机10.0.0.12离线'), 'isv.PARAM_NOT_SUPPORT_URL', 'URL'],
  ['a chat number as a value', alarm('加微信abc12345'), 'isv.BLACK_KEY_CONTROL_LIMIT', '黑名单'],
  ['a reference of 256 bytes', { outId: 'x'.repeat(256) }, 'isv.INVALID_PARAMETERS', '参数'],
]

function alarm(content: string): Letter {
  return { template: alarmTemplate, values: { device: '客厅温度计', content } }
}

for (const [name, letter, code, said] of contentCases) {
  test(`${name} is refused with ${code}, and nothing is sent`, async () => {
    const to = anyMobile()
    const refused = await failure(send({ to, ...letter }))
    expect([refused.code, refused.status]).toEqual([code, 200])
    expect(refused.said).toContain(said)
    expect(await simulator.count(to, 'sms')).toBe(0)
  })
}

test('values that a person would write are accepted', async () => {
  for (const content of [
    '温度85.5%，超过阈值',
    'v1.2 升级失败',
    '长'.repeat(35),
    "it's (ok)! a+b & c=d",
    '09:30 断电',
  ]) {
    expect(await codeOf(send(alarm(content))), content).toBe('OK')
  }
})

test('the rules are looked at in the order of the real service', async () => {
  const all: Letter = { to: '123', sign: '无此签名', template: 'SMS_1', values: 'no json' }
  expect(await codeOf(send(all))).toBe('isv.MOBILE_NUMBER_ILLEGAL')
  expect(await codeOf(send({ ...all, to: anyMobile() }))).toBe('isv.SMS_SIGNATURE_ILLEGAL')
  expect(await codeOf(send({ ...all, to: anyMobile(), sign }))).toBe('isv.SMS_TEMPLATE_ILLEGAL')
  const mixed: Letter = { sign: '星桥验证', template: alarmTemplate, values: 'no json' }
  expect(await codeOf(send(mixed))).toBe('isv.SMS_SIGNATURE_SCENE_ILLEGAL')
  expect(await codeOf(send({ ...mixed, sign }))).toBe('isv.INVALID_JSON_PARAM')
})

test('an SMS goes to many numbers at once, up to a thousand', async () => {
  const [first, second] = [anyMobile(), anyMobile()]
  const { BizId } = await send({ to: `${first},${second}` })
  expect((await simulator.sms(first))[0]?.content.bizId).toBe(BizId)
  expect((await simulator.sms(second))[0]?.content.bizId).toBe(BizId)
  const tooMany = Array.from({ length: 1001 }, () => '13900000001').join(',')
  expect(await codeOf(send({ to: tooMany }))).toBe('isv.MOBILE_COUNT_OVER_LIMIT')
})

test('a batch has a signature and values for each number, and one id for all', async () => {
  const numbers = [anyMobile(), anyMobile()]
  const batch = {
    PhoneNumberJson: JSON.stringify(numbers),
    SignNameJson: JSON.stringify([sign, '星桥商城']),
    TemplateCode: alarmTemplate,
    TemplateParamJson: JSON.stringify([
      { device: '门锁', content: '低电量' },
      { device: '摄像头', content: '离线' },
    ]),
  }
  const { BizId } = await sms('SendBatchSms', batch)
  const texts = await Promise.all(numbers.map(async (number) => (await simulator.sms(number))[0]?.content))
  expect(texts.map((content) => content?.text)).toEqual([
    '【星桥智家】您的设备门锁发生告警：低电量，请及时处理。',
    '【星桥商城】您的设备摄像头发生告警：离线，请及时处理。',
  ])
  expect(texts.map((content) => content?.bizId)).toEqual([BizId, BizId])
  const refusals: [Partial<typeof batch>, string][] = [
    [{ SignNameJson: JSON.stringify([sign]) }, 'isv.INVALID_PARAMETERS'],
    [{ PhoneNumberJson: 'no json' }, 'isv.INVALID_JSON_PARAM'],
    [{ TemplateParamJson: '{}' }, 'isv.INVALID_JSON_PARAM'],
    [{ SignNameJson: JSON.stringify([sign, '星桥优选']) }, 'isv.SMS_SIGNATURE_ILLEGAL'],
    [{ PhoneNumberJson: JSON.stringify(Array(101).fill('13900000001')) }, 'isv.MOBILE_COUNT_OVER_LIMIT'],
  ]
  for (const [change, code] of refusals) {
    expect(await codeOf(sms('SendBatchSms', { ...batch, ...change })), JSON.stringify(change)).toBe(code)
  }
})

test('long texts count as several segments, international ones by their alphabet', async () => {
  const code = 'SMS_280099001'
  const add = (content: string, type: string) =>
    simulator.control({ channel: 'sms', kind: 'template_state', code, state: 'approved', content, type })
  const segments = async (content: string, type: string, to: string) => {
    await add(content, type)
    await send({ to, template: code, values: {} })
    return (await simulator.sms(to))[0]?.content.segments
  }
  // The signature and its brackets are six characters.
  expect(await segments('长'.repeat(64), 'notice', anyMobile())).toBe('1')
  expect(await segments('长'.repeat(65), 'notice', anyMobile())).toBe('2')
  expect(await segments('长'.repeat(134 - 6 + 1), 'notice', anyMobile())).toBe('3')
  expect(await segments('a'.repeat(65), 'international', '85251230001')).toBe('2')
})

test('details name every state of an SMS, page by page, of the day asked for', async () => {
  const to = anyMobile()
  await simulator.control({ channel: 'sms', kind: 'limits', on: false })
  await simulator.control({ channel: 'sms', kind: 'receipt', status: 'failed', delay: 0, to, times: 1 })
  await send({ to, outId: 'first' })
  await simulator.control({ channel: 'sms', kind: 'receipt', status: 'pending', to, times: 1 })
  const { BizId } = await send({ to, outId: 'second' })
  await simulator.control({ channel: 'sms', kind: 'receipt', delay: 0, to, times: 1 })
  await send({ to, outId: 'third' })
  const SendDate = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')
  const query = async (more: Record<string, string | number> = {}) => {
    const asked = { PhoneNumber: `+86${to}`, SendDate, PageSize: 50, CurrentPage: 1, ...more }
    return (await sms('QuerySendDetails', asked)) as {
      TotalCount: string
      SmsSendDetailDTOs: { SmsSendDetailDTO: Record<string, unknown>[] }
    }
  }
  const states = ({ SmsSendDetailDTOs }: Awaited<ReturnType<typeof query>>) =>
    SmsSendDetailDTOs.SmsSendDetailDTO.map(({ OutId, SendStatus, ErrCode }) => [OutId, SendStatus, ErrCode])
  const all = await query()
  expect(all.TotalCount).toBe('3')
  expect(states(all)).toEqual([
    ['third', 3, 'DELIVERED'],
    ['second', 1, ''],
    ['first', 2, 'MOBILE_NOT_ON_SERVICE'],
  ])
  expect(all.SmsSendDetailDTOs.SmsSendDetailDTO[0]).toMatchObject({
    PhoneNum: to,
    TemplateCode: codeTemplate,
    Content: '【星桥智家】您的登录验证码为123456，请勿告诉他人。',
    SendDate: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
  })
  expect(states(await query({ BizId: String(BizId) }))).toEqual([['second', 1, '']])
  expect(states(await query({ PageSize: 2, CurrentPage: 2 }))).toEqual([['first', 2, 'MOBILE_NOT_ON_SERVICE']])
  expect((await query({ SendDate: '20200101' })).TotalCount).toBe('0')
  const asked = { PhoneNumber: to, SendDate, PageSize: 51, CurrentPage: 1 }
  expect(await codeOf(sms('QuerySendDetails', asked))).toBe('isv.INVALID_PARAMETERS')
  const second = aliyunClient(simulator, 'sms', { accessKeyId: simulator.aliyun.otherKeys.second })
  expect((await second('QuerySendDetails', { ...asked, PageSize: 50 })).TotalCount).toBe('0')
})

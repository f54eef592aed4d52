/** What the voice service accepts, refuses and tells about its calls; seen through the real client. */
import { expect, test } from '@playwright/test'
import { type AliyunClient, type Answer, aliyunClient, anyMobile, failure } from '../support/aliyun-client.ts'
import { type Simulator, startSimulator } from '../support/simulator.ts'

let simulator: Simulator
let voice: AliyunClient

test.beforeAll(async () => {
  simulator = await startSimulator()
  voice = aliyunClient(simulator, 'voice')
})

test.afterEach(() => simulator.clear())

test.afterAll(() => simulator.stop())

const alarm = 'TTS_280020001'
const dedicated = 'TTS_280020003'
const ownNumber = '057100000000'

type Order = { to?: string; code?: string; values?: Record<string, unknown> | string } & Record<string, unknown>

function call({ to = anyMobile(), code = alarm, values, ...more }: Order): Promise<Answer> {
  const usual = { device: '客厅烟感', content: '检测到烟雾' }
  return voice('SingleCallByTts', {
    CalledNumber: to,
    TtsCode: code,
    TtsParam: typeof values === 'string' ? values : JSON.stringify(values ?? usual),
    ...(more as Record<string, string>),
  })
}

const codeOf = async (calling: Promise<Answer>) => (await failure(calling)).code

test('an accepted call is in the inbox with what is spoken and how', async () => {
  const to = anyMobile()
  const { CallId } = await call({ to, PlayTimes: 2, Volume: 60, Speed: -100, OutId: 'our-reference' })
  const [message, ...more] = await simulator.calls(`+86${to}`)
  expect(more).toEqual([])
  expect(message?.to).toBe(`+86${to}`)
  expect(message?.content).toMatchObject({
    ttsCode: alarm,
    parameters: { device: '客厅烟感', content: '检测到烟雾' },
    text: '您好，您的设备客厅烟感发生告警，内容是检测到烟雾，请及时处理。',
    calledShowNumber: '',
    playTimes: 2,
    volume: 60,
    speed: -100,
    callId: CallId,
    outId: 'our-reference',
  })
})

test('a call plays three times at full volume unless told otherwise', async () => {
  const to = anyMobile()
  await call({ to })
  expect((await simulator.calls(to))[0]?.content).toMatchObject({ playTimes: 3, volume: 100, speed: 0 })
})

test('mobile numbers and landlines of the mainland can be called, one at a time', async () => {
  const mobile = anyMobile()
  await simulator.control({ channel: 'voice', kind: 'limits', on: false })
  for (const to of [mobile, `86${mobile}`, `+86${mobile}`, '057188880001', '02188880001', '+8657188880001']) {
    expect(await codeOf(call({ to })), to).toBe('OK')
  }
  expect((await simulator.calls('057188880001')).map(({ to }) => to)).toEqual(['+8657188880001', '+8657188880001'])
  for (const to of ['85251234567', '12345', 'abc']) {
    expect(await codeOf(call({ to })), to).toBe('isv.MOBILE_NUMBER_ILLEGAL')
  }
  expect(await codeOf(call({ to: `${mobile},13900000001` }))).toBe('isv.MOBILE_COUNT_OVER_LIMIT')
})

const cases: [name: string, Order, code: string][] = [
  ['a template that nobody has', { code: 'TTS_1' }, 'isv.TTS_TEMPLATE_ILLEGAL'],
  ['a template in review', { code: 'TTS_280020004' }, 'isv.TTS_TEMPLATE_ILLEGAL'],
  ['a rejected template', { code: 'TTS_280020005' }, 'isv.TTS_TEMPLATE_ILLEGAL'],
  ['the template of another account', { code: 'TTS_290010001' }, 'isv.TTS_TEMPLATE_ILLEGAL'],
  ['a variable that is not given', { values: { device: '门锁' } }, 'isv.TEMPLATE_MISSING_PARAMETERS'],
  ['values that are not JSON', { values: 'device' }, 'isv.INVALID_JSON_PARAM'],
  ['a number as a value', { values: { device: 1, content: 'x' } }, 'isv.INVALID_JSON_PARAM'],
  [
    '250 characters of values',
    { values: { device: '长'.repeat(100), content: '长'.repeat(150) } },
    'isv.PARAM_LENGTH_LIMIT',
  ],
  ['a link as a value', { values: { device: '门锁', content: 'www.example.com' } }, 'isv.PARAM_NOT_SUPPORT_URL'],
  ['a code with other signs', { code: 'TTS_280010001', values: { code: '12-34' } }, 'isv.TEMPLATE_PARAMS_ILLEGAL'],
  ['four repetitions', { PlayTimes: 4 }, 'isv.INVALID_PARAMETERS'],
  ['a volume over 100', { Volume: 101 }, 'isv.INVALID_PARAMETERS'],
  ['a speed under -500', { Speed: -501 }, 'isv.INVALID_PARAMETERS'],
  ['a reference of 16 bytes', { OutId: 'x'.repeat(16) }, 'isv.INVALID_PARAMETERS'],
  ['a calling number with a public template', { CalledShowNumber: ownNumber }, 'isv.DISPLAY_NUMBER_ILLEGAL'],
]

for (const [name, order, code] of cases) {
  test(`${name} is refused with ${code}, and nobody is called`, async () => {
    const to = anyMobile()
    const refused = await failure(call({ to, ...order }))
    expect([refused.code, refused.status]).toEqual([code, 200])
    expect(Object.keys(refused.data ?? {}).sort()).toEqual(['Code', 'Message', 'RequestId'])
    expect(await simulator.count(to, 'voice')).toBe(0)
  })
}

test('an illegal template is named in the refusal, as by the real service', async () => {
  const { said } = await failure(call({ code: 'TTS_1' }))
  expect(said).toMatch(/^未找到审核通过的文本转语音模板,ttsCode=TTS_1,partnerId=\d+$/)
})

test('a template of dedicated mode needs a number that the account owns', async () => {
  const values = { app: '星桥智家', device: '门锁', level: '一', content: '被撬动' }
  const from = (CalledShowNumber: string) => codeOf(call({ code: dedicated, values, CalledShowNumber }))
  expect(await from(ownNumber)).toBe('OK')
  expect(await from('')).toBe('isv.DISPLAY_NUMBER_ILLEGAL')
  expect(await from('057199999999')).toBe('isv.DISPLAY_NUMBER_ILLEGAL')
})

test('a template loses and gets back its approval', async () => {
  await simulator.control({ channel: 'voice', kind: 'template_state', code: alarm, state: 'rejected' })
  expect(await codeOf(call({}))).toBe('isv.TTS_TEMPLATE_ILLEGAL')
  await simulator.clear()
  expect(await codeOf(call({}))).toBe('OK')
})

test('a recording that is approved can be played, others not', async () => {
  const file = (number: number) => `5f1c9a52-7d0e-4b5c-9a31-20c6f2d4000${number}.wav`
  const play = (VoiceCode: string, to = anyMobile()) => voice('SingleCallByVoice', { CalledNumber: to, VoiceCode })
  const to = anyMobile()
  expect((await play(file(1), to)).CallId).toMatch(/^\d{12}\^\d{12}$/)
  expect((await simulator.calls(to))[0]?.content).toMatchObject({ voiceCode: file(1), text: '' })
  for (const code of [file(2), file(3), 'none.wav']) expect(await codeOf(play(code))).toBe('isv.VOICE_FILE_ILLEGAL')
  const { Data } = await voice('QueryVoiceFileAuditInfo', { VoiceCodes: [1, 2, 3].map(file).join(',') })
  expect((Data as { AuditState: string }[]).map(({ AuditState }) => AuditState)).toEqual([
    'AUDIT_STATE_PASS',
    'AUDIT_STATE_INIT',
    'AUDIT_STATE_NOT_PASS',
  ])
})

test('the result of a call is known after it, under its product and on its day, as JSON in JSON', async () => {
  const to = anyMobile()
  await simulator.control({ channel: 'voice', kind: 'receipt', delay: 0, code: '200002', to })
  const { CallId } = await call({ to, OutId: 'ref' })
  const now = Date.now()
  const query = async (more: Record<string, string | number> = {}) => {
    const asked = { CallId: String(CallId), ProdId: 11000000300006, QueryDate: now - 60_000, ...more }
    const { Data } = await voice('QueryCallDetailByCallId', asked)
    return Data === undefined ? undefined : (JSON.parse(String(Data)) as Record<string, unknown>)
  }
  expect(await query()).toMatchObject({ callee: to, state: '200002', stateDesc: '用户占线', duration: 0 })
  expect(await query({ ProdId: 11010000138001 })).toBeUndefined()
  expect(await query({ QueryDate: now - 2 * 86_400_000 })).toBeUndefined()
  expect(await query({ QueryDate: now + 60_000 })).toBeUndefined()
  expect(await query({ CallId: '116000000001^102000000001' })).toBeUndefined()
  expect(await codeOf(voice('QueryCallDetailByCallId', { CallId: '1', ProdId: 1, QueryDate: 'today' }))).toBe(
    'isv.INVALID_PARAMETERS',
  )
  await simulator.control({ channel: 'voice', kind: 'receipt', status: 'pending' })
  const pending = await call({})
  expect(await query({ CallId: String(pending.CallId) })).toBeUndefined()
})

test('a code is found under the product of codes and under that of notices', async () => {
  await simulator.control({ channel: 'voice', kind: 'receipt', delay: 0 })
  const { CallId } = await call({ code: 'TTS_280010001', values: { code: '4821' } })
  for (const ProdId of ['11000000300006', '11010000138001']) {
    const asked = { CallId: String(CallId), ProdId, QueryDate: Date.now() - 60_000 }
    const { Data } = await voice('QueryCallDetailByCallId', asked)
    expect(JSON.parse(String(Data))).toMatchObject({ state: '200000', stateDesc: '用户听完' })
  }
})

test('reading calls prove the right to read', async () => {
  expect(await voice('ListCallTask', { PageNumber: 1, PageSize: 1 })).toMatchObject({ Code: '200', Total: 0, Data: [] })
  const { Code, Data } = await voice('QueryVirtualNumberRelation', { ProdCode: 'dyvms', PageNo: 1, PageSize: 1 })
  expect(Code).toBe('200')
  expect(JSON.parse(String(Data))).toMatchObject({ total: 2, data: [{ relatedNum: ownNumber }] })
  const reader = aliyunClient(simulator, 'voice', { accessKeyId: simulator.aliyun.otherKeys.readOnly })
  expect((await reader('QueryVirtualNumberRelation')).Code).toBe('200')
  expect((await failure(reader('SingleCallByTts', { CalledNumber: anyMobile(), TtsCode: alarm }))).code).toBe(
    'isp.RAM_PERMISSION_DENY',
  )
})

/** The provider `aliyun-voice` at the wire: the call it asks for, its check, and how it finds out who listened. */

import { expect, test } from '@playwright/test'
import { LookupError, type Provider, SendError, type StageResult } from '#channels/contract.ts'
import type { VoiceMessage } from '#channels/voice/voice.ts'
import { AliyunVoiceConfig, aliyunVoice } from '#providers/aliyun/voice.ts'
import { type AliyunService, key, refusal, startAliyun } from '../support/aliyun-service.ts'
import { impatient } from '../support/vendors.ts'

let service: AliyunService
let provider: Provider<AliyunVoiceConfig, VoiceMessage>
const config = AliyunVoiceConfig.parse(key)
const message: VoiceMessage = {
  ttsCode: 'TTS_100000001',
  ttsParam: { code: '771204' },
  text: '您的验证码是771204',
  playTimes: 2,
  volume: 80,
  speed: -100,
}

test.beforeEach(async () => {
  service = await startAliyun()
  provider = aliyunVoice({ endpoint: service.url, timeouts: impatient })
})
test.afterEach(async () => {
  await provider.close?.()
  await service.close()
})

const lastParams = () => service.calls.at(-1)?.params ?? {}
async function checked(): Promise<StageResult[]> {
  const stages: StageResult[] = []
  for await (const stage of provider.check(config, { testRecipient: '+8613812345678' })) stages.push(stage)
  return stages
}

test('asks for a call with the template, its values, how it is played, and a reference of 15 bytes', async () => {
  const reference = '019a2f6e-7b1c-7000-8000-0123456789ab'
  const sent = await provider.send(config, '+8613812345678', message, { reference })
  expect(sent).toEqual({ providerMessageId: '116000000001^102000000001' })
  expect(lastParams()).toMatchObject({
    Action: 'SingleCallByTts',
    CalledNumber: '13812345678',
    TtsCode: 'TTS_100000001',
    TtsParam: '{"code":"771204"}',
    PlayTimes: '2',
    Volume: '80',
    Speed: '-100',
    OutId: provider.vendorReference?.(reference),
  })
  expect(lastParams()).not.toHaveProperty('CalledShowNumber')
})

test('calls a landline with its area code, from a number of its own', async () => {
  const own = { ...message, ttsParam: {}, calledShowNumber: '057100000000' }
  await provider.send(config, '+8657187654321', own, { reference: 'm-1' })
  expect(lastParams()).toMatchObject({ CalledNumber: '057187654321', CalledShowNumber: '057100000000' })
  expect(lastParams()).not.toHaveProperty('TtsParam')
})

test('the short reference is the same every time, another for another message, and of letters and digits', () => {
  const short = (reference: string) => provider.vendorReference?.(reference) ?? ''
  const made = new Set(Array.from({ length: 2000 }, (_, at) => short(`message-${at}`)))
  expect(made.size).toBe(2000)
  expect([...made].filter((reference) => !/^[a-z0-9]{15}$/.test(reference))).toEqual([])
  expect(short('message-7')).toBe(short('message-7'))
})

test('values that are too long together are refused before anybody is called', async () => {
  const long = { ...message, ttsParam: { a: 'x'.repeat(125), b: 'y'.repeat(125) } }
  const error = await provider
    .send(config, '+8613812345678', long, { reference: 'm-2' })
    .catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(SendError)
  expect(error).toMatchObject({ kind: 'reject', code: 'EVALUES' })
  expect(service.calls).toHaveLength(0)
})

test('its check proves the key and a right to read, and calls nobody', async () => {
  service.script.ListCallTask = { body: { Code: '200', Total: 0, Data: [] } }
  expect((await checked()).map(({ stage, ok }) => [stage, ok])).toEqual([
    ['credentials', true],
    ['permission', true],
  ])
  expect(service.calls.map(({ params }) => params.Action)).toEqual(['ListCallTask'])
})

test('its check names the right that is missing, or what is wrong with the key', async () => {
  service.script.ListCallTask = refusal('Forbidden.RAM', 'no', 403)
  expect((await checked()).map(({ stage, ok, cause }) => [stage, ok, cause])).toEqual([
    ['credentials', true, undefined],
    ['permission', false, 'aliyun_permission_voice'],
  ])
  service.script.ListCallTask = refusal('InvalidAccessKeyId.Inactive', 'no', 400)
  expect((await checked()).map(({ stage, ok, cause }) => [stage, ok, cause])).toEqual([
    ['credentials', false, 'aliyun_key_disabled'],
  ])
})

const sent = { to: '+8613812345678', sentAt: new Date('2024-11-20T02:00:01Z'), reference: 'm-1' }
const record = (state: string) => ({
  body: {
    Code: 'OK',
    Data: JSON.stringify({ callee: '13812345678', state, stateDesc: '状态', endDate: '2024-11-20 10:00:31' }),
  },
})

const states: [state: string, codes: string][] = [
  ['delivered', '200000 200001 200008 300000'],
  ['pending', '200101 200201 200102 200100'],
  [
    'failed',
    `200002 200003 200004 200005 200006 200007 200010 200011 200117 200118 200119 200120 200121 200112 200113 200116
    200103 200104 200105 200111 9996 999999 500 400 482 476 299999`,
  ],
]
for (const [state, codes] of states) {
  test(`a call is ${state} with ${codes.split(/\s+/).join(', ')}`, async () => {
    for (const code of codes.split(/\s+/)) {
      service.script.QueryCallDetailByCallId = record(code)
      expect(await provider.settle?.(config, { ...sent, providerMessageId: '116^102' })).toEqual({
        state,
        code,
        detail: '状态',
        at: new Date('2024-11-20T02:00:31Z'),
      })
    }
  })
}

test('a call is asked for by its id and the start of its day, as a notice and then as a code', async () => {
  service.script.QueryCallDetailByCallId = ({ ProdId }) =>
    ProdId === '11010000138001' ? record('200000').body : { Code: 'OK' }
  expect(await provider.settle?.(config, { ...sent, providerMessageId: '116^102' })).toMatchObject({
    state: 'delivered',
  })
  expect(service.calls.map(({ params }) => [params.CallId, params.ProdId, params.QueryDate])).toEqual([
    ['116^102', '11000000300006', String(Date.parse('2024-11-20T00:00:00+08:00'))],
    ['116^102', '11010000138001', String(Date.parse('2024-11-20T00:00:00+08:00'))],
  ])
})

for (const data of [undefined, '', '{}', '{"sta']) {
  test(`a call is pending while its record is ${JSON.stringify(data)}`, async () => {
    service.script.QueryCallDetailByCallId = { body: { Code: 'OK', Data: data } }
    expect(await provider.settle?.(config, { ...sent, providerMessageId: '116^102' })).toMatchObject({
      state: 'pending',
    })
  })
}

test('a call of which no id is known cannot be asked about', async () => {
  for (const providerMessageId of [null, 'R-1']) {
    expect(await provider.settle?.(config, { ...sent, providerMessageId })).toMatchObject({
      state: 'pending',
      code: '',
    })
  }
  expect(service.calls).toHaveLength(0)
})

test('a record that may not be read names the right that is missing', async () => {
  service.script.QueryCallDetailByCallId = refusal('isp.RAM_PERMISSION_DENY')
  const error = await provider
    .settle?.(config, { ...sent, providerMessageId: '1^2' })
    .catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(LookupError)
  expect(error).toMatchObject({ reason: 'aliyun_permission_voice_details', kind: 'misconfigured' })
})

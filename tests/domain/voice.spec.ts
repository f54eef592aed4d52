/** The channel `voice`: the rules of a spoken text, and the call that is made of it. */
import { expect, test } from '@playwright/test'
import { VoiceContent } from '#channels/voice/content.ts'
import { voice } from '#channels/voice/voice.ts'
import { voiceTexts } from '#providers/aliyun/texts.ts'

const verification = { kind: 'verification', variables: ['code', 'account'] } as const
const alarm = { kind: 'notification', variables: ['device_name', 'alarm_content', 'app_name'] } as const

const basics = {
  ttsCode: 'TTS_100000001',
  templateText: '您的验证码是${code}，请勿泄露。',
  mapping: { code: { variable: 'code' } },
}
const content = (change: object = {}): VoiceContent => VoiceContent.parse({ ...basics, ...change })
const problems = (change: object, scenario: Parameters<typeof voice.check>[1] = alarm) =>
  voice.check(content(change), scenario, voiceTexts).map(({ path, code, severity }) => `${severity} ${path} ${code}`)
const mapped = (...names: string[]) => Object.fromEntries(names.map((name) => [name, { constant: '一' }]))

test('a call is played three times, at full volume and normal speed, from the shared pool, unless said otherwise', () => {
  expect(content({ calledShowNumber: '' })).toEqual({ ...basics, playTimes: 3, volume: 100, speed: 0 })
  expect(content({ calledShowNumber: ' 057100000000 ' })).toMatchObject({ calledShowNumber: '057100000000' })
})

for (const [what, change] of [
  ['a template code of no provider', { ttsCode: 'a code' }],
  ['no text', { templateText: '  ' }],
  ['1001 characters', { templateText: '请'.repeat(1001) }],
  ['a calling number of letters', { calledShowNumber: 'abc' }],
  ['no playing', { playTimes: 0 }],
  ['four times playing', { playTimes: 4 }],
  ['half a time', { playTimes: 1.5 }],
  ['too much volume', { volume: 101 }],
  ['less than no volume', { volume: -1 }],
  ['too much speed', { speed: 501 }],
  ['too little speed', { speed: -501 }],
  ['an unknown field', { pitch: 1 }],
] as const) {
  test(`a template with ${what} is refused`, () => {
    expect(VoiceContent.safeParse({ ...basics, ...change }).success).toBe(false)
  })
}

test('a complete template has no problem', () => {
  expect(voice.check(content(), verification, voiceTexts)).toEqual([])
  expect(problems({ templateText: '设备${a}告警，内容：${b}。', mapping: mapped('a', 'b') })).toEqual([])
})

test('a text that is too long to be stored is told while it is typed', () => {
  const tooLong = { ...content(), templateText: '请'.repeat(1001), mapping: {} }
  expect(voice.check(tooLong, alarm, voiceTexts)).toEqual([
    { path: 'templateText', code: 'too_big_string', severity: 'error', params: { maximum: 1000 } },
  ])
})

for (const sign of '#/:-%¥$【】[]') {
  test(`the fixed text may not hold ${sign}`, () => {
    expect(problems({ templateText: `时间${sign}现在`, mapping: {} })).toEqual([
      'error templateText aliyun_forbidden_character',
    ])
  })
}

test("a template code that is not of the provider's form is told", () => {
  expect(problems({ ttsCode: 'SMS_1' }, verification)).toEqual(['error ttsCode aliyun_tts_code'])
})

for (const [what, templateText, names, expected] of [
  ['a network address', '地址10.0.0.1，请处理', [], ['error templateText aliyun_text_with_address']],
  ['http', '请看https网页', [], ['error templateText aliyun_text_with_address']],
  ['a name beginning with a digit', '设备${1a}。', [], ['error templateText bad_variable_name']],
  ['a name that is reserved', '用户${mobile}。', ['mobile'], ['error templateText reserved_variable_name']],
  ['a variable said twice', '${a}和${a}。', ['a'], ['error templateText variable_twice']],
  ['variables side by side', '设备${a}${b}。', ['a', 'b'], ['error templateText adjacent_variables']],
  ['nothing but variables', '${a}', ['a'], ['error templateText only_variables']],
  [
    'three variables without a number of its own',
    '甲${a}乙${b}丙${c}。',
    ['a', 'b', 'c'],
    ['error templateText two_variables_without_number'],
  ],
  ['a letter of another language', '設備${a}тревога。', ['a'], ['hint templateText aliyun_unspeakable_character']],
  ['a variable without a source', '设备${a}。', [], ['error mapping.a not_mapped']],
] as const) {
  test(`${what} is told`, () => {
    expect(problems({ templateText, mapping: mapped(...names) })).toEqual(expected)
  })
}

test('with a number of its own a notice may have any number of variables', () => {
  const many = {
    templateText: '甲${a}乙${b}丙${c}。',
    mapping: mapped('a', 'b', 'c'),
    calledShowNumber: '057100000000',
  }
  expect(problems(many)).toEqual([])
})

test('a verification says its code and nothing else', () => {
  const two = {
    templateText: '${code}，账号${who}。',
    mapping: { code: { variable: 'code' }, who: { variable: 'account' } },
  }
  expect(problems(two, verification)).toEqual(['error templateText code_template_has_one_variable'])
  expect(problems({ mapping: { code: { variable: 'account' } } }, verification)).toEqual([
    'error mapping code_not_mapped',
  ])
})

test('constants together stay under what a call takes', () => {
  const long = { a: { constant: '一'.repeat(125) }, b: { constant: '二'.repeat(125) } }
  expect(problems({ templateText: '甲${a}乙${b}。', mapping: long })).toEqual(['error mapping values_too_long'])
})

test('the spoken text has the values in their places, and goes with how it is played', () => {
  const composed = voice.compose(content({ playTimes: 2, volume: 50, speed: -50 }), { code: '7 7 1' }, ['code'])
  expect(composed).toEqual({
    ttsCode: 'TTS_100000001',
    ttsParam: { code: '7 7 1' },
    text: '您的验证码是7 7 1，请勿泄露。',
    playTimes: 2,
    volume: 50,
    speed: -50,
  })
  expect(voice.compose(content({ calledShowNumber: '057100000000' }), {}, ['code'])).toMatchObject({
    calledShowNumber: '057100000000',
    ttsParam: {},
    text: basics.templateText,
  })
  expect(voice.variablesIn(content(), ['account', 'code'])).toEqual(['code'])
})

for (const [to, normal] of [
  ['13800138000', '+8613800138000'],
  ['0571-87654321', '+8657187654321'],
  ['+85291234567', undefined],
  ['+12025550123', undefined],
  ['400 123 4567', undefined],
] as const) {
  test(`a call to ${to} goes ${normal ? `to ${normal}` : 'nowhere'}`, () => {
    expect(voice.recipient.safeParse(to).data).toBe(normal)
  })
}

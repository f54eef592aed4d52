/** The channel `sms`: what its templates may hold, and which text goes to whom. */
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { ContentError } from '#channels/contract.ts'
import { type SmsChoice, SmsContent } from '#channels/sms/content.ts'
import { sms } from '#channels/sms/sms.ts'
import { segments } from '#channels/sms/text.ts'
import { problemsFrom } from '#domain/base/problems.ts'
import { smsTexts } from '#providers/aliyun/texts.ts'

const verification = { kind: 'verification', variables: ['code', 'expires_in_minutes', 'app_name', 'account'] } as const
const alarm = { kind: 'notification', variables: ['device_name', 'alarm_content', 'app_name'] } as const

const choice = (change: Partial<SmsChoice> = {}): SmsChoice => ({
  signature: '运维告警',
  templateCode: 'SMS_100000001',
  templateText: '您的验证码是${code}，请勿泄露。',
  mapping: { code: { variable: 'code' } },
  ...change,
})
const mainland = (change: Partial<SmsChoice> = {}) => ({ mainland: choice(change), international: null })
const abroad = choice({ templateCode: 'SMS_2', templateText: 'Your code is ${code}.', signature: 'Signet' })
const problems = (change: Partial<SmsChoice>, scenario: Parameters<typeof sms.check>[1] = verification) =>
  sms.check(mainland(change), scenario, smsTexts).map(({ path, code, severity }) => `${severity} ${path} ${code}`)

test('a template needs a choice for the mainland or for abroad', () => {
  expect(SmsContent.safeParse({ mainland: null, international: null }).success).toBe(false)
  expect(SmsContent.safeParse({}).success).toBe(false)
  expect(SmsContent.parse({ international: abroad })).toEqual({ mainland: null, international: abroad })
})

for (const [what, change] of [
  ['a signature with brackets', { signature: '【运维】' }],
  ['no signature', { signature: ' ' }],
  ['a template code of no provider', { templateCode: 'a code' }],
  ['no text', { templateText: '' }],
  ['a text that cannot be stored', { templateText: 'a\0b' }],
  ['a value that is both', { mapping: { code: { variable: 'code', constant: 'x' } } }],
  ['a value that is neither', { mapping: { code: {} } }],
  ['a name that no template has', { mapping: { '1a': { constant: 'x' } } }],
  ['an unknown field', { sender: 'x' }],
  [
    'more variables than any template',
    { mapping: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`v${at}`, { constant: 'x' }])) },
  ],
] as const) {
  test(`a choice with ${what} is refused`, () => {
    expect(SmsContent.safeParse({ mainland: { ...choice(), ...change } }).success).toBe(false)
  })
}

test('a complete choice has no problem', () => {
  expect(sms.check({ mainland: choice(), international: abroad }, verification, smsTexts)).toEqual([])
})

for (const [what, change, expected, scenario] of [
  [
    "a template code that is not of the provider's form",
    { templateCode: 'TTS_1' },
    ['error mainland.templateCode aliyun_sms_code'],
  ],
  [
    'a variable without a source',
    { mapping: {} },
    ['error mainland.mapping.code not_mapped', 'error mainland.mapping code_not_mapped'],
  ],
  [
    'a code that is not said',
    { mapping: { code: { variable: 'account' } } },
    ['error mainland.mapping code_not_mapped'],
  ],
  [
    'a code that is a constant',
    { mapping: { code: { constant: '1234' } } },
    ['error mainland.mapping code_not_mapped'],
  ],
  [
    'a variable of another scenario',
    { mapping: { code: { variable: 'device_name' } } },
    ['error mainland.mapping.code variable_not_declared', 'error mainland.mapping code_not_mapped'],
  ],
  [
    'a leftover mapping',
    { mapping: { code: { variable: 'code' }, old: { variable: 'code' } } },
    ['hint mainland.mapping.old not_in_template'],
  ],
  [
    'a second variable beside the code',
    {
      templateText: '${code}，${minutes}分钟内有效',
      mapping: { code: { variable: 'code' }, minutes: { variable: 'expires_in_minutes' } },
    },
    ['hint mainland.templateText several_variables_in_code_template'],
  ],
  [
    'a text of two segments',
    { templateText: `\${code}${'请'.repeat(70)}` },
    ['hint mainland.templateText several_segments'],
  ],
  [
    'an empty constant',
    { templateText: '${x}。', mapping: { x: { constant: ' ' } } },
    ['error mainland.mapping.x required'],
    alarm,
  ],
  [
    'a long constant',
    { templateText: '${x}。', mapping: { x: { constant: '长'.repeat(36) } } },
    ['error mainland.mapping.x too_big_string'],
    alarm,
  ],
  [
    'a web address',
    { templateText: '${x}。', mapping: { x: { constant: 'see shop.example.com' } } },
    ['error mainland.mapping.x aliyun_constant_with_address'],
    alarm,
  ],
  [
    'a network address',
    { templateText: '${x}。', mapping: { x: { constant: '10.0.0.1' } } },
    ['error mainland.mapping.x aliyun_constant_with_address'],
    alarm,
  ],
  [
    'an account to add',
    { templateText: '${x}。', mapping: { x: { constant: '加微信：abc12345' } } },
    ['error mainland.mapping.x aliyun_constant_with_contact'],
    alarm,
  ],
  [
    'a signature in a constant',
    { templateText: '${x}。', mapping: { x: { constant: '【某某】' } } },
    ['error mainland.mapping.x aliyun_constant_with_brackets'],
    alarm,
  ],
  ['a good constant', { templateText: '${x}。', mapping: { x: { constant: '长'.repeat(35) } } }, [], alarm],
  [
    'a name that every object has',
    { templateText: '${constructor}。', mapping: {} },
    ['error mainland.mapping.constructor not_mapped'],
    alarm,
  ],
] as const) {
  test(`${what} is told`, () => {
    expect(problems(change as Partial<SmsChoice>, scenario ?? verification)).toEqual(expected)
  })
}

test('a provider that says nothing of its texts lets any of them pass', () => {
  const given = mainland({ templateCode: '1110', templateText: '${1}。', mapping: { 1: { constant: '10.0.0.1' } } })
  expect(SmsContent.parse(given)).toEqual(given)
  expect(sms.check(given, alarm)).toEqual([])
})

test('what is wrong with the choice for abroad is told in its place', () => {
  const found = sms.check({ mainland: choice(), international: { ...abroad, mapping: {} } }, verification)
  expect(found.map(({ path }) => path)).toEqual(['international.mapping.code', 'international.mapping'])
})

test('the mainland gets its choice under its signature, everyone else theirs', () => {
  const content = { mainland: choice(), international: abroad }
  const to = (recipient?: string) => sms.compose(content, { code: '771204' }, ['code'], recipient)
  expect(to('+8613800138000')).toEqual({
    signName: '运维告警',
    templateCode: 'SMS_100000001',
    templateParam: { code: '771204' },
    text: '【运维告警】您的验证码是771204，请勿泄露。',
  })
  for (const recipient of ['+85291234567', '+85366123456', '+886912345678', '+12025550123']) {
    expect(to(recipient)).toMatchObject({ templateCode: 'SMS_2', signName: 'Signet', text: 'Your code is 771204.' })
  }
  expect(to()).toMatchObject({ templateCode: 'SMS_100000001' })
  expect(sms.compose({ mainland: null, international: abroad }, {}, ['code'])).toMatchObject({ templateCode: 'SMS_2' })
})

test('no choice stands in for the one that is missing', () => {
  const reasonFor = (content: SmsContent, recipient: string) => {
    try {
      sms.compose(content, { code: '1' }, ['code'], recipient)
    } catch (error) {
      expect(error).toBeInstanceOf(ContentError)
      return error instanceof ContentError ? error.reason : ''
    }
  }
  expect(reasonFor({ mainland: choice(), international: null }, '+85291234567')).toBe('no_international_template')
  expect(reasonFor({ mainland: null, international: abroad }, '+8613800138000')).toBe('no_mainland_template')
})

test('values go in as they are, once, and what has no value stays', () => {
  const content = mainland({
    templateText: '${a}、${b}、${c}、${d}、${e}',
    mapping: {
      a: { variable: 'device_name' },
      b: { constant: '${code} $& $1' },
      c: { variable: 'app_name' },
      d: { variable: 'not_declared' },
    },
  })
  const values = { device_name: '${b}\n"x"', not_declared: 'no' }
  expect(sms.compose(content, values, alarm.variables)).toMatchObject({
    templateParam: { a: '${b}\n"x"', b: '${code} $& $1' },
    text: '【运维告警】${b}\n"x"、${code} $& $1、${c}、${d}、${e}',
  })
})

test('the variables of a template are those its texts really use', () => {
  const content: SmsContent = {
    mainland: choice({ mapping: { code: { variable: 'code' }, gone: { variable: 'account' } } }),
    international: choice({ templateText: '${x}${y}', mapping: { x: { variable: 'app_name' }, y: { constant: 'z' } } }),
  }
  expect(sms.variablesIn(content, verification.variables)).toEqual(['code', 'app_name'])
})

for (const [to, normal] of [
  ['138 0013 8000', '+8613800138000'],
  ['+852 9123 4567', '+85291234567'],
  ['057187654321', undefined],
  ['someone@shop.example', undefined],
] as const) {
  test(`an SMS to ${to} goes ${normal ? `to ${normal}` : 'nowhere'}`, () => {
    expect(sms.recipient.safeParse(to).data).toBe(normal)
  })
}

for (const [what, text, signature, length, count] of [
  ['nothing', '', null, 0, 1],
  ['70 characters with the signature', '请'.repeat(66), '运维', 70, 1],
  ['71 characters with the signature', '请'.repeat(67), '运维', 71, 2],
  ['134 characters with the signature', '请'.repeat(130), '运维', 134, 2],
  ['135 characters with the signature', '请'.repeat(131), '运维', 135, 3],
  ['Latin under a signature', 'a'.repeat(67), '运维', 71, 2],
  ['160 Latin letters abroad', 'a'.repeat(160), null, 160, 1],
  ['161 Latin letters abroad', 'a'.repeat(161), null, 161, 2],
  ['307 Latin letters abroad', 'a'.repeat(307), null, 307, 3],
  ['letters that count twice', '€'.repeat(80), null, 160, 1],
  ['one more of these', '€'.repeat(81), null, 162, 2],
  ['one letter that GSM has not', `${'a'.repeat(69)}请`, null, 70, 1],
  ['71 with one that GSM has not', `${'a'.repeat(70)}请`, null, 71, 2],
  ['an emoji', '😀', null, 2, 1],
] as const) {
  test(`${what} makes ${count}`, () => {
    expect(segments(text, signature)).toEqual({ length, segments: count })
  })
}

const written = (text: string, scenario: Parameters<typeof sms.check>[1] = verification) =>
  sms.check({ text }, scenario, writtenTexts).map(({ path, code, severity }) => `${severity} ${path} ${code}`)
const writtenTexts = { ...smsTexts, kind: 'written', longestText: 1600 } as const

test('a text that is written here is for everybody, and read as every text of ours', () => {
  const content = sms.content.parse({ text: 'Your ${app_name} code is ${code}.\nAh, \\${code}' })
  const values = { code: '771204', app_name: '<Shop> ${code}' }
  for (const to of ['+8613812345678', '+14155552671', undefined]) {
    expect(sms.compose(content, values, verification.variables, to)).toEqual({
      text: 'Your <Shop> ${code} code is 771204.\nAh, ${code}',
    })
  }
  expect(sms.compose(content, { code: '1' }, verification.variables)).toMatchObject({
    text: expect.stringContaining('Your ${app_name} code'),
  })
  expect(sms.variablesIn(content, verification.variables)).toEqual(['code', 'app_name'])
  expect(sms.named?.in(content)).toEqual([])
  expect(sms.summary?.(content)).toEqual([
    { audience: 'all', signature: null, template: '', text: 'Your ${app_name} code is ${code}.\nAh, \\${code}' },
  ])
})

for (const [what, text, expected, scenario] of [
  ['says its code', 'Your code is ${code}.', []],
  ['does not say its code', 'Hello', ['error text code_missing']],
  ['says its code as words only', '\\${code}', ['error text code_missing']],
  ['has an unknown variable', '${code} ${cod}', ['error text unknown_variable']],
  ['has a variable that is not closed', '${code} ${app_name', ['error text unclosed_variable']],
  ['needs no code', 'Alarm', [], alarm],
  [
    'is longer than the provider takes',
    `\${code}${'a'.repeat(1600)}`,
    ['error text too_big_string', 'hint text several_segments'],
  ],
  ['takes several messages', `\${code}${'a'.repeat(160)}`, ['hint text several_segments']],
] as const) {
  test(`a written text that ${what} has just these problems`, () => {
    expect(written(text, scenario)).toEqual(expected)
  })
}

test('what is wrong with the form of a content is said by the form that it has', () => {
  const problem = (content: unknown) =>
    problemsFrom(sms.content.safeParse(content).error ?? new z.ZodError([]), 'content')
  expect(problem({ text: ' \n' })).toEqual([{ path: 'content.text', code: 'required' }])
  expect(problem({ text: 7 })).toMatchObject([{ path: 'content.text', code: 'invalid_type' }])
  expect(problem({ text: 'a', mainland: null })).toEqual([{ path: 'content.mainland', code: 'unknown_field' }])
  expect(problem({ text: 'x'.repeat(2001) })).toMatchObject([{ path: 'content.text', code: 'too_big_string' }])
  expect(problem({ mainland: { ...choice(), signature: '' } })).toMatchObject([
    { path: 'content.mainland.signature', code: 'required' },
  ])
  expect(problem(null)).toMatchObject([{ path: 'content' }])
})

test('a content of the other kind than the provider’s texts are is refused', () => {
  const codes = (content: unknown, texts: typeof smsTexts) =>
    sms.check(sms.content.parse(content), verification, texts).map(({ code }) => code)
  expect(codes({ text: '${code}' }, smsTexts)).toEqual(['text_of_other_kind'])
  expect(codes(mainland(), writtenTexts)).toEqual(['text_of_other_kind'])
})

test('a character that takes two places is not taken apart between two messages', () => {
  expect(segments(`${'a'.repeat(159)}€`, null)).toEqual({ length: 161, segments: 2 })
  expect(segments(`${'a'.repeat(152)}€${'a'.repeat(152)}`, null)).toEqual({ length: 306, segments: 3 })
  expect(segments(`${'a'.repeat(151)}€${'a'.repeat(153)}`, null)).toEqual({ length: 306, segments: 2 })
  expect(segments(`${'好'.repeat(66)}😀${'好'.repeat(66)}`, null)).toEqual({ length: 134, segments: 3 })
})

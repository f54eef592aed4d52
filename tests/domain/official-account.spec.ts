/** The channel `official_account`: whom it reaches, what a push rule may hold, and which card comes of it. */
import { expect, test } from '@playwright/test'
import { inChina } from '#channels/official-account/card.ts'
import { checkValues } from '#channels/official-account/check.ts'
import { OfficialAccountContent } from '#channels/official-account/content.ts'
import { officialAccount } from '#channels/official-account/official-account.ts'
import { builtInScenarios } from '#domain/scenarios/scenarios.ts'
import { allWords } from '../support/words.ts'

const variables = builtInScenarios.find(({ key }) => key === 'device_alarm')?.variables ?? []
const alarm = { kind: 'notification', variables } as const

const templateText =
  '设备名称:{{thing1.DATA}}\n设备编号:{{character_string2.DATA}}\n告警级别:{{const3.DATA}}\n告警内容:{{thing4.DATA}}\n告警时间:{{time5.DATA}}\n'
const content = (change: Partial<OfficialAccountContent> = {}): OfficialAccountContent => ({
  templateId: 'aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789-_AbCdE',
  title: '设备告警通知',
  templateText,
  values: {
    thing1: '${device_name}',
    character_string2: '${device_key}',
    const3: '紧急',
    thing4: '${alarm_content}',
    time5: '${occurred_at}',
  },
  jump: { kind: 'none' },
  ...change,
})
const values = {
  device_name: 'Boiler room 2',
  device_key: 'dev-7f3a91',
  alarm_content: 'Temperature 93 °C, limit 85 °C',
  alarm_level: 'critical',
  occurred_at: '2026-11-22 10:02:11 UTC',
  app_name: 'Shop',
}
const compose = (change: Partial<OfficialAccountContent> = {}, given: Record<string, string> = values) =>
  officialAccount.compose(content(change), given, variables)
const found = (change: Partial<OfficialAccountContent>, scenario = alarm) =>
  officialAccount.check(content(change), scenario).map(({ path, code, severity }) => `${severity} ${path} ${code}`)
/** What is found in one field alone. */
const inField = (key: string, source: string) =>
  found({ templateText: `x:{{${key}.DATA}}`, values: { [key]: source } }).map((line) =>
    line.replace(`values.${key} `, ''),
  )

for (const [openid, normal] of [
  ['oAbCdEfGhIjKlMnOpQrStUvWxYz0', 'oAbCdEfGhIjKlMnOpQrStUvWxYz0'],
  ['  o-_CdEfGhIjKlMnOpQrStUvWxYz0\n', 'o-_CdEfGhIjKlMnOpQrStUvWxYz0'],
  ['oAbCdEfGhIjKlMnOpQrStUvWxYz', undefined],
  ['oAbCdEfGhIjKlMnOpQrStUvWxYz01', undefined],
  ['oAbCdEfGhIjKlMnOpQrStUvWxY 0', undefined],
  ['oAbCdEfGhIjKlMnOpQrStUvWxY<0', undefined],
  ['someone@shop.example', undefined],
  ['+8613800138000', undefined],
  ['', undefined],
] as const) {
  test(`a card to ${JSON.stringify(openid)} goes ${normal ? `to ${normal}` : 'nowhere'}`, () => {
    expect(officialAccount.recipient.safeParse(openid).data).toBe(normal)
  })
}

for (const [what, change] of [
  ['a template id with blanks', { templateId: 'aBcDeF gHiJkLmNoPqR' }],
  ['no title', { title: ' ' }],
  ['a title of two lines', { title: 'a\nb' }],
  ['no text', { templateText: '' }],
  ['a text that cannot be stored', { templateText: 'a\0{{thing1.DATA}}' }],
  ['a text without end', { templateText: 'x'.repeat(2001) }],
  ['a key that no template has', { values: { 'thing-1': 'x' } }],
  ['a value without end', { values: { thing1: 'x'.repeat(501) } }],
  [
    'more values than any template',
    { values: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, 'x'])) },
  ],
  ['a tap that leads nowhere known', { jump: { kind: 'phone' } }],
  ['a URL that is missing', { jump: { kind: 'url' } }],
  ['a mini program of no form', { jump: { kind: 'mini_program', appId: 'gh_1', pagePath: '' } }],
  ['an unknown field', { color: '#f00' }],
] as const) {
  test(`a content with ${what} is refused`, () => {
    expect(OfficialAccountContent.safeParse({ ...content(), ...change }).success).toBe(false)
  })
}

test('a tap leads nowhere unless it is said where', () => {
  const { jump, ...rest } = content()
  expect(OfficialAccountContent.parse(rest)).toEqual({ ...rest, jump })
  const page = { kind: 'mini_program', appId: 'wx0123456789abcdef' }
  expect(OfficialAccountContent.parse(content({ jump: page as never })).jump).toEqual({ ...page, pagePath: '' })
})

test('a card is made of the event, in the order of the template', () => {
  expect(compose()).toEqual({
    templateId: 'aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789-_AbCdE',
    data: {
      thing1: 'Boiler room 2',
      character_string2: 'dev-7f3a91',
      const3: '紧急',
      thing4: 'Temperature 93 °C,…',
      time5: '2026-11-22 18:02:11',
    },
    card: {
      title: '设备告警通知',
      lines: [
        { label: '设备名称', value: 'Boiler room 2' },
        { label: '设备编号', value: 'dev-7f3a91' },
        { label: '告警级别', value: '紧急' },
        { label: '告警内容', value: 'Temperature 93 °C,…' },
        { label: '告警时间', value: '2026-11-22 18:02:11' },
      ],
      jump: 'none',
    },
  })
})

test('values go in as they are, once, on one line and without a thought of HTML', () => {
  const hostile = '${device_key} <b>&"$&\'\n{{thing4.DATA}}'
  const { data } = compose(
    { values: { ...content().values, thing1: '\\${x} ${device_name}' } },
    {
      ...values,
      device_name: hostile,
    },
  )
  expect(data.thing1).toBe('${x} ${device_key}…')
  expect(compose({}, { ...values, device_key: '<b>&"$&\'\n' }).data.character_string2).toBe('<b>&"$&\'')
})

test('what has no value stays, and what is empty is a dash where there is text', () => {
  const { device_name: _, ...rest } = values
  expect(compose({}, rest).data.thing1).toBe('${device_name}')
  expect(compose({}, { ...values, device_name: '', device_key: ' ' }).data).toMatchObject({
    thing1: '-',
    character_string2: '-',
  })
  expect(compose({ values: {} }).data).toMatchObject({ thing1: '-', const3: '', time5: '' })
})

test('historic words that WeChat hides are sent where they are written, and never drawn', () => {
  const text = '{{first.DATA}}\n内容：{{keyword1.DATA}}\n{{remark.DATA}}'
  const made = compose({ templateText: text, values: { first: 'Hello', keyword1: '${alarm_content}' } })
  expect(made.data).toEqual({ first: 'Hello', keyword1: values.alarm_content })
  expect(made.card.lines).toEqual([{ label: '内容', value: values.alarm_content }])
})

test('a tap leads to a URL whose values cannot lead elsewhere', () => {
  const jump = { kind: 'url', url: 'https://shop.example/d/${device_key}?n=${device_name}#${app_name}' } as const
  const made = compose({ jump }, { ...values, device_key: '../a?b#c&d', device_name: '锅炉 2/\ud800', app_name: '$&' })
  expect(made.url).toBe('https://shop.example/d/..%2Fa%3Fb%23c%26d?n=%E9%94%85%E7%82%89%202%2F#%24%26')
  expect(made.card.jump).toBe('url')
  expect(made).not.toHaveProperty('miniprogram')
})

test('a tap leads to a page of a mini program, or to its first', () => {
  const jump = { kind: 'mini_program', appId: 'wx0123456789abcdef', pagePath: 'pages/d?k=${device_key}' } as const
  const made = compose({ jump })
  expect(made.miniprogram).toEqual({ appid: 'wx0123456789abcdef', pagepath: 'pages/d?k=dev-7f3a91' })
  expect(made.card.jump).toBe('mini_program')
  expect(made).not.toHaveProperty('url')
  expect(compose({ jump: { ...jump, pagePath: '' } }).miniprogram).toEqual({ appid: 'wx0123456789abcdef' })
})

for (const [written, china] of [
  ['2026-11-22T10:02:11Z', '2026-11-22 18:02:11'],
  ['2026-11-22T10:02:11.031Z', '2026-11-22 18:02:11'],
  ['2026-11-22T23:02Z', '2026-11-23 07:02:00'],
  ['2026-11-22T10:02:11+08:00', '2026-11-22 10:02:11'],
  ['2026-11-22T10:02:11-0500', '2026-11-22 23:02:11'],
  [' 2026-11-22 10:02:11 UTC ', '2026-11-22 18:02:11'],
  ['2026-11-22 10:02:11', '2026-11-22 10:02:11'],
  ['2026-13-22T10:02:11Z', '2026-13-22T10:02:11Z'],
  ['at 2026-11-22T10:02:11Z', 'at 2026-11-22T10:02:11Z'],
  ['10:02', '10:02'],
  ['', ''],
] as const) {
  test(`a reader in China reads ${JSON.stringify(written)} as ${JSON.stringify(china)}`, () => {
    expect(inChina(written)).toBe(china)
  })
}

test('a complete content has hints at most', () => {
  expect(found({})).toEqual([
    'hint values.thing1 may_be_cut',
    'hint values.character_string2 may_be_cut',
    'hint values.const3 only_approved_values',
    'hint values.thing4 may_be_cut',
    'hint values.time5 not_time',
  ])
})

for (const [what, key, source, expected] of [
  ['no value', 'thing1', ' ', ['error required']],
  ['a variable of nobody', 'thing1', '${devicename}', ['error unknown_variable']],
  ['a variable that is not closed', 'thing1', '${device_name', ['error unclosed_variable']],
  ['a variable in the other brackets, misspelt', 'thing1', '$<device_nam>', ['hint misspelt_variable']],
  ['a constant that fits', 'thing1', '锅炉', []],
  ['a constant that is too long', 'thing1', '字'.repeat(21), ['error too_big_string']],
  ['words that leave no room', 'thing1', `${'字'.repeat(20)}\${device_name}`, ['error too_big_string']],
  ['words that leave a little', 'thing1', `${'字'.repeat(19)}\${device_name}`, ['hint may_be_cut']],
  [
    'two variables and words that leave no room',
    'thing1',
    `${'字'.repeat(19)}\${device_name}\${device_key}`,
    ['error too_big_string'],
  ],
  ['Chinese before a number', 'character_string1', '编号${device_key}', ['error not_character_string']],
  ['Chinese before two numbers', 'character_string1', '编号${device_key}${app_name}', ['error not_character_string']],
  ['a constant that is no time', 'time1', 'soon', ['error not_time']],
  ['a constant that is a time', 'time1', '10:00~12:00', []],
  ['a time that is the event’s', 'time1', '${occurred_at}', ['hint not_time']],
  ['a time of a day that is the event’s', 'time1', '${alarm_content} 10:00', ['hint not_time']],
  ['a time of two variables', 'time1', '${alarm_content} ${occurred_at}', ['hint not_time']],
  ['words that make a time none', 'time1', 'at ${occurred_at}', ['error not_time']],
  ['a unit after an amount', 'amount1', '${alarm_level}元', ['hint not_amount']],
  ['a word before an amount', 'amount1', 'about ${alarm_level}', ['error not_amount']],
  ['an amount of too many digits', 'amount1', '1'.repeat(13), ['error too_many_digits']],
  ['a plate that is half the event’s', 'car_number1', '浙A${alarm_level}', ['hint not_car_number']],
  ['a level that is a constant', 'const1', '紧急', ['hint only_approved_values']],
  ['a level that is too long', 'const1', '级'.repeat(21), ['error too_big_string']],
  ['a phrase that is too long, which is guidance only', 'phrase1', '字'.repeat(6), ['hint too_big_string']],
  ['a letter that is none, which is guidance only', 'letter1', '1${device_key}', ['hint not_letter']],
  ['anything, in a template of a test account', 'whatever', '字'.repeat(90), []],
  ['lines in a constant, which are made one', 'thing1', 'a\nb', []],
] as const) {
  test(`${what}: ${expected.join(', ') || 'nothing is wrong'}`, () => {
    expect(inField(key, source)).toEqual(expected)
  })
}

test('a variable that is not there is told with its place and the name that was meant', () => {
  const [problem] = officialAccount.check(
    content({ values: { ...content().values, thing1: 'a\n b ${device_nam}' } }),
    alarm,
  )
  expect(problem).toEqual({
    path: 'values.thing1',
    code: 'unknown_variable',
    severity: 'error',
    params: { name: 'device_nam', line: 2, column: 4, offset: 5, length: 13, nearest: 'device_name' },
  })
})

test('a value of a field that is gone is told, and so is a text without fields', () => {
  expect(found({ values: { ...content().values, thing9: 'x' } })).toContain('hint values.thing9 not_in_template')
  expect(found({ templateText: 'Hello', values: {} })).toEqual(['error templateText no_fields'])
  expect(found({ templateText: '{{first.DATA}}{{thing1.DATA}}', values: { thing1: 'x' } })).toEqual([])
})

for (const [url, expected] of [
  ['https://shop.example', []],
  ['http://shop.example:8080/a?b=${device_key}#${app_name}', []],
  ['HTTPS://Shop.example/${device_key}', []],
  ['https://shop.example?k=${device_key}', []],
  ['https://例子.example/设备', []],
  ['javascript:alert(1)', ['invalid_url']],
  ['ftp://shop.example/', ['invalid_url']],
  ['//shop.example/', ['invalid_url']],
  ['shop.example', ['invalid_url']],
  ['https://', ['invalid_url']],
  ['https:///a', ['invalid_url']],
  ['https://shop example/', ['invalid_url']],
  ['https://ann@shop.example/', ['invalid_url']],
  ['https://shop.example/a b', ['invalid_url']],
  ['${device_key}', ['invalid_url']],
  ['https://${device_key}/', ['variable_in_server']],
  ['https://shop.${device_key}/', ['variable_in_server']],
  ['https://shop.example${device_key}', ['variable_in_server']],
  ['https://shop.example:${device_key}/', ['variable_in_server']],
  ['https://shop.example/${nothing}', ['unknown_variable']],
] as const) {
  test(`a tap to ${url} is ${expected.length === 0 ? 'fine' : expected[0]}`, () => {
    const codes = found({ jump: { kind: 'url', url } })
      .filter((line) => line.includes('jump.url'))
      .map((line) => line.split(' ')[2])
    expect(codes).toEqual(expected)
  })
}

test('a page of a mini program has variables too', () => {
  const jump = { kind: 'mini_program', appId: 'wx0123456789abcdef', pagePath: 'pages/${nothing}' } as const
  expect(found({ jump })).toContain('error jump.pagePath unknown_variable')
})

test('what becomes of sample values is told before they are sent', () => {
  const told = (given: Record<string, string>) =>
    checkValues(content(), { ...values, ...given }, variables).map(({ path, code }) => `${path} ${code}`)
  expect(told({})).toEqual(['values.thing4 is_cut'])
  expect(told({ alarm_content: '', occurred_at: 'this morning', device_key: '编号' })).toEqual([
    'values.character_string2 not_character_string',
    'values.time5 not_time',
  ])
})

test('the variables of a content are those its fields and its tap really use', () => {
  const used = (change: Partial<OfficialAccountContent>) => officialAccount.variablesIn(content(change), variables)
  expect(used({})).toEqual(['device_name', 'device_key', 'alarm_content', 'occurred_at'])
  expect(used({ values: { thing1: 'x', thing9: '${app_name}' } })).toEqual([])
  expect(used({ values: {}, jump: { kind: 'url', url: 'https://a.example/${app_name}' } })).toEqual(['app_name'])
  const page = { kind: 'mini_program', appId: 'wx0123456789abcdef', pagePath: '${alarm_level}' } as const
  expect(used({ values: {}, jump: page })).toEqual(['alarm_level'])
})

test('every problem that a card can have is put into words', () => {
  const codes = Object.keys(allWords('en').Problem ?? {})
  const types = ['character_string', 'time', 'date', 'amount', 'phone_number', 'car_number', 'number', 'letter']
  const forms = [...types, 'symbol', 'name', 'phrase'].map((type) => `not_${type}`)
  const ids = ['invalid_openid', 'invalid_app_id', 'invalid_app_secret', 'invalid_template_id']
  const others = `required one_line too_big_string too_many_digits too_many_variables only_approved_values may_be_cut is_cut
    no_fields not_in_template invalid_url variable_in_server unknown_variable unclosed_variable misspelt_variable`
  expect(codes).toEqual(expect.arrayContaining([...forms, ...ids, ...others.split(/\s+/)]))
})

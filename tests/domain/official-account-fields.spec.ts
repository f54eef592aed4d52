/** The fields of a message template: how they are found, what each type takes, and what is sent of a value. */
import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { checkValue, type FieldType, fieldsOf, fitted, oneLine, traitsOf } from '#channels/official-account/fields.ts'
import { anyText, wellFormedText } from '../support/any-text.ts'

test('fields come in the order of the text, with their labels and types', () => {
  const text =
    '{{first.DATA}}\n设备名称：{{thing1.DATA}}\n告警时间: {{time2.DATA}}\n级别{{const3.DATA}} 联系{{phone_number12.DATA}}\n{{remark.DATA}}'
  expect(fieldsOf(text)).toEqual([
    { key: 'first', label: '', type: 'hidden' },
    { key: 'thing1', label: '设备名称', type: 'thing' },
    { key: 'time2', label: '告警时间', type: 'time' },
    { key: 'const3', label: '级别', type: 'const' },
    { key: 'phone_number12', label: '联系', type: 'phone_number' },
    { key: 'remark', label: '', type: 'hidden' },
  ])
})

for (const [what, text, expected] of [
  ['blanks within the braces', '结果: { {result.DATA} }', ['result free 结果']],
  ['blanks everywhere', ' a : {  {\t thing1.DATA }  } ', ['thing1 thing a']],
  ['a field twice', 'a:{{thing1.DATA}}\nb:{{thing1.DATA}}', ['thing1 thing a']],
  ['lines of Windows', 'a:{{thing1.DATA}}\r\nb:{{thing2.DATA}}\r\n', ['thing1 thing a', 'thing2 thing b']],
  ['a type without a number', '{{thing.DATA}}', ['thing free ']],
  ['a type of tomorrow', '{{hologram7.DATA}}', ['hologram7 free ']],
  ['a historic key', '{{keyword1.DATA}}', ['keyword1 free ']],
  ['names that every object has', '{{constructor1.DATA}}{{__proto__.DATA}}', ['constructor1 free ', '__proto__ free ']],
  ['names of our own types', '{{hidden1.DATA}}{{free2.DATA}}', ['hidden1 free ', 'free2 free ']],
  ['what is no field', '{{thing1}} {thing1.DATA} ${thing1.DATA} {{.DATA}} {{a-b.DATA}}', []],
  ['nothing', '', []],
] as const) {
  test(`fields are found in a text with ${what}`, () => {
    expect(fieldsOf(text).map(({ key, type, label }) => `${key} ${type} ${label}`)).toEqual(expected)
  })
}

test('a long text of anything is read in a moment', () => {
  for (const part of ['{', '{ ', '{{', '{{a', '{{thing1.DATA', ' ', ':', '{{thing1.DATA}}']) {
    expect(fieldsOf(part.repeat(2000 / part.length)).length).toBeLessThan(2)
  }
})

const han = (count: number) => '字'.repeat(count)
const good: Record<FieldType, string[]> = {
  thing: ['a', han(20), '😀'.repeat(20), '2# 锅炉 <b>&"'],
  short_thing: [han(20)],
  character_string: ['SN-20260418-0097', 'a'.repeat(32), '#1 / ¥★', '0571-1234'],
  time: [
    ...['10:00', '9:05:07', '23:59:59', '2026-11-20 10:00:00', '2026/11/20 10:00', '2026年11月20日 10:00'],
    ...['10:00~12:00', '2026-11-20 10:00 ~ 2026-11-20 12:00', '2026年1月2日10:00'],
  ],
  date: ['2026-11-20', '2026年11月20日', '2026-11-20~2026-11-22', '2026-11-20 10:00'],
  amount: ['0', '¥99.50', '$1', '￥1234567890.12', '12元', '999999999999'],
  phone_number: ['13800138000', '+86-571-1234567', '400-800#1', '1'.repeat(17)],
  car_number: ['浙A00001', '粤Z1234港', 'AB'],
  const: ['紧急', han(20)],
  number: ['0', '-12.5', '1'.repeat(32)],
  letter: ['B', 'a'.repeat(32)],
  symbol: ['★★★', '!'],
  name: ['张三', han(10), 'Ann Lee', 'a'.repeat(20), '阿·买买提'],
  phrase: ['网络中断', han(5)],
  enum: ['停水'],
  enum_string: ['小型车'],
  free: ['anything at all', han(200)],
  hidden: ['', 'a\nb', han(500)],
}
const bad: Record<FieldType, [value: string, code: string][]> = {
  thing: [
    [han(21), 'too_big_string'],
    ['😀'.repeat(21), 'too_big_string'],
  ],
  short_thing: [[han(21), 'too_big_string']],
  character_string: [
    ['编号1', 'not_character_string'],
    ['a'.repeat(33), 'too_big_string'],
    ['é', 'not_character_string'],
  ],
  time: [
    ...([
      ['soon', 'not_time'],
      ['24:00', 'not_time'],
      ['10:60', 'not_time'],
      ['2026-11-20', 'not_time'],
      ['2026-13-20 10:00', 'not_time'],
      ['2026-11-32 10:00', 'not_time'],
      ['2026-11-20T10:00:00Z', 'not_time'],
      ['2026-11-20 10:00:00 UTC', 'not_time'],
      ['10:00 pm', 'not_time'],
    ] as [string, string][]),
  ],
  date: [
    ['10:00', 'not_date'],
    ['20.11.2026', 'not_date'],
  ],
  amount: [
    ['free', 'not_amount'],
    ['1,000', 'not_amount'],
    ['-1', 'not_amount'],
    ['1'.repeat(13), 'too_many_digits'],
  ],
  phone_number: [
    ['call me', 'not_phone_number'],
    ['1'.repeat(18), 'too_big_string'],
  ],
  car_number: [
    ['浙', 'not_car_number'],
    ['浙A 0001', 'not_car_number'],
    ['浙A1234567', 'too_big_string'],
  ],
  const: [[han(21), 'too_big_string']],
  number: [
    ['one', 'not_number'],
    ['1e5', 'not_number'],
    ['1'.repeat(33), 'too_many_digits'],
  ],
  letter: [
    ['B2', 'not_letter'],
    ['a'.repeat(33), 'too_big_string'],
  ],
  symbol: [
    ['A', 'not_symbol'],
    ['★'.repeat(6), 'too_big_string'],
  ],
  name: [
    [han(11), 'too_big_string'],
    ['a'.repeat(21), 'too_big_string'],
    ['Ann 2', 'not_name'],
  ],
  phrase: [
    [han(6), 'too_big_string'],
    ['down', 'not_phrase'],
  ],
  enum: [[han(21), 'too_big_string']],
  enum_string: [[han(21), 'too_big_string']],
  free: [[han(201), 'too_big_string']],
  hidden: [],
}
const types = Object.keys(good) as FieldType[]

for (const type of types) {
  test(`a field of the type ${type} takes what fits it, and says why not`, () => {
    for (const value of good[type]) expect(checkValue(type, value), value).toBeNull()
    for (const [value, code] of bad[type]) expect(checkValue(type, value)?.code, value).toBe(code)
    if (type === 'hidden') return
    for (const value of ['', ' ', '\t']) expect(checkValue(type, value)?.code).toBe('required')
    for (const sign of ['\n', '\r', '\0', '\u2028', '\u0085']) {
      expect(checkValue(type, `${good[type][0]}${sign}`)?.code).toBe('one_line')
    }
  })
}

test('a Chinese name has half the letters of another, and is told so', () => {
  expect(checkValue('name', han(11))).toEqual({ code: 'too_big_string', params: { maximum: 10 } })
  expect(checkValue('name', 'a'.repeat(21))).toEqual({ code: 'too_big_string', params: { maximum: 20 } })
})

for (const [what, type, value, sent] of [
  ['a text that fits', 'thing', '锅炉 2', '锅炉 2'],
  ['a text that just fits', 'thing', han(20), han(20)],
  ['a text that is too long', 'thing', 'Temperature 93 °C, limit 85 °C', 'Temperature 93 °C,…'],
  ['Chinese that is too long', 'thing', han(50), `${han(19)}…`],
  ['a picture of several characters at the cut', 'thing', `${han(17)}👨‍👩‍👧‍👦${han(9)}`, `${han(17)}…`],
  ['one letter with endless accents', 'thing', `e${'\u0301'.repeat(500)}`, '…'],
  ['an empty text', 'thing', ' \n ', '-'],
  ['lines', 'thing', 'a\r\n\tb\u2028c\0d\u0085e', 'a b c d e'],
  ['a number that is too long', 'character_string', 'S'.repeat(40), `${'S'.repeat(29)}...`],
  ['an empty number', 'character_string', '', '-'],
  ['a free text that is too long', 'free', han(300), `${han(199)}…`],
  ['a time that is none', 'time', ' soon\n', 'soon'],
  ['an amount that is too long', 'amount', '1'.repeat(20), '1'.repeat(20)],
  ['a level that nobody approved', 'const', 'critical', 'critical'],
  ['an empty level', 'const', '', ''],
  ['a line that nobody sees', 'hidden', '', ''],
] as const) {
  test(`of ${what} is sent what WeChat takes, or what it can name`, () => {
    expect(fitted(type, value)).toBe(sent)
  })
}

test('free text of any content is sent as something that WeChat takes', () => {
  const texts = fc.oneof(anyText(), wellFormedText({ maxLength: 300 }))
  for (const type of types.filter((one) => traitsOf(one).mark !== undefined && one !== 'character_string')) {
    fc.assert(fc.property(texts, (value) => checkValue(type, fitted(type, value)) === null))
  }
})

test('numbers of letters, digits and symbols are sent as something that WeChat takes', () => {
  const texts = fc.string({ unit: fc.constantFrom(...'aZ09-_#★¥ \n\t'), maxLength: 100 })
  fc.assert(fc.property(texts, (value) => checkValue('character_string', fitted('character_string', value)) === null))
})

test('one line is left alone, and is made of many', () => {
  expect(oneLine('a  b')).toBe('a  b')
  expect(oneLine('\n a\n\n\rb \t')).toBe('a b')
})

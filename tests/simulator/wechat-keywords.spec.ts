/** What each type of keyword takes, and how templates are read. */
import { expect, test } from '@playwright/test'
import { takesValue } from '#simulator/wechat/keyword-types.ts'
import { roles } from '#simulator/wechat/official-accounts.ts'
import { seededTemplates } from '#simulator/wechat/template-seeds.ts'
import { fillIn, keywordsOf, readValues } from '#simulator/wechat/templates.ts'

const digits = (count: number) => '9'.repeat(count)

const cases: [key: string, taken: string[], refused: string[]][] = [
  ['thing1', ['一', '温度 38.5℃, ok!', '字'.repeat(20), '😀'.repeat(20)], ['字'.repeat(21), 'x'.repeat(21)]],
  ['short_thing2', ['水管检修'], ['']],
  ['character_string3', ['SN-0097/A_b.c', digits(32), 'a b'], [digits(33), '设备1', 'é']],
  [
    'time4',
    [
      '10:00',
      '9:05',
      '23:59:59',
      '2026-11-20 10:00:00',
      '2026年11月20日 10:00',
      '10:00~12:00',
      '2026-1-2 09:00~2026-1-2 11:30',
    ],
    ['24:00', '10:60', '2026-11-20', '2026-11-20T10:00:00Z', '2026-13-01 10:00', '上午十点', '10:00-12:00', '10:00~'],
  ],
  [
    'date5',
    ['2026-11-20', '2026年11月20日', '2026-11-20 10:00', '2026-11-20~2026-11-22'],
    ['10:00', '11-20', '2026-11-32'],
  ],
  ['amount6', ['100', '¥1299.00', '￥12元', '$0.5', digits(12)], [digits(13), '1,299', '十元', '-5', '元']],
  ['phone_number7', ['13900000000', '+86-571-00000000', '0571(8)'], [digits(18), '电话', '139x']],
  ['car_number8', ['浙A00001', '浙A0000警', 'A00001', '浙AD00001'], ['浙AD000012', '浙浙A0001', '浙A 0001']],
  ['number9', ['0', '12.5', '-3', digits(32)], [digits(33), '1e5', '12个']],
  ['letter10', ['ABCdef', 'x'.repeat(32)], ['x'.repeat(33), 'A1', '字']],
  ['symbol11', ['★★★', '-', '+-*/!'], ['★★★★★★', 'a', '1']],
  ['name12', ['张三', '字'.repeat(10), 'Ann Lee', 'x'.repeat(20)], ['字'.repeat(11), 'x'.repeat(21), '张3']],
  ['phrase13', ['网络中断', '字'.repeat(5)], ['字'.repeat(6), 'ok', '网络1']],
  ['const14', ['紧急', '一般'], ['严重', '紧急 ', 'x'.repeat(21)]],
  ['enum15', ['紧急'], ['严重']],
  ['enum_string16', ['紧急'], ['严重']],
]
for (const [key, taken, refused] of cases) {
  test(`a value of the type ${key.replace(/\d+$/, '')} is taken within its limits only`, () => {
    const takes = (value: string) => takesValue(key, value, ['紧急', '一般'])
    for (const value of taken) expect(takes(value), value).toBe(true)
    for (const value of [...refused, '', '一\n二', '\u0007', 'a\u2028']) expect(takes(value), value).toBe(false)
  })
}

test('a key without a known type takes anything', () => {
  for (const key of ['first', 'keyword1', 'content', 'anything9', 'thing', 'constructor1']) {
    for (const value of ['', 'x'.repeat(200), 'a\nb']) expect(takesValue(key, value, undefined), key).toBe(true)
  }
})

test('the keywords of a template come with what stands before them, whatever the blanks', () => {
  expect(keywordsOf('设备名称:{{thing1.DATA}}\n告警时间：{ { time2.DATA } }\n{{content.DATA}}\n')).toEqual([
    { label: '设备名称', key: 'thing1' },
    { label: '告警时间', key: 'time2' },
    { label: '', key: 'content' },
  ])
  expect(keywordsOf('a:{{thing1.DATA}} b:{{thing2.DATA}}\nagain:{{thing1.DATA}}')).toEqual([
    { label: 'a', key: 'thing1' },
    { label: 'b', key: 'thing2' },
  ])
  expect(keywordsOf('nothing')).toEqual([])
})

test('a card says its lines, without the first and the remark of former times', () => {
  const content = '{{first.DATA}}\n设备名称:{{thing1.DATA}}\n级别:{{const2.DATA}}\n{{remark.DATA}}\n'
  expect(fillIn(content, { first: '您好', thing1: '门锁', const2: '紧急', remark: '再见' })).toBe(
    '设备名称:门锁\n级别:紧急',
  )
})

test('approved values are written key by key', () => {
  expect(readValues('const3=紧急|一般; enum4=是')).toEqual({ const3: ['紧急', '一般'], enum4: ['是'] })
  for (const wrong of ['const3', 'const3=', '=x', 'a=b=c']) expect(readValues(wrong), wrong).toBeUndefined()
})

test('every seeded template has an id of 43 characters and an example that its own keywords take', () => {
  const all = roles.flatMap((role) => seededTemplates[role])
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  const types = new Set<string>()
  for (const { id, content, example, values } of all) {
    expect(id).toMatch(/^[\w-]{43}$/)
    const lines = example.split('\n').filter(Boolean)
    for (const [index, line] of lines.entries()) {
      const { key = '', label = '' } = keywordsOf(content)[index] ?? {}
      types.add(key.replace(/\d+$/, ''))
      expect(line.startsWith(`${label}:`), line).toBe(true)
      expect(takesValue(key, line.slice(label.length + 1), values[key]), line).toBe(true)
    }
  }
  expect(types.size).toBe(cases.length)
})

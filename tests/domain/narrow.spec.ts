/** The search in a long list to choose from. */
import { expect, test } from '@playwright/test'
import { mostDrawn, narrow } from '#console/ui/narrow.ts'

const list = [
  { value: 'SMS_1', label: 'SMS_1 · 登录', text: 'Your code is ${code}', refused: 'in review' },
  { value: 'SMS_2', label: 'SMS_2 · 注册', text: 'Welcome, ${CODE}', refused: undefined },
  { value: 'SMS_3', label: 'SMS_3 · 登录', text: 'Alarm' },
]
const found = (typed: string) => narrow(list, typed).found.map(({ value }) => value)

test('every word has to be found, in any case and anywhere, and what can be chosen comes first', () => {
  expect(found('')).toEqual(['SMS_2', 'SMS_3', 'SMS_1'])
  expect(found('登录')).toEqual(['SMS_3', 'SMS_1'])
  expect(found(' code  sms ')).toEqual(['SMS_2', 'SMS_1'])
  expect(found('登录 ALARM')).toEqual(['SMS_3'])
  expect(found('nothing of it')).toEqual([])
})

test('of very many a few are drawn, and the rest is counted', () => {
  const many = Array.from({ length: 5000 }, (_, index) => ({ value: `V${index}`, label: `Entry ${index}` }))
  expect(narrow(many, '')).toMatchObject({ left: 5000 - mostDrawn })
  expect(narrow(many, 'entry 4999')).toEqual({ found: [many[4999]], left: 0 })
})

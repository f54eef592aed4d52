/** What a card's fields probably say, by the labels, types and example of its template. */
import { expect, test } from '@playwright/test'
import { examplesOf } from '#channels/official-account/fields.ts'
import { guessValues, lengthened } from '#console/push-rules/card-values.ts'
import { builtInScenarios } from '#domain/scenarios/scenarios.ts'
import { seededTemplates } from '#simulator/wechat/template-seeds.ts'

const declared = builtInScenarios.find(({ key }) => key === 'device_alarm')?.variables ?? []
const text = '设备名称:{{thing1.DATA}}\n告警级别:{{const2.DATA}}\n告警时间:{{time3.DATA}}\n'
const example = '设备名称:db-1\n告警级别:严重\n告警时间:2026-11-20 10:00:00\n'

test('a field of approved values gets the one of the example, and the others what the event tells', () => {
  const guessed = { thing1: '${device_name}', const2: '严重', time3: '${occurred_at}' }
  expect(guessValues({ text, example }, declared, {})).toEqual(guessed)
  expect(guessValues({ text, example }, declared, { const2: '一般' })).toEqual({ ...guessed, const2: '一般' })
  expect(guessValues({ text }, declared, {})).toEqual({ ...guessed, const2: '${alarm_level}' })
})

for (const [what, given, shown, expected] of [
  ['each line of its field', text, example, { thing1: 'db-1', const2: '严重', time3: '2026-11-20 10:00:00' }],
  ['what stands between other words', '共{{number1.DATA}}台。', '共 3 台。', { number1: '3' }],
  ['a field without a label', '{{content.DATA}}', 'Hello', { content: 'Hello' }],
  ['no line of another label', text, '设备名称:db-1\n级别:严重\n', { thing1: 'db-1' }],
  ['no line with two fields', '{{thing1.DATA}}, {{thing2.DATA}}', 'a, b', {}],
  ['nothing without an example', text, '', {}],
  ['nothing of empty lines', '设备名称:{{thing1.DATA}}', '设备名称: \n', {}],
] as const) {
  test(`an example tells ${what}`, () => {
    expect(examplesOf(given, shown)).toEqual(expected)
  })
}

test('what is guessed for approved values is taken by the simulated account', () => {
  for (const { content, example: shown, values } of [...seededTemplates.main, ...seededTemplates.second]) {
    const guessed = guessValues({ text: content, example: shown }, declared, {})
    for (const [key, approved] of Object.entries(values)) expect(approved).toContain(guessed[key])
  }
})

test('values that are too long are long in every field, but for what an event always says alike', () => {
  const given = { device_name: '锅炉', alarm_content: '', occurred_at: '2026-11-22 10:02:11', held_back: '0' }
  const long = lengthened(given)
  expect(long).toMatchObject({ occurred_at: given.occurred_at, held_back: '0' })
  for (const name of ['device_name', 'alarm_content']) expect(long[name]?.length).toBeGreaterThanOrEqual(80)
  expect(long.device_name).toMatch(/^锅炉 锅炉/)
})

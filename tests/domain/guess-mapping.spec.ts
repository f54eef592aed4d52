/** What a provider's template probably means by its variables' names. */
import { expect, test } from '@playwright/test'
import { guessMapping } from '#console/templates/provider-text/guess-mapping.ts'
import { builtInScenarios } from '#domain/scenarios/scenarios.ts'

const declaredIn = (key: string) => builtInScenarios.find((scenario) => scenario.key === key)?.variables ?? []
const [login, alarm] = [declaredIn('login'), declaredIn('device_alarm')]

const guesses: [names: string[], declared: string[], guessed: Record<string, string>][] = [
  [['code'], login, { code: 'code' }],
  [['Code', 'expiresInMinutes'], login, { Code: 'code', expiresInMinutes: 'expires_in_minutes' }],
  [['verify_code', 'ttl'], login, { verify_code: 'code', ttl: 'expires_in_minutes' }],
  [['captcha', 'minutes', 'product'], login, { captcha: 'code', minutes: 'expires_in_minutes', product: 'app_name' }],
  [['device', 'content'], alarm, { device: 'device_name', content: 'alarm_content' }],
  [['level', 'time', 'deviceKey'], alarm, { level: 'alarm_level', time: 'occurred_at', deviceKey: 'device_key' }],
  [['device', 'device_name'], alarm, { device: 'device_key', device_name: 'device_name' }],
  [['something', 'constructor', '__proto__'], login, {}],
]
for (const [names, declared, guessed] of guesses) {
  test(`${names.join(', ')} means ${Object.values(guessed).join(', ') || 'nothing that is known'}`, () => {
    const mapping = Object.entries(guessed).map(([name, variable]) => [name, { variable }])
    expect(guessMapping(names, declared)).toEqual(Object.fromEntries(mapping))
  })
}

test('what a person has chosen stays, and is not guessed for another variable', () => {
  const kept = { text: { variable: 'code' }, ttl: { constant: '5' }, gone: { variable: 'account' } }
  expect(guessMapping(['code', 'text', 'ttl'], login, kept)).toEqual({
    text: { variable: 'code' },
    ttl: { constant: '5' },
  })
})

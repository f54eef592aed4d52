/** Scenarios: the built-in ones, an organization's own, and the values a message is sent with. */

import type { z } from 'zod'
import { dependentsOf } from '#domain/dependents/dependents.ts'
import {
  addScenario,
  builtInScenarios,
  fillIn,
  getScenario,
  listScenarios,
  removeScenario,
  type SaveScenario,
} from '#domain/scenarios/scenarios.ts'
import { getTemplate } from '#domain/templates/reading.ts'
import { expect, test } from '../support/make.ts'

const booking: z.infer<typeof SaveScenario> = {
  ...{ key: 'booking', kind: 'notification', nameEn: 'Booking', nameZh: '预订' },
  variables: ['room', 'room', 'app_name'],
}
const own = {
  appName: 'Shop',
  recipient: 'ann@example.com',
  codeLifetimeMinutes: 10,
  now: new Date('2026-11-22T10:00:00Z'),
}
const [registration] = builtInScenarios
const alarm = builtInScenarios.find(({ key }) => key === 'device_alarm')
if (!registration || !alarm) throw new Error('The built-in scenarios are missing.')

test('the six built-in scenarios are there without anybody adding them', async ({ stage }) => {
  const listed = await listScenarios((await stage.organization()).as('viewer'))
  expect(listed.map(({ key, kind }) => `${kind} ${key}`)).toEqual([
    'verification registration',
    'verification login',
    'verification password_recovery',
    'verification change_contact',
    'notification device_alarm',
    'notification device_offline',
  ])
})

test('a scenario of one’s own is listed after the built-in ones, its variables once each', async ({ stage }) => {
  const org = await stage.organization()
  await addScenario(org.as('admin'), booking)
  expect((await listScenarios(org.as('viewer'))).at(-1)).toEqual({
    ...{ key: 'booking', kind: 'notification', builtIn: false, nameEn: 'Booking', nameZh: '预订' },
    variables: ['app_name', 'room'],
    channels: ['voice', 'sms', 'email', 'official_account'],
  })
})

test('a verification scenario always has the standard variables and no official account', async ({ stage }) => {
  const org = await stage.organization()
  await addScenario(org.as('owner'), { ...booking, key: 'step_up', kind: 'verification', variables: ['device'] })
  expect(await getScenario(org.as('viewer'), 'step_up')).toMatchObject({
    variables: ['code', 'expires_in_minutes', 'app_name', 'account', 'device'],
    channels: ['sms', 'voice', 'email'],
  })
})

test('the key of a scenario is taken once, also by a built-in one, also when two add it at once', async ({ stage }) => {
  const org = await stage.organization()
  const taken = { code: 'invalid_request', data: { fields: [{ path: 'key', code: 'taken' }] } }
  await expect(addScenario(org.as('owner'), { ...booking, key: 'login' })).rejects.toMatchObject(taken)
  const results = await Promise.allSettled([
    addScenario(org.as('owner'), booking),
    addScenario(org.as('owner'), booking),
  ])
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: taken })
})

test('two organizations may use the same key for scenarios that differ', async ({ stage }) => {
  const [one, two] = [await stage.organization('One'), await stage.organization('Two')]
  await addScenario(one.as('owner'), booking)
  await addScenario(two.as('owner'), { ...booking, nameEn: 'Reservation' })
  expect((await getScenario(one.as('viewer'), 'booking')).nameEn).toBe('Booking')
  expect((await getScenario(two.as('viewer'), 'booking')).nameEn).toBe('Reservation')
})

test('deleting a scenario takes its templates along, after naming what depends on it', async ({ stage }) => {
  const { owner, asApp } = await stage.ready()
  await addScenario(owner, booking)
  await stage.template(owner, { scenario: 'booking', content: { subject: 'Booked', html: '<p>${room}</p>' } })
  const sent = await stage.send(asApp, { scenario: 'booking', variables: { room: '12' } })
  expect(await dependentsOf(owner, { kind: 'scenario', key: 'booking' })).toEqual([
    { code: 'scenario_templates', count: 1 },
    { code: 'scenario_messages', count: 1 },
  ])
  await removeScenario(owner, 'booking')
  await expect(getScenario(owner, 'booking')).rejects.toMatchObject({ code: 'unknown_scenario' })
  await addScenario(owner, booking)
  const place = { channel: 'email', scenario: 'booking', appId: null } as const
  expect((await getTemplate(owner, place)).template).toBeNull()
  await stage.deliver()
  expect(await stage.stored(sent.id)).toMatchObject({ status: 'failed', errorCode: 'template_not_configured' })
})

test('a built-in scenario cannot be deleted', async ({ stage }) => {
  const org = await stage.organization()
  await expect(removeScenario(org.as('owner'), 'login')).rejects.toMatchObject({ code: 'not_found' })
  await expect(getScenario(org.as('owner'), 'nothing')).rejects.toMatchObject({ code: 'unknown_scenario' })
})

test('four variables have a value of their own when none is given', () => {
  expect(fillIn(registration, { code: '123456' }, ['app_name'], own)).toEqual({
    ...{ code: '123456', expires_in_minutes: '10', app_name: 'Shop', account: 'ann@example.com' },
  })
  expect(fillIn(alarm, {}, [], own)).toEqual({ occurred_at: '2026-11-22 10:00:00 UTC', app_name: 'Shop' })
})

test('a given value goes before a variable’s own, even when it is empty', () => {
  const given = { code: '1', app_name: '', account: 'A', expires_in_minutes: '3' }
  expect(fillIn(registration, given, [], own)).toEqual(given)
})

test('a verification scenario needs its code even where the template does not use it', () => {
  const missing = { code: 'missing_variables', data: { variables: ['code'] } }
  expect(() => fillIn(registration, {}, [], own)).toThrow(expect.objectContaining(missing))
})

test('variables that the template uses and nobody gave, and ones that the scenario lacks, are refused by name', () => {
  const used = ['device_name', 'alarm_level', 'app_name']
  expect(() => fillIn(alarm, { alarm_level: '1' }, used, own)).toThrow(
    expect.objectContaining({ code: 'missing_variables', data: { variables: ['device_name'] } }),
  )
  for (const name of ['code', 'constructor', '__proto__']) {
    expect(() => fillIn(alarm, JSON.parse(`{"${name}":"x"}`), [], own)).toThrow(
      expect.objectContaining({ code: 'unknown_variables', data: { variables: [name] } }),
    )
  }
})

test('a variable named like something every object has is still missing when nobody gave it', () => {
  const odd = { ...alarm, variables: ['constructor'] }
  expect(() => fillIn(odd, {}, ['constructor'], own)).toThrow(expect.objectContaining({ code: 'missing_variables' }))
})

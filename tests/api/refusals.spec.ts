/** Refused calls: they leave nothing in the log, so they are counted, with the reason, where people look. */
import { sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { removeApp } from '#domain/apps/apps.ts'
import { refusalCounter, refusedCalls } from '#domain/apps/refusals.ts'
import { forgetOld } from '#domain/base/forgetting.ts'
import { overview } from '#domain/overview/overview.ts'
import type { Parts } from '#platform/compose.ts'
import { call } from '../support/api-call.ts'
import { expect, test } from '../support/api-stage.ts'

const message = { channel: 'email', scenario: 'login', to: 'ann@example.com', variables: { code: '1' } }
const send = (parts: Parts, key: string, given: object = {}, path = 'messages') =>
  call(parts, `/api/v1/${path}`, { key, body: { ...message, ...given } })

test('what calls are refused for is counted by channel, scenario and reason, and shown with the last time', async ({
  stage,
  parts,
}) => {
  const { owner, app, key, org } = await stage.ready()
  for (let n = 0; n < 3; n++) await send(parts, key, { scenario: 'registration' })
  await send(parts, key, { to: 'nobody' })
  await send(parts, key, { variables: {} })
  await send(parts, key, { variables: { code: '1', cod: '2' } })
  await send(parts, key, { channel: 'sms', to: '+8613800000001' })
  await send(parts, key, { scenario: 'no_such_one' })
  await send(parts, key, { surplus: true })
  const verification = { variables: undefined, scenario: 'change_contact' }
  await send(parts, key, verification, 'verifications')
  await call(parts, '/api/v1/events', {
    key,
    body: { type: 'no_such_event', recipients: [{ email: 'a@example.com' }] },
  })
  await parts.refusals.flush()
  const seen = (await refusedCalls(owner, app.id)).map(
    ({ channel, scenario, code, count }) => `${channel} ${scenario} ${code} ${count}`,
  )
  expect(seen.sort()).toEqual([
    ' ' + ' invalid_request 1',
    ' ' + ' unknown_scenario 1',
    'email  unknown_scenario 1',
    'email change_contact template_not_configured 1',
    'email login missing_variables 1',
    'email login recipient_invalid 1',
    'email login unknown_variables 1',
    'email registration template_not_configured 3',
    'sms login channel_not_configured 1',
  ])
  const [last] = await refusedCalls(org.as('viewer'), app.id)
  expect(Math.abs(Date.now() - (last?.lastAt.getTime() ?? 0))).toBeLessThan(600_000)
  const { refused, moreRefused } = await overview(org.as('viewer'))
  expect([refused.length, moreRefused]).toEqual([5, true])
  expect(refused[0]).toMatchObject({ app: { key: app.key, name: 'Shop' } })
})

test('what is accepted, a test key, a foreign key and a question count nothing', async ({ stage, parts }) => {
  const { owner, app, key } = await stage.ready()
  const { key: testKey } = await stage.key(owner, app.id, { kind: 'test' })
  expect((await send(parts, key)).status).toBe(202)
  await send(parts, testKey, { to: 'nobody' })
  await send(parts, `${key}x`, { to: 'nobody' })
  await call(parts, `/api/v1/messages/${v7()}`, { key })
  await call(parts, '/api/v1/messages?status=none', { key })
  await parts.refusals.flush()
  expect(await refusedCalls(owner, app.id)).toEqual([])
})

test('a template that cannot be used is counted with its reason', async ({ stage, parts }) => {
  const { owner, app, key, org } = await stage.ready()
  await stage.account(owner, { channel: 'voice', validated: true })
  await stage.template(owner, {
    channel: 'voice',
    content: {
      ttsCode: 'TTS_1',
      templateText: 'Your code is ${code}.',
      mapping: { code: { variable: 'code' } },
      playTimes: 1,
      volume: 50,
      speed: 0,
      calledShowNumber: '',
    },
  })
  await send(parts, key, { channel: 'voice', to: '+8613800000001' })
  await parts.refusals.flush()
  expect(await refusedCalls(org.as('author'), app.id)).toMatchObject([
    { code: 'template_not_usable', reason: 'not_proven', count: 1 },
  ])
})

test('whatever callers make up, an App has few lines, and every call is counted', async ({ stage, parts }) => {
  const { owner, app, key } = await stage.ready()
  const calls = Array.from({ length: 300 }, (_, n) => send(parts, key, { scenario: `made_up_${n}` }))
  await Promise.all(calls)
  const counter = refusalCounter(stage.lent)
  for (let n = 0; n < 5000; n++) {
    counter.note({ appId: app.id, channel: 'email', scenario: `made_up_${n}`, code: 'recipient_invalid', reason: '' })
  }
  await Promise.all([counter.flush(), parts.refusals.flush()])
  const { rows } = await stage.db.execute<{ lines: number; calls: number }>(
    sql`select count(*)::int as lines, sum(count)::int as calls from refused_call where app_id = ${app.id}`,
  )
  expect(rows[0]?.calls).toBe(5300)
  expect(rows[0]?.lines).toBeLessThan(2010)
  expect(await refusedCalls(owner, app.id)).toHaveLength(100)
})

test('two processes that count the same at once lose nothing', async ({ stage }) => {
  const { owner, app } = await stage.ready()
  const counters = Array.from({ length: 4 }, () => refusalCounter(stage.lent))
  const about = { appId: app.id, channel: 'email', reason: '', code: 'recipient_invalid' } as const
  for (let round = 0; round < 10; round++) {
    for (const [n, counter] of counters.entries()) {
      for (const scenario of n % 2 ? ['login', 'registration'] : ['registration', 'login'])
        counter.note({ ...about, scenario })
    }
    await Promise.all(counters.map((counter) => counter.flush()))
  }
  expect((await refusedCalls(owner, app.id)).map(({ count }) => count)).toEqual([40, 40])
})

test('counts that cannot be written are written later, those of an App that is gone are dropped, old ones forgotten', async ({
  stage,
}) => {
  const { owner, app } = await stage.ready()
  const other = await stage.app(owner)
  const about = { channel: 'email', scenario: 'login', reason: '', code: 'recipient_invalid' } as const
  const counter = refusalCounter({ ...stage.lent, now: stage.clock.now })
  counter.note({ ...about, appId: 'no uuid' })
  counter.note({ ...about, appId: app.id })
  await counter.flush()
  expect(stage.log.at(-1)).toMatchObject({ level: 'warn', data: { count: 2 } })
  const fresh = refusalCounter(stage.lent)
  for (const appId of [app.id, other.id]) fresh.note({ ...about, appId })
  await removeApp(owner, other.id)
  await fresh.flush()
  expect(await refusedCalls(owner, app.id)).toMatchObject([{ count: 1 }])
  stage.clock.forward({ minutes: 9 * 24 * 60 })
  await forgetOld(stage.lent)
  const { rows } = await stage.db.execute(sql`select from refused_call where app_id = ${app.id}`)
  expect(rows).toEqual([])
})

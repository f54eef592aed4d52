/** `/api/metrics`: who may read it, what it counts, and that nobody is named in it. */
import { readFileSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import { v1 } from '#api/v1/app.ts'
import { SendError } from '#channels/contract.ts'
import { connect } from '#db/client.ts'
import { webhookDelivery, webhookEndpoint } from '#db/schema/index.ts'
import { refusalCounter } from '#domain/apps/refusals.ts'
import type { AppActor } from '#domain/base/ctx.ts'
import { watchIncidents } from '#domain/incidents/watching.ts'
import { checkVerification } from '#domain/verifications/checking.ts'
import { StartVerification, startVerification } from '#domain/verifications/starting.ts'
import { removeEndpoint } from '#domain/webhooks/endpoints.ts'
import { openMetrics } from '#platform/metrics.ts'
import { expect, partsOn, test } from '../support/api-stage.ts'
import { metricsToken, type Stage } from '../support/make.ts'
import { outcomeOf, push, sendTextAlarm, texting } from '../support/texting.ts'
import { endpoint } from '../support/webhook-stage.ts'

const code = { channel: 'email', scenario: 'login', to: 'bob@example.com' }

/** The samples of the stage's process by name and labels, without those of Node. */
async function samplesOf(stage: Stage): Promise<Record<string, number>> {
  const { body } = await stage.metricsDoor.answer(`Bearer ${metricsToken}`)
  const lines = body.split('\n').filter((line) => line.startsWith('signet_'))
  return Object.fromEntries(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]))
}

test('only who shows the token reads metrics, and without one there are none', async ({ stage }) => {
  for (const [settings, header, status] of [
    [{}, `Bearer ${metricsToken}`, 404],
    [{ SIGNET_METRICS_TOKEN: metricsToken }, undefined, 401],
    [{ SIGNET_METRICS_TOKEN: metricsToken }, `Bearer ${metricsToken}x`, 401],
    [{ SIGNET_METRICS_TOKEN: metricsToken }, `Bearer ${metricsToken}`, 200],
  ] as const) {
    const parts = await partsOn(stage, settings)
    const answer = await v1(parts).request('/api/metrics', { headers: header ? { authorization: header } : {} })
    const text = await answer.text()
    expect(answer.status).toBe(status)
    expect(text.includes('signet_database_up 1')).toBe(status === 200)
    expect(text.includes('nodejs_eventloop_lag_seconds')).toBe(status === 200)
    await parts.close()
  }
})

test('what happens to messages is counted as it happens, and what a test key sends is not', async ({ stage }) => {
  const { owner, app, asApp } = await stage.ready()
  const before = await samplesOf(stage)
  expect(before['signet_messages_finished_total{channel="email",result="sent"}']).toBe(0)
  const once = { idempotencyKey: 'once' }
  await stage.send(asApp, {}, once)
  await stage.send(asApp, {}, once)
  await stage.send((await stage.key(owner, app.id, { kind: 'test' })).asApp)
  await stage.deliver()
  stage.provider.failNext(new SendError('later', '450', 'Busy'), new SendError('reject', '550', 'No such mailbox'))
  await stage.sendAlarm(asApp)
  await stage.deliver()
  stage.clock.forward({ minutes: 60 })
  await stage.deliver()
  const { answer: started } = await startVerification(asApp, StartVerification.parse(code))
  await checkVerification(asApp, started.id, { code: '0' })
  const samples = await samplesOf(stage)
  expect(samples).toMatchObject({
    'signet_messages_accepted_total{channel="email",by="message"}': 2,
    'signet_messages_accepted_total{channel="email",by="verification"}': 1,
    'signet_send_attempts_total{provider="fake",outcome="ok"}': 1,
    'signet_send_attempts_total{provider="fake",outcome="later"}': 1,
    'signet_send_attempts_total{provider="fake",outcome="reject"}': 1,
    'signet_provider_request_duration_seconds_count{provider="fake"}': 3,
    'signet_message_wait_seconds_count{channel="email"}': 2,
    'signet_messages_finished_total{channel="email",result="sent"}': 1,
    'signet_messages_finished_total{channel="email",result="failed"}': 1,
    'signet_verification_checks_total{result="pending"}': 1,
  })
})

test('what stands still is seen: messages that wait, accounts that fail, incidents, and for how long nobody took a job', async ({
  stage,
}) => {
  const { asApp, org } = await stage.ready()
  const count = async (name: string) => (await samplesOf(stage))[name] ?? 0
  const [waiting, failing] = [
    'signet_messages_waiting{channel="email"}',
    'signet_provider_accounts{provider="fake",state="failing"}',
  ]
  const before = [await count(waiting), await count(failing)]
  await stage.send(asApp)
  expect(await count('signet_queue_messages{state="ready"}')).toBeGreaterThan(0)
  stage.provider.failNext(new SendError('misconfigured', '535', 'Wrong password', undefined, 'account'))
  await stage.deliver()
  expect([await count(waiting), await count(failing)]).toEqual(before.map((number) => number + 1))
  const incidents = 'signet_incidents_open{kind="account_failing"}'
  const open = await count(incidents)
  await watchIncidents(stage.system)
  expect(await count(incidents)).toBeGreaterThan(open)
  const { body } = await stage.metricsDoor.answer(`Bearer ${metricsToken}`)
  for (const name of [org.id, org.name, 'ann@example.com']) expect(body).not.toContain(name)
})

test('while the database is away its state is not known, and what was counted is told all the same', async ({
  stage,
}) => {
  const { asApp } = await stage.ready()
  await stage.send(asApp)
  const { db, load, close } = connect(stage.url, { max: 1, name: 'gone' })
  await close()
  const log = stage.lent.log
  const door = openMetrics({ db, log, load }, { token: metricsToken, channels: [], providers: [] })
  door.metrics.accepted({ channel: 'sms', by: 'event' })
  const { status, body } = await door.answer(`Bearer ${metricsToken}`)
  expect(status).toBe(200)
  expect(body).toContain('signet_database_up 0')
  expect(body).toContain('signet_messages_accepted_total{channel="sms",by="event"} 1')
  expect(body).not.toMatch(/^signet_queue_oldest_age_seconds/m)
})

test('refused calls, webhooks that wait and what tables take are told as well', async ({ stage }) => {
  const { owner, app, asApp } = await stage.ready()
  const before = await samplesOf(stage)
  const counter = refusalCounter(stage.lent)
  counter.note({ appId: app.id, channel: '', scenario: '', code: 'rate_limited', reason: '' })
  await counter.flush()
  const { id } = await endpoint(owner, app.id)
  await stage.send(asApp)
  await stage.deliver()
  const past = new Date(Date.now() - 60_000)
  await stage.db.update(webhookDelivery).set({ nextAt: past }).where(eq(webhookDelivery.endpointId, id))
  await stage.db.update(webhookEndpoint).set({ failingSince: past }).where(eq(webhookEndpoint.id, id))
  const samples = await samplesOf(stage)
  const more = (name: string) => (samples[name] ?? 0) - (before[name] ?? 0)
  expect(more('signet_calls_refused_total{code="rate_limited"}')).toBe(1)
  expect([more('signet_webhooks_waiting'), more('signet_webhook_endpoints_failing')]).toEqual([1, 1])
  expect(samples.signet_webhooks_oldest_age_seconds).toBeGreaterThanOrEqual(60)
  expect(samples['signet_table_bytes{table="message"}']).toBeGreaterThan(8192)
  expect(samples['signet_table_bytes{table="pgboss.job"}']).toBeGreaterThan(8192)
  expect(samples.signet_database_bytes).toBeGreaterThan(1_000_000)
  await removeEndpoint(owner, id)
  expect((await samplesOf(stage)).signet_webhooks_waiting).toBe(before.signet_webhooks_waiting)
})

test('how long receipts take is told once for each message, and of none that a test key sent', async ({ stage }) => {
  const { accountId, asApp } = await texting(stage)
  const id = await sendTextAlarm(stage, asApp)
  await stage.deliver()
  stage.clock.forward({ seconds: 20 })
  const report = outcomeOf({ reference: id, providerMessageId: 'fake-1' })
  await push(stage, accountId, [report, report, outcomeOf({ reference: 'of somebody else' })])
  stage.clock.forward({ minutes: 5 })
  await push(stage, accountId, [report])
  const samples = await samplesOf(stage)
  expect(samples).toMatchObject({
    'signet_receipt_delay_seconds_count{channel="sms"}': 1,
    'signet_receipt_delay_seconds_bucket{le="10",channel="sms"}': 0,
    'signet_receipt_delay_seconds_bucket{le="30",channel="sms"}': 1,
  })
})

test('which limit was hit is counted, and begins at none', async ({ stage }) => {
  const { asApp } = await stage.ready()
  expect(await samplesOf(stage)).toMatchObject({
    'signet_limits_hit_total{limit="recipient"}': 0,
    'signet_limits_hit_total{limit="country"}': 0,
    'signet_verification_checks_total{result="exhausted"}': 0,
    'signet_receipts_total{provider="fake",result="unmatched"}': 0,
  })
  const parts = { ...(await partsOn(stage)), refusals: refusalCounter(stage.lent), contextFor: () => asApp }
  const ask = () =>
    v1({ ...parts, actorOf: async () => asApp.actor as AppActor }).request('/api/v1/verifications', {
      method: 'POST',
      headers: { authorization: 'Bearer key' },
      body: JSON.stringify(code),
    })
  expect([(await ask()).status, (await ask()).status]).toEqual([201, 429])
  expect(await samplesOf(stage)).toMatchObject({
    'signet_limits_hit_total{limit="recipient"}': 1,
    'signet_limits_hit_total{limit="app"}': 0,
    'signet_calls_refused_total{code="rate_limited"}': 1,
  })
  await parts.refusals.flush()
  await parts.close()
})

test('connections to the database are told of as the process has them when it is asked', async ({ stage }) => {
  const { db, load, close } = connect(stage.url, { max: 2, name: 'small' })
  const door = openMetrics(
    { db: stage.db, log: stage.lent.log, load },
    { token: metricsToken, channels: [], providers: [] },
  )
  const told = async () => {
    const { body } = await door.answer(`Bearer ${metricsToken}`)
    return body.split('\n').filter((line) => line.startsWith('signet_database_connections'))
  }
  const [inUse, idle] = ['signet_database_connections{state="in_use"}', 'signet_database_connections{state="idle"}']
  expect(await told()).toEqual([`${inUse} 0`, `${idle} 0`, 'signet_database_connections_awaited 0'])
  const held = Promise.withResolvers<void>()
  const begun = [1, 2].map(() => Promise.withResolvers<void>())
  const holding = begun.map(({ resolve }) =>
    db.transaction(async () => {
      resolve()
      await held.promise
    }),
  )
  await Promise.all(begun.map(({ promise }) => promise))
  const third = db.transaction(async () => undefined)
  expect(await told()).toEqual([`${inUse} 2`, `${idle} 0`, 'signet_database_connections_awaited 1'])
  held.resolve()
  await Promise.all([...holding, third])
  expect(await told()).toEqual([`${inUse} 0`, `${idle} 2`, 'signet_database_connections_awaited 0'])
  await close()
})

test('the rules, the dashboard and the page for operators name the metrics that there are', async ({ stage }) => {
  const { body } = await stage.metricsDoor.answer(`Bearer ${metricsToken}`)
  const there = new Set([...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name))
  const textOf = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  const namedIn = (path: string) =>
    [...(textOf(path).split('### Metrics').at(-1) ?? '').matchAll(/\b(?:signet|nodejs|process)_[a-z0-9_]+/g)].map(
      ([name]) => name,
    )
  for (const path of ['deploy/alerts.yaml', 'deploy/dashboard.json', 'docs/operating.md']) {
    const named = namedIn(path).map((name) => name.replace(/_(?:bucket|sum|count)$/, ''))
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter((name) => !there.has(name))).toEqual([])
  }
  const told = new Set(namedIn('docs/operating.md'))
  expect([...there].filter((name) => name?.startsWith('signet_') && !told.has(name))).toEqual([])
})

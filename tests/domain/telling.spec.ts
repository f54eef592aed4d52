/** How endpoints are told: what becomes of each answer, when it is tried again, and that none waits for another. */
import { setTimeout as wait } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { webhookDelivery } from '#db/schema/index.ts'
import { forgetOld } from '#domain/base/forgetting.ts'
import { bringBack } from '#domain/base/set-back.ts'
import { deliveryCounts } from '#domain/webhooks/deliveries.ts'
import { changeEndpoint, listEndpoints } from '#domain/webhooks/endpoints.ts'
import { teller } from '#domain/webhooks/telling.ts'
import { expect, test } from '../support/make.ts'
import { endpoint, endpointsOff, listener, only, rows, tell, told } from '../support/webhook-stage.ts'

test.beforeEach(({ stage }) => endpointsOff(stage))

test('what is answered well is told once; what fails is told ten times over three days, ever more seldom', async ({
  stage,
}) => {
  const { line, id, row } = await told(stage, { status: 500 })
  const began = row.at.getTime()
  expect(row).toMatchObject({ state: 'waiting', attempts: 1, answerStatus: 500 })
  const waits: number[] = []
  for (let last = row; last.state === 'waiting'; last = await only(stage, id)) {
    waits.push((last.nextAt.getTime() - (last.triedAt?.getTime() ?? 0)) / 1000)
    await tell(stage, line)
    stage.clock.forward({ ms: last.nextAt.getTime() - stage.clock.now().getTime() })
    await tell(stage, line)
  }
  const planned = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
  expect(waits.map((wait, index) => Math.abs(wait / (planned[index] ?? 0) - 1) <= 0.11)).toEqual(
    planned.map(() => true),
  )
  expect(line.heard).toHaveLength(10)
  expect(new Set(line.heard.map((call) => call.id)).size).toBe(1)
  expect(await only(stage, id)).toMatchObject({ state: 'failed', attempts: 10 })
  const days = ((await only(stage, id)).triedAt?.getTime() ?? 0) - began
  expect(days / 86_400_000).toBeGreaterThan(2.7)
})

for (const [answer, state] of [
  [{ status: 200 }, 'delivered'],
  [{ status: 204 }, 'delivered'],
  [{ status: 301 }, 'waiting'],
  [{ status: 400 }, 'failed'],
  [{ status: 404 }, 'failed'],
  [{ status: 408 }, 'waiting'],
  [{ status: 410 }, 'failed'],
  [{ status: 429 }, 'waiting'],
  [{ status: 503 }, 'waiting'],
  ['timed_out', 'waiting'],
  ['address_refused', 'waiting'],
] as const) {
  const name = typeof answer === 'string' ? answer : answer.status
  test(`an answer of ${name} leaves what was told ${state}`, async ({ stage }) => {
    const { row } = await told(stage, answer)
    expect(row).toMatchObject({
      state,
      attempts: 1,
      ...(typeof answer === 'string' ? { error: answer } : { answerStatus: answer.status }),
    })
  })
}

test('a wait that the answer names is kept, a day at most', async ({ stage }) => {
  const { row } = await told(stage, { status: 503, retryAfter: 3600 })
  expect(row.nextAt.getTime() - (row.triedAt?.getTime() ?? 0)).toBe(3_600_000)
  const longer = await told(stage, { status: 429, retryAfter: 1e9 })
  expect(longer.row.nextAt.getTime() - (longer.row.triedAt?.getTime() ?? 0)).toBe(86_400_000)
})

test('an endpoint that says it is gone is switched off, and told nothing until a person switches it on', async ({
  stage,
}) => {
  const { owner, app: of, asApp, id } = await told(stage, { status: 410 })
  const [view] = await listEndpoints(owner, of.id)
  expect(view).toMatchObject({ state: 'gone' })
  await stage.send(asApp)
  await stage.deliver()
  expect(await rows(stage, id)).toHaveLength(1)
  if (!view) throw new Error('There is an endpoint.')
  const { url, description, events, wholeRecipient, version } = view
  await changeEndpoint(owner, { id, url, description, events, wholeRecipient, version, enabled: true })
  expect(await listEndpoints(owner, of.id)).toMatchObject([{ state: 'on', version: version + 1 }])
})

test('an endpoint that fails is called once at a time, and no longer counts as failing once it answers well', async ({
  stage,
}) => {
  const { line, owner, app: of, asApp } = await told(stage, { status: 500 })
  expect(await listEndpoints(owner, of.id)).toMatchObject([{ state: 'failing' }])
  for (let count = 0; count < 5; count++) await stage.send(asApp)
  await stage.deliver()
  line.heard.length = 0
  await tell(stage, line)
  expect(line.heard).toHaveLength(1)
  line.answer = () => ({ status: 200 })
  await tell(stage, line)
  expect(await listEndpoints(owner, of.id)).toMatchObject([{ state: 'on', failingSince: null }])
  await tell(stage, line)
  expect(line.heard).toHaveLength(5)
})

test('a slow endpoint delays no other', async ({ stage }) => {
  const line = listener()
  const { owner, app: of, asApp } = await stage.ready()
  const slow = { url: 'https://slow.example.com/' }
  await endpoint(owner, of.id, slow)
  await endpoint(owner, of.id, { url: 'https://quick.example.com/' })
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const answering = line.answer
  const heardBy = (url: string) => line.heard.filter((call) => call.url === url)
  line.answer = async (call) => {
    if (call.url === slow.url) await released
    return answering(call)
  }
  const telling = teller(stage.system, line.post, { cutOff: new AbortController().signal })
  for (let count = 0; count < 3; count++) {
    await stage.send(asApp)
    await stage.deliver()
    stage.clock.forward({ seconds: 1 })
    await telling.tellDue()
    await expect.poll(() => heardBy('https://quick.example.com/')).toHaveLength(count + 1)
  }
  expect(heardBy(slow.url)).toHaveLength(1)
  release()
  await expect.poll(() => heardBy(slow.url)).toHaveLength(3)
  await telling.settled(20_000)
})

test('two workers tell everything once, and what a lost one had in hand is told again', async ({ stage }) => {
  const line = listener()
  const { owner, app: of, asApp } = await stage.ready()
  const { id } = await endpoint(owner, of.id)
  for (let count = 0; count < 30; count++) await stage.send(asApp)
  await stage.deliver()
  stage.clock.forward({ seconds: 1 })
  const { signal } = new AbortController()
  const workers = [1, 2, 3].map(() => teller(stage.system, line.post, { cutOff: signal }))
  await Promise.all(workers.map(({ tellDue }) => tellDue()))
  await expect.poll(async () => (await deliveryCounts(owner, id)).waiting).toBe(0)
  expect(new Set(line.heard.map((call) => call.id)).size).toBe(30)
  expect(line.heard).toHaveLength(30)

  await stage.send(asApp)
  await stage.deliver()
  const ends = new AbortController()
  const { promise: never, reject: cut } = Promise.withResolvers<never>()
  ends.signal.addEventListener('abort', () => cut(ends.signal.reason))
  line.answer = () => never
  const lost = teller(stage.system, line.post, { cutOff: ends.signal })
  stage.clock.forward({ seconds: 1 })
  await lost.tellDue()
  await expect.poll(() => line.heard.length).toBe(31)
  ends.abort()
  await lost.settled(20_000)
  line.answer = () => ({ status: 200 })
  await tell(stage, line)
  expect(line.heard).toHaveLength(31)
  stage.clock.forward({ minutes: 2 })
  await tell(stage, line)
  expect(line.heard.map((call) => call.id).slice(-2)).toEqual([line.heard[30]?.id, line.heard[30]?.id])
})

test('what was told is kept for two weeks', async ({ stage }) => {
  const { id } = await told(stage, { status: 200 })
  stage.clock.forward({ days: 13 })
  await forgetOld(stage.system)
  expect(await rows(stage, id)).toHaveLength(1)
  stage.clock.forward({ days: 2 })
  await forgetOld(stage.system)
  expect(await rows(stage, id)).toHaveLength(0)
})

test('what waits by a clock that was ahead is told when that one was set back', async ({ stage }) => {
  const { id, row } = await told(stage, { status: 500 })
  const ahead = new Date(row.nextAt.getTime() + 5 * 86_400_000)
  const triedAt = new Date((row.triedAt?.getTime() ?? 0) + 5 * 86_400_000)
  await stage.db.update(webhookDelivery).set({ nextAt: ahead, triedAt }).where(eq(webhookDelivery.id, row.id))
  await bringBack(stage.system)
  const back = await only(stage, id)
  expect(back.nextAt.getTime() - stage.clock.now().getTime()).toBe(row.nextAt.getTime() - (row.triedAt?.getTime() ?? 0))
})

test('many looks at once take no more than one would, and nothing twice', async ({ stage }) => {
  const line = listener()
  const { owner, app: of, asApp } = await stage.ready()
  await endpoint(owner, of.id)
  for (let count = 0; count < 45; count++) await stage.send(asApp)
  while ((await stage.deliver()) > 0);
  let [calling, most] = [0, 0]
  line.answer = async () => {
    calling++
    most = Math.max(most, calling)
    await wait(5)
    calling--
    return { status: 200 }
  }
  stage.clock.forward({ seconds: 1 })
  const telling = teller(stage.system, line.post, { cutOff: new AbortController().signal })
  await Promise.all(Array.from({ length: 8 }, () => telling.tellDue()))
  await expect.poll(() => line.heard.length).toBe(45)
  await telling.settled(20_000)
  expect(most).toBeLessThanOrEqual(20)
  expect(new Set(line.heard.map((call) => call.id)).size).toBe(45)
})

test('nothing more is told from the moment that sending is held', async ({ stage }) => {
  const line = listener()
  const { owner, app: of, asApp } = await stage.ready()
  const { id } = await endpoint(owner, of.id)
  for (let count = 0; count < 30; count++) await stage.send(asApp)
  while ((await stage.deliver()) > 0);
  let isHeld = false
  line.answer = () => {
    isHeld = true
    return { status: 200 }
  }
  stage.clock.forward({ seconds: 1 })
  const telling = teller(stage.system, line.post, { cutOff: new AbortController().signal, mayTell: () => !isHeld })
  await telling.tellDue()
  await expect.poll(async () => (await deliveryCounts(owner, id)).waiting).toBe(10)
  await telling.settled(20_000)
  expect(line.heard).toHaveLength(20)
})

test('a slow endpoint is called two at a time until it is quick again', async ({ stage }) => {
  const line = listener()
  const { owner, app: of, asApp } = await stage.ready()
  await endpoint(owner, of.id)
  const telling = teller(stage.system, line.post, { cutOff: new AbortController().signal })
  line.answer = async () => {
    await wait(2100)
    return { status: 200 }
  }
  await stage.send(asApp)
  await stage.deliver()
  stage.clock.forward({ seconds: 1 })
  await telling.tellDue()
  await expect.poll(async () => line.heard.length).toBe(1)
  for (let count = 0; count < 6; count++) await stage.send(asApp)
  await stage.deliver()
  let [calling, most] = [0, 0]
  line.answer = async () => {
    most = Math.max(most, ++calling)
    await wait(2100)
    calling--
    return { status: 200 }
  }
  stage.clock.forward({ seconds: 1 })
  await expect.poll(() => line.heard.length, { timeout: 20_000 }).toBe(7)
  await telling.settled(20_000)
  expect(most).toBe(2)
})

test('what the address before answered says nothing about the one that stands there now', async ({ stage }) => {
  const line = listener()
  const { owner, app: of, asApp } = await stage.ready()
  const { id } = await endpoint(owner, of.id)
  line.answer = async () => {
    const [view] = await listEndpoints(owner, of.id)
    const { description, events, wholeRecipient, version } = view ?? {
      description: '',
      events: [],
      wholeRecipient: false,
      version: 0,
    }
    await changeEndpoint(owner, {
      id,
      url: 'https://new.example.com/',
      description,
      events,
      wholeRecipient,
      version,
      enabled: true,
    })
    return { status: 410 }
  }
  await stage.send(asApp)
  await stage.deliver()
  await tell(stage, line)
  expect(await listEndpoints(owner, of.id)).toMatchObject([{ url: 'https://new.example.com/', state: 'on' }])
})

test('an edit that began before an endpoint was switched off is told so', async ({ stage }) => {
  const { owner, app: of, id } = await told(stage, { status: 410 })
  const [view] = await listEndpoints(owner, of.id)
  const { url = '', description = '', events = [], wholeRecipient = false, version = 0 } = view ?? {}
  const before = { id, url, description, events, wholeRecipient, version: version - 1, enabled: true }
  await expect(changeEndpoint(owner, before)).rejects.toMatchObject({ code: 'conflict' })
})

test('what another worker has in hand stays there when a clock is looked at', async ({ stage }) => {
  const { id, row } = await told(stage, { status: 200 })
  const leased = new Date(stage.clock.now().getTime() + 60_000)
  await stage.db
    .update(webhookDelivery)
    .set({ state: 'waiting', attempts: 0, nextAt: leased })
    .where(eq(webhookDelivery.id, row.id))
  await bringBack(stage.system)
  expect((await only(stage, id)).nextAt).toEqual(leased)
})

test('what cannot even be called is tried ten times like all else', async ({ stage }) => {
  const line = listener()
  const { owner, app: of, asApp } = await stage.ready()
  const { id } = await endpoint(owner, of.id)
  await stage.send(asApp)
  await stage.deliver()
  const broken = { post: () => Promise.reject(new TypeError('Invalid character in header')) }
  await tell(stage, broken)
  expect(await only(stage, id)).toMatchObject({ state: 'waiting', attempts: 1, error: 'no_connection' })
  expect(stage.log.map(({ message }) => message)).toContain('a call of a webhook could not be made')
  stage.clock.forward({ seconds: 10 })
  await tell(stage, line)
  expect(await only(stage, id)).toMatchObject({ state: 'delivered', attempts: 2 })
})

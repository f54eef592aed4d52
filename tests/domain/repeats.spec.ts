/** Sending again what may have been sent: only where its provider would notice, and only for as long as it would. */
import { eq, sql } from 'drizzle-orm'
import { message } from '#db/schema/index.ts'
import { resendMessage } from '#domain/messages/log.ts'
import { refusal } from '../support/fake-provider.ts'
import { expect, type Stage, test } from '../support/make.ts'

const lost = () => refusal('unknown', 'ETIMEDOUT', 'no answer')
const always = (stage: Stage, error: () => Error) => {
  stage.provider.onSend = () => {
    throw error()
  }
}

/** Delivers whenever a message is due, until it is not queued any more; the seconds that took by the clock. */
async function untilEnded(stage: Stage, id: string): Promise<number> {
  const start = stage.clock.now().getTime()
  for (let turn = 0; turn < 20; turn++) {
    await stage.deliver()
    const { status, job } = await stage.stored(id)
    if (status !== 'queued' || !job) break
    stage.clock.forward({ ms: Math.max(0, job.due.getTime() - stage.clock.now().getTime()) + 1 })
  }
  return (stage.clock.now().getTime() - start) / 1000
}

test('a provider that notices repeats for a while gets them within that while only, then the outcome is unknown', async ({
  stage,
}) => {
  const { asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  stage.provider.repeatableFor = 540
  always(stage, lost)
  expect(await untilEnded(stage, id)).toBeLessThan(540)
  expect(stage.provider.calls.length).toBeGreaterThan(3)
  expect(await stage.stored(id)).toMatchObject({ status: 'unknown', problem: true, errorCode: 'ETIMEDOUT' })
})

test('the while counts from the first attempt that may have been taken, whatever came after it', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  stage.provider.repeatableFor = 60
  stage.provider.failNext(lost(), refusal('later', '45009', 'too many', 3600))
  await stage.deliver()
  const firstAt = stage.clock.now()
  stage.clock.forward({ seconds: 10 })
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'queued', unsureSince: firstAt })
  stage.clock.forward({ minutes: 61 })
  await stage.deliver()
  expect(stage.provider.calls).toHaveLength(2)
  expect(await stage.stored(id)).toMatchObject({ status: 'unknown', errorCode: 'too_late_to_repeat' })
})

test('a message that was refused every time may be sent for as long as it takes', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  stage.provider.repeatableFor = 1
  stage.provider.failNext(refusal('later', '45009', 'too many', 3600))
  await stage.deliver()
  stage.clock.forward({ minutes: 61 })
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent', unsureSince: null })
})

test('the attempt of a lost worker is repeated within the while, and not after it', async ({ stage }) => {
  const { asApp } = await stage.ready()
  stage.provider.repeatableFor = 60
  const [early, late] = [await stage.sendAlarm(asApp), await stage.sendAlarm(asApp, { to: 'late@example.com' })]
  const begun = { status: 'sending' as const, attempt: 1 }
  const startedAgo = (seconds: number) => new Date(stage.clock.now().getTime() - seconds * 1000)
  await stage.db
    .update(message)
    .set({ ...begun, updatedAt: startedAgo(50) })
    .where(eq(message.id, early.id))
  await stage.db
    .update(message)
    .set({ ...begun, updatedAt: startedAgo(70) })
    .where(eq(message.id, late.id))
  await stage.deliver()
  expect(await stage.stored(early.id)).toMatchObject({ status: 'sent', attempt: 2, unsureSince: startedAgo(50) })
  expect(await stage.stored(late.id)).toMatchObject({ status: 'unknown', errorCode: 'worker_lost' })
  expect(stage.provider.accepted).toEqual([early.id])
})

test('a person may send again what is unknown, as often and as late as they like', async ({ stage }) => {
  const { owner, asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  stage.provider.repeatableFor = 1
  stage.provider.failNext(lost())
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'unknown' })
  stage.clock.forward({ minutes: 10 })
  await resendMessage(owner, id)
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
  const {
    rows: [{ unsure } = { unsure: 0 }],
  } = await stage.db.execute<{ unsure: number }>(
    sql`select count(*)::int as unsure from message where id = ${id} and unsure_since is not null`,
  )
  expect(unsure).toBe(0)
})

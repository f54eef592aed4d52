/** Sending again what may have been sent: only where its provider would notice, and only for as long as it would. */
import { eq, sql } from 'drizzle-orm'
import { account, message } from '#db/schema/index.ts'
import { removeAccount } from '#domain/accounts/accounts.ts'
import { resendMessage } from '#domain/sending/log/message.ts'
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

/** A mail that may have been taken by the first account, with another one in force since: by an answer or a worker that was lost. */
const losses = {
  'an answer': async (stage: Stage) => {
    stage.provider.failNext(lost())
    await stage.deliver()
  },
  'a worker': async (stage: Stage) => {
    stage.provider.onSend = () => new Promise(() => undefined)
    const jobs = await stage.takeDue()
    void stage.newWorker()(jobs)
    await expect.poll(() => stage.provider.calls.length).toBe(1)
    stage.provider.onSend = () => undefined
    return jobs
  },
}
const usedBy = (stage: Stage) => stage.provider.calls.map(({ config }) => config.username)

for (const [what, lose] of Object.entries(losses)) {
  const begin = async (stage: Stage) => {
    const { owner, asApp, accountId } = await stage.ready()
    const { id } = await stage.sendAlarm(asApp)
    const jobs = await lose(stage)
    const second = await stage.account(owner, { username: 'second', validated: true })
    const again = async () => {
      stage.clock.forward({ seconds: 7 })
      await (jobs ? Promise.all(stage.newWorker()(jobs)) : stage.deliver())
    }
    return { owner, asApp, accountId, second, id, again }
  }

  test(`a mail with ${what} lost is repeated through the account that may have taken it, whichever is in force`, async ({
    stage,
  }) => {
    const { id, asApp, accountId, again } = await begin(stage)
    await again()
    expect(usedBy(stage)).toEqual(['signet', 'signet'])
    expect(await stage.stored(id)).toMatchObject({ status: 'sent', accountId })
    await stage.sendAlarm(asApp)
    await stage.deliver()
    expect(usedBy(stage)).toEqual(['signet', 'signet', 'second'])
  })

  test(`a mail with ${what} lost stays of unknown outcome once the account that may have taken it is gone`, async ({
    stage,
  }) => {
    const { owner, id, accountId, again } = await begin(stage)
    await removeAccount(owner, accountId)
    await again()
    expect(usedBy(stage)).toEqual(['signet'])
    expect(await stage.stored(id)).toMatchObject({ status: 'unknown', problem: true, errorCode: 'account_gone' })
  })

  test(`a mail with ${what} lost is not repeated through an account that fails and is not in force any more`, async ({
    stage,
  }) => {
    const { id, accountId, again } = await begin(stage)
    await stage.db.update(account).set({ failingSince: stage.clock.now() }).where(eq(account.id, accountId))
    await again()
    expect(usedBy(stage)).toEqual(['signet'])
    expect(await stage.stored(id)).toMatchObject({ status: 'unknown', errorCode: 'account_gone' })
  })
}

test('a mail that was refused for now goes through whichever account is in force', async ({ stage }) => {
  const { owner, asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  stage.provider.failNext(refusal('retry', '451', 'later'))
  await stage.deliver()
  await stage.account(owner, { username: 'second', validated: true })
  stage.clock.forward({ seconds: 7 })
  await stage.deliver()
  expect(usedBy(stage)).toEqual(['signet', 'second'])
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
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

/** A clock that jumps: nothing waits longer because it was set back, and what failed by it comes back when it is right. */
import { eq, sql } from 'drizzle-orm'
import type { Provider, StageResult } from '#channels/contract.ts'
import type { VendorCause } from '#channels/vendor-codes.ts'
import { account, message, template } from '#db/schema/index.ts'
import { recoverAccounts } from '#domain/accounts/recovering.ts'
import { bringBack, clockWatch } from '#domain/base/set-back.ts'
import { releaseWaiting } from '#domain/sending/deliver/upkeep.ts'
import { refreshNext } from '#domain/templates/approvals.ts'
import { countRecipient } from '#domain/verifications/sending-limits.ts'
import { catalogOf } from '#providers/catalog.ts'
import { refusal } from '../support/fake-provider.ts'
import { expect, type Stage, test } from '../support/make.ts'
import { sendText, texting } from '../support/texting.ts'

test.beforeEach(async ({ stage }) => {
  await stage.db.delete(template)
  await stage.db.update(message).set({ waiting: false })
})

const accountOf = async (stage: Stage, id: string) =>
  (await stage.db.select().from(account).where(eq(account.id, id)))[0]

test('a clock that was set back is noticed once, and one that was set forward or runs is none', () => {
  let [now, elapsed] = [1_000_000, 0]
  const isSetBack = clockWatch(
    () => now,
    () => elapsed,
  )
  const after = (wall: number, real: number) => {
    now += wall
    elapsed += real
    return isSetBack()
  }
  expect(isSetBack()).toBe(true)
  expect([after(3000, 3000), after(90_000, 3000), after(2500, 3000), after(2500, 3000)]).toEqual(Array(4).fill(false))
  expect([after(-60_000, 3000), after(3000, 3000)]).toEqual([true, false])
})

test('what was accepted, tried and looked at by a clock that was ahead waits no longer for it', async ({ stage }) => {
  const { org, asApp, accountId } = await texting(stage)
  const jobsOf = (change: string) =>
    stage.db.execute(
      sql`update pgboss.job set ${sql.raw(change)} where id in (select job_id from message where organization_id = ${org.id})`,
    )
  const first = await sendText(stage, asApp)
  await jobsOf(`created_on = now() + interval '1 day', start_after = now() + interval '1 day'`)
  expect(await stage.deliver()).toBe(0)
  await bringBack(stage.system)
  expect(await stage.deliver()).toBe(1)
  expect(await stage.stored(first)).toMatchObject({ status: 'sent' })

  const soon = stage.clock.now().getTime() + 60_000
  stage.clock.forward({ days: 1 })
  const ahead = stage.clock.now()
  await stage.db.update(account).set({ lastCheckAt: ahead }).where(eq(account.id, accountId))
  await stage.db.update(template).set({ approvalAt: ahead, updatedAt: ahead }).where(eq(template.accountId, accountId))
  await stage.db
    .update(message)
    .set({ updatedAt: ahead, settleAt: new Date(ahead.getTime() + 60_000) })
    .where(eq(message.id, first))
  stage.clock.forward({ days: -1 })
  await bringBack(stage.system)
  expect((await stage.stored(first)).settleAt?.getTime()).toBe(soon)
  expect(await refreshNext(stage.system)).toBe(true)
  const second = await sendText(stage, asApp, '+8613800138001')
  stage.texts.failNext(refusal('misconfigured', 'InvalidAccessKeyId.NotFound'))
  await stage.deliver()
  expect(await accountOf(stage, accountId)).toMatchObject({ failingCode: 'InvalidAccessKeyId.NotFound' })
  expect(await releaseWaiting(stage.system)).toBe(0)
  expect(await stage.stored(second)).toMatchObject({ waiting: true })
})

test('a job that was in hand of a lost worker comes back, and pg-boss looks after its queue', async ({ stage }) => {
  const { asApp } = await texting(stage)
  const id = await sendText(stage, asApp)
  const { jobId } = await stage.stored(id)
  await stage.db.execute(sql`
    update pgboss.job set state = 'active', started_on = now() + interval '1 day', heartbeat_on = now() + interval '1 day' where id = ${jobId}`)
  await stage.db.execute(sql`
    update pgboss.queue set monitor_claim_on = now() + interval '1 day', maintain_on = now() + interval '1 day'`)
  await bringBack(stage.system)
  const found = await stage.db.execute(sql`select heartbeat_on <= now() as alive from pgboss.job where id = ${jobId}`)
  expect(found.rows).toEqual([{ alive: true }])
  const { rows } = await stage.db.execute(sql`
    select from pgboss.queue where greatest(monitor_claim_on, maintain_on) > now() + interval '3 s'`)
  expect(rows).toHaveLength(0)
})

test('codes to a recipient are not held back by times that have not come', async ({ stage }) => {
  const { org } = await texting(stage)
  const counted = () =>
    stage.db.transaction((tx) => countRecipient(stage.system, tx, org.id, '+8613800138000').then(() => true))
  stage.clock.forward({ days: 1 })
  await counted()
  await expect(counted()).rejects.toMatchObject({ code: 'rate_limited' })
  stage.clock.forward({ days: -1 })
  expect(await counted()).toBe(true)
  await expect(counted()).rejects.toMatchObject({ code: 'rate_limited' })
})

test('an account that failed by its clock is used again by itself, and one with another fault is not', async ({
  stage,
}) => {
  const { asApp, accountId } = await texting(stage)
  const { channels, providers } = stage.lent.catalog
  const texts: Provider = Object.assign(stage.texts, { passingCauses: ['aliyun_clock'] })
  stage.lent.catalog = catalogOf(
    channels,
    providers.map((provider) => (provider.id === texts.id ? texts : provider)),
  )
  const id = await sendText(stage, asApp)
  stage.texts.failNext(refusal('misconfigured', 'aliyun_clock'))
  await stage.deliver()
  expect(await accountOf(stage, accountId)).toMatchObject({ failingCode: 'aliyun_clock' })

  async function* failing(cause: VendorCause): AsyncGenerator<StageResult> {
    yield { stage: 'login', ok: false, ms: 1, cause, code: cause }
  }
  const check = stage.texts.onCheck
  stage.texts.onCheck = () => failing('aliyun_clock')
  expect(await recoverAccounts(stage.system)).toBe(0)
  stage.texts.onCheck = check
  expect(await recoverAccounts(stage.system)).toBe(1)
  expect(await accountOf(stage, accountId)).toMatchObject({ failingSince: null, failingCode: null, validated: true })
  expect(await releaseWaiting(stage.system)).toBe(1)
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })

  await stage.db
    .update(account)
    .set({ failingSince: stage.clock.now(), failingCode: 'aliyun_clock' })
    .where(eq(account.id, accountId))
  stage.texts.onCheck = () => failing('login_rejected')
  expect(await recoverAccounts(stage.system)).toBe(0)
  expect(await accountOf(stage, accountId)).toMatchObject({ failingCode: 'login_rejected' })
  stage.texts.onCheck = check
  expect(await recoverAccounts(stage.system)).toBe(0)
})

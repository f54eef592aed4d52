/**
 * A clock that was set back: what was dated before lies ahead of it then. Promises that nothing waits longer for that: not a
 * message, not a job, not the next look at an account or a template; and that what was proven before counts as proven.
 */
import { and, eq, gt, isNotNull, sql } from 'drizzle-orm'
import { account, incident, message, pushRule, template, verification, webhookDelivery } from '#db/schema/index.ts'
import { leaseMs as noticeLeaseMs } from '../incidents/telling.ts'
import { leaseMs } from '../webhooks/telling.ts'
import type { Ctx } from './ctx.ts'

/** The clocks of two processes may be so far apart, in milliseconds. */
export const clockTolerance = 3000

/**
 * Tells, each time it is asked, whether the clock was set back since it was asked last. The first time it is true: the clock may
 * have been set back while no process ran.
 * @param elapsed milliseconds by a clock that nobody can set
 */
export function clockWatch(now: () => number = Date.now, elapsed = () => performance.now()): () => boolean {
  let most = Number.POSITIVE_INFINITY
  return () => {
    const offset = now() - elapsed()
    const isBack = offset < most - 1000
    most = isBack || most === Number.POSITIVE_INFINITY ? offset : Math.max(most, offset)
    return isBack
  }
}

/** Dates as of now what is dated ahead of it, and what was to follow so much later. */
export async function bringBack(ctx: Ctx): Promise<void> {
  const now = ctx.now()
  const at = sql`${now.toISOString()}::timestamptz`
  const limit = new Date(now.getTime() + clockTolerance)
  await ctx.db.transaction(async (tx) => {
    const ahead = sql`(${message.updatedAt} - ${at})`
    const dated = { updatedAt: now, unsureSince: sql`least(${message.unsureSince}, ${at})` }
    // Apart, so that each is found by its index.
    await tx
      .update(message)
      .set({ ...dated, expiresAt: sql`${message.expiresAt} - ${ahead}` })
      .where(and(gt(message.updatedAt, limit), message.waiting))
    await tx
      .update(message)
      .set({ ...dated, settleAt: sql`${message.settleAt} - ${ahead}` })
      .where(and(gt(message.updatedAt, limit), isNotNull(message.settleAt)))
    await tx
      .update(verification)
      .set({ createdAt: now, expiresAt: sql`${verification.expiresAt} - (${verification.createdAt} - ${at})` })
      .where(and(gt(verification.createdAt, limit), eq(verification.status, 'pending')))
    await tx.update(account).set({ lastCheckAt: now }).where(gt(account.lastCheckAt, limit))
    await tx.update(account).set({ failingSince: now }).where(gt(account.failingSince, limit))
    await tx.update(account).set({ templatesAskedAt: null }).where(gt(account.templatesAskedAt, limit))
    await tx.update(template).set({ approvalAt: null }).where(gt(template.approvalAt, limit))
    await tx.update(template).set({ usableSince: now }).where(gt(template.usableSince, limit))
    await tx.update(template).set({ updatedAt: now }).where(gt(template.updatedAt, limit))
    await tx.update(pushRule).set({ usableSince: now }).where(gt(pushRule.usableSince, limit))
    await tx.update(incident).set({ seenAt: now }).where(gt(incident.seenAt, limit))
    const noticed = new Date(limit.getTime() + noticeLeaseMs)
    await tx.update(incident).set({ tellAt: now }).where(gt(incident.tellAt, noticed))
    const told = webhookDelivery.nextAt
    // What is not so far ahead may be in a worker's hands.
    const leased = new Date(limit.getTime() + leaseMs)
    await tx
      .update(webhookDelivery)
      .set({ nextAt: sql`${told} - (${webhookDelivery.triedAt} - ${at})`, triedAt: now })
      .where(and(gt(webhookDelivery.triedAt, limit), eq(webhookDelivery.state, 'waiting')))
    await tx
      .update(webhookDelivery)
      .set({ nextAt: now })
      .where(and(gt(told, leased), eq(webhookDelivery.attempts, 0), eq(webhookDelivery.state, 'waiting')))
    await ctx.jobs.bringBack(tx)
  })
}

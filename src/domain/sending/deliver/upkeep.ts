/** What the worker does every few seconds: let go of messages whose account was put right, and end those whose code has expired. */
import { and, asc, eq, gt, isNotNull } from 'drizzle-orm'
import { message } from '#db/schema/index.ts'
import { expireWaiting as endExpired, releaseWaiting as queueReleased } from '#db/statements/delivering.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { openOrNothing } from '#domain/base/secrets.ts'
import { groupOf, sealedPlace } from '../accept/draft.ts'

const batch = 500

/** Queues again what waits, where what it waits for may be there by now. Returns how many. */
export async function releaseWaiting(ctx: Ctx): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const released = await queueReleased(tx, { now: ctx.now() })
    await ctx.jobs.enqueue(
      tx,
      released.map((row) => ({ id: row.jobId, messageId: row.id, group: groupOf(row), urgent: row.isUrgent })),
    )
    return released.length
  })
}

/** Ends waiting verification messages whose code has expired, and erases the code. Returns how many. */
export const expireWaiting = async (ctx: Ctx): Promise<number> => (await endExpired(ctx.db, { now: ctx.now() })).length

/** Seals again, with the current key, the codes of queued messages sealed with an older one. Tells how many, and how many did not open. */
export async function resealMessages(ctx: Ctx): Promise<{ count: number; unreadable: number }> {
  const resealed = { count: 0, unreadable: 0 }
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await ctx.db
      .select({ id: message.id, sealed: message.sealedVariables })
      .from(message)
      .where(and(isNotNull(message.sealedVariables), gt(message.id, after)))
      .orderBy(asc(message.id))
      .limit(batch)
    const last = rows[rows.length - 1]
    if (!last) return resealed
    after = last.id
    for (const { id, sealed } of rows) {
      if (!sealed || !ctx.secrets.isOutdated(sealed)) continue
      const value = openOrNothing(ctx.secrets, sealed, sealedPlace(id))
      if (value === undefined) {
        resealed.unreadable += 1
        continue
      }
      await ctx.db
        .update(message)
        .set({ sealedVariables: ctx.secrets.seal(value, sealedPlace(id)) })
        .where(and(eq(message.id, id), eq(message.sealedVariables, sealed)))
      resealed.count += 1
    }
  }
}

/** Counting before doing, in the database, so that every process counts alike. Refused tries count too. */
import { and, eq, lt, sql } from 'drizzle-orm'
import { limitCount } from '#db/schema/index.ts'
import type { Ctx } from './ctx.ts'
import { DomainError } from './errors.ts'

export type Limit = { most: number; seconds: number }

/**
 * Counts one try under `key` in a fixed window.
 * @throws DomainError `rate_limited` with the seconds until the window ends
 */
export async function count(ctx: Pick<Ctx, 'db' | 'now'>, key: string, limit: Limit): Promise<void> {
  const now = ctx.now().getTime()
  const windowStart = new Date(now - (now % (limit.seconds * 1000)))
  const [row] = await ctx.db
    .insert(limitCount)
    .values({ key, windowStart, count: 1 })
    .onConflictDoUpdate({
      target: [limitCount.key, limitCount.windowStart],
      set: { count: sql`${limitCount.count} + 1` },
    })
    .returning({ count: limitCount.count })
  if (row && row.count > limit.most) {
    const retryAfter = Math.ceil((windowStart.getTime() + limit.seconds * 1000 - now) / 1000)
    throw new DomainError('rate_limited', `Too many tries. Again in ${retryAfter} s.`, { retryAfter })
  }
}

/** Takes back a try that went well: for what is limited only when it goes wrong, counted first so that tries at once count. */
export async function uncount(ctx: Pick<Ctx, 'db' | 'now'>, key: string, limit: Limit): Promise<void> {
  const now = ctx.now().getTime()
  const windowStart = new Date(now - (now % (limit.seconds * 1000)))
  await ctx.db
    .update(limitCount)
    .set({ count: sql`greatest(${limitCount.count} - 1, 0)` })
    .where(and(eq(limitCount.key, key), eq(limitCount.windowStart, windowStart)))
}

/** Drops counters whose windows ended over a day ago. */
export async function forgetOldCounts(ctx: Pick<Ctx, 'db' | 'now'>): Promise<void> {
  await ctx.db.delete(limitCount).where(lt(limitCount.windowStart, new Date(ctx.now().getTime() - 2 * 86_400_000)))
}

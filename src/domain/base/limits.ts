/** Counting before doing, in the database, so that every process counts alike. Refused tries count too. */
import { and, eq, sql } from 'drizzle-orm'
import { limitCount } from '#db/schema/index.ts'
import type { Ctx } from './ctx.ts'
import { DomainError } from './errors.ts'

export type Limit = { most: number; seconds: number }

export type Counted = { key: string; limit: Limit }

/**
 * Counts one try under each key in its fixed window, in one statement. Gives back, in the given order, the seconds until the
 * window ends for what is over its limit, and null for what is not.
 */
export async function countAll(
  { db, now }: Pick<Ctx, 'db' | 'now'>,
  tries: readonly Counted[],
): Promise<(number | null)[]> {
  const moment = now().getTime()
  const rows = tries.map(({ key, limit: { seconds } }) => ({
    key,
    windowStart: new Date(moment - (moment % (seconds * 1000))),
    count: 1,
  }))
  // In one order, or two that count the same would wait for each other.
  const inOrder = [...rows].sort((a, b) => (a.key < b.key ? -1 : 1))
  const counted = await db
    .insert(limitCount)
    .values(inOrder)
    .onConflictDoUpdate({
      target: [limitCount.key, limitCount.windowStart],
      set: { count: sql`${limitCount.count} + 1` },
    })
    .returning({ key: limitCount.key, count: limitCount.count })
  const counts = new Map(counted.map((row) => [row.key, row.count]))
  return tries.map(({ key, limit: { most, seconds } }, index) => {
    const end = (rows[index]?.windowStart.getTime() ?? moment) + seconds * 1000
    return (counts.get(key) ?? 0) > most ? Math.ceil((end - moment) / 1000) : null
  })
}

/**
 * Counts one try under `key` in a fixed window.
 * @throws DomainError `rate_limited` with the seconds until the window ends
 */
export async function count(ctx: Pick<Ctx, 'db' | 'now'>, key: string, limit: Limit): Promise<void> {
  const [retryAfter] = await countAll(ctx, [{ key, limit }])
  if (retryAfter) throw new DomainError('rate_limited', `Too many tries. Again in ${retryAfter} s.`, { retryAfter })
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

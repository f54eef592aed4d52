/** What the worker does with verifications: ends those whose time is over. */
import { and, eq, inArray, lte } from 'drizzle-orm'
import { verification } from '#db/schema/index.ts'
import type { Ctx } from '../base/ctx.ts'
import { forgiveUnsent } from './guard.ts'

const batch = 1000

/** Ends verifications whose time is over, and erases their codes. Returns how many. */
export async function endExpired({ db, now }: Pick<Ctx, 'db' | 'now'>): Promise<number> {
  const isOver = and(eq(verification.status, 'pending'), lte(verification.expiresAt, now()))
  const due = db
    .select({ id: verification.id })
    .from(verification)
    .where(isOver)
    .limit(batch)
    .for('update', { skipLocked: true })
  return db.transaction(async (tx) => {
    const ended = await tx
      .update(verification)
      .set({ status: 'expired', sealedCode: null })
      .where(inArray(verification.id, due))
      .returning({ id: verification.id, counted: verification.counted })
    const watched = ended.filter(({ counted }) => counted.length > 0)
    if (watched.length > 0)
      await forgiveUnsent(
        { now },
        tx,
        watched.map(({ id }) => id),
      )
    return ended.length
  })
}

/** What the worker does with verifications: ends those whose time is over, and forgets what is of no use any more. */
import { and, eq, inArray, lt, lte } from 'drizzle-orm'
import { verification, verificationAnswer, verificationRecipient } from '#db/schema/index.ts'
import type { Ctx } from '../ctx.ts'
import { firstIdAt } from '../messages/log.ts'

const batch = 1000
const day = 86_400_000

/** Ends verifications whose time is over, and erases their codes. Returns how many. */
export async function endExpired({ db, now }: Pick<Ctx, 'db' | 'now'>): Promise<number> {
  const isOver = and(eq(verification.status, 'pending'), lte(verification.expiresAt, now()))
  const due = db
    .select({ id: verification.id })
    .from(verification)
    .where(isOver)
    .limit(batch)
    .for('update', { skipLocked: true })
  const ended = await db
    .update(verification)
    .set({ status: 'expired', sealedCode: null })
    .where(inArray(verification.id, due))
    .returning({ id: verification.id })
  return ended.length
}

/** Drops verifications after 30 days, and after two days answers and recipients: their windows are over. */
export async function forgetOldVerifications({ db, now }: Pick<Ctx, 'db' | 'now'>): Promise<void> {
  const ago = (days: number) => new Date(now().getTime() - days * day)
  await db.delete(verification).where(lt(verification.id, firstIdAt(ago(30))))
  await db.delete(verificationAnswer).where(lt(verificationAnswer.createdAt, ago(2)))
  await db.delete(verificationRecipient).where(lt(verificationRecipient.updatedAt, ago(2)))
}

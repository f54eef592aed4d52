/** Checking a code that a person entered: it works once, within its life, and five wrong tries end it. */
import { timingSafeEqual } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { Text } from '#channels/text.ts'
import type { Tx } from '#db/database.ts'
import { verification } from '#db/schema/index.ts'
import { callingApp } from '../base/access.ts'
import type { AppActor, Ctx } from '../base/ctx.ts'
import { DomainError, notFound } from '../base/errors.ts'
import { answerOnce, keyedCall } from '../base/idempotency.ts'
import { countVerified } from './guard.ts'
import { hashOfCode } from './starting.ts'

/** Wrong tries after which a verification is dead. */
export const mostTries = 5

export const CheckVerification = z.strictObject({
  code: Text(40).min(1).describe('As it was entered; spaces and hyphens do not matter.'),
})

export const verificationAnswers = ['approved', 'pending', 'expired', 'exhausted'] as const

export type CheckedVerification = {
  id: string
  status: (typeof verificationAnswers)[number]
  /** With `pending`, after a wrong code: how many tries are left. */
  attempts_left?: number
}

/** As people write a code down: in groups, with full-width digits. */
const plain = (code: string) => code.normalize('NFKC').replace(/[\s-]/g, '')

const isSame = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

async function check(ctx: Ctx, tx: Tx, app: AppActor, id: string, code: string): Promise<CheckedVerification> {
  const ofApp = and(eq(verification.id, id), eq(verification.appId, app.appId), eq(verification.kind, app.keyKind))
  const [row] = await tx.select().from(verification).where(ofApp).for('update')
  if (!row) throw notFound('verification')
  if (row.status === 'approved') {
    throw new DomainError('conflict', 'This verification was approved already: a code works once. Start another one.')
  }
  if (row.status !== 'pending') return { id, status: row.status }
  const end = async (status: 'approved' | 'expired' | 'exhausted', attempts = row.attempts) => {
    await tx.update(verification).set({ status, attempts, sealedCode: null }).where(ofApp)
    return { id, status }
  }
  if (row.expiresAt <= ctx.now()) return end('expired')
  if (isSame(row.codeHash, hashOfCode(ctx, id, plain(code)))) {
    if (row.counted.length > 0) await countVerified(ctx, tx, id)
    return end('approved')
  }
  const attempts = row.attempts + 1
  if (attempts >= mostTries) return end('exhausted', attempts)
  await tx.update(verification).set({ attempts }).where(ofApp)
  return { id, status: 'pending', attempts_left: mostTries - attempts }
}

/**
 * Checks one try. Tries at once are taken one after another, so that no more than the allowed ones count.
 * @throws DomainError `not_found` for a verification of nobody's or another App's, `conflict` for one that was approved before
 */
export async function checkVerification(
  ctx: Ctx,
  id: string,
  { code }: z.infer<typeof CheckVerification>,
  { idempotencyKey }: { idempotencyKey?: string } = {},
): Promise<{ answer: CheckedVerification; repeated: boolean }> {
  const app = callingApp(ctx)
  const keyed = keyedCall(ctx, app, idempotencyKey, ['check', id, code])
  const checked = await answerOnce(ctx, keyed, (tx) => check(ctx, tx, app, id, code))
  if (!checked.repeated && app.keyKind === 'live') ctx.metrics.checked(checked.answer.status)
  return checked
}

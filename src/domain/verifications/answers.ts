/** Answers under an Idempotency-Key: whatever is done under one is done once, and told alike for a day. */
import { and, eq, lt } from 'drizzle-orm'
import type { Tx } from '#db/client.ts'
import { verificationAnswer } from '#db/schema/index.ts'
import type { AppActor, Ctx } from '../base/ctx.ts'
import { DomainError } from '../base/errors.ts'
import { idempotencyWindow } from '../sending/accept/accept.ts'

export type Keyed = { app: Pick<AppActor, 'appId' | 'keyKind'>; key: string; bodyHash: string }

const underKey = ({ app, key }: Keyed) =>
  and(
    eq(verificationAnswer.appId, app.appId),
    eq(verificationAnswer.kind, app.keyKind),
    eq(verificationAnswer.idempotencyKey, key),
  )

/** The answer that stands under the key, which is taken where there is none. Waits for a call that has taken it. */
async function takeKey({ now }: Pick<Ctx, 'now'>, tx: Tx, keyed: Keyed): Promise<unknown> {
  const { app, key, bodyHash } = keyed
  const ofKey = underKey(keyed)
  const oldest = new Date(now().getTime() - idempotencyWindow)
  await tx.delete(verificationAnswer).where(and(ofKey, lt(verificationAnswer.createdAt, oldest)))
  const taken = await tx
    .insert(verificationAnswer)
    .values({ appId: app.appId, kind: app.keyKind, idempotencyKey: key, bodyHash, answer: {}, createdAt: now() })
    .onConflictDoNothing()
    .returning({ key: verificationAnswer.idempotencyKey })
  if (taken.length > 0) return undefined
  const [row] = await tx.select().from(verificationAnswer).where(ofKey)
  if (row && row.bodyHash === bodyHash) return row.answer
  throw new DomainError('idempotency_conflict', 'This Idempotency-Key was used with another body.')
}

/**
 * Does the work in a transaction, once for a key. What the work throws leaves the key free.
 * @throws DomainError `idempotency_conflict`, and whatever the work throws
 */
export function answerOnce<Answer>(
  ctx: Ctx,
  keyed: Keyed | null,
  work: (tx: Tx) => Promise<Answer>,
): Promise<{ answer: Answer; repeated: boolean }> {
  return ctx.db.transaction(async (tx) => {
    const first = keyed && (await takeKey(ctx, tx, keyed))
    if (first) return { answer: first as Answer, repeated: true }
    const answer = await work(tx)
    if (keyed) {
      await tx.update(verificationAnswer).set({ answer }).where(underKey(keyed))
    }
    return { answer, repeated: false }
  })
}

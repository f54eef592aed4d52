/**
 * What grows by itself has an end: how long each table keeps what is of no use any more. What people make stays until they
 * delete it, and so does the audit trail; for messages see `domain/retention/`. docs/operating.md says so of every table.
 */
import { lt, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import {
  accessToken,
  callbackNonce,
  codeCount,
  codeDecision,
  deviceEvent,
  earlyReceipt,
  incident,
  invitation,
  limitCount,
  messageCount,
  messageKey,
  providerReference,
  pushDamping,
  refusedCall,
  session,
  signInLimit,
  signInToken,
  verification,
  verificationAnswer,
  verificationRecipient,
  webhookDelivery,
} from '#db/schema/index.ts'
import { firstIdAt } from '../sending/log/log.ts'
import type { Ctx } from './ctx.ts'

const batch = 5000
const day = 86_400_000

type Rule = { table: PgTable; by: PgColumn; days: number; as?: (moment: Date) => string | number }

const rules: readonly Rule[] = [
  { table: limitCount, by: limitCount.windowStart, days: 2 },
  // Idempotency-Keys stand for a day.
  { table: deviceEvent, by: deviceEvent.createdAt, days: 2 },
  { table: messageKey, by: messageKey.messageId, days: 2, as: firstIdAt },
  { table: verificationAnswer, by: verificationAnswer.createdAt, days: 2 },
  { table: verificationRecipient, by: verificationRecipient.updatedAt, days: 2 },
  { table: verification, by: verification.id, days: 30, as: firstIdAt },
  { table: earlyReceipt, by: earlyReceipt.receivedAt, days: 3 },
  // Receipts and their repeats come no later.
  { table: providerReference, by: providerReference.createdAt, days: 14 },
  // Tries end after three days.
  { table: webhookDelivery, by: webhookDelivery.id, days: 14, as: firstIdAt },
  // As far as the guard looks back.
  { table: codeCount, by: codeCount.hour, days: 14 },
  { table: codeDecision, by: codeDecision.hour, days: 14 },
  { table: pushDamping, by: pushDamping.windowEnd, days: 30 },
  { table: refusedCall, by: refusedCall.hour, days: 8 },
  { table: messageCount, by: messageCount.hour, days: 400 },
  // Of those that are over; who was told goes with it.
  { table: incident, by: incident.recoveredAt, days: 400 },
  { table: invitation, by: invitation.expiresAt, days: 30 },
  { table: callbackNonce, by: callbackNonce.expiresAt, days: 0 },
  { table: session, by: session.expiresAt, days: 0 },
  { table: signInToken, by: signInToken.expiresAt, days: 0 },
  { table: signInLimit, by: signInLimit.lastRequest, days: 1, as: (moment) => moment.getTime() },
  // Of accounts that are gone or have another secret now; one that is used has a younger one.
  { table: accessToken, by: accessToken.expiresAt, days: 7 },
]

async function forget({ db, now }: Pick<Ctx, 'db' | 'now'>, { table, by, days, as }: Rule): Promise<void> {
  const end = new Date(now().getTime() - days * day)
  const old = db
    .select({ place: sql`ctid` })
    .from(table)
    .where(lt(by, as ? as(end) : end))
    .limit(batch)
    .for('update', { skipLocked: true })
  for (let count = batch; count === batch; ) {
    const gone = await db.delete(table).where(sql`ctid = any(array(${old}))`).returning({ one: sql`1` })
    count = gone.length
  }
}

/** Drops everything whose time is over, a few thousand rows at a time. */
export async function forgetOld(ctx: Pick<Ctx, 'db' | 'now'>): Promise<void> {
  for (const rule of rules) await forget(ctx, rule)
}

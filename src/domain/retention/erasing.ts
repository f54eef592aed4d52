/**
 * Erasing one recipient: everything that an organization keeps about an address or a number, in every spelling that counts as the same.
 * Promises that nothing of another organization or recipient goes, that numbers stay, and that nothing that waited is sent afterwards.
 * Of messages that a worker has in hand it says that they are left; what is accepted afterwards is new.
 */
import { and, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { Trimmed } from '#channels/text.ts'
import type { Tx } from '#db/database.ts'
import { pushDamping, pushRule, verificationRecipient } from '#db/schema/index.ts'
import { countMessages } from '#db/statements/counting.ts'
import {
  clearAuditNames,
  clearEventAnswers,
  countTraces,
  deleteDeliveries,
  deleteEarlyReceipts,
  deleteVerifications,
  lockErasable,
  recipientsThatBegin,
} from '#db/statements/erasing.ts'
import { deleteMessages } from '#db/statements/retention.ts'
import { need } from '../base/access.ts'
import { record } from '../base/audit.ts'
import type { Ctx } from '../base/ctx.ts'
import { invalid } from '../base/errors.ts'
import { dampedAs } from '../push-rules/damping.ts'
import { maskRecipient } from '../sending/log/masks.ts'
import { recipientKeyOf } from '../verifications/sending-limits.ts'

export const OneRecipient = z.strictObject({ recipient: Trimmed(320).min(1) })
export type OneRecipient = z.infer<typeof OneRecipient>

/** How many messages, and verifications, go in a call. */
const perCall = 1000
/** How far is counted. */
const mostCounted = 10_000
const mostShown = 5

type Found = {
  /** As they are stored. */
  recipients: string[]
  /** As limits count them, on any channel. */
  counted: string[]
}

/** @throws DomainError `invalid_request` for what is an address of no channel */
async function spellingsOf(ctx: Ctx, organizationId: string, recipient: string): Promise<Found> {
  const meant = ctx.catalog.channels.flatMap(({ recipient: form, countedAs = String, beginningsOf = lowerCase }) => {
    const { data } = form.safeParse(recipient)
    return data === undefined ? [] : [{ data, countedAs, counted: countedAs(data), beginnings: beginningsOf(data) }]
  })
  if (meant.length === 0) throw invalid({ path: 'recipient', code: 'recipient_invalid' })
  const beginnings = [...new Set(meant.flatMap((one) => one.beginnings))].map((text) => ({ text }))
  const candidates = await recipientsThatBegin(ctx.db, { organizationId, beginning: beginnings })
  const isSame = (stored: string) => meant.some(({ countedAs, counted }) => countedAs(stored) === counted)
  const stored = candidates.map((one) => one.recipient).filter(isSame)
  return {
    recipients: [...new Set([...meant.map(({ data }) => data), ...stored])],
    counted: [...new Set(meant.map(({ counted }) => counted))],
  }
}

const lowerCase = (recipient: string) => [recipient.toLowerCase()]

/** What would go, counted up to ten thousand each, and the first spellings besides the one that is meant. */
export async function tracesOf(ctx: Ctx, { recipient }: OneRecipient) {
  const organizationId = need(ctx, 'data:write')
  const { recipients } = await spellingsOf(ctx, organizationId, recipient)
  const [counted] = await countTraces(ctx.db, { organizationId, recipients, most: mostCounted })
  const others = recipients.filter((one) => one !== recipient).slice(0, mostShown)
  return { messages: counted?.messages ?? 0, verifications: counted?.verifications ?? 0, others }
}

/** What hangs on messages that are locked, and they themselves. What was still to be sent counts as expired. */
async function eraseMessages(tx: Tx, organizationId: string, rows: Awaited<ReturnType<typeof lockErasable>>) {
  if (rows.length === 0) return
  const messageIds = rows.map(({ id }) => id)
  const unsent = rows.filter(({ status }) => status === 'queued')
  await countMessages(tx, { change: unsent.map(({ id }) => ({ id, outcome: 'expired' as const, by: 1 })) })
  await deleteEarlyReceipts(tx, { messageIds })
  await clearEventAnswers(tx, { eventIds: rows.flatMap(({ eventId }) => eventId ?? []), messageIds })
  await clearAuditNames(tx, { organizationId, messageIds })
  await deleteMessages(tx, { ids: messageIds })
}

/** What keeps too many codes or cards from a recipient. */
async function eraseLimits(ctx: Ctx, tx: Tx, organizationId: string, { recipients, counted }: Found) {
  const keys = counted.map((one) => recipientKeyOf(ctx, one))
  await tx
    .delete(verificationRecipient)
    .where(
      and(eq(verificationRecipient.organizationId, organizationId), inArray(verificationRecipient.recipientKey, keys)),
    )
  const damped = recipients.flatMap((one) => [dampedAs(one, false), dampedAs(one, true)])
  const rules = tx.select({ id: pushRule.id }).from(pushRule).where(eq(pushRule.organizationId, organizationId))
  await tx.delete(pushDamping).where(and(inArray(pushDamping.ruleId, rules), inArray(pushDamping.recipient, damped)))
}

/**
 * Erases a thousand messages and verifications at most, and tells how many are left: repeated until none is. Audited, the recipient
 * masked.
 * @throws DomainError `invalid_request` for what is an address of no channel
 */
export async function eraseRecipient(ctx: Ctx, { recipient }: OneRecipient) {
  const organizationId = need(ctx, 'data:write')
  const found = await spellingsOf(ctx, organizationId, recipient)
  const of = { organizationId, recipients: found.recipients }
  const erased = await ctx.db.transaction(async (tx) => {
    // In the order in which a verification is started, so that neither waits for the other for ever.
    await eraseLimits(ctx, tx, organizationId, found)
    const verifications = await deleteVerifications(tx, { ...of, most: perCall })
    const messages = await lockErasable(tx, { ...of, most: perCall })
    await eraseMessages(tx, organizationId, messages)
    await deleteDeliveries(tx, { subjectIds: [...verifications, ...messages].map(({ id }) => id) })
    const gone = { messages: messages.length, verifications: verifications.length }
    if (gone.messages + gone.verifications > 0) {
      const subjectName = maskRecipient(found.recipients[0] ?? '')
      await record(ctx, tx, { action: 'erased', subject: 'recipient', subjectName, changes: gone })
    }
    return gone
  })
  const [left] = await countTraces(ctx.db, { ...of, most: mostCounted })
  return { ...erased, left: (left?.messages ?? 0) + (left?.verifications ?? 0) }
}

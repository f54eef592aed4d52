/** One message of the log: its time line, its whole recipient for those who may see it, and sending it again. A code is never in it. */
import { and, asc, eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import type { ChannelId } from '#channels/traits.ts'
import { account, apiKey, app, message, messageEvent, pushRule, template, verification } from '#db/schema/index.ts'
import { countMessages } from '#db/statements/counting.ts'
import { may, need } from '#domain/base/access.ts'
import { record } from '#domain/base/audit.ts'
import type { WordedReason } from '#domain/base/codes.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { DomainError, notFound } from '#domain/base/errors.ts'
import { groupOf } from '../accept/draft.ts'
import { problemStatuses, shownTo } from './log.ts'
import { maskedIn, maskRecipient } from './masks.ts'

type Verification = Pick<typeof verification.$inferSelect, 'status' | 'attempts' | 'expiresAt'>

/** What became of the code that Signet made, with how many wrong ones were entered. */
const verificationNow = ({ status, attempts, expiresAt }: Verification, now: Date) => ({
  status: status === 'pending' && expiresAt <= now ? ('expired' as const) : status,
  attempts,
})

/** After this nobody waits for a receipt any more that was not pushed. */
const receiptWithinMs = 3_600_000

/** Whether a provider tells, or can be asked, what became of a message that it took. */
function canReport(ctx: Ctx, id: string | undefined): boolean {
  const provider = ctx.catalog.providers.find((one) => one.id === id)
  return Boolean(provider?.readReceipts || provider?.settle)
}

/** Whether something still happens to a message by itself: until it is sent, and from there until its receipt is there. */
function isUnderWay({ status, updatedAt }: typeof message.$inferSelect, hasReceipts: boolean, now: Date): boolean {
  if (status === 'queued' || status === 'sending') return true
  const awaitsReceipt = status === 'sent' || status === 'unknown'
  return awaitsReceipt && hasReceipts && now.getTime() - updatedAt.getTime() < receiptWithinMs
}

/** One message with its time line and content. The code in it is drawn as dots. @throws DomainError `not_found` */
export async function getMessage(ctx: Ctx, id: string) {
  const organizationId = ctx.actor.kind === 'app' ? ctx.actor.organizationId : need(ctx, 'messages:read')
  const [row] = await ctx.db
    .select({
      message,
      app: { name: app.name, key: app.key },
      account: { name: account.name, provider: account.provider },
      apiKey: apiKey.name,
      templateOf: { id: template.id, appId: template.appId, accountId: template.accountId },
      ruleOf: { id: pushRule.id, name: pushRule.name },
      verification: { status: verification.status, attempts: verification.attempts, expiresAt: verification.expiresAt },
    })
    .from(message)
    .leftJoin(app, eq(app.id, message.appId))
    .leftJoin(apiKey, eq(apiKey.id, message.apiKeyId))
    .leftJoin(template, eq(template.id, message.templateId))
    .leftJoin(pushRule, eq(pushRule.id, message.pushRuleId))
    .leftJoin(account, eq(account.id, message.accountId))
    .leftJoin(verification, eq(verification.id, message.verificationId))
    .where(
      and(
        eq(message.organizationId, organizationId),
        eq(message.id, id),
        ctx.actor.kind === 'app' ? eq(message.appId, ctx.actor.appId) : undefined,
      ),
    )
  if (!row) throw notFound('message')
  const events = await ctx.db
    .select({
      at: messageEvent.at,
      status: messageEvent.status,
      attempt: messageEvent.attempt,
      account: account.name,
      provider: account.provider,
      code: messageEvent.code,
      cause: messageEvent.cause,
      detail: messageEvent.detail,
      providerMessageId: messageEvent.providerMessageId,
      ms: messageEvent.ms,
      nextAt: messageEvent.nextAt,
    })
    .from(messageEvent)
    .leftJoin(account, eq(account.id, messageEvent.accountId))
    .where(eq(messageEvent.messageId, id))
    .orderBy(asc(messageEvent.id))
    .limit(500)
  const { message: found } = row
  return {
    id: found.id,
    createdAt: found.createdAt,
    app: row.app,
    kind: found.kind,
    channel: found.channel as ChannelId,
    scenario: found.scenario,
    recipient: shownTo(ctx, found.recipient),
    status: found.status,
    waiting: found.waiting,
    waitsFor: found.waitsFor,
    isUnderWay: isUnderWay(found, canReport(ctx, row.account?.provider), ctx.now()),
    reference:
      found.reference && (ctx.actor.kind === 'app' ? found.reference : maskedIn(found.reference, found.recipient)),
    account: row.account?.name ?? null,
    apiKey: row.apiKey,
    templateVersion: found.templateVersion,
    /** What it said is not kept any more, as its organization wants it. */
    contentDropped: found.contentDropped,
    /** Null when the template is gone. */
    templateOrigin: row.templateOf ? (row.templateOf.appId ? ('app' as const) : ('default' as const)) : null,
    /** The account whose signatures the template names; null where the organization owns the content. */
    templateAccountId: row.templateOf?.accountId ?? null,
    /** For a message by a push rule: the rule, null when it is gone; and the event that it was made for. */
    pushRule: row.ruleOf,
    eventId: found.eventId,
    /** Whether Signet made its code, and for thirty days what became of that. */
    isVerification: found.verificationId !== null,
    verification: row.verification && verificationNow(row.verification, ctx.now()),
    providerMessageId: found.providerMessageId,
    errorCode: found.errorCode,
    errorCause: found.errorCause ?? ctx.catalog.explain(row.account?.provider ?? null, found.errorCode),
    errorDetail: found.errorDetail,
    expiresAt: found.expiresAt,
    attempt: found.attempt,
    canReveal: may(ctx, 'recipients:read'),
    canResend: may(ctx, 'messages:resend') && whyNotAgain(found) === null,
    events: events.map(({ provider, ...event }) => ({
      ...event,
      cause: event.cause ?? ctx.catalog.explain(provider, event.code),
    })),
  }
}

/** The whole address, for those who may see it. That it was looked at is audited. */
export async function revealRecipient(ctx: Ctx, id: string): Promise<string> {
  const organizationId = need(ctx, 'recipients:read')
  return ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .select({ recipient: message.recipient })
      .from(message)
      .where(and(eq(message.organizationId, organizationId), eq(message.id, id)))
    if (!row) throw notFound('message')
    await record(ctx, tx, {
      action: 'revealed',
      subject: 'message',
      subjectId: id,
      subjectName: maskRecipient(row.recipient),
    })
    return row.recipient
  })
}

/** Why a message cannot be sent again; null when it can. Of a test send or a notice neither content nor values are kept. */
function whyNotAgain({ status, kind, expiresAt, contentDropped }: typeof message.$inferSelect): WordedReason | null {
  if (!problemStatuses.includes(status)) return 'not_failed'
  if (kind === 'test_send' || kind === 'notice') return kind
  if (contentDropped) return 'content_dropped'
  return expiresAt ? 'code_erased' : null
}

/** Puts a notification that ended badly back in the queue. A verification message is not: its code is erased. */
export async function resendMessage(ctx: Ctx, id: string): Promise<void> {
  const organizationId = need(ctx, 'messages:resend')
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(message)
      .where(and(eq(message.organizationId, organizationId), eq(message.id, id)))
      .for('update')
    if (!row) throw notFound('message')
    const reason = whyNotAgain(row)
    if (reason) throw new DomainError('conflict', 'This message cannot be sent again.', { reason })
    const jobId = v7()
    await tx
      .update(message)
      .set({
        ...{ status: 'queued', problem: false, waiting: false, jobId, attempt: 0, updatedAt: ctx.now() },
        // What becomes of the attempts before says nothing of the next one.
        ...{ unsureSince: null, settleAt: null, providerMessageId: null },
      })
      .where(eq(message.id, id))
    await tx.insert(messageEvent).values({
      messageId: id,
      at: ctx.now(),
      status: 'resent',
      attempt: 0,
      detail: ctx.actor.kind === 'user' ? ctx.actor.name : null,
    })
    await countMessages(tx, { change: [{ id, outcome: row.status, by: -1 }] })
    await ctx.jobs.enqueue(tx, [{ id: jobId, messageId: id, group: groupOf(row), urgent: false }])
    await record(ctx, tx, {
      action: 'resent',
      subject: 'message',
      subjectId: id,
      subjectName: maskRecipient(row.recipient),
    })
  })
}

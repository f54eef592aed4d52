/**
 * Delivering: one attempt for each message in hand, and what follows from its outcome. What a message is sent with is looked up
 * anew at each attempt, so that it never goes out through an account or with a content that is no longer in force.
 *
 * The queue hands a worker up to fifty jobs at a time, and each round trip is made for all that are there:
 *
 * 1. One statement claims the batch (`claim.ts`): each message becomes `sending`, its attempt is counted and dated, and a message
 *    whose worker was lost on the way is told apart from a fresh one (`lost.ts`).
 * 2. One query resolves templates and accounts for each distinct question of the batch, one more reads rules, one contents that
 *    are not remembered (`resolved-send.ts`). A version of a content never changes, and an account is opened anew when it has:
 *    what is remembered of them cannot be outdated.
 * 3. Each message is composed and handed to its provider on its own, all at once. None waits for another one's answer.
 * 4. An outcome (`outcome.ts`) becomes a result. Results that come while others are written share the next transaction: it
 *    writes them, ends their jobs and adds the next ones. It is fenced by job and attempt: what a lost attempt found out changes
 *    nothing.
 *
 * Whatever breaks off before a provider was called goes back to the queue; what may have been sent is never repeated blindly.
 */
import { v7 } from 'uuid'
import { audienceOf, ContentError, SendError } from '#channels/contract.ts'
import type { ChannelId } from '#channels/traits.ts'
import {
  isUnreadable,
  markFailing,
  type Sender,
  secretUnreadable,
  senderFor,
  sendingAs,
} from '#domain/accounts/sender.ts'
import { coalesce } from '#domain/base/coalesce.ts'
import type { OutcomeCode } from '#domain/base/codes.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { remembering } from '#domain/base/remembering.ts'
import { openOrNothing } from '#domain/base/secrets.ts'
import { traced } from '#domain/base/trace.ts'
import { invalidateRule } from '#domain/push-rules/cards.ts'
import { blockTemplate } from '#domain/templates/approvals.ts'
import { sealedPlace } from '../accept/draft.ts'
import { type Claimed, claim, type Result, recordResults } from './claim.ts'
import { type Confirm, confirming } from './confirming.ts'
import { formerSender, lostOutcome, mustStayUnknown } from './lost.ts'
import { followUp, outcomeOf, repeatableUntil, simulated } from './outcome.ts'
import { type Answer, type ResolvedSend, sendResolver, waitForTemplate } from './resolved-send.ts'
import { attemptPart, batchPart, noteResult, sendPart } from './trace-parts.ts'

export type Job = { id: string; messageId: string }

/** `resolved` is undefined where nothing could be looked up. */
type Prepared = { message: Claimed; resolved: ResolvedSend | undefined }

/** How a worker ends, in two steps. */
export type Ending = {
  /** Aborted first: what has not been handed to a provider yet goes back to the queue, what has been may finish. */
  stopping: AbortSignal
  /** Aborted when the time for that is over: calls to providers are broken off. */
  cutOff: AbortSignal
}

/** The delivering end of a worker. For a batch of jobs it returns one promise each, resolved once the result is recorded. */
export function deliverer(ctx: Ctx, ending: Ending): (jobs: Job[]) => Promise<void>[] {
  const resolveSends = sendResolver(ctx)
  const senders = remembering<Promise<Sender | undefined>>(500)
  const record = coalesce<Result, void>(
    async (results) => {
      await recordResults(ctx, results, v7)
      return results.map(() => undefined)
    },
    { most: 200 },
  )

  const prepare = async (jobs: Job[], batch: string | undefined) => {
    const { claimed, areLeftDone } = await claim(ctx, jobs)
    // Left as it is, what was taken in hand would pass for handed over once its job comes back.
    const sendOf = await resolveSends(claimed).catch((error: unknown) => {
      ctx.log.error({ err: error }, 'messages in hand could not be resolved')
      return () => undefined
    })
    const prepared = claimed.map((message): [string, Prepared] => [
      message.jobId,
      { message, resolved: sendOf(message) },
    ])
    return { prepared: new Map(prepared), areLeftDone, batch }
  }

  const senderOf = (organizationId: string, account: NonNullable<ResolvedSend['account']>) => {
    const key = `${account.id}@${account.changedAt.getTime()}`
    const remembered = senders.get(key)
    if (remembered) return remembered
    const opened = senderFor(ctx, organizationId, account.id)
    senders.set(key, opened)
    // What could not be opened is tried anew: the missing master key may be there by then.
    opened.catch(() => senders.forget(key))
    return opened
  }

  const shared: Shared = { senderOf, confirm: confirming(), ending }
  return (jobs) => {
    const preparing = traced(
      ctx,
      () => batchPart(jobs),
      ({ trace }) => prepare(jobs, trace?.traceparent),
    )
    return jobs.map(async (job) => {
      const { prepared, areLeftDone, batch } = await preparing
      const one = prepared.get(job.id)
      if (!one) return areLeftDone ? ctx.db.transaction((tx) => ctx.jobs.complete(tx, [job.id])) : undefined
      const { status, message } = await traced(
        ctx,
        () => attemptPart(one.message, batch),
        async (within) => {
          const result = await attempt(within, one, shared)
          await record(result)
          if (within.trace) noteResult(within.trace, result)
          return result
        },
      )
      if (message.kind === 'live' && status !== 'queued')
        ctx.metrics.finished({ channel: message.channel, result: status })
    })
  }
}

type SenderOf = (organizationId: string, account: NonNullable<ResolvedSend['account']>) => Promise<Sender | undefined>
/** What the attempts of a worker share. */
type Shared = { senderOf: SenderOf; confirm: Confirm; ending: Ending }

/** When a message was accepted, in milliseconds: its id begins with it. */
const timeOf = (id: string) => Number.parseInt(id.replace('-', '').slice(0, 12), 16)

const brokenOff = new SendError('retry', 'internal' satisfies OutcomeCode, 'Internal error')

/** One attempt; whatever breaks off before a provider was called is tried again later. */
async function attempt(ctx: Ctx, prepared: Prepared, shared: Shared): Promise<Result> {
  const { message, resolved } = prepared
  const sentWith = {
    message,
    accountId: message.unsureSince ? message.accountId : (resolved?.account?.id ?? null),
    templateId: resolved?.templateId ?? null,
    templateVersion: resolved?.version ?? null,
  }
  if (message.attempt === 1 && message.kind === 'live') {
    ctx.metrics.begun({ channel: message.channel, waitedMs: ctx.now().getTime() - timeOf(message.id) })
  }
  if (mustStayUnknown(ctx, message)) return { ...sentWith, ...(await lostOutcome(ctx, message)) }
  try {
    if (!resolved) return { ...sentWith, ...outcomeOf(brokenOff, message, ctx.now(), 0) }
    return { ...sentWith, ...(await answerTo(ctx, { message, resolved }, shared)) }
  } catch (error) {
    ctx.log.error({ err: error, messageId: message.id }, 'an attempt broke off unexpectedly')
    const cause = error instanceof SendError ? error : brokenOff
    return { ...sentWith, ...outcomeOf(cause, message, ctx.now(), 0) }
  }
}

async function answerTo(
  ctx: Ctx,
  { message, resolved }: { message: Claimed; resolved: ResolvedSend },
  shared: Shared,
): Promise<Answer> {
  const now = ctx.now()
  if (message.expiresAt && message.expiresAt <= now) return { status: 'expired', code: 'code_expired' }
  if (resolved.failure) return resolved.failure
  const values = { ...message.variables, ...openSealed(ctx, message) }
  const missing = resolved.used.filter((name) => !Object.hasOwn(values, name))
  if (missing.length > 0) return { status: 'failed', code: 'missing_variables', detail: missing.join(', ') }
  const composed = await composedFor(ctx, message, resolved, values)
  const isTest = message.kind === 'test'
  if (composed instanceof ContentError) {
    return isTest
      ? { status: 'failed', code: 'template_not_usable', detail: composed.reason }
      : waitForTemplate(composed.reason)
  }
  if (isTest) return simulated(message.recipient)
  const isOther = message.accountId !== (resolved.account?.id ?? null)
  const isFormer = isOther && message.unsureSince !== null && message.accountId !== null
  if (resolved.wait && (!isFormer || resolved.wait.waitsFor)) return resolved.wait
  if (shared.ending.stopping.aborted) return workerStopped(now)
  try {
    const former = isFormer ? await formerSender(ctx, message) : undefined
    if (isFormer && !former) return { status: 'unknown', code: 'account_gone' }
    // Where another one has come into force since the account was noted, it is noted anew.
    const sender = isOther
      ? former
      : resolved.account && (await shared.senderOf(message.organizationId, resolved.account))
    if (!sender) return { status: 'queued', nextAt: now, code: 'account_changed' }
    const segments = ctx.catalog.channel(message.channel as ChannelId).segmentsOf?.(composed)
    return { ...(await handOver(ctx, sender, { message, resolved, composed }, shared)), segments }
  } catch (error) {
    if (isFormer || !resolved.account || !isUnreadable(error)) throw error
    await markFailing(ctx, resolved.account.id, now, { code: secretUnreadable })
    return { status: 'queued', nextAt: null, code: secretUnreadable, detail: '' }
  }
}

async function composedFor(
  ctx: Ctx,
  { channel, recipient }: Claimed,
  { content, declared }: ResolvedSend,
  values: Record<string, string>,
): Promise<unknown> {
  const by = ctx.catalog.channel(channel as ChannelId)
  await by.prepare?.(content, declared)
  try {
    return by.compose(content, values, declared, recipient)
  } catch (error) {
    if (error instanceof ContentError) return error
    throw error
  }
}

/** Nothing is wrong with it, and another worker may take it at once. */
const workerStopped = (now: Date): Answer => ({ status: 'queued', nextAt: now, code: 'worker_stopped' })

type Handover = { message: Claimed; resolved: ResolvedSend; composed: unknown }

async function handOver(
  ctx: Ctx,
  sender: Sender,
  { message, resolved, composed }: Handover,
  { confirm, ending: { cutOff } }: Shared,
): Promise<Answer> {
  const now = ctx.now()
  const started = performance.now()
  try {
    const options = {
      ...{ reference: message.id, urgent: message.expiresAt !== null, signal: cutOff },
      ...(message.expiresAt ? { expiresAt: message.expiresAt } : {}),
      ...sendingAs(sender),
    }
    const { providerMessageId } = await traced(
      ctx,
      () => sendPart(sender, message),
      () => sender.provider.send(sender.config, message.recipient, composed, options),
    )
    const ms = performance.now() - started
    ctx.metrics.attempted({ provider: sender.provider.id, outcome: 'ok', ms })
    const afterwards = followUp(sender, message.id, ctx.now(), providerMessageId)
    return { status: 'sent', providerMessageId, ms, ...afterwards }
  } catch (error) {
    if (!(error instanceof SendError)) ctx.log.error({ err: error, messageId: message.id }, 'a provider broke its word')
    const refusal =
      error instanceof SendError ? error : new SendError('unknown', 'internal' satisfies OutcomeCode, 'Internal error')
    const ms = performance.now() - started
    ctx.metrics.attempted({ provider: sender.provider.id, outcome: refusal.kind, ms })
    if (cutOff.aborted && refusal.kind === 'retry') return workerStopped(ctx.now())
    if (refusal.kind === 'misconfigured')
      return { ...(await stopUsing(ctx, sender, { message, resolved }, refusal, now, confirm)), ms }
    const unsureSince = message.unsureSince ?? now
    const outcome = outcomeOf(refusal, message, ctx.now(), repeatableUntil(sender.provider, unsureSince))
    const unsure = refusal.kind === 'unknown' ? { unsureSince } : {}
    return {
      ...outcome,
      ms,
      ...unsure,
      ...(outcome.status === 'unknown' ? followUp(sender, message.id, ctx.now()) : {}),
    }
  }
}

/** What is wrong with a template stops it or the push rule that names it, anything else the account. The message waits either way. */
async function stopUsing(
  ctx: Ctx,
  sender: Sender,
  { message, resolved: { templateId, version } }: Omit<Handover, 'composed'>,
  refusal: SendError,
  startedAt: Date,
  confirm: Confirm,
): Promise<Answer> {
  const reason = { code: refusal.code, cause: refusal.reason, detail: refusal.detail }
  if (refusal.about !== 'account') {
    const audience = audienceOf(ctx.catalog.channel(message.channel as ChannelId), message.recipient)
    const { pushRuleId: ruleId } = message
    const isListed = refusal.about === 'approval'
    const isStopped = await confirm(`${ruleId ?? templateId}:${version}:${audience}:${isListed}`, async () => {
      if (ruleId) return invalidateRule(ctx, sender, { ruleId, version: version ?? 0, code: refusal.code, isListed })
      return !templateId || blockTemplate(ctx, { templateId, audience, startedAt, isListed, ...reason })
    })
    if (isStopped) return { ...reason, status: 'queued', nextAt: null, waitsFor: 'template' }
    return outcomeOf(
      new SendError('retry', refusal.code, refusal.detail, undefined, 'account', refusal.reason),
      message,
      ctx.now(),
      0,
    )
  }
  if (await markFailing(ctx, sender.accountId, startedAt, reason)) {
    ctx.log.warn(
      { accountId: sender.accountId, providerCode: refusal.code, cause: refusal.reason },
      'an account fails and is not used until it is validated again',
    )
  }
  return { ...reason, status: 'queued', nextAt: null }
}

function openSealed({ secrets }: Ctx, { id, sealedVariables: sealed }: Claimed): Record<string, string> {
  if (!sealed) return {}
  const opened = openOrNothing(secrets, sealed, sealedPlace(id))
  if (opened === undefined) throw new SendError('retry', secretUnreadable, '')
  return JSON.parse(opened)
}

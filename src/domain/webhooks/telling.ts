/**
 * The worker's part: tells endpoints what is due. Promises that what was written is told at least once, with ten tries over three
 * days; that a slow endpoint takes few places; and that one which fails is called once at a time, until it answers well.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { DeliveryState } from '#db/schema/index.ts'
import { webhookEndpoint } from '#db/schema/index.ts'
import { recordDeliveries, takeDeliveries } from '#db/statements/webhooks.ts'
import type { Post, PostFailureCode } from '#providers/posting.ts'
import { record } from '../base/audit.ts'
import type { Ctx } from '../base/ctx.ts'
import { outlasting } from '../base/outlasting.ts'
import { openOrNothing } from '../base/secrets.ts'
import { traced } from '../base/trace.ts'
import { secretPlace, shortened } from './endpoints.ts'
import { bodyOf, headersOf } from './payload.ts'

/** How many calls an endpoint and a process have under way. */
const perEndpoint = 20
const inAll = 400
/** What takes longer is slow, in milliseconds. */
const slowMs = 2000
/** How long a delivery is left to whom took it: longer than any call takes. */
export const leaseMs = 60_000
/** For how long results are kept for a database that is away: what is not recorded by the end of the lease is told again. */
const resultsOutlast = 40_000
/** After each try but the last, in seconds: as Standard Webhooks has them, three days in all. */
const pauses = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
const longestPause = 86_400
/** A share of each pause, so that what failed together does not come together. */
const jitter = 0.1

type Taken = Awaited<ReturnType<typeof takeDeliveries>>[number]
type Failure = PostFailureCode | 'secret_unreadable'
type Tried = { status?: number; retryAfter?: number | undefined; text?: string; error?: Failure; ms: number }
type Result = Parameters<Ctx['metrics']['told']>[0]

const isGood = ({ status = 0 }: Tried) => status >= 200 && status < 300
/** What the endpoint says is wrong with the call itself: another time says the same. */
const isFinal = ({ status = 0 }: Tried) => status >= 400 && status < 500 && status !== 408 && status !== 429
const isGone = ({ status }: Tried) => status === 410

function resultOf({ status, error }: Tried): Result {
  if (status === undefined) return error === 'timed_out' ? 'timed_out' : 'network'
  return status < 300 ? '2xx' : status < 400 ? '3xx' : status < 500 ? '4xx' : '5xx'
}

/** By its name: this process has the class only where it calls. */
const isFailure = (error: unknown): error is Error & { code: PostFailureCode } =>
  error instanceof Error && error.name === 'PostFailure'

/** When a delivery is tried again; undefined when it is not. */
function nextTry(tried: Tried, attempts: number, now: Date): Date | undefined {
  const pause = pauses[attempts]
  if (pause === undefined || isFinal(tried)) return undefined
  const spread = pause * (1 + jitter * (2 * Math.random() - 1))
  return new Date(now.getTime() + 1000 * Math.min(longestPause, Math.max(spread, tried.retryAfter ?? 0)))
}

/** Tells one thing, as part of the trace of its message; undefined where the process ends first. */
const tryOne = (ctx: Ctx, post: Post, taken: Taken, cutOff: AbortSignal): Promise<Tried | undefined> =>
  traced(
    ctx,
    () => ({ name: 'webhook', kind: 'client', parent: taken.traceparent, attributes: { event: taken.type } }),
    async (within) => {
      const tried = await call(within, post, taken, cutOff)
      if (tried?.status !== undefined) within.trace?.note({ status: tried.status })
      if (!tried || !isGood(tried)) within.trace?.fail(tried ? resultOf(tried) : 'cut_off')
      return tried
    },
  )

async function call(ctx: Ctx, post: Post, taken: Taken, cutOff: AbortSignal): Promise<Tried | undefined> {
  const began = performance.now()
  const at = ctx.now()
  const ms = () => Math.round(performance.now() - began)
  const { endpointId, sealedSecret, sealedFormerSecret, formerUntil, url, id } = taken
  const open = (sealed: string | null) =>
    sealed === null ? undefined : openOrNothing(ctx.secrets, sealed, secretPlace(endpointId))
  const secret = open(sealedSecret)
  if (secret === undefined) return { error: 'secret_unreadable', ms: 0 }
  const former = formerUntil && formerUntil > at ? open(sealedFormerSecret) : undefined
  const secrets = [secret, ...(former === undefined ? [] : [former])]
  try {
    const body = bodyOf(taken)
    const traceparent = ctx.trace?.traceparent
    const { status, retryAfter, text } = await post({
      url,
      headers: { ...headersOf(secrets, { id, body, at }), ...(traceparent ? { traceparent } : {}) },
      body,
      signal: cutOff,
    })
    return { status, retryAfter, text, ms: ms() }
  } catch (error) {
    if (cutOff.aborted) return undefined
    if (isFailure(error)) return { error: error.code, ms: ms() }
    // It counts as a try: what cannot be told would be taken for ever.
    ctx.log.error({ err: error, endpointId, deliveryId: id }, 'a call of a webhook could not be made')
    return { error: 'no_connection', ms: ms() }
  }
}

/**
 * Notes whether an endpoint answers well; one that is gone is switched off. An endpoint that has another address by now is not what
 * answered.
 */
async function noteEndpoint(
  ctx: Ctx,
  { endpointId, organizationId, url }: Taken,
  tries: readonly Tried[],
): Promise<void> {
  const { failingSince, enabled, version } = webhookEndpoint
  const of = and(eq(webhookEndpoint.id, endpointId), eq(webhookEndpoint.url, url), enabled)
  const isWell = tries.some(isGood)
  const isNews = isWell ? isNotNull(failingSince) : isNull(failingSince)
  await ctx.db
    .update(webhookEndpoint)
    .set({ failingSince: isWell ? null : ctx.now() })
    .where(and(of, isNews))
  if (!tries.some(isGone)) return
  await ctx.db.transaction(async (tx) => {
    // An edit that began before is told that it was changed meanwhile.
    const off = { enabled: false, isGone: true, version: sql`${version} + 1` }
    const [row] = await tx.update(webhookEndpoint).set(off).where(of).returning({ id: webhookEndpoint.id })
    if (!row) return
    const worker = { ...ctx, actor: { kind: 'system' as const, name: 'worker', organizationId } }
    const about = { subjectId: endpointId, subjectName: shortened(url) }
    await record(worker, tx, { action: 'changed', subject: 'webhook', ...about, changes: { fields: ['enabled'] } })
  })
}

/** Tells one endpoint what was taken for it. Answers whether it took anything, and how long the longest call was, in milliseconds. */
async function tellOne(ctx: Ctx, post: Post, batch: readonly Taken[], until: { lease: Date; cutOff: AbortSignal }) {
  const tried = await Promise.all(batch.map((taken) => tryOne(ctx, post, taken, until.cutOff)))
  const now = ctx.now()
  const ended = batch.flatMap((taken, index) => (tried[index] ? [{ taken, tried: tried[index] }] : []))
  const first = ended[0]
  if (!first) return { isWell: false, ms: 0 }
  const result = ended.map(({ taken, tried: one }) => {
    const next = isGood(one) ? undefined : nextTry(one, taken.attempts, now)
    const state: DeliveryState = isGood(one) ? 'delivered' : next ? 'waiting' : 'failed'
    const answered = { answerStatus: one.status ?? null, error: one.error ?? null, answer: one.text ?? null }
    return { id: taken.id, state, nextAt: next ?? null, ms: one.ms, ...answered }
  })
  const tries = ended.map(({ tried: one }) => one)
  await outlasting(resultsOutlast, async () => {
    await recordDeliveries(ctx.db, { result, leasedUntil: until.lease, now })
    await noteEndpoint(ctx, first.taken, tries)
  })
  for (const one of tries) ctx.metrics.told(resultOf(one))
  return { isWell: tries.some(isGood), ms: Math.max(...tries.map(({ ms }) => ms)) }
}

/**
 * @param mayTell whether anything may be told now
 * @param cutOff breaks off what is under way, which is told again then
 * @returns `tellDue` starts telling what is due, and returns; `settled` takes no more, and resolves when nothing is under way or the
 *   time is over
 */
export function teller(
  ctx: Ctx,
  post: Post,
  { cutOff, mayTell = () => true }: { cutOff: AbortSignal; mayTell?: () => boolean },
) {
  const inHand = new Map<string, number>()
  const slow = new Set<string>()
  let stopping = false
  // One look at a time: two at once would not know what the other takes.
  let looking: Promise<unknown> = Promise.resolve()

  const tell = (endpointId: string, batch: readonly Taken[], lease: Date) => {
    inHand.set(endpointId, batch.length)
    void tellOne(ctx, post, batch, { lease, cutOff })
      .catch((error: unknown) => {
        ctx.log.error({ err: error, endpointId }, 'an endpoint could not be told')
        return { isWell: false, ms: 0 }
      })
      .then(({ isWell, ms }) => {
        inHand.delete(endpointId)
        if (ms > slowMs) slow.add(endpointId)
        else slow.delete(endpointId)
        // More may wait for an endpoint that answers; one that does not is looked at in the next round.
        return isWell ? look(endpointId) : undefined
      })
      .catch((error: unknown) => ctx.log.error({ err: error }, 'what is to be told could not be read'))
  }

  const take = async (only: string | null) => {
    const most = inAll - [...inHand.values()].reduce((sum, count) => sum + count, 0)
    if (stopping || !mayTell() || most <= 0) return
    const now = ctx.now()
    const leasedUntil = new Date(now.getTime() + leaseMs)
    const endpoints = { exceptEndpoints: [...inHand.keys()], slowEndpoints: [...slow], only }
    const taken = await takeDeliveries(ctx.db, { now, leasedUntil, ...endpoints, perEndpoint, most })
    for (const [endpointId, batch] of Map.groupBy(taken, (one) => one.endpointId)) tell(endpointId, batch, leasedUntil)
  }
  const look = (only: string | null = null): Promise<void> => {
    const next = looking.then(() => take(only))
    looking = next.catch(() => undefined)
    return next
  }

  return {
    tellDue: () => look(),
    async settled(withinMs: number): Promise<void> {
      stopping = true
      await looking
      const until = performance.now() + withinMs
      while (inHand.size > 0 && performance.now() < until) await wait(25)
    },
  }
}

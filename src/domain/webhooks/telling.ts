/**
 * The worker's part: tells endpoints what is due. Promises that what was written is told at least once, ten times at most and over three
 * days; that a slow endpoint delays no other; and that one which fails is called once at a time, until it answers well.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { and, eq, isNull } from 'drizzle-orm'
import type { DeliveryState } from '#db/schema/index.ts'
import { webhookEndpoint } from '#db/schema/index.ts'
import { recordDeliveries, takeDeliveries } from '#db/statements/webhooks.ts'
import type { Post, PostFailureCode } from '#providers/posting.ts'
import type { Ctx } from '../base/ctx.ts'
import { openOrNothing } from '../base/secrets.ts'
import { secretPlace } from './endpoints.ts'
import { bodyOf, headersOf } from './payload.ts'

/** How many calls an endpoint and a process have under way. */
const perEndpoint = 20
const inAll = 200
/** How long a delivery is left to whom took it: longer than any call takes. */
const leaseMs = 60_000
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

/** When a delivery is tried again; undefined when it is not. */
function nextTry(tried: Tried, attempts: number, now: Date): Date | undefined {
  const pause = pauses[attempts]
  if (pause === undefined || isFinal(tried)) return undefined
  const spread = pause * (1 + jitter * (2 * Math.random() - 1))
  return new Date(now.getTime() + 1000 * Math.min(longestPause, Math.max(spread, tried.retryAfter ?? 0)))
}

/** Tells one thing; undefined where the process ends first. */
async function tryOne(ctx: Ctx, post: Post, taken: Taken, cutOff: AbortSignal): Promise<Tried | undefined> {
  const began = performance.now()
  const at = ctx.now()
  const ms = () => Math.round(performance.now() - began)
  const { endpointId, sealedSecret, sealedFormerSecret, formerUntil, url, id } = taken
  const former = formerUntil && formerUntil > at ? [sealedFormerSecret] : []
  const sealed = [sealedSecret, ...former].filter((one) => one !== null)
  const secrets = sealed.flatMap((one) => openOrNothing(ctx.secrets, one, secretPlace(endpointId)) ?? [])
  if (secrets.length < sealed.length) return { error: 'secret_unreadable', ms: 0 }
  const body = bodyOf(taken)
  try {
    const { status, retryAfter, text } = await post({
      url,
      headers: headersOf(secrets, { id, body, at }),
      body,
      signal: cutOff,
    })
    return { status, retryAfter, text, ms: ms() }
  } catch (error) {
    if (cutOff.aborted) return undefined
    if (!(error instanceof Error) || error.name !== 'PostFailure') throw error
    return { error: (error as Error & { code: PostFailureCode }).code, ms: ms() }
  }
}

/** Notes whether the endpoint answers well; one that is gone is switched off. */
async function noteEndpoint(ctx: Ctx, endpointId: string, tries: readonly Tried[]): Promise<void> {
  const of = eq(webhookEndpoint.id, endpointId)
  if (tries.some(isGone)) await ctx.db.update(webhookEndpoint).set({ enabled: false, isGone: true }).where(of)
  const failingSince = tries.some(isGood) ? null : ctx.now()
  const isNews = failingSince ? isNull(webhookEndpoint.failingSince) : undefined
  await ctx.db.update(webhookEndpoint).set({ failingSince }).where(and(of, isNews))
}

async function tellOne(ctx: Ctx, post: Post, batch: readonly Taken[], until: { lease: Date; cutOff: AbortSignal }) {
  const tried = await Promise.all(batch.map((taken) => tryOne(ctx, post, taken, until.cutOff)))
  const now = ctx.now()
  const ended = batch.flatMap((taken, index) => (tried[index] ? [{ taken, tried: tried[index] }] : []))
  const first = ended[0]
  if (!first) return false
  const result = ended.map(({ taken, tried: one }) => {
    const next = isGood(one) ? undefined : nextTry(one, taken.attempts, now)
    const state: DeliveryState = isGood(one) ? 'delivered' : next ? 'waiting' : 'failed'
    const answered = { answerStatus: one.status ?? null, error: one.error ?? null, answer: one.text ?? null }
    return { id: taken.id, state, nextAt: next ?? null, ms: one.ms, ...answered }
  })
  await recordDeliveries(ctx.db, { result, leasedUntil: until.lease, now })
  const tries = ended.map(({ tried: one }) => one)
  for (const one of tries) ctx.metrics.told(resultOf(one))
  await noteEndpoint(ctx, first.taken.endpointId, tries)
  return tries.some(isGood)
}

/**
 * @param cutOff breaks off what is under way, which is told again then
 * @returns `tellDue` starts telling what is due, and returns; `settled` resolves when nothing is under way, or at the latest then
 */
export function teller(ctx: Ctx, post: Post, cutOff: AbortSignal) {
  const inHand = new Map<string, number>()
  let stopping = false

  const tellDue = async (): Promise<void> => {
    if (stopping) return
    const free = inAll - [...inHand.values()].reduce((sum, count) => sum + count, 0)
    if (free <= 0) return
    const now = ctx.now()
    const lease = new Date(now.getTime() + leaseMs)
    const limits = { exceptEndpoints: [...inHand.keys()], perEndpoint, most: free }
    const taken = await takeDeliveries(ctx.db, { now, leasedUntil: lease, ...limits })
    for (const [endpointId, batch] of Map.groupBy(taken, (one) => one.endpointId)) {
      inHand.set(endpointId, batch.length)
      tellOne(ctx, post, batch, { lease, cutOff })
        .catch((error: unknown) => {
          ctx.log.error({ err: error, endpointId }, 'an endpoint could not be told')
          return false
        })
        .then((isWell) => {
          inHand.delete(endpointId)
          // More may wait for an endpoint that answers; one that does not is looked at in the next round.
          return isWell ? tellDue() : undefined
        })
        .catch((error: unknown) => ctx.log.error({ err: error }, 'what is to be told could not be read'))
    }
  }

  return {
    tellDue,
    async settled(withinMs: number): Promise<void> {
      stopping = true
      const until = performance.now() + withinMs
      while (inHand.size > 0 && performance.now() < until) await wait(25)
    },
  }
}

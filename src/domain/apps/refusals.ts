/**
 * Refused calls of Apps: how often a call with a live key was refused in an hour, for what, and when last. Promises that a
 * refusal waits for none of it: counts are collected in this process and added to the database together, some lines at a time.
 */
import { and, desc, eq, gte, max, sql, sum } from 'drizzle-orm'
import type { Db } from '#db/database.ts'
import { app, refusedCall } from '#db/schema/index.ts'
import { countRefusals } from '#db/statements/counting.ts'
import { need } from '../base/access.ts'
import { limitNames } from '../base/codes.ts'
import type { Ctx } from '../base/ctx.ts'
import type { DomainErrorCode } from '../base/errors.ts'

/** What a call was about, as far as that is known, and what it was refused for. */
export type Refusal = {
  appId: string
  /** Empty where the call named none that counts: each of its values is one of ours, so that no caller makes more of them. */
  channel: string
  scenario: string
  code: DomainErrorCode
  /** More of the reason, a key of `Reason.*` for a template that cannot be used; else empty. */
  reason: string
}

/** For codes that are found out before the scenario is: what stands there is the caller's word. */
const beforeScenario: readonly string[] = ['unknown_scenario', 'invalid_request', 'forbidden']

const hour = 3_600_000
/** How many different ones are collected at most between two writings; more are counted by App and code alone. */
const mostCollected = 2000
const writtenAfterMs = 1000

type Collected = Refusal & { hour: Date; count: number; lastAt: Date }

export type RefusalCounter = {
  /** Counts one; never fails, and never waits. */
  note(refusal: Refusal): void
  /** Writes what was collected. What cannot be written is kept for the next time. */
  flush(): Promise<void>
}

export function refusalCounter({
  db,
  now,
  log,
  metrics,
}: Pick<Ctx, 'now' | 'log' | 'metrics'> & { db: Db }): RefusalCounter {
  let collected = new Map<string, Collected>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  function collect(given: Collected): void {
    const { appId, channel, scenario, code, reason } = given
    const place = [appId, given.hour.getTime(), channel, scenario, code, reason].join(' ')
    const known = collected.get(place)
    if (known) {
      known.count += given.count
      if (given.lastAt > known.lastAt) known.lastAt = given.lastAt
    } else if (collected.size < mostCollected || !(channel || scenario || reason)) collected.set(place, given)
    else collect({ ...given, channel: '', scenario: '', reason: '' })
  }

  async function write(): Promise<void> {
    if (collected.size === 0) return
    const rows = [...collected.values()]
    collected = new Map()
    try {
      await countRefusals(db, { refusal: rows })
    } catch (error) {
      log.warn({ err: error, count: rows.length }, 'refused calls could not be counted, and are kept for the next time')
      for (const row of rows) collect(row)
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(write)
    return writing
  }

  return {
    note(refusal) {
      metrics.refused(refusal.code)
      const limit = refusal.code === 'rate_limited' && limitNames.find((name) => name === refusal.reason)
      if (limit) metrics.limited(limit)
      const moment = now()
      const isKnown = !beforeScenario.includes(refusal.code)
      collect({
        ...refusal,
        scenario: isKnown ? refusal.scenario : '',
        ...{ count: 1, lastAt: moment },
        hour: new Date(moment.getTime() - (moment.getTime() % hour)),
      })
      timer ??= setTimeout(() => void flush(), writtenAfterMs).unref()
    },
    flush,
  }
}

export type RefusedCalls = Omit<Refusal, 'appId'> & { app: { key: string; name: string }; count: number; lastAt: Date }

const columns = {
  app: { key: app.key, name: app.name },
  channel: refusedCall.channel,
  scenario: refusedCall.scenario,
  code: sql<Refusal['code']>`${refusedCall.code}`,
  reason: refusedCall.reason,
  count: sum(refusedCall.count).mapWith(Number),
  lastAt: sql<Date>`${max(refusedCall.lastAt)}`.mapWith(refusedCall.lastAt),
}

/**
 * What calls were refused for since a moment, of one App or of all, the last first.
 * @param most of how many different ones at most
 */
export async function refusedSince(
  ctx: Ctx,
  { appId, since, most }: { appId?: string; since: Date; most: number },
): Promise<RefusedCalls[]> {
  const organizationId = need(ctx, 'apps:read')
  return ctx.db
    .select(columns)
    .from(refusedCall)
    .innerJoin(app, eq(app.id, refusedCall.appId))
    .where(
      and(
        eq(refusedCall.organizationId, organizationId),
        appId ? eq(refusedCall.appId, appId) : undefined,
        gte(refusedCall.lastAt, since),
      ),
    )
    .groupBy(app.id, refusedCall.channel, refusedCall.scenario, refusedCall.code, refusedCall.reason)
    .orderBy(desc(max(refusedCall.lastAt)))
    .limit(most)
}

/** What an App's calls were refused for in the last seven days. */
export const refusedCalls = (ctx: Ctx, appId: string): Promise<RefusedCalls[]> =>
  refusedSince(ctx, { appId, since: new Date(ctx.now().getTime() - 7 * 24 * hour), most: 100 })

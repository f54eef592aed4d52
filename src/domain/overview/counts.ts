/**
 * What became of an organization's messages, period by period and channel by channel: read from counters that are kept as
 * messages are written, so that it is exact, and costs the same however many there were.
 */
import { foldCounts, sumCounts } from '#db/statements/counting.ts'
import type { Ctx } from '../base/ctx.ts'

const hourMs = 3_600_000

export type Outcomes = { sent: number; failed: number; open: number }

type Period = { since: Date; until: Date }

const none = (): Outcomes => ({ sent: 0, failed: 0, open: 0 })

/** The sums of a channel's periods, or of any others. */
export const totalOf = (counted: readonly Outcomes[]): Outcomes =>
  counted.reduce<Outcomes>(
    (sum, { sent, failed, open }) => ({ sent: sum.sent + sent, failed: sum.failed + failed, open: sum.open + open }),
    none(),
  )

/** The hours of the clock up to the present one, the oldest first. */
export function lastHours(now: Date, count: number): Period[] {
  const present = Math.floor(now.getTime() / hourMs)
  return Array.from({ length: count }, (_, at) => {
    const hour = present - count + 1 + at
    return { since: new Date(hour * hourMs), until: new Date((hour + 1) * hourMs) }
  })
}

/** By channel, for each period; a channel without messages is left out. Asks nobody's permission: the caller has. Messages of test keys do not count. */
export async function countPeriods(
  ctx: Pick<Ctx, 'db'>,
  organizationId: string,
  periods: readonly Period[],
): Promise<Map<string, Outcomes[]>> {
  const period = periods.map(({ since, until }, number) => ({ number, since, until }))
  const rows = await sumCounts(ctx.db, { organizationId, period })
  const byChannel = Map.groupBy(rows, ({ channel }) => channel)
  return new Map(
    [...byChannel].map(([channel, own]) => {
      const byNumber = new Map(own.map(({ number, sent, failed, open }) => [number, { sent, failed, open }]))
      return [channel, periods.map((_, number) => byNumber.get(number) ?? none())]
    }),
  )
}

/** How long an hour's counters stay apart: most of what becomes of its messages is known by then. */
const foldAfterMs = 2 * hourMs

/** Makes one row of each counter whose hour is over. */
export async function foldCounters(ctx: Pick<Ctx, 'db' | 'now'>): Promise<void> {
  const until = new Date(ctx.now().getTime() - foldAfterMs)
  while ((await foldCounts(ctx.db, { until })).length > 0);
}

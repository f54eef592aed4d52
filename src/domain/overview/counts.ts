/**
 * What became of an organization's messages, period by period and channel by channel: read from counters that are kept as
 * messages are written, so that it is exact, and costs the same however many there were.
 */
import { foldCounts, sumCounts } from '#db/statements/counting.ts'
import type { Ctx } from '../base/ctx.ts'

const hourMs = 3_600_000

/** `segments` are those that what was sent is billed in, as far as they are known. */
export type Counts = { sent: number; failed: number; open: number; segments: number }

type Period = { since: Date; until: Date }
/** An hour or a day, with what became of the messages that were accepted in it. */
export type Bar = Period & Counts

const none: Counts = { sent: 0, failed: 0, open: 0, segments: 0 }

/** The sums of a channel's periods, or of any others. */
export const totalOf = (counted: readonly Counts[]): Counts =>
  counted.reduce(
    (sum, { sent, failed, open, segments }) => ({
      ...{ sent: sum.sent + sent, failed: sum.failed + failed },
      ...{ open: sum.open + open, segments: sum.segments + segments },
    }),
    none,
  )

/** The hours of the clock up to the present one, the oldest first. */
export function lastHours(now: Date, count: number): Period[] {
  const present = Math.floor(now.getTime() / hourMs)
  return Array.from({ length: count }, (_, at) => {
    const hour = present - count + 1 + at
    return { since: new Date(hour * hourMs), until: new Date((hour + 1) * hourMs) }
  })
}

/**
 * The days of a time zone up to the present one, the oldest first. An hour of the clock that lies in two days, where the zone is
 * off by half of one, belongs to the first.
 */
export function lastDays(now: Date, zone: string, count: number): Period[] {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })
  const days = Map.groupBy(lastHours(now, (count + 1) * 24), ({ since }) => format.format(since))
  return [...days.values()].slice(-count).flatMap((hours) => {
    const [first, last] = [hours[0], hours.at(-1)]
    return first && last ? [{ since: first.since, until: last.until }] : []
  })
}

/** By channel, for each period; a channel without messages is left out. Asks nobody's permission: the caller has. */
export async function countPeriods(
  ctx: Pick<Ctx, 'db'>,
  organizationId: string,
  periods: readonly Period[],
): Promise<Map<string, Bar[]>> {
  const period = periods.map(({ since, until }, number) => ({ number, since, until }))
  const rows = await sumCounts(ctx.db, { organizationId, period })
  const byChannel = Map.groupBy(rows, ({ channel }) => channel)
  return new Map(
    [...byChannel].map(([channel, own]) => {
      const byNumber = new Map(own.map(({ number, channel: _, ...counts }) => [number, counts]))
      return [channel, periods.map((of, number) => ({ ...of, ...(byNumber.get(number) ?? none) }))]
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

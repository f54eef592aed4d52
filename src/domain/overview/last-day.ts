/** What became of the last day's messages, hour by hour and channel by channel. The work is bounded however many there were. */
import { countByHour } from '#db/statements/overview.ts'
import type { Ctx } from '../base/ctx.ts'
import { firstIdAt } from '../sending/log/log.ts'

/** How many messages of the last day are counted at most: a count must not grow with the log. */
const mostCounted = 20_000
const hours = 24
const hourMs = 3_600_000

export type Outcomes = { sent: number; failed: number; open: number }

export type LastDay = {
  /** By channel; the oldest hour first, the last one ends now. A channel without messages is left out. */
  channels: { channel: string; hours: Outcomes[] }[]
  /** All channels together. */
  hours: Outcomes[]
  /** True when there were more messages than are counted: the numbers are then of the newest ones. */
  capped: boolean
}

const none = (): Outcomes => ({ sent: 0, failed: 0, open: 0 })

/** The sums of a channel's hours, or of any others. */
export const totalOf = (counted: readonly Outcomes[]): Outcomes =>
  counted.reduce(
    (sum, { sent, failed, open }) => ({ sent: sum.sent + sent, failed: sum.failed + failed, open: sum.open + open }),
    none(),
  )

/** Asks nobody's permission: the caller has. Messages of test keys do not count. */
export async function countLastDay(ctx: Ctx, organizationId: string): Promise<LastDay> {
  const now = ctx.now()
  const start = new Date(now.getTime() - hours * hourMs)
  const rows = await countByHour(ctx.db, {
    ...{ organizationId, since: start, firstId: firstIdAt(start), hours, most: mostCounted },
  })
  const channels = [...new Set(rows.map(({ channel }) => channel))].map((channel) => {
    const own = new Map(rows.filter((row) => row.channel === channel).map((row) => [row.hour, row]))
    return {
      channel,
      hours: Array.from({ length: hours }, (_, hour) => {
        const { sent, failed, open } = own.get(hour) ?? none()
        return { sent, failed, open }
      }),
    }
  })
  const together = Array.from({ length: hours }, (_, hour) =>
    totalOf(channels.map((channel) => channel.hours[hour] ?? none())),
  )
  const { sent, failed, open } = totalOf(together)
  return { channels, hours: together, capped: sent + failed + open >= mostCounted }
}

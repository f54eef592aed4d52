/** What was accepted, held against what reached the simulator and what the log says of it. */
import type postgres from 'postgres'
import { type ChannelId, channelIds } from '#channels/traits.ts'
import type { Calls } from './callers.ts'

/** How a message stands in the log, and how many of its attempts ended without an answer. */
type Logged = { id: string; status: string; doubts: number }

export type Line = {
  channel: ChannelId
  tried: number
  accepted: number
  /** Accepted, and neither received nor anywhere in doubt; or gone from the log. */
  lost: string[]
  /** Received more often than is documented, or without being accepted. */
  double: string[]
  /** Received again after an answer was lost, where the provider's channel is documented to do so. */
  repeated: string[]
  /** Of unknown outcome in the log. */
  unknown: string[]
  /** Neither sent nor ended. */
  stuck: string[]
}

/** Where an attempt whose answer was lost is repeated, and the recipient may notice. */
const repeating: readonly ChannelId[] = ['email']

/** Is told of incidents. */
const member = 'owner@example.com'

/** What tells a message from all others at the simulator: its recipient, or its id where all go to one follower. */
export const markOf = (channel: ChannelId, { id, to }: { id: string; to: string }): string =>
  channel === 'official_account' ? id.replaceAll('-', '') : to.replace(/^\+?86/, '')

/** How often each message reached the simulator on a channel. */
export async function receivedOn(simulatorUrl: string, channel: ChannelId): Promise<Map<string, number>> {
  const answer = await fetch(`${simulatorUrl}/inbox?summary=1&channel=${channel}`)
  const received = new Map<string, number>()
  for (const { messageId: id, to } of (await answer.json()) as { messageId: string; to: string }[]) {
    if (to === member) continue
    const mark = markOf(channel, { id, to })
    received.set(mark, (received.get(mark) ?? 0) + 1)
  }
  return received
}

/** Messages that are neither sent nor ended. */
export const unfinished = (sql: postgres.Sql): Promise<{ status: string; waiting: boolean; count: number }[]> =>
  sql`select status, waiting, count(*)::int from message where status in ('queued', 'sending') group by 1, 2`

/** What the inbox held before is to be emptied, since each message in it has to have been accepted. */
export async function judge(sql: postgres.Sql, simulatorUrl: string, { accepted, triedOn }: Calls): Promise<Line[]> {
  const logged = await sql<Logged[]>`
    select id, status, (select count(*)::int from message_event e where e.message_id = m.id and e.status = 'unknown') as doubts
    from message m where kind = 'live'`
  const byId = new Map(logged.map((row) => [row.id, row]))
  const lines: Line[] = []
  for (const channel of channelIds) {
    const all = accepted.filter((message) => message.channel === channel)
    if (all.length === 0) continue
    const received = await receivedOn(simulatorUrl, channel)
    const messages = all.map((message) => ({
      id: message.id,
      mark: markOf(channel, message),
      times: received.get(markOf(channel, message)) ?? 0,
      allowed: 1 + (repeating.includes(channel) ? (byId.get(message.id)?.doubts ?? 0) : 0),
      status: byId.get(message.id)?.status ?? 'not there',
    }))
    const known = new Set(messages.map(({ mark }) => mark))
    const idsOf = (is: (message: (typeof messages)[number]) => boolean) => messages.filter(is).map(({ id }) => id)
    const isStuck = (status: string) => status === 'queued' || status === 'sending'
    lines.push({
      channel,
      tried: triedOn(channel),
      accepted: all.length,
      lost: idsOf(
        ({ status, times }) => status === 'not there' || (times === 0 && status !== 'unknown' && !isStuck(status)),
      ),
      double: [
        ...idsOf(({ times, allowed }) => times > allowed),
        ...[...received.keys()].filter((mark) => !known.has(mark)),
      ],
      repeated: idsOf(({ times, allowed }) => times > 1 && times <= allowed),
      unknown: idsOf(({ status }) => status === 'unknown'),
      stuck: idsOf(({ status }) => isStuck(status)),
    })
  }
  return lines
}

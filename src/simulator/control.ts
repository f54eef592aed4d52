/** What programs ask of the simulator, as JSON: its inbox, its faults, and what a vendor is to do at once. */
import { type Channel, type ChannelId, channelIds, channelOf, type Delivery } from './channel.ts'
import { runCommand } from './commands.ts'
import { FaultError } from './fault-fields.ts'
import { type Faults, flatFault } from './faults.ts'
import { json, type Request, RequestError, type Route } from './http.ts'
import type { Inbox, InboxFilter } from './inbox.ts'

type ControlParts = { channels: readonly Channel[]; inbox: Inbox; faults: Faults }

const usualLimit = 50
const mostDecoded = 1000
const mostSummarized = 20_000

function readFilter({ url }: Request): InboxFilter {
  const channel = url.searchParams.get('channel')
  const to = url.searchParams.get('to')
  if (channel !== null && !channelIds.includes(channel as ChannelId)) {
    throw new RequestError(400, `"channel" must be one of: ${channelIds.join(', ')}.`)
  }
  return { ...(channel !== null && { channel: channel as ChannelId }), ...(to && { to }) }
}

function readLimit({ url }: Request, usual: number, most: number): number {
  const text = url.searchParams.get('limit')
  if (text === null) return usual
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > most) throw new RequestError(400, `"limit" must be a whole number from 1 to ${most}.`)
  return limit
}

function readJson({ body }: Request): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new RequestError(400, 'The body is not JSON.')
  }
}

const isoTime = ({ at }: Delivery): string => new Date(at).toISOString()

export function controlRoutes({ channels, inbox, faults }: ControlParts): Route[] {
  const summaries = (request: Request) =>
    inbox
      .list({ ...readFilter(request), limit: readLimit(request, mostSummarized, mostSummarized) })
      .map((delivery) => ({
        id: delivery.id,
        to: delivery.to,
        at: isoTime(delivery),
        messageId: channelOf(channels, delivery)?.summarize(delivery).messageId ?? '',
      }))

  const decoded = (request: Request) =>
    Promise.all(
      inbox
        .list({ ...readFilter(request), limit: readLimit(request, usualLimit, mostDecoded) })
        .map(async (delivery) => ({
          id: delivery.id,
          channel: delivery.channel,
          ...(delivery.vendor && { vendor: delivery.vendor }),
          to: delivery.to,
          at: isoTime(delivery),
          content: (await channelOf(channels, delivery)?.content(delivery)) ?? {},
        })),
    )

  return [
    { method: 'GET', path: /^\/health$/, answer: () => json(200, { status: 'ok' }) },
    {
      method: 'GET',
      path: /^\/inbox$/,
      answer: async (request) =>
        json(200, request.url.searchParams.get('summary') === '1' ? summaries(request) : await decoded(request)),
    },
    {
      method: 'GET',
      path: /^\/inbox\/count$/,
      answer: (request) => json(200, { count: inbox.count(readFilter(request)), received: inbox.received }),
    },
    { method: 'DELETE', path: /^\/inbox$/, answer: () => inbox.clear().then(() => ({ status: 204 })) },
    { method: 'GET', path: /^\/control$/, answer: () => json(200, { faults: faults.list().map(flatFault) }) },
    { method: 'POST', path: /^\/control$/, answer: (request) => obey({ channels, faults }, readJson(request)) },
    {
      method: 'DELETE',
      path: /^\/control$/,
      answer: () => {
        faults.clear()
        return { status: 204 }
      },
    },
  ]
}

async function obey({ channels, faults }: Pick<ControlParts, 'channels' | 'faults'>, input: unknown) {
  try {
    const report = await runCommand(channels, input)
    return report ? json(200, report) : json(201, flatFault(faults.set(input)))
  } catch (error) {
    if (error instanceof FaultError) throw new RequestError(400, error.message)
    throw error
  }
}

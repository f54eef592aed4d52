/**
 * The log as a CSV file: streamed as its reader takes it, and read no further once the reader is gone. A spreadsheet shows every
 * cell as text, whatever an App wrote.
 */
import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { Zone } from '#channels/text.ts'
import { channelIds } from '#channels/traits.ts'
import type { ExportBatch } from '#domain/sending/log/export.ts'
import { MessageFilter, type MessageRow } from '#domain/sending/log/log.ts'
import en from '../../messages/en.json' with { type: 'json' }
import zh from '../../messages/zh-CN.json' with { type: 'json' }
import { messagesRouter } from './messages.ts'
import { callerFactory, type createContext } from './trpc.ts'

const messagesOf = callerFactory(messagesRouter)
const words = { en, 'zh-CN': zh }
type Language = keyof typeof words

const isTrue = z.literal('true').transform(() => true as const)
/** The filters as an address has them, and the reader's language and time zone. */
const Query = MessageFilter.extend({
  problem: isTrue.optional(),
  waiting: isTrue.optional(),
  language: z.enum(['en', 'zh-CN']).catch('en'),
  zone: Zone,
})

/** Signs that make a spreadsheet take a cell for a formula; an apostrophe ahead makes it text. */
const beginsFormula = /^[=+\-@\t\r\n]/

function cell(value: string): string {
  const text = beginsFormula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const line = (values: readonly string[]) => `${values.map(cell).join(',')}\r\n`

/** Writes moments in a zone with its offset: 2026-11-12T10:02:11.031+08:00. */
function momentsIn(zone: string): (moment: Date) => string {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
  const offsets = new Map<number, string>()
  const offsetAt = (moment: Date) => {
    // Clocks are turned on a quarter of an hour.
    const quarter = Math.floor(moment.getTime() / 900_000)
    const name = () =>
      format
        .formatToParts(moment)
        .find(({ type }) => type === 'timeZoneName')
        ?.value.slice(3)
    const offset = offsets.get(quarter) ?? (name() || '+00:00')
    offsets.set(quarter, offset)
    return offset
  }
  return (moment) => {
    const offset = offsetAt(moment)
    const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number)
    const ahead = (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
    return new Date(moment.getTime() + ahead).toISOString().replace('Z', offset)
  }
}

async function* csv(batches: AsyncIterable<ExportBatch>, language: Language, zone: string): AsyncGenerator<string> {
  const { Messages: t, Log: log, Status: status, Shell: shell } = words[language]
  const moment = momentsIn(zone)
  const channels = Object.fromEntries(channelIds.map((id) => [id, shell[`channel_${id}`]]))
  const cells = (row: MessageRow) => [
    moment(row.createdAt),
    row.app ?? '',
    row.kind === 'live' ? '' : t[`kind_${row.kind}`],
    row.scenario,
    channels[row.channel] ?? row.channel,
    row.recipient,
    row.waiting && row.status === 'queued' ? status.waiting : status[row.status],
    row.errorCode ?? '',
    row.id,
  ]
  // The mark of UTF-8 tells a spreadsheet what it is.
  yield `\uFEFF${line([t.time, t.app, t.kind, t.scenario, t.channel, t.recipient, t.status, t.code, t.id])}`
  for await (const { rows, isCut } of batches) {
    yield rows.map((row) => line(cells(row))).join('') + (isCut ? line([log.exportLimit]) : '')
  }
}

/** Bytes as they are asked for; given up when nobody asks any more. */
function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await texts.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      },
      async cancel() {
        await texts.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

/** @throws TRPCError as procedures do, before anything is sent */
export async function exportedMessages(
  context: Awaited<ReturnType<typeof createContext>>,
  query: Record<string, string>,
): Promise<Response> {
  const input = Query.safeParse(query)
  if (!input.success) throw new TRPCError({ code: 'BAD_REQUEST', cause: input.error })
  const { language, zone, ...filter } = input.data
  const batches = await messagesOf(context).export(filter)
  const day = new Date().toISOString().slice(0, 10)
  return new Response(streamOf(csv(batches, language, zone)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="messages-${day}.csv"`,
      'cache-control': 'no-store',
    },
  })
}

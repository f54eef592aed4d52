/** The delivery log, as it is listed: what went out and how it ended. People see recipients masked; a code is never in it. */
import { and, desc, eq, gt, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { Moment, Text, Trimmed } from '#channels/text.ts'
import { type ChannelId, channelIds } from '#channels/traits.ts'
import { account, app, message, messageStatuses } from '#db/schema/index.ts'
import { need } from '#domain/base/access.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { Cursor, type Page, page } from '#domain/base/paging.ts'
import { maskRecipient } from './masks.ts'

export const MessageFilter = z.object({
  appId: z.uuid().optional(),
  channel: z.enum(channelIds).optional(),
  scenario: Text(40).optional(),
  status: z.enum(messageStatuses).optional(),
  /** Those that ended badly: failed, unknown or expired. */
  problem: z.literal(true).optional(),
  /** Those held back until their account or channel is put right. */
  waiting: z.literal(true).optional(),
  /** First and last moment, ISO 8601. */
  from: Moment.optional(),
  to: Moment.optional(),
  /** The whole address; letter case does not matter. */
  recipient: Trimmed(320).optional(),
})
export type MessageFilter = z.infer<typeof MessageFilter>

export const ListMessages = MessageFilter.extend({
  cursor: Cursor.optional(),
  size: z.int().min(1).max(100).optional(),
  oldestFirst: z.literal(true).optional(),
})
export type ListMessages = z.infer<typeof ListMessages>

export const problemStatuses: readonly string[] = ['failed', 'unknown', 'expired']

/** The smallest UUID version 7 of a moment (RFC 9562, 5.7): a time range is then a range of ids. */
export function firstIdAt(moment: Date): string {
  const hex = moment.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

/** An App gave the address itself; people see it masked. */
export const shownTo = ({ actor }: Ctx, recipient: string) =>
  actor.kind === 'app' ? recipient : maskRecipient(recipient)

export type MessageRow = {
  id: string
  createdAt: Date
  app: string | null
  kind: (typeof message.$inferSelect)['kind']
  channel: ChannelId
  scenario: string
  recipient: string
  status: (typeof messageStatuses)[number]
  waiting: boolean
  errorCode: string | null
  /** The cause behind the code, a key of `Outcome.*`, where the account's provider knows it. */
  errorCause: string | null
}

const summary = {
  id: message.id,
  createdAt: message.createdAt,
  app: app.name,
  kind: message.kind,
  channel: sql<ChannelId>`${message.channel}`,
  scenario: message.scenario,
  recipient: message.recipient,
  status: message.status,
  waiting: message.waiting,
  errorCode: message.errorCode,
  errorCause: message.errorCause,
}

/** How an address may be stored that somebody wrote down, letter case aside: as it is, and in the normal form of each channel that it fits. */
function spellingsOf(ctx: Ctx, recipient: string): string[] {
  const normal = ctx.catalog.channels.flatMap((channel) => channel.recipient.safeParse(recipient).data ?? [])
  return [...new Set([recipient, ...normal])]
}

/** Whose messages are meant: those of the App that calls, or of the organization, of one App where the filter names it. */
function ownerOf(ctx: Ctx, filter: MessageFilter): SQL | undefined {
  const organizationId = ctx.actor.kind === 'app' ? ctx.actor.organizationId : need(ctx, 'messages:read')
  const appId = ctx.actor.kind === 'app' ? ctx.actor.appId : filter.appId
  return and(eq(message.organizationId, organizationId), appId ? eq(message.appId, appId) : undefined)
}

function matching(ctx: Ctx, filter: MessageFilter): SQL | undefined {
  const recipients = filter.recipient ? spellingsOf(ctx, filter.recipient) : undefined
  const isProblem = filter.problem || (filter.status && problemStatuses.includes(filter.status))
  return and(
    ownerOf(ctx, filter),
    filter.channel ? eq(message.channel, filter.channel) : undefined,
    filter.scenario ? eq(message.scenario, filter.scenario) : undefined,
    filter.status ? eq(message.status, filter.status) : undefined,
    isProblem ? eq(message.problem, true) : undefined,
    filter.waiting ? eq(message.waiting, true) : undefined,
    filter.from ? gte(message.id, firstIdAt(new Date(filter.from))) : undefined,
    filter.to ? lt(message.id, firstIdAt(new Date(new Date(filter.to).getTime() + 1))) : undefined,
    recipients
      ? inArray(
          sql`lower(${message.recipient})`,
          recipients.map((one) => sql`lower(${one})`),
        )
      : undefined,
  )
}

const summaries = (ctx: Ctx) =>
  ctx.db
    .select({ ...summary, provider: account.provider })
    .from(message)
    .leftJoin(app, eq(app.id, message.appId))
    .leftJoin(account, eq(account.id, message.accountId))
    .$dynamic()

type Summary = Awaited<ReturnType<typeof summaries>>[number]

function shown(ctx: Ctx, { provider, ...row }: Summary): MessageRow {
  const errorCause = row.errorCause ?? ctx.catalog.explain(provider, row.errorCode)
  return { ...row, recipient: shownTo(ctx, row.recipient), errorCause }
}

/** A page of the log, newest first unless asked otherwise. */
export async function listMessages(ctx: Ctx, input: ListMessages): Promise<Page<MessageRow>> {
  const filters = matching(ctx, input)
  const { rows, ...edges } = await page(
    message.id,
    input.cursor,
    (where, order, limit) =>
      summaries(ctx)
        .where(and(filters, where))
        .orderBy(...order)
        .limit(limit),
    input,
  )
  return { ...edges, rows: rows.map((row) => shown(ctx, row)) }
}

/** The message with this id, or the newest to this whole address. Looked up in an index, however long the log is. */
export async function findMessages(ctx: Ctx, text: string, most: number): Promise<MessageRow[]> {
  const owner = ownerOf(ctx, {})
  const wanted = z.uuid().safeParse(text).success
    ? [eq(message.id, text)]
    : spellingsOf(ctx, text).map((one) => sql`lower(${message.recipient}) = lower(${one})`)
  const found = await Promise.all(
    wanted.map((where) => summaries(ctx).where(and(owner, where)).orderBy(desc(message.id)).limit(most)),
  )
  const newestFirst = found.flat().sort((one, other) => (one.id < other.id ? 1 : -1))
  return newestFirst.slice(0, most).map((row) => shown(ctx, row))
}

/** The newest message that is on the page; absent where there is none. */
export const CountNewMessages = MessageFilter.extend({ after: z.uuid().optional() })

/** How many are counted at most, and how many arrivals are looked through for those that the filter wants. */
const mostNew = 100
const mostArrivals = 5000

/**
 * How many messages came after the one that is on the page, at most a hundred. Asked for again and again while somebody looks,
 * so that it costs no more than its bounds, whatever the filter and however long ago the page was drawn.
 */
export async function countNewMessages(ctx: Ctx, input: z.infer<typeof CountNewMessages>): Promise<number> {
  const isNewer = and(ownerOf(ctx, input), input.after ? gt(message.id, input.after) : undefined)
  const arrivals = ctx.db
    .select({ id: message.id })
    .from(message)
    .where(isNewer)
    .orderBy(desc(message.id))
    .limit(mostArrivals)
  const wanted = ctx.db
    .select({ id: message.id })
    .from(message)
    .where(and(inArray(message.id, arrivals), matching(ctx, input)))
    .limit(mostNew)
    .as('wanted')
  const [row] = await ctx.db.select({ count: sql<number>`count(*)::int` }).from(wanted)
  return row?.count ?? 0
}

/** What the first page shows: the state of each channel, what is still to do, what needs a person, and the last day. */
import { and, asc, between, eq, isNull, or, sql } from 'drizzle-orm'
import { account, apiKey, app, message, pushRule, template } from '#db/schema/index.ts'
import { may, need } from './access.ts'
import { type ChannelId, pushChannel } from './channels/contract.ts'
import type { Ctx } from './ctx.ts'
import { firstIdAt } from './messages/log.ts'

/** How many messages of the last day are counted at most: a count must not grow with the log. */
const mostCounted = 20_000

export type ChannelOverview = {
  channel: ChannelId
  state: 'validated' | 'failing' | 'missing'
  /** The account in force; of several in use side by side one that fails, if one does. */
  account: string | null
  failingCode: string | null
  sent: number
  failed: number
  open: number
  /** Held back until the account or the channel is put right, however old. */
  waiting: number
}

/** Steps to the first message, in the order they are taken. */
export const setUpSteps = ['account', 'template', 'app', 'key', 'message'] as const
export type SetUpStep = (typeof setUpSteps)[number]

export type Overview = {
  channels: ChannelOverview[]
  done: Record<SetUpStep, boolean>
  /** Keys in use that end within two weeks, the first to end first. */
  endingKeys: { app: string; appKey: string; name: string; expiresAt: Date | null }[]
  /** True when the last day had more messages than are counted: the numbers are then of the newest ones. */
  capped: boolean
}

type Counted = { channel: string; sent: number; failed: number; open: number }

async function countLastDay(ctx: Ctx, organizationId: string): Promise<Counted[]> {
  const since = firstIdAt(new Date(ctx.now().getTime() - 86_400_000))
  return (await ctx.db.execute(sql`
    select channel, count(*) filter (where status in ('sent', 'delivered'))::int as sent,
      count(*) filter (where problem)::int as failed, count(*) filter (where status in ('queued', 'sending'))::int as open
    from (
      select channel, status, problem from message
      where organization_id = ${organizationId}::uuid and id >= ${since}::uuid and kind <> 'test'
      order by id desc limit ${mostCounted}
    ) newest
    group by channel`)) as unknown as Counted[]
}

async function countWaiting(ctx: Ctx, organizationId: string): Promise<{ channel: string; waiting: number }[]> {
  return (await ctx.db.execute(sql`
    select channel, count(*)::int as waiting
    from (select channel from message where organization_id = ${organizationId}::uuid and waiting limit ${mostCounted}) held
    group by channel`)) as unknown as { channel: string; waiting: number }[]
}

const listEndingKeys = (ctx: Ctx, organizationId: string) =>
  ctx.db
    .select({ app: app.name, appKey: app.key, name: apiKey.name, expiresAt: apiKey.expiresAt })
    .from(apiKey)
    .innerJoin(app, eq(app.id, apiKey.appId))
    .where(
      and(
        eq(apiKey.organizationId, organizationId),
        isNull(apiKey.revokedAt),
        between(apiKey.expiresAt, ctx.now(), new Date(ctx.now().getTime() + 14 * 86_400_000)),
      ),
    )
    .orderBy(asc(apiKey.expiresAt))
    .limit(10)

export async function overview(ctx: Ctx): Promise<Overview> {
  const organizationId = need(ctx, 'messages:read')
  const of = <
    Table extends typeof account | typeof pushRule | typeof template | typeof app | typeof apiKey | typeof message,
  >(
    table: Table,
  ) =>
    ctx.db
      .select({ one: sql`1` })
      .from(table as typeof app)
      .where(eq((table as typeof app).organizationId, organizationId))
      .limit(1)
  const [accounts, counted, held, endingKeys, templates, rules, apps, keys, messages] = await Promise.all([
    ctx.db
      .select({
        channel: account.channel,
        name: account.name,
        failingSince: account.failingSince,
        failingCode: account.failingCode,
      })
      .from(account)
      .where(
        and(
          eq(account.organizationId, organizationId),
          or(eq(account.validated, true), eq(account.channel, pushChannel)),
        ),
      )
      .orderBy(sql`${account.failingSince} is null`, asc(account.id)),
    countLastDay(ctx, organizationId),
    countWaiting(ctx, organizationId),
    listEndingKeys(ctx, organizationId),
    of(template),
    of(pushRule),
    of(app),
    of(apiKey),
    of(message),
  ])
  const channels = ctx.catalog.channelIds.map((channel): ChannelOverview => {
    const inForce = accounts.find((candidate) => candidate.channel === channel)
    const { sent = 0, failed = 0, open = 0 } = counted.find((candidate) => candidate.channel === channel) ?? {}
    const state = !inForce ? 'missing' : inForce.failingSince ? 'failing' : 'validated'
    return {
      channel,
      state,
      account: inForce?.name ?? null,
      failingCode: may(ctx, 'accounts:inspect') ? (inForce?.failingCode ?? null) : null,
      sent,
      failed,
      open,
      waiting: held.find((candidate) => candidate.channel === channel)?.waiting ?? 0,
    }
  })
  const total = counted.reduce((sum, { sent, failed, open }) => sum + sent + failed + open, 0)
  return {
    channels,
    done: {
      account: accounts.length > 0,
      template: templates.length > 0 || rules.length > 0,
      app: apps.length > 0,
      key: keys.length > 0,
      message: messages.length > 0,
    },
    endingKeys,
    capped: total >= mostCounted,
  }
}

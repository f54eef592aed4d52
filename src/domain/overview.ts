/** What the first page shows: the state of each channel, what is still to do, what needs a person, and the last day. */
import { and, asc, between, eq, isNull, sql } from 'drizzle-orm'
import { account, apiKey, app, message, template } from '#db/schema/index.ts'
import { may, need } from './access.ts'
import type { ChannelId } from './channels/contract.ts'
import type { Ctx } from './ctx.ts'
import { firstIdAt } from './messages/log.ts'

/** How many messages of the last day are counted at most: a count must not grow with the log. */
const mostCounted = 20_000

/** How many templates that cannot be used are named. */
const mostNamed = 5

export type ChannelOverview = {
  channel: ChannelId
  state: 'validated' | 'failing' | 'missing'
  account: string | null
  failingCode: string | null
  /** The cause behind the code, a key of `Outcome.*`, where the channel's provider explains it. */
  failingCause: string | null
  sent: number
  failed: number
  open: number
  /** Held back until the account or the channel is put right, however old. */
  waiting: number
}

/** Steps to the first message, in the order they are taken. */
export const setUpSteps = ['account', 'template', 'app', 'key', 'message'] as const
export type SetUpStep = (typeof setUpSteps)[number]

/** A template of a validated account that cannot be used, although it says something; `reason` is a key of `Reason.*`. */
export type BlockedTemplate = {
  channel: ChannelId
  scenario: string
  app: { key: string; name: string } | null
  reason: string
}

export type Overview = {
  channels: ChannelOverview[]
  /** The first few, and how many there are. */
  blocked: { templates: BlockedTemplate[]; count: number }
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

type Held = { channel: string; waiting: number }

async function countWaiting(ctx: Ctx, organizationId: string): Promise<Held[]> {
  return (await ctx.db.execute(sql`
    select channel, count(*)::int as waiting
    from (select channel from message where organization_id = ${organizationId}::uuid and waiting limit ${mostCounted}) held
    group by channel`)) as unknown as { channel: string; waiting: number }[]
}

type BlockedRow = Omit<BlockedTemplate, 'app'> & { app_key: string | null; app_name: string | null; count: number }

/** An audience that a template has nothing for is left to its author: it was never written. */
async function listBlocked(ctx: Ctx, organizationId: string): Promise<Overview['blocked']> {
  const rows = await ctx.db.execute<BlockedRow>(sql`
    select t.channel, t.scenario, app.key as app_key, app.name as app_name, lost.reason, count(*) over ()::int as count
    from account a
    join template t on t.account_id = a.id
    left join app on app.id = t.app_id
    cross join lateral (
      select value ->> 'blocked' as reason from jsonb_each(t.standing)
      where value ->> 'blocked' <> 'no_' || key || '_template'
      limit 1
    ) lost
    where a.organization_id = ${organizationId}::uuid and a.validated
    order by t.updated_at desc, t.id
    limit ${mostNamed}`)
  return {
    templates: rows.map(({ channel, scenario, app_key: key, app_name: name, reason }) => ({
      ...{ channel, scenario, reason },
      app: key !== null && name !== null ? { key, name } : null,
    })),
    count: rows[0]?.count ?? 0,
  }
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

type InForce = Pick<typeof account.$inferSelect, 'channel' | 'name' | 'failingSince' | 'failingCode'>

const channelsFrom = (ctx: Ctx, accounts: InForce[], counted: Counted[], held: Held[]): ChannelOverview[] =>
  ctx.catalog.channelIds.map((channel): ChannelOverview => {
    const inForce = accounts.find((candidate) => candidate.channel === channel)
    const { sent = 0, failed = 0, open = 0 } = counted.find((candidate) => candidate.channel === channel) ?? {}
    const state = !inForce ? 'missing' : inForce.failingSince ? 'failing' : 'validated'
    const failingCode = may(ctx, 'accounts:inspect') ? (inForce?.failingCode ?? null) : null
    return {
      channel,
      state,
      account: inForce?.name ?? null,
      failingCode,
      failingCause: ctx.catalog.explain(channel, failingCode),
      sent,
      failed,
      open,
      waiting: held.find((candidate) => candidate.channel === channel)?.waiting ?? 0,
    }
  })

export async function overview(ctx: Ctx): Promise<Overview> {
  const organizationId = need(ctx, 'messages:read')
  const of = <Table extends typeof account | typeof template | typeof app | typeof apiKey | typeof message>(
    table: Table,
  ) =>
    ctx.db
      .select({ one: sql`1` })
      .from(table as typeof app)
      .where(eq((table as typeof app).organizationId, organizationId))
      .limit(1)
  const [accounts, counted, held, blocked, endingKeys, templates, apps, keys, messages] = await Promise.all([
    ctx.db
      .select({
        channel: account.channel,
        name: account.name,
        failingSince: account.failingSince,
        failingCode: account.failingCode,
      })
      .from(account)
      .where(and(eq(account.organizationId, organizationId), eq(account.validated, true))),
    countLastDay(ctx, organizationId),
    countWaiting(ctx, organizationId),
    listBlocked(ctx, organizationId),
    listEndingKeys(ctx, organizationId),
    of(template),
    of(app),
    of(apiKey),
    of(message),
  ])
  const total = counted.reduce((sum, { sent, failed, open }) => sum + sent + failed + open, 0)
  return {
    channels: channelsFrom(ctx, accounts, counted, held),
    done: {
      account: accounts.length > 0,
      template: templates.length > 0,
      app: apps.length > 0,
      key: keys.length > 0,
      message: messages.length > 0,
    },
    blocked,
    endingKeys,
    capped: total >= mostCounted,
  }
}

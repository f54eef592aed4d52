/** What the first page shows: the state of each channel, what is still to do, what needs a person, and the last day. */
import { and, asc, between, eq, isNull, or, sql } from 'drizzle-orm'
import { account, apiKey, app, message, pushRule, template } from '#db/schema/index.ts'
import { may, need } from './access.ts'
import { type ChannelId, pushChannel } from './channels/contract.ts'
import type { Ctx } from './ctx.ts'
import { countLastDay, type LastDay, type Outcomes, totalOf } from './last-day.ts'

/** How many messages that wait are counted at most. */
const mostCounted = 20_000

/** How many templates that cannot be used are named. */
const mostNamed = 5

export type ChannelOverview = {
  channel: ChannelId
  state: 'validated' | 'failing' | 'missing'
  /** The account in force; of several in use side by side one that fails, if one does. */
  account: string | null
  failingCode: string | null
  /** The cause behind the code, a key of `Outcome.*`, where the channel's provider explains it. */
  failingCause: string | null
  /** Of the last day, the oldest hour first; empty when it had none. */
  hours: Outcomes[]
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
  /** The last day of all channels, the oldest hour first. */
  hours: Outcomes[]
  /** True when the last day had more messages than are counted: the numbers are then of the newest ones. */
  capped: boolean
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

const channelsFrom = (ctx: Ctx, accounts: InForce[], lastDay: LastDay, held: Held[]): ChannelOverview[] =>
  ctx.catalog.channelIds.map((channel): ChannelOverview => {
    const inForce = accounts.find((candidate) => candidate.channel === channel)
    const hours = lastDay.channels.find((candidate) => candidate.channel === channel)?.hours ?? []
    const state = !inForce ? 'missing' : inForce.failingSince ? 'failing' : 'validated'
    const failingCode = may(ctx, 'accounts:inspect') ? (inForce?.failingCode ?? null) : null
    return {
      channel,
      state,
      account: inForce?.name ?? null,
      failingCode,
      failingCause: ctx.catalog.explain(channel, failingCode),
      hours,
      ...totalOf(hours),
      waiting: held.find((candidate) => candidate.channel === channel)?.waiting ?? 0,
    }
  })

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
  const [accounts, lastDay, held, blocked, endingKeys, templates, rules, apps, keys, messages] = await Promise.all([
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
    listBlocked(ctx, organizationId),
    listEndingKeys(ctx, organizationId),
    of(template),
    of(pushRule),
    of(app),
    of(apiKey),
    of(message),
  ])
  return {
    channels: channelsFrom(ctx, accounts, lastDay, held),
    done: {
      account: accounts.length > 0,
      template: templates.length > 0 || rules.length > 0,
      app: apps.length > 0,
      key: keys.length > 0,
      message: messages.length > 0,
    },
    blocked,
    endingKeys,
    hours: lastDay.hours,
    capped: lastDay.capped,
  }
}

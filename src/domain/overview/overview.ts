/** What the first page shows: the state of each channel, what is still to do, what needs a person, and what became of messages. */
import { and, asc, between, count, desc, eq, exists, gt, inArray, isNull, not, notExists, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import { Zone } from '#channels/text.ts'
import type { ChannelId } from '#channels/traits.ts'
import { account, apiKey, app, message, organization, pushRule, template } from '#db/schema/index.ts'
import { listBlockedTemplates } from '#db/statements/overview.ts'
import { inForce } from '../accounts/accounts.ts'
import { type RefusedCalls, refusedSince } from '../apps/refusals.ts'
import { may, need } from '../base/access.ts'
import type { Ctx } from '../base/ctx.ts'
import { invalidReasonOf, isValid } from '../push-rules/rule-state.ts'
import { type TroubledWebhook, troubledWebhooks } from '../webhooks/troubled.ts'
import { type Bar, type Counts, countPeriods, lastDays, lastHours, totalOf } from './counts.ts'

/** How many messages that wait are counted at most. */
const mostCounted = 20_000

/** How many accounts, templates and rules that cannot be used are named, of each. */
const mostNamed = 5

export const ShowOverview = z.object({ period: z.enum(['24h', '30d']), zone: Zone })
export type ShowOverview = z.infer<typeof ShowOverview>

export type ChannelOverview = Counts & {
  channel: ChannelId
  state: 'validated' | 'failing' | 'missing'
  /** The account in force; of several side by side one that fails, if one does. */
  account: string | null
  /** How many are in force besides. */
  others: number
  /** Those in force that fail; `cause` is what is behind the code, a key of `Outcome.*`, where the provider explains it. */
  failing: { account: string; code: string | null; cause: string | null }[]
  /** The oldest first; none where there was no message. */
  bars: Bar[]
  /** However long the period is. */
  failedLastDay: number
  /** Held back until the account or the channel is put right, however old. */
  waiting: number
}

/** Steps to the first message, in the order they are taken. */
export const setUpSteps = ['account', 'template', 'app', 'key', 'message'] as const
export type SetUpStep = (typeof setUpSteps)[number]

/**
 * A template that cannot be used, although it says something; `reason` is a key of `Reason.*`. It belongs to a validated
 * account, or to one before it, and the validated one has none in its place.
 */
export type BlockedTemplate = {
  channel: ChannelId
  scenario: string
  app: { key: string; name: string } | null
  reason: string
}

/** A push rule that is invalid; `reason` is a key of `Reason.*`. */
export type InvalidRule = { id: string; name: string; app: string; reason: string }

export type Overview = {
  channels: ChannelOverview[]
  /** The first few, and how many there are. */
  blocked: { templates: BlockedTemplate[]; count: number }
  /** The same of push rules. */
  invalid: { rules: InvalidRule[]; count: number }
  /** Webhooks that do not answer well or are gone. */
  webhooks: TroubledWebhook[]
  /** What calls of Apps were refused for in the last day, the last first. */
  refused: RefusedCalls[]
  /** Whether there are more kinds of them. */
  moreRefused: boolean
  done: Record<SetUpStep, boolean>
  /** Keys in use that end within two weeks, the first to end first. */
  endingKeys: { app: string; appKey: string; name: string; expiresAt: Date | null }[]
  /** All channels together, the oldest first. */
  bars: Bar[]
}

type Waiting = { channel: string; waiting: number }

async function countWaiting(ctx: Ctx, organizationId: string): Promise<Waiting[]> {
  const waiting = ctx.db
    .select({ channel: message.channel })
    .from(message)
    .where(and(eq(message.organizationId, organizationId), message.waiting))
    .limit(mostCounted)
    .as('waiting')
  return ctx.db.select({ channel: waiting.channel, waiting: count() }).from(waiting).groupBy(waiting.channel)
}

async function listBlocked(ctx: Ctx, organizationId: string): Promise<Overview['blocked']> {
  const rows = await listBlockedTemplates(ctx.db, { organizationId, most: mostNamed })
  return {
    templates: rows.map(({ channel, scenario, reason, appKey: key, appName: name }) => ({
      ...{ channel: channel as ChannelId, scenario, reason },
      app: key !== null && name !== null ? { key, name } : null,
    })),
    count: rows[0]?.count ?? 0,
  }
}

async function listInvalidRules(ctx: Ctx, organizationId: string): Promise<Overview['invalid']> {
  const rows = await ctx.db
    .select({ rule: pushRule, app: app.name, count: sql`${count()} over ()`.mapWith(Number) })
    .from(pushRule)
    .innerJoin(app, eq(app.id, pushRule.appId))
    .where(and(eq(pushRule.organizationId, organizationId), not(isValid)))
    .orderBy(desc(pushRule.id))
    .limit(mostNamed)
  return {
    rules: rows.map(({ rule, app: of }) => ({
      ...{ id: rule.id, name: rule.name, app: of },
      reason: invalidReasonOf(rule) ?? '',
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

type InForce = Pick<
  typeof account.$inferSelect,
  'channel' | 'provider' | 'name' | 'failingSince' | 'failingCode' | 'failingCause'
>

/** The accounts in force, those that fail first: the validated one of a channel, and all where several are used side by side. */
const listInForce = (ctx: Ctx, organizationId: string): Promise<InForce[]> =>
  ctx.db
    .select({
      channel: account.channel,
      provider: account.provider,
      name: account.name,
      failingSince: account.failingSince,
      failingCode: account.failingCode,
      failingCause: account.failingCause,
    })
    .from(account)
    .where(and(eq(account.organizationId, organizationId), inForce))
    .orderBy(isNull(account.failingSince), asc(account.id))

function failureOf(ctx: Ctx, row: InForce): ChannelOverview['failing'][number] {
  const { provider, name, failingCode: code, failingCause } = row
  if (!may(ctx, 'accounts:inspect')) return { account: name, code: null, cause: null }
  return { account: name, code, cause: failingCause ?? ctx.catalog.explain(provider, code) }
}

/** What is counted by channel: of the period that is shown, and of the last day. */
type Numbers = { shown: Map<string, Bar[]>; lastDay: Map<string, Bar[]>; waiting: Waiting[] }

const channelsFrom = (ctx: Ctx, accounts: InForce[], { shown, lastDay, waiting }: Numbers): ChannelOverview[] =>
  ctx.catalog.channelIds.map((channel): ChannelOverview => {
    const ofChannel = accounts.filter((candidate) => candidate.channel === channel)
    const failing = ofChannel.filter(({ failingSince }) => failingSince !== null)
    const bars = shown.get(channel) ?? []
    return {
      channel,
      state: ofChannel.length === 0 ? 'missing' : failing.length > 0 ? 'failing' : 'validated',
      account: ofChannel[0]?.name ?? null,
      others: Math.max(0, ofChannel.length - 1),
      failing: failing.slice(0, mostNamed).map((candidate) => failureOf(ctx, candidate)),
      bars,
      ...totalOf(bars),
      failedLastDay: totalOf(lastDay.get(channel) ?? []).failed,
      waiting: waiting.find((candidate) => candidate.channel === channel)?.waiting ?? 0,
    }
  })

/**
 * What is done of the steps. A template or a rule counts where it can be sent: on a channel with an account in force, as soon
 * as there is one. A key counts while it may be used, and a message when an App sent it.
 */
async function stepsDone(ctx: Ctx, organizationId: string): Promise<Record<SetUpStep, boolean>> {
  const { db } = ctx
  const isOurs = (
    table: typeof account | typeof template | typeof pushRule | typeof app | typeof apiKey | typeof message,
  ) => eq(table.organizationId, organizationId)
  const accounts = db
    .select()
    .from(account)
    .where(and(isOurs(account), inForce))
  const accountsOfTemplate = db
    .select()
    .from(account)
    .where(
      and(
        ...[isOurs(account), inForce, eq(account.channel, template.channel)],
        or(isNull(template.accountId), eq(template.accountId, account.id)),
      ),
    )
  const templates = db
    .select()
    .from(template)
    .where(and(isOurs(template), or(notExists(accounts), exists(accountsOfTemplate))))
  const rules = db
    .select()
    .from(pushRule)
    .where(and(isOurs(pushRule), isValid, pushRule.enabled))
  const apps = db.select().from(app).where(isOurs(app))
  const keys = db
    .select()
    .from(apiKey)
    .where(and(isOurs(apiKey), isNull(apiKey.revokedAt), or(isNull(apiKey.expiresAt), gt(apiKey.expiresAt, ctx.now()))))
  const messages = db
    .select()
    .from(message)
    .where(and(isOurs(message), inArray(message.kind, ['live', 'test'])))
  const [row] = await db
    .select({
      account: exists(accounts).mapWith(Boolean),
      template: sql`(${exists(templates)} or ${exists(rules)})`.mapWith(Boolean),
      app: exists(apps).mapWith(Boolean),
      key: exists(keys).mapWith(Boolean),
      message: exists(messages).mapWith(Boolean),
    })
    .from(organization)
    .where(eq(organization.id, organizationId))
  if (!row) throw new Error('The organization is gone.')
  return row
}

/** Days are those of the reader's time zone. */
export async function overview(
  ctx: Ctx,
  { period, zone }: ShowOverview = { period: '24h', zone: 'UTC' },
): Promise<Overview> {
  const organizationId = need(ctx, 'messages:read')
  const now = ctx.now()
  const lastDayBegan = new Date(now.getTime() - 86_400_000)
  const hours = lastHours(now, 24)
  const periods = period === '24h' ? hours : lastDays(now, zone, 30)
  const lastDayCounted = countPeriods(ctx, organizationId, hours)
  const [accounts, lastDay, shown, waiting, blocked, invalid, refused, endingKeys, webhooks, done] = await Promise.all([
    listInForce(ctx, organizationId),
    lastDayCounted,
    period === '24h' ? lastDayCounted : countPeriods(ctx, organizationId, periods),
    countWaiting(ctx, organizationId),
    listBlocked(ctx, organizationId),
    listInvalidRules(ctx, organizationId),
    refusedSince(ctx, { since: lastDayBegan, most: mostNamed + 1 }),
    listEndingKeys(ctx, organizationId),
    troubledWebhooks(ctx, organizationId, mostNamed),
    stepsDone(ctx, organizationId),
  ])
  return {
    channels: channelsFrom(ctx, accounts, { shown, lastDay, waiting }),
    done,
    blocked,
    invalid,
    refused: refused.slice(0, mostNamed),
    moreRefused: refused.length > mostNamed,
    endingKeys,
    webhooks,
    bars: periods.map((of, at) => ({ ...of, ...totalOf([...shown.values()].flatMap((bars) => bars[at] ?? [])) })),
  }
}

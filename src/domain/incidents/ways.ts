/** What people are told by: the channels of an organization that work, and what is said on each. */
import { and, eq, isNull, sql } from 'drizzle-orm'
import { type Channel, ContentError } from '#channels/contract.ts'
import { brokenRules } from '#channels/texts.ts'
import { type ChannelId, channelIds, traitsOf } from '#channels/traits.ts'
import { account, incident, template } from '#db/schema/index.ts'
import { type Sender, senderFor } from '../accounts/sender.ts'
import type { Ctx } from '../base/ctx.ts'
import { isDomainError } from '../base/errors.ts'
import { alarm, fillIn } from '../scenarios/scenarios.ts'
import { resolveAll } from '../templates/resolution.ts'
import { levelOf, noticeOf, shortNotice, type Told } from './notice.ts'

/** A channel that works; with the template of the alarm where texts have to be approved. */
export type Way = {
  channel: Channel
  sender: Sender
  scenario: string
  content?: unknown
  used?: readonly string[]
}

/** Whose incidents they are, and where all of them are seen. */
export type Place = { organization: string; url: string }

/** Channels with one account in force that does not fail and that no open incident is about, those first that cost nothing. */
export async function waysOf(ctx: Ctx, organizationId: string): Promise<Way[]> {
  const [rows, open] = await Promise.all([
    ctx.db
      .select({ id: account.id, channel: account.channel })
      .from(account)
      .where(and(eq(account.organizationId, organizationId), account.validated, isNull(account.failingSince))),
    ctx.db
      .selectDistinct({ channel: sql<string | null>`${incident.details} ->> 'channel'` })
      .from(incident)
      .where(and(eq(incident.organizationId, organizationId), isNull(incident.recoveredAt))),
  ])
  const isBroken = (id: string) => open.some(({ channel }) => channel === id)
  const ways: Way[] = []
  for (const id of channelIds) {
    const row = rows.find(({ channel }) => channel === id)
    if (!row || isBroken(id) || traitsOf(id)?.accounts !== 'one') continue
    const way = await wayBy(ctx, organizationId, id, row.id)
    if (way) ways.push(way)
  }
  return ways.sort((one, other) => Number(!one.channel.notice) - Number(!other.channel.notice))
}

async function wayBy(ctx: Ctx, organizationId: string, id: ChannelId, accountId: string): Promise<Way | undefined> {
  const channel = ctx.catalog.channel(id)
  const sender = await senderFor(ctx, organizationId, accountId).catch((error: unknown) => {
    if (!isDomainError(error)) throw error
    return undefined
  })
  if (!sender) return undefined
  const scenario = alarm.key
  if (channel.notice) return { channel, sender, scenario }
  const [found] = await resolveAll(ctx.db, [{ organizationId, appId: null, channel: id, scenario }])
  if (!found?.template || found.template.blocked || found.account?.id !== accountId) return undefined
  const [row] = await ctx.db
    .select({ content: template.content })
    .from(template)
    .where(eq(template.id, found.template.id))
  return row && { channel, sender, scenario, content: row.content, used: found.template.variables }
}

export type Wanted = { to: string; language: string | null; told: readonly Told[]; place: Place }

/** The message for one address; undefined where the template has nothing for it. */
export async function composeNotice(
  ctx: Ctx,
  { channel, sender, content, used = [] }: Way,
  { to, language, told, place }: Wanted,
): Promise<{ message: unknown } | undefined> {
  try {
    if (channel.notice) {
      const mail = channel.notice(noticeOf(language, told, place))
      await channel.prepare?.(mail, [])
      return { message: channel.compose(mail, {}, [], to) }
    }
    const { longest, refused } = sender.provider.texts?.values ?? {}
    const fits = (value: string) =>
      [...value].length <= (longest ?? Number.POSITIVE_INFINITY) && brokenRules(refused, value).length === 0
    const own = { appName: 'Signet', recipient: to, codeLifetimeMinutes: 0, now: ctx.now() }
    const key = [...place.organization].slice(0, longest).join('')
    const given = {
      ...{ device_name: 'Signet', device_key: fits(key) ? key : 'Signet', alarm_level: levelOf(language) },
      alarm_content: shortNotice(language, told, fits),
    }
    return { message: channel.compose(content, fillIn(alarm, given, used, own), alarm.variables, to) }
  } catch (error) {
    if (error instanceof ContentError || isDomainError(error)) return undefined
    throw error
  }
}

/**
 * Tells owners and admins of incidents: each person once that one began and once that it is over, all that are due in one notice,
 * by a channel that is not what fails. Where none can, it is tried again until the incident ends.
 */
import { and, asc, eq, inArray, isNull, lte, or } from 'drizzle-orm'
import type { Channel } from '#channels/contract.ts'
import { type ChannelId, channelIds, traitsOf } from '#channels/traits.ts'
import { account, incident, incidentTelling, member, organization, template, user } from '#db/schema/index.ts'
import { type Sender, senderFor } from '../accounts/sender.ts'
import type { Ctx } from '../base/ctx.ts'
import { isDomainError } from '../base/errors.ts'
import { alarm, fillIn } from '../scenarios/scenarios.ts'
import { composeTrial, sendTrial } from '../sending/trials/trial.ts'
import { resolveAll } from '../templates/resolution.ts'
import { levelOf, noticeOf, shortNotice, type Told } from './notice.ts'

/** How long whoever tells may take before others may try, and when it is tried again where nobody could be told, in milliseconds. */
const leaseMs = 5 * 60_000
const againMs = 10 * 60_000
/** That it is over is no news a day later. */
const oldMs = 86_400_000
const mostAtOnce = 200

type Incident = typeof incident.$inferSelect
type Reader = { userId: string; name: string; email: string; phone: string | null; language: string | null }
/** A channel that works, and what one is told by on it. */
type Way = { channel: Channel; sender: Sender; content?: unknown; used?: readonly string[] }
type Place = { organization: string; url: string }

/** @param url Signet's own, which notices lead to */
export async function tellIncidents(ctx: Ctx, { url }: { url: string }): Promise<void> {
  const due = await takeDue(ctx)
  const byOrganization = Map.groupBy(due, ({ organizationId }) => organizationId)
  for (const [organizationId, incidents] of byOrganization) {
    await tellOrganization(ctx, organizationId, incidents, `${url}/incidents`).catch((error: unknown) =>
      ctx.log.error({ err: error, organizationId }, 'people could not be told of incidents'),
    )
  }
}

async function takeDue({ db, now }: Ctx): Promise<Incident[]> {
  const due = db
    .select({ id: incident.id })
    .from(incident)
    .where(lte(incident.tellAt, now()))
    .orderBy(asc(incident.tellAt))
    .limit(mostAtOnce)
    .for('update', { skipLocked: true })
  const taken = await db
    .update(incident)
    .set({ tellAt: new Date(now().getTime() + leaseMs) })
    .where(inArray(incident.id, due))
    .returning()
  return taken.sort((one, other) => (one.id < other.id ? -1 : 1))
}

async function tellOrganization(ctx: Ctx, organizationId: string, incidents: Incident[], url: string): Promise<void> {
  const [of] = await ctx.db
    .select({ name: organization.name })
    .from(organization)
    .where(eq(organization.id, organizationId))
  if (!of) return
  const ids = incidents.map(({ id }) => id)
  const [readers, before] = await Promise.all([
    listReaders(ctx, organizationId),
    ctx.db.select().from(incidentTelling).where(inArray(incidentTelling.incidentId, ids)),
  ])
  const knows = ({ userId }: Reader, id: string, isOver: boolean) =>
    before.some((row) => row.incidentId === id && row.userId === userId && row.isOver === isOver)
  const ways = readers.length > 0 ? await waysOf(ctx, organizationId, incidents) : []
  const missed = new Set<string>()
  for (const reader of readers) {
    // Who was not told that it began need not know that it is over.
    const due = incidents.filter(
      ({ id, recoveredAt: over }) => !knows(reader, id, Boolean(over)) && (!over || knows(reader, id, false)),
    )
    const place = { organization: of.name, url }
    if (due.length > 0 && !(await tellReader(ctx, organizationId, { reader, incidents: due, ways, place })))
      for (const { id } of due) missed.add(id)
  }
  await settle(ctx, incidents, missed)
}

/** Those that somebody could not be told of are due again, for as long as it matters. */
async function settle(ctx: Ctx, incidents: readonly Incident[], missed: ReadonlySet<string>): Promise<void> {
  const now = ctx.now().getTime()
  for (const { id, recoveredAt } of incidents) {
    const matters = !recoveredAt || now - recoveredAt.getTime() < oldMs
    const tellAt = missed.has(id) && matters ? new Date(now + againMs) : null
    // One that ended meanwhile is due already, to say so.
    const isAsBefore = recoveredAt ? undefined : isNull(incident.recoveredAt)
    await ctx.db
      .update(incident)
      .set({ tellAt })
      .where(and(eq(incident.id, id), isAsBefore))
  }
}

function listReaders(ctx: Ctx, organizationId: string): Promise<Reader[]> {
  return ctx.db
    .select({
      userId: user.id,
      name: user.name,
      email: user.email,
      phone: member.incidentPhone,
      language: user.language,
    })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(
      and(
        ...[eq(member.organizationId, organizationId), member.wantsIncidents],
        or(eq(member.role, 'owner'), eq(member.role, 'admin')),
      ),
    )
    .orderBy(asc(user.id))
    .limit(100)
}

/**
 * What people can be told by: channels with one account in force that does not fail and that no open incident is about, those
 * first that cost nothing. Where texts have to be approved it takes the default template of the alarm.
 */
async function waysOf(ctx: Ctx, organizationId: string, incidents: readonly Incident[]): Promise<Way[]> {
  const broken = new Set(incidents.flatMap(({ recoveredAt, details }) => (recoveredAt ? [] : (details.channel ?? []))))
  const rows = await ctx.db
    .select({ id: account.id, channel: account.channel })
    .from(account)
    .where(and(eq(account.organizationId, organizationId), account.validated, isNull(account.failingSince)))
  const working = channelIds.flatMap((id) => {
    const row = rows.find(({ channel }) => channel === id)
    return row && !broken.has(id) && traitsOf(id)?.accounts === 'one' ? [{ id, accountId: row.id }] : []
  })
  const ways: Way[] = []
  for (const { id, accountId } of working) {
    const way = await wayBy(ctx, organizationId, id, accountId)
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
  if (channel.notice) return { channel, sender }
  const [found] = await resolveAll(ctx.db, [{ organizationId, appId: null, channel: id, scenario: alarm.key }])
  if (!found?.template || found.template.blocked || found.account?.id !== accountId) return undefined
  const [row] = await ctx.db
    .select({ content: template.content })
    .from(template)
    .where(eq(template.id, found.template.id))
  return row && { channel, sender, content: row.content, used: found.template.variables }
}

type Telling = { reader: Reader; incidents: readonly Incident[]; ways: readonly Way[]; place: Place }

/** False where the person could not be told. */
async function tellReader(ctx: Ctx, organizationId: string, { reader, incidents, ways, place }: Telling) {
  for (const way of ways) {
    const given = traitsOf(way.channel.id)?.address === 'email' ? reader.email : reader.phone
    const to = way.channel.recipient.safeParse(given)
    if (!to.success) continue
    const fresh = await note(ctx, reader, incidents, way.channel.id)
    if (fresh.length === 0) return true
    if (await send(ctx, organizationId, way, to.data, { reader, incidents: fresh, place })) return true
    await ctx.db.delete(incidentTelling).where(or(...fresh.map((one) => isAbout(reader, one))))
  }
  return false
}

const isAbout = ({ userId }: Reader, { id, recoveredAt }: Incident) =>
  and(
    ...[eq(incidentTelling.userId, userId), eq(incidentTelling.incidentId, id)],
    eq(incidentTelling.isOver, recoveredAt !== null),
  )

/** Takes down what the person is about to be told, and returns what nobody else is telling them. */
async function note(ctx: Ctx, reader: Reader, incidents: readonly Incident[], channel: string): Promise<Incident[]> {
  const rows = await ctx.db
    .insert(incidentTelling)
    .values(
      incidents.map(({ id, recoveredAt }) => ({
        ...{ incidentId: id, userId: reader.userId, name: reader.name, channel },
        ...{ isOver: recoveredAt !== null, at: ctx.now() },
      })),
    )
    .onConflictDoNothing()
    .returning({ id: incidentTelling.incidentId })
  return incidents.filter(({ id }) => rows.some((row) => row.id === id))
}

/** False where it certainly did not go out. */
async function send(
  ctx: Ctx,
  organizationId: string,
  { channel, sender, content, used = [] }: Way,
  to: string,
  { reader, incidents, place }: Omit<Telling, 'ways'>,
): Promise<boolean> {
  const told = incidents.map(
    ({ kind, cause, details, recoveredAt }): Told => ({ kind, cause, details, isOver: recoveredAt !== null }),
  )
  const own = { appName: 'Signet', recipient: to, codeLifetimeMinutes: 0, now: ctx.now() }
  const short = shortNotice(reader.language, told)
  const given = {
    device_name: 'Signet',
    device_key: place.organization,
    alarm_content: short,
    alarm_level: levelOf(reader.language),
  }
  try {
    const composed = channel.notice
      ? await composeTrial(channel, channel.notice(noticeOf(reader.language, told, place)), {}, [], to)
      : await composeTrial(channel, content, fillIn(alarm, given, used, own), alarm.variables, to)
    const about = { organizationId, appId: null, channel: channel.id, scenario: alarm.key, to }
    const outcome = await sendTrial(ctx, sender, { ...about, kind: 'notice' }, composed)
    if (!outcome.ok && outcome.kind !== 'unknown') return false
    await ctx.db
      .update(incidentTelling)
      .set({ messageId: outcome.messageId })
      .where(or(...incidents.map((one) => isAbout(reader, one))))
    return true
  } catch (error) {
    if (!isDomainError(error)) throw error
    return false
  }
}

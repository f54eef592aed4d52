/**
 * Tells owners and admins of incidents: each person once that one began and once that it is over, all that are due in one notice,
 * by a channel that is not what fails. Where none can, it is tried again until the incident ends.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { and, asc, eq, exists, inArray, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm'
import { traitsOf } from '#channels/traits.ts'
import { incident, incidentTelling, member, organization, user } from '#db/schema/index.ts'
import type { Ctx } from '../base/ctx.ts'
import { sendTrial } from '../sending/trials/trial.ts'
import type { Told } from './notice.ts'
import { composeNotice, type Place, type Way, waysOf } from './ways.ts'

/** How long whoever tells may take before others may try, and when it is tried again where nobody could be told, in milliseconds. */
export const leaseMs = 5 * 60_000
const againMs = 10 * 60_000
const dayMs = 86_400_000
/** A provider that takes longer holds up whoever is told after it. */
const longestSendMs = 15_000
const mostAtOnce = 200

type Incident = typeof incident.$inferSelect
type Reader = { userId: string; name: string; email: string; phone: string | null; language: string | null }
type Telling = { organizationId: string; place: Place; ways: readonly Way[]; incidents: readonly Incident[] }
/** `missed`: no channel reaches the person; `failed`: one was tried, and did not take it. */
type Ending = 'told' | 'missed' | 'failed'

const isOver = ({ recoveredAt }: Incident): boolean => recoveredAt !== null

/** @param url Signet's own, which notices lead to */
export async function tellIncidents(ctx: Ctx, { url, cutOff }: { url: string; cutOff?: AbortSignal }): Promise<void> {
  const due = await takeDue(ctx)
  const byOrganization = Map.groupBy(due, ({ organizationId }) => organizationId)
  // Side by side: nobody waits for somebody else's mail server.
  await Promise.all(
    [...byOrganization].map(([organizationId, incidents]) =>
      tellOrganization(ctx, organizationId, incidents, { url: `${url}/incidents`, cutOff }).catch((error: unknown) =>
        ctx.log.error({ err: error, organizationId }, 'people could not be told of incidents'),
      ),
    ),
  )
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

async function tellOrganization(
  ctx: Ctx,
  organizationId: string,
  incidents: Incident[],
  { url, cutOff }: { url: string; cutOff: AbortSignal | undefined },
): Promise<void> {
  const [of] = await ctx.db
    .select({ name: organization.name })
    .from(organization)
    .where(eq(organization.id, organizationId))
  if (!of) return
  const readers = await listReaders(ctx, organizationId)
  const ways = readers.length > 0 ? await waysOf(ctx, organizationId) : []
  const telling = { organizationId, place: { organization: of.name, url }, ways }
  const until = performance.now() + leaseMs - 2 * longestSendMs
  const endings = new Map<string, Ending>()
  for (const reader of readers) {
    const due = await dueTo(ctx, reader, incidents)
    if (due.length === 0) continue
    const isLate = performance.now() > until || cutOff?.aborted
    const ending = isLate ? 'missed' : await tellReader(ctx, { ...telling, incidents: due }, reader, cutOff)
    for (const { id } of due) if (ending !== 'told' && endings.get(id) !== 'failed') endings.set(id, ending)
  }
  for (const one of incidents) await settle(ctx, one, endings.get(one.id) ?? 'told')
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

/** Taken down by a process that ended before it sent. */
const isAbandoned = (ctx: Ctx) =>
  and(isNull(incidentTelling.messageId), lt(incidentTelling.at, new Date(ctx.now().getTime() - leaseMs)))

/**
 * What of it the person was not told. Whoever was not told that one began need not know that it is over, and of one that has
 * ended since it was taken the end is told next.
 */
async function dueTo(ctx: Ctx, { userId }: Reader, incidents: readonly Incident[]): Promise<Incident[]> {
  const ids = incidents.map(({ id }) => id)
  const [told, over] = await Promise.all([
    ctx.db
      .select({ id: incidentTelling.incidentId, isOver: incidentTelling.isOver })
      .from(incidentTelling)
      .where(
        and(
          ...[eq(incidentTelling.userId, userId), inArray(incidentTelling.incidentId, ids)],
          sql`not coalesce(${isAbandoned(ctx)}, false)`,
        ),
      ),
    ctx.db
      .select({ id: incident.id })
      .from(incident)
      .where(and(inArray(incident.id, ids), isNotNull(incident.recoveredAt))),
  ])
  const knows = (id: string, end: boolean) => told.some((row) => row.id === id && row.isOver === end)
  return incidents.filter((one) => {
    if (isOver(one)) return knows(one.id, false) && !knows(one.id, true)
    return !knows(one.id, false) && !over.some(({ id }) => id === one.id)
  })
}

async function tellReader(
  ctx: Ctx,
  { organizationId, place, ways, incidents }: Telling,
  reader: Reader,
  cutOff: AbortSignal | undefined,
): Promise<Ending> {
  let ending: Ending = 'missed'
  for (const way of ways) {
    const given = traitsOf(way.channel.id)?.address === 'email' ? reader.email : reader.phone
    const to = way.channel.recipient.safeParse(given)
    if (!to.success) continue
    const fresh = await note(ctx, reader, incidents, way.channel.id)
    if (fresh.length === 0) return 'told'
    const told = fresh.map((one): Told => ({ ...one, isOver: isOver(one) }))
    const composed = await composeNotice(ctx, way, { to: to.data, language: reader.language, told, place })
    const isTheirs = or(...fresh.map((one) => isAbout(reader, one)))
    const messageId =
      composed && (await send(ctx, organizationId, way, { to: to.data, composed: composed.message, cutOff }))
    if (messageId) {
      await ctx.db.update(incidentTelling).set({ messageId }).where(isTheirs)
      return 'told'
    }
    if (composed) ending = 'failed'
    await ctx.db.delete(incidentTelling).where(isTheirs)
  }
  return ending
}

const isAbout = ({ userId }: Reader, one: Incident) =>
  and(
    ...[eq(incidentTelling.userId, userId), eq(incidentTelling.incidentId, one.id)],
    eq(incidentTelling.isOver, isOver(one)),
  )

/** Takes down what the person is about to be told, and returns what nobody else is telling them. */
async function note(ctx: Ctx, reader: Reader, incidents: readonly Incident[], channel: string): Promise<Incident[]> {
  const { userId, name } = reader
  const at = ctx.now()
  const rows = await ctx.db
    .insert(incidentTelling)
    .values(incidents.map((one) => ({ incidentId: one.id, userId, name, channel, isOver: isOver(one), at })))
    .onConflictDoUpdate({
      target: [incidentTelling.incidentId, incidentTelling.userId, incidentTelling.isOver],
      set: { at, channel },
      setWhere: isAbandoned(ctx),
    })
    .returning({ id: incidentTelling.incidentId })
  return incidents.filter(({ id }) => rows.some((row) => row.id === id))
}

/** The message's id; undefined where it certainly did not go out. */
async function send(
  ctx: Ctx,
  organizationId: string,
  { channel, sender, scenario }: Way,
  { to, composed, cutOff }: { to: string; composed: unknown; cutOff: AbortSignal | undefined },
): Promise<string | undefined> {
  const signal = AbortSignal.any([AbortSignal.timeout(longestSendMs), ...(cutOff ? [cutOff] : [])])
  const about = { organizationId, appId: null, channel: channel.id, scenario, to, kind: 'notice', signal } as const
  const outcome = await sendTrial(ctx, sender, about, composed)
  return outcome.ok || outcome.kind === 'unknown' ? outcome.messageId : undefined
}

/**
 * What somebody could not be told of is due again, for as long as it matters: the more seldom, the longer it has been refused. One
 * that ended meanwhile is due at once, if anybody knows that it began.
 */
async function settle(ctx: Ctx, one: Incident, ending: Ending): Promise<void> {
  const { id, openedAt, recoveredAt } = one
  const now = ctx.now()
  const age = now.getTime() - (recoveredAt ?? openedAt).getTime()
  const pause = ending === 'failed' ? Math.min(dayMs, Math.max(againMs, age / 2)) : againMs
  // That it is over is no news a day later.
  const matters = !recoveredAt || age < dayMs
  const tellAt = ending !== 'told' && matters ? new Date(now.getTime() + pause) : null
  const isKnown = exists(
    ctx.db.select({ id: incidentTelling.incidentId }).from(incidentTelling).where(eq(incidentTelling.incidentId, id)),
  )
  const isIt = eq(incident.id, id)
  // Whoever recorded the end saw nobody told yet.
  const hasEndedSince = recoveredAt ? undefined : isNotNull(incident.recoveredAt)
  if (hasEndedSince)
    await ctx.db
      .update(incident)
      .set({ tellAt: now })
      .where(and(isIt, hasEndedSince, isKnown))
  await ctx.db
    .update(incident)
    .set({ tellAt })
    .where(and(isIt, recoveredAt ? undefined : isNull(incident.recoveredAt)))
}

/** Waits for what is under way, for so many milliseconds at most. */
export const within = (work: Promise<unknown>, ms: number): Promise<unknown> =>
  Promise.race([work.catch(() => undefined), wait(ms, undefined, { ref: false })])

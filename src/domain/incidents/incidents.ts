/** Incidents as people see them: what is wrong, since when, who was told, and that somebody looks after it. */
import { and, desc, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { Trimmed } from '#channels/text.ts'
import { traitsOf } from '#channels/traits.ts'
import { type IncidentDetails, type IncidentKind, incident, member } from '#db/schema/index.ts'
import { toldOf } from '#db/statements/incidents.ts'
import { may, need, person } from '../base/access.ts'
import { record } from '../base/audit.ts'
import type { Ctx } from '../base/ctx.ts'
import { invalid, notFound } from '../base/errors.ts'
import { Cursor, type Page, page } from '../base/paging.ts'

export const ListIncidents = z.strictObject({ open: z.boolean().optional(), cursor: Cursor.optional() })

/** Who was told by one channel: how many, and the name of the first. */
export type ToldBy = { channel: string; people: number; name: string | null; isOver: boolean }

export type IncidentView = {
  id: string
  kind: IncidentKind
  place: string
  cause: string
  details: IncidentDetails
  openedAt: Date
  recoveredAt: Date | null
  acknowledged: { at: Date; by: string } | null
  told: ToldBy[]
  /** Whether it is still tried to tell people. */
  isBeingTold: boolean
}

/** Newest first, fifty at a time. Whoever may not inspect accounts is told no codes. */
export async function listIncidents(
  ctx: Ctx,
  { open, cursor }: z.infer<typeof ListIncidents>,
): Promise<Page<IncidentView>> {
  const organizationId = need(ctx, 'messages:read')
  const isWanted = and(eq(incident.organizationId, organizationId), open ? isNull(incident.recoveredAt) : undefined)
  const found = await page(incident.id, cursor, (where, order, limit) =>
    ctx.db
      .select()
      .from(incident)
      .where(and(isWanted, where))
      .orderBy(...order)
      .limit(limit),
  )
  return { ...found, rows: await shown(ctx, found.rows) }
}

/** The first few: open ones, then those that are over, each the newest first. */
export async function latestIncidents(ctx: Ctx, most: number): Promise<IncidentView[]> {
  const organizationId = need(ctx, 'messages:read')
  const rows = await ctx.db
    .select()
    .from(incident)
    .where(eq(incident.organizationId, organizationId))
    .orderBy(desc(isNull(incident.recoveredAt)), desc(incident.id))
    .limit(most)
  return shown(ctx, rows)
}

async function shown(ctx: Ctx, rows: (typeof incident.$inferSelect)[]): Promise<IncidentView[]> {
  const told = rows.length > 0 ? await toldOf(ctx.db, { incidents: rows.map(({ id }) => id) }) : []
  const seesCodes = may(ctx, 'accounts:inspect')
  return rows.map((row): IncidentView => {
    const { code: _, cause: __, ...plain } = row.details
    return {
      ...{ id: row.id, kind: row.kind, place: row.place, openedAt: row.openedAt, recoveredAt: row.recoveredAt },
      cause: seesCodes || row.kind !== 'account_failing' ? row.cause : '',
      details: seesCodes ? row.details : plain,
      acknowledged: row.acknowledgedAt && { at: row.acknowledgedAt, by: row.acknowledgedBy ?? '' },
      told: told.filter(({ incidentId }) => incidentId === row.id).map(({ incidentId: ___, ...by }) => by),
      isBeingTold: row.tellAt !== null,
    }
  })
}

/** Somebody looks after it; the first who says so stays. @throws DomainError `not_found` */
export async function acknowledgeIncident(ctx: Ctx, id: string): Promise<void> {
  const organizationId = need(ctx, 'incidents:write')
  const { name } = person(ctx)
  await ctx.db.transaction(async (tx) => {
    const isIt = and(eq(incident.organizationId, organizationId), eq(incident.id, id))
    const [row] = await tx.select().from(incident).where(isIt).for('update')
    if (!row) throw notFound('incident')
    if (row.acknowledgedAt) return
    await tx.update(incident).set({ acknowledgedAt: ctx.now(), acknowledgedBy: name }).where(isIt)
    const { kind, details } = row
    await record(ctx, tx, {
      ...{ action: 'acknowledged', subject: 'incident', subjectId: id, changes: { kind } },
      ...(details.name ? { subjectName: details.name } : {}),
    })
  })
}

export const ChangeIncidentNotices = z.strictObject({
  wanted: z.boolean(),
  /** Empty: none. */
  phone: Trimmed(40),
})
export type IncidentNotices = z.infer<typeof ChangeIncidentNotices>

/** How the person is told of incidents of this organization. */
export async function incidentNotices(ctx: Ctx): Promise<IncidentNotices> {
  const organizationId = need(ctx, 'incidents:write')
  const [row] = await ctx.db
    .select({ wanted: member.wantsIncidents, phone: member.incidentPhone })
    .from(member)
    .where(and(eq(member.organizationId, organizationId), eq(member.userId, person(ctx).id)))
  return { wanted: row?.wanted ?? false, phone: row?.phone ?? '' }
}

/** @throws DomainError `invalid_request` for what is no phone number */
export async function changeIncidentNotices(ctx: Ctx, { wanted, phone }: IncidentNotices): Promise<void> {
  const organizationId = need(ctx, 'incidents:write')
  const channel = ctx.catalog.channels.find(({ id }) => traitsOf(id)?.address === 'phone')
  const number = phone && channel ? channel.recipient.safeParse(phone) : undefined
  if (number && !number.success) throw invalid({ path: 'phone', code: 'invalid_phone' })
  await ctx.db
    .update(member)
    .set({ wantsIncidents: wanted, incidentPhone: number?.data ?? null })
    .where(and(eq(member.organizationId, organizationId), eq(member.userId, person(ctx).id)))
}

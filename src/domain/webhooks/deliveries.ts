/** What an endpoint was told: each call with its request, answer and time. People see recipients masked. */
import { and, asc, eq, gte, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { Moment } from '#channels/text.ts'
import { type DeliveryState, deliveryStates, webhookDelivery, webhookEndpoint } from '#db/schema/index.ts'
import { countDeliveries, readTold } from '#db/statements/webhooks.ts'
import { need } from '../base/access.ts'
import { record } from '../base/audit.ts'
import type { Ctx } from '../base/ctx.ts'
import { notFound } from '../base/errors.ts'
import { Cursor, type Page, page } from '../base/paging.ts'
import { maskedIn } from '../sending/log/masks.ts'
import { shortened } from './endpoints.ts'
import { bodyOf } from './payload.ts'

export const ListDeliveries = z.object({
  endpointId: z.uuid(),
  state: z.enum(deliveryStates).optional(),
  cursor: Cursor.optional(),
})

export type DeliveryView = {
  id: string
  type: string
  at: Date
  state: DeliveryState
  attempts: number
  /** When it is tried next, where it waits. */
  nextAt: Date | null
  triedAt: Date | null
  ms: number | null
  answerStatus: number | null
  error: string | null
}

async function organizationWith(ctx: Ctx, permission: 'apps:read' | 'apps:write', endpointId: string) {
  const organizationId = need(ctx, permission)
  const [row] = await ctx.db
    .select({ url: webhookEndpoint.url, organizationId: webhookEndpoint.organizationId })
    .from(webhookEndpoint)
    .where(and(eq(webhookEndpoint.id, endpointId), eq(webhookEndpoint.organizationId, organizationId)))
  if (!row) throw notFound('endpoint')
  return row
}

const ofState = (state: DeliveryState | undefined) => (state ? eq(webhookDelivery.state, state) : undefined)

/** Newest first, fifty at a time. @throws DomainError `not_found` */
export async function listDeliveries(
  ctx: Ctx,
  { endpointId, state, cursor }: z.infer<typeof ListDeliveries>,
): Promise<Page<DeliveryView>> {
  await organizationWith(ctx, 'apps:read', endpointId)
  const { id, type, at, attempts, nextAt, triedAt, ms, answerStatus, error } = webhookDelivery
  const found = await page(id, cursor, (where, order, limit) =>
    ctx.db
      .select({ id, type, at, state: webhookDelivery.state, attempts, nextAt, triedAt, ms, answerStatus, error })
      .from(webhookDelivery)
      .where(and(eq(webhookDelivery.endpointId, endpointId), ofState(state), where))
      .orderBy(...order)
      .limit(limit),
  )
  return { ...found, rows: found.rows.map((row) => ({ ...row, nextAt: row.state === 'waiting' ? row.nextAt : null })) }
}

/** How many wait and have failed, counted up to a thousand each. @throws DomainError `not_found` */
export async function deliveryCounts(ctx: Ctx, endpointId: string): Promise<{ waiting: number; failed: number }> {
  await organizationWith(ctx, 'apps:read', endpointId)
  const [counts] = await countDeliveries(ctx.db, { endpointId })
  return counts ?? { waiting: 0, failed: 0 }
}

/** What goes out, its recipient masked, and the beginning of what came back. @throws DomainError `not_found` */
export async function readDelivery(ctx: Ctx, id: string): Promise<{ body: string; answer: string | null }> {
  const organizationId = need(ctx, 'apps:read')
  const [told] = await readTold(ctx.db, { id, organizationId })
  if (!told) throw notFound('delivery')
  const [row] = await ctx.db
    .select({ answer: webhookDelivery.answer })
    .from(webhookDelivery)
    .where(eq(webhookDelivery.id, id))
  const { answer = null } = row ?? {}
  // An endpoint may say whom it was told of.
  const shown = answer !== null && told.recipient !== null ? maskedIn(answer, told.recipient) : answer
  return { body: bodyOf({ ...told, wholeRecipient: false }), answer: shown }
}

const mostAtOnce = 10_000

export const SendDeliveriesAgain = z.strictObject({
  endpointId: z.uuid(),
  /** These, whatever became of them; or all that have failed since a moment. */
  which: z.union([z.strictObject({ ids: z.array(z.uuid()).min(1).max(100) }), z.strictObject({ failedSince: Moment })]),
})

/**
 * Tells an endpoint again, with ten tries anew and under the ids of before: its receiver can know a repeat. Returns how many, ten
 * thousand at most. @throws DomainError `not_found`
 */
export async function sendDeliveriesAgain(
  ctx: Ctx,
  { endpointId, which }: z.infer<typeof SendDeliveriesAgain>,
): Promise<{ count: number }> {
  const { url } = await organizationWith(ctx, 'apps:write', endpointId)
  const { id, triedAt, state } = webhookDelivery
  const chosen =
    'ids' in which ? inArray(id, which.ids) : and(eq(state, 'failed'), gte(triedAt, new Date(which.failedSince)))
  return ctx.db.transaction(async (tx) => {
    const due = tx
      .select({ id })
      .from(webhookDelivery)
      .where(and(eq(webhookDelivery.endpointId, endpointId), chosen))
      .orderBy(asc(id))
      .limit(mostAtOnce)
      .for('update')
    const again = await tx
      .update(webhookDelivery)
      .set({ state: 'waiting', attempts: 0, nextAt: ctx.now() })
      .where(inArray(id, due))
      .returning({ id })
    if (again.length > 0) {
      const changes = { count: again.length }
      await record(ctx, tx, {
        action: 'resent',
        subject: 'webhook',
        subjectId: endpointId,
        subjectName: shortened(url),
        changes,
      })
    }
    return { count: again.length }
  })
}

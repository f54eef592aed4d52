/** Webhooks that need a person: those that do not answer well, and those that said they are gone. */
import { and, asc, eq, lte, or } from 'drizzle-orm'
import { app, webhookEndpoint } from '#db/schema/index.ts'
import type { Ctx } from '../base/ctx.ts'
import { shortened } from './endpoints.ts'

/** A webhook that answers well by and by is nothing to call a person for, in milliseconds. */
const patience = 5 * 60_000

export type TroubledWebhook = {
  id: string
  app: { key: string; name: string }
  /** What its owners call it, else its host. */
  name: string
  state: 'failing' | 'gone'
  /** Since when it fails. */
  since: Date | null
}

/** The first so many, by age. */
export async function troubledWebhooks(ctx: Ctx, organizationId: string, most: number): Promise<TroubledWebhook[]> {
  const early = new Date(ctx.now().getTime() - patience)
  const { id, url, description, isGone, enabled, failingSince } = webhookEndpoint
  const rows = await ctx.db
    .select({ id, url, description, isGone, failingSince, app: { key: app.key, name: app.name } })
    .from(webhookEndpoint)
    .innerJoin(app, eq(app.id, webhookEndpoint.appId))
    .where(and(eq(webhookEndpoint.organizationId, organizationId), or(isGone, and(enabled, lte(failingSince, early)))))
    .orderBy(asc(id))
    .limit(most)
  return rows.map(({ isGone: gone, failingSince: since, url: whole, description: called, ...row }) => ({
    ...{ ...row, name: called || shortened(whole) },
    ...(gone ? { state: 'gone', since: null } : { state: 'failing', since }),
  }))
}

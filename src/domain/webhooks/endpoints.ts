/** Where an App is told what became of its messages. A secret is shown once, when it is made. */

import { and, asc, count, eq, sql } from 'drizzle-orm'
import ipaddr from 'ipaddr.js'
import { v7 } from 'uuid'
import { z } from 'zod'
import { Trimmed } from '#channels/text.ts'
import type { Tx } from '#db/database.ts'
import { app, organization, webhookEndpoint } from '#db/schema/index.ts'
import { tellForTrial } from '#db/statements/webhooks.ts'
import { may, need } from '../base/access.ts'
import { record } from '../base/audit.ts'
import type { ProblemCode } from '../base/codes.ts'
import type { Ctx } from '../base/ctx.ts'
import { DomainError, invalid, notFound } from '../base/errors.ts'
import { openOrNothing } from '../base/secrets.ts'
import { newSecret, trial, type WebhookEvent, webhookEvents } from './payload.ts'

/** What is written is told so often. */
const mostEndpoints = 10
/** How long the secret before signs as well, in milliseconds. */
const overlapMs = 86_400_000

export const secretPlace = (endpointId: string) => `webhook:${endpointId}`

const insideRanges = new Set<string>(['loopback', 'private', 'linkLocal', 'uniqueLocal', 'carrierGradeNat'])

/** Without encryption only what sounds like the inside is called, and only if the operator allows it. */
function isEncryptedOrInside(text: string): boolean {
  const { protocol, hostname } = new URL(text)
  if (protocol === 'https:') return true
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  if (ipaddr.isValid(host)) return insideRanges.has(ipaddr.process(host).range())
  return !host.includes('.') || /\.(internal|local|lan|home\.arpa)$/.test(host)
}

const Url = Trimmed(2000)
  .min(1)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    error: 'invalid_url' satisfies ProblemCode,
    abort: true,
  })
  .refine((text) => new URL(text).username === '' && new URL(text).password === '', {
    error: 'url_with_login' satisfies ProblemCode,
    abort: true,
  })
  .refine(isEncryptedOrInside, { error: 'url_not_encrypted' satisfies ProblemCode })

const fields = {
  url: Url,
  description: Trimmed(100),
  events: z
    .array(z.enum(webhookEvents))
    .min(1)
    .max(webhookEvents.length)
    .transform((events) => webhookEvents.filter((event) => events.includes(event))),
  enabled: z.boolean(),
  wholeRecipient: z.boolean(),
}

export const AddEndpoint = z.strictObject({ ...fields, appId: z.uuid() })
export const ChangeEndpoint = z.strictObject({ ...fields, id: z.uuid(), version: z.int().min(1) })

export type EndpointView = {
  id: string
  /** Only its host for those who may not write: what follows may be a credential. */
  url: string
  description: string
  events: WebhookEvent[]
  /** `gone`: it answered 410, and was switched off for that. */
  state: 'on' | 'failing' | 'off' | 'gone'
  failingSince: Date | null
  wholeRecipient: boolean
  /** Until when the secret before signs as well. */
  formerUntil: Date | null
  version: number
  createdAt: Date
}

/** What follows the host may be a credential: whoever knows the address may call it. */
export function shortened(url: string): string {
  const { origin, pathname, search } = new URL(url)
  return pathname.length > 1 || search ? `${origin}/…` : origin
}

function viewOf(ctx: Ctx, row: typeof webhookEndpoint.$inferSelect): EndpointView {
  const now = ctx.now()
  const { id, description, events, enabled, isGone, failingSince, wholeRecipient, formerUntil, version, createdAt } =
    row
  const state = isGone ? 'gone' : !enabled ? 'off' : failingSince ? 'failing' : 'on'
  return {
    ...{ id, description, state, wholeRecipient, version, createdAt },
    url: may(ctx, 'apps:write') ? row.url : shortened(row.url),
    events: events as WebhookEvent[],
    failingSince: state === 'failing' ? failingSince : null,
    formerUntil: formerUntil && formerUntil > now ? formerUntil : null,
  }
}

/** The endpoints of an App, the oldest first. */
export async function listEndpoints(ctx: Ctx, appId: string): Promise<EndpointView[]> {
  const organizationId = need(ctx, 'apps:read')
  const rows = await ctx.db
    .select()
    .from(webhookEndpoint)
    .where(and(eq(webhookEndpoint.organizationId, organizationId), eq(webhookEndpoint.appId, appId)))
    .orderBy(asc(webhookEndpoint.id))
    .limit(mostEndpoints)
  return rows.map((row) => viewOf(ctx, row))
}

/** One endpoint of an App by its id. @throws DomainError `not_found` */
export async function getEndpoint(
  ctx: Ctx,
  { appKey, id }: { appKey: string; id: string },
): Promise<EndpointView & { app: { key: string; name: string } }> {
  const organizationId = need(ctx, 'apps:read')
  const [row] = await ctx.db
    .select({ endpoint: webhookEndpoint, app: { key: app.key, name: app.name } })
    .from(webhookEndpoint)
    .innerJoin(app, eq(app.id, webhookEndpoint.appId))
    .where(and(eq(webhookEndpoint.organizationId, organizationId), eq(webhookEndpoint.id, id), eq(app.key, appKey)))
  if (!row) throw notFound('endpoint')
  return { ...viewOf(ctx, row.endpoint), app: row.app }
}

/** The secret (`whsec_…`) is never readable again. @throws DomainError `not_found`, `invalid_request` where the App has enough */
export async function addEndpoint(
  ctx: Ctx,
  { appId, ...input }: z.infer<typeof AddEndpoint>,
): Promise<{ id: string; secret: string }> {
  const organizationId = need(ctx, 'apps:write')
  const id = v7()
  const secret = newSecret()
  await ctx.db.transaction(async (tx) => {
    const ofApp = and(eq(app.organizationId, organizationId), eq(app.id, appId))
    const [owner] = await tx.select({ id: app.id }).from(app).where(ofApp).for('update')
    if (!owner) throw notFound('App')
    const [had] = await tx.select({ count: count() }).from(webhookEndpoint).where(eq(webhookEndpoint.appId, appId))
    if ((had?.count ?? 0) >= mostEndpoints) {
      throw invalid({ path: 'url', code: 'too_many_endpoints', params: { maximum: mostEndpoints } })
    }
    const sealedSecret = ctx.secrets.seal(secret, secretPlace(id))
    await tx.insert(webhookEndpoint).values({ ...input, id, organizationId, appId, sealedSecret, createdAt: ctx.now() })
    const { url, events, wholeRecipient } = input
    const named = { subjectId: id, subjectName: shortened(url) }
    await record(ctx, tx, { action: 'added', subject: 'webhook', ...named, changes: { events, wholeRecipient } })
  })
  return { id, secret }
}

/** @throws DomainError `not_found`, `conflict` where it is not the version that was seen any more */
async function locked(ctx: Ctx, tx: Tx, id: string, version?: number) {
  const organizationId = need(ctx, 'apps:write')
  const ofId = and(eq(webhookEndpoint.organizationId, organizationId), eq(webhookEndpoint.id, id))
  const [row] = await tx.select().from(webhookEndpoint).where(ofId).for('no key update')
  if (!row) throw notFound('endpoint')
  if (version !== undefined && row.version !== version) {
    const data = { reason: 'endpoint_changed' as const, currentVersion: row.version }
    throw new DomainError('conflict', 'The endpoint was changed meanwhile.', data)
  }
  return row
}

/** @throws DomainError `not_found`, `conflict` with the version that is stored when somebody else changed it meanwhile */
export async function changeEndpoint(
  ctx: Ctx,
  { id, version, ...input }: z.infer<typeof ChangeEndpoint>,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const before = await locked(ctx, tx, id, version)
    // Another address, or one that is switched on again, has not failed yet.
    const isFresh = input.url !== before.url || (input.enabled && !before.enabled)
    const state = {
      isGone: input.enabled || isFresh ? false : before.isGone,
      ...(isFresh ? { failingSince: null } : {}),
    }
    await tx
      .update(webhookEndpoint)
      .set({ ...input, ...state, version: version + 1 })
      .where(eq(webhookEndpoint.id, id))
    const isSame = (name: keyof typeof input) => JSON.stringify(input[name]) === JSON.stringify(before[name])
    const changed = (Object.keys(input) as (keyof typeof input)[]).filter((name) => !isSame(name))
    const { wholeRecipient } = input
    const told = { fields: changed, ...(changed.includes('wholeRecipient') ? { wholeRecipient } : {}) }
    await record(ctx, tx, {
      action: 'changed',
      subject: 'webhook',
      subjectId: id,
      subjectName: shortened(input.url),
      changes: told,
    })
  })
}

/** Deletes an endpoint: it is told nothing more, and what it was told is not to be seen any more. @throws DomainError `not_found` */
export async function removeEndpoint(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { url } = await locked(ctx, tx, id)
    await tx.delete(webhookEndpoint).where(eq(webhookEndpoint.id, id))
    await record(ctx, tx, { action: 'deleted', subject: 'webhook', subjectId: id, subjectName: shortened(url) })
  })
}

export const RotateSecret = z.strictObject({ id: z.uuid(), version: z.int().min(1) })

/**
 * Makes another secret. The one before signs as well for a day; a third one is out at once, so that two who replace it at once would
 * cut off who has the first. @throws DomainError `not_found`, `conflict`
 */
export async function rotateSecret(
  ctx: Ctx,
  { id, version }: z.infer<typeof RotateSecret>,
): Promise<{ secret: string; formerUntil: Date }> {
  const secret = newSecret()
  const formerUntil = new Date(ctx.now().getTime() + overlapMs)
  await ctx.db.transaction(async (tx) => {
    const { url, sealedSecret: sealedFormerSecret } = await locked(ctx, tx, id, version)
    const sealedSecret = ctx.secrets.seal(secret, secretPlace(id))
    await tx
      .update(webhookEndpoint)
      .set({ sealedSecret, sealedFormerSecret, formerUntil, version: version + 1 })
      .where(eq(webhookEndpoint.id, id))
    await record(ctx, tx, { action: 'rotated', subject: 'webhook', subjectId: id, subjectName: shortened(url) })
  })
  return { secret, formerUntil }
}

/** Tells an endpoint something for trial. @throws DomainError `not_found`, `conflict` where it is switched off */
export async function tryEndpoint(ctx: Ctx, id: string): Promise<{ id: string }> {
  return ctx.db.transaction(async (tx) => {
    await locked(ctx, tx, id)
    const [told] = await tellForTrial(tx, { endpointId: id, type: trial, at: ctx.now() })
    if (!told) throw new DomainError('conflict', 'The endpoint is switched off.', { reason: 'endpoint_off' })
    return told
  })
}

/** Seals again, with the current key, what an older one sealed. Names the endpoints whose secrets do not open. */
export async function resealEndpoints(
  ctx: Ctx,
): Promise<{ count: number; unreadable: { organization: string; url: string }[] }> {
  const rows = await ctx.db
    .select({ endpoint: webhookEndpoint, organization: organization.name })
    .from(webhookEndpoint)
    .innerJoin(organization, eq(organization.id, webhookEndpoint.organizationId))
  const resealed = { count: 0, unreadable: [] as { organization: string; url: string }[] }
  for (const { endpoint, organization: owner } of rows) {
    const { id, url, sealedSecret, sealedFormerSecret } = endpoint
    const anew = (sealed: string) => {
      const value = openOrNothing(ctx.secrets, sealed, secretPlace(id))
      return value === undefined ? undefined : ctx.secrets.seal(value, secretPlace(id))
    }
    if (![sealedSecret, sealedFormerSecret].some((sealed) => sealed && ctx.secrets.isOutdated(sealed))) continue
    const sealedNow = anew(sealedSecret)
    if (sealedNow === undefined) {
      resealed.unreadable.push({ organization: owner, url: shortened(url) })
      continue
    }
    // A former secret that does not open signs nothing, and is dropped.
    const former = sealedFormerSecret === null ? null : (anew(sealedFormerSecret) ?? null)
    const changed = await ctx.db
      .update(webhookEndpoint)
      .set({ sealedSecret: sealedNow, sealedFormerSecret: former })
      .where(and(eq(webhookEndpoint.id, id), eq(webhookEndpoint.sealedSecret, sealedSecret)))
      .returning({ one: sql`1` })
    resealed.count += changed.length
  }
  return resealed
}

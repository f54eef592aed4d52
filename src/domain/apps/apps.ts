/** Apps, and the API keys their backends call with. A key is shown once; what is stored is its hash. */
import { createHash, randomBytes } from 'node:crypto'
import { and, asc, count, desc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { z } from 'zod'
import { Trimmed } from '#channels/text.ts'
import { channelIds } from '#channels/traits.ts'
import { subquery } from '#db/client.ts'
import { apiKey, app, keyKinds } from '#db/schema/index.ts'
import { preparedQuery } from '#db/statement.ts'
import { need } from '../base/access.ts'
import { record } from '../base/audit.ts'
import type { ProblemCode } from '../base/codes.ts'
import { contains } from '../base/contains.ts'
import type { Ctx } from '../base/ctx.ts'
import { invalid, notFound } from '../base/errors.ts'
import { inOrder, type Page, page, SortedCursor, SortOf, sortedBy } from '../base/paging.ts'
import { isUniqueViolation } from '../base/problems.ts'

export const appLanguages = ['en', 'zh-CN'] as const

const AppFields = {
  name: Trimmed(60).min(1),
  language: z.enum(appLanguages),
  codeLifetimeMinutes: z.int().min(1).max(30),
  /** A PNG, JPEG or WebP of at most about 60 KB as a data address; null for none. */
  logo: z
    .string()
    .regex(/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/=]+$/, { error: 'invalid_logo' satisfies ProblemCode })
    .max(80_000, { error: 'logo_too_large' satisfies ProblemCode })
    .nullable(),
}

export const AddApp = z.strictObject({
  ...AppFields,
  key: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, { error: 'invalid_app_key' satisfies ProblemCode }),
})
export const ChangeApp = z.strictObject({ ...AppFields, id: z.uuid() })

const activeKeys = subquery
  .select({ count: count() })
  .from(apiKey)
  .where(
    and(
      ...[eq(apiKey.appId, app.id), isNull(apiKey.revokedAt)],
      or(isNull(apiKey.expiresAt), gt(apiKey.expiresAt, sql`now()`)),
    ),
  )

export type AppView = Pick<
  typeof app.$inferSelect,
  'id' | 'key' | 'name' | 'logo' | 'language' | 'codeLifetimeMinutes' | 'createdAt'
> & { activeKeys: number }

const visible = {
  id: app.id,
  key: app.key,
  name: app.name,
  logo: app.logo,
  language: app.language,
  codeLifetimeMinutes: app.codeLifetimeMinutes,
  createdAt: app.createdAt,
  activeKeys: sql`${activeKeys}`.mapWith(Number),
}

const texts = { created: undefined, name: sql<string>`lower(${app.name})`, key: sql<string>`${app.key}` }

export const ListApps = z.object({
  search: Trimmed(60).optional(),
  /** Of columns of the list. */
  sort: SortOf(['created', 'name', 'key']).optional(),
  cursor: SortedCursor.optional(),
})

/** A page of the Apps, the oldest first unless sorted otherwise. */
export async function listApps(
  ctx: Ctx,
  { search, sort = 'created', cursor }: z.infer<typeof ListApps> = {},
): Promise<Page<AppView>> {
  const organizationId = need(ctx, 'apps:read')
  const reading = sortedBy(texts, sort)
  const isWanted = and(eq(app.organizationId, organizationId), search ? contains(search, app.name, app.key) : undefined)
  return page(
    app.id,
    cursor,
    (where, order, limit) =>
      ctx.db
        .select({ ...visible, ...(reading.by && { by: reading.by }) })
        .from(app)
        .where(and(isWanted, where))
        .orderBy(...order)
        .limit(limit),
    reading,
  )
}

/** Names for pickers: every App of the organization, at most 500. */
export async function appNames(ctx: Ctx): Promise<{ id: string; key: string; name: string }[]> {
  const organizationId = need(ctx, 'apps:read')
  return findNames(ctx.db, { organizationId })
}

const findNames = preparedQuery((db) =>
  db
    .select({ id: app.id, key: app.key, name: app.name })
    .from(app)
    .where(eq(app.organizationId, sql.placeholder('organizationId')))
    .orderBy(asc(app.name))
    .limit(500)
    .prepare('app_names'),
)

/** One App by its key. @throws DomainError `not_found` */
export async function getApp(ctx: Ctx, key: string): Promise<AppView> {
  const organizationId = need(ctx, 'apps:read')
  const [row] = await ctx.db
    .select(visible)
    .from(app)
    .where(and(eq(app.organizationId, organizationId), eq(app.key, key)))
  if (!row) throw notFound('App')
  return row
}

/** @throws DomainError `invalid_request` when the key is taken */
export async function addApp(ctx: Ctx, input: z.infer<typeof AddApp>): Promise<{ id: string; key: string }> {
  const organizationId = need(ctx, 'apps:write')
  const id = v7()
  try {
    await ctx.db.transaction(async (tx) => {
      await tx.insert(app).values({ ...input, id, organizationId, createdAt: ctx.now() })
      await record(ctx, tx, {
        action: 'added',
        subject: 'app',
        subjectId: id,
        subjectName: input.name,
        changes: { key: input.key },
      })
    })
  } catch (error) {
    if (isUniqueViolation(error, 'app_key_once_per_organization')) throw invalid({ path: 'key', code: 'taken' })
    throw error
  }
  return { id, key: input.key }
}

/** Changes what is shown of an App; its key stays. @throws DomainError `not_found` */
export async function changeApp(ctx: Ctx, { id, ...fields }: z.infer<typeof ChangeApp>): Promise<void> {
  const organizationId = need(ctx, 'apps:write')
  await ctx.db.transaction(async (tx) => {
    const [before] = await tx
      .select()
      .from(app)
      .where(and(eq(app.organizationId, organizationId), eq(app.id, id)))
      .for('update')
    if (!before) throw notFound('App')
    await tx.update(app).set(fields).where(eq(app.id, id))
    const changed = (Object.keys(fields) as (keyof typeof fields)[]).filter((name) => fields[name] !== before[name])
    await record(ctx, tx, {
      action: 'changed',
      subject: 'app',
      subjectId: id,
      subjectName: fields.name,
      changes: { fields: changed },
    })
  })
}

/**
 * Deletes an App with its keys, templates and push rules. Its messages stay in the log; queued ones are still sent with the
 * default, those by a rule fail.
 */
export async function removeApp(ctx: Ctx, id: string): Promise<void> {
  const organizationId = need(ctx, 'apps:write')
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .delete(app)
      .where(and(eq(app.organizationId, organizationId), eq(app.id, id)))
      .returning({ name: app.name })
    if (!row) throw notFound('App')
    await record(ctx, tx, { action: 'deleted', subject: 'app', subjectId: id, subjectName: row.name })
  })
}

export const AddKey = z.strictObject({
  appId: z.uuid(),
  name: Trimmed(60).min(1),
  kind: z.enum(keyKinds),
  channels: z.array(z.enum(channelIds)).max(4),
  expiresInDays: z.int().min(1).max(3650).nullable(),
})

export type KeyView = {
  id: string
  name: string
  kind: 'live' | 'test'
  prefix: string
  channels: string[]
  state: 'active' | 'expired' | 'revoked'
  createdAt: Date
  lastUsedAt: Date | null
  expiresAt: Date | null
}

export const hashKey = (key: string) => createHash('sha256').update(key).digest('base64url')

const keyTexts = {
  name: sql<string>`lower(${apiKey.name})`,
  used: sql<string>`coalesce(${apiKey.lastUsedAt}, '-infinity')`,
  ends: sql<string>`coalesce(${apiKey.expiresAt}, 'infinity')`,
}

export const ListKeys = z.strictObject({ appId: z.uuid(), sort: SortOf(['name', 'used', 'ends']).optional() })

/** Keys of an App, newest first unless sorted otherwise, at most 200, the revoked ones too. */
export async function listKeys(ctx: Ctx, { appId, sort }: z.infer<typeof ListKeys>): Promise<KeyView[]> {
  const organizationId = need(ctx, 'apps:read')
  const rows = await ctx.db
    .select()
    .from(apiKey)
    .where(and(eq(apiKey.organizationId, organizationId), eq(apiKey.appId, appId)))
    .orderBy(...(sort ? inOrder(keyTexts, sort) : []), desc(apiKey.id))
    .limit(200)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    prefix: row.prefix,
    channels: row.channels,
    state: row.revokedAt ? 'revoked' : row.expiresAt && row.expiresAt <= ctx.now() ? 'expired' : 'active',
    createdAt: row.createdAt,
    lastUsedAt: row.lastUsedAt,
    expiresAt: row.expiresAt,
  }))
}

/** Makes a key. The returned `key` (`sk_live_…`, `sk_test_…`) is never readable again. */
export async function addKey(ctx: Ctx, input: z.infer<typeof AddKey>): Promise<{ id: string; key: string }> {
  const organizationId = need(ctx, 'apps:write')
  const [owner] = await ctx.db
    .select({ id: app.id })
    .from(app)
    .where(and(eq(app.organizationId, organizationId), eq(app.id, input.appId)))
  if (!owner) throw notFound('App')
  const id = v7()
  const key = `sk_${input.kind}_${randomBytes(24).toString('base64url')}`
  const { expiresInDays, ...fields } = input
  await ctx.db.transaction(async (tx) => {
    await tx.insert(apiKey).values({
      ...fields,
      id,
      organizationId,
      hash: hashKey(key),
      prefix: key.slice(0, 12),
      createdBy: ctx.actor.kind === 'user' ? ctx.actor.id : null,
      createdAt: ctx.now(),
      expiresAt: expiresInDays ? new Date(ctx.now().getTime() + expiresInDays * 86_400_000) : null,
    })
    await record(ctx, tx, {
      action: 'added',
      subject: 'api_key',
      subjectId: id,
      subjectName: input.name,
      changes: { kind: input.kind, channels: input.channels, expiresInDays },
    })
  })
  return { id, key }
}

/** Stops a key at once, on every process. Revoking it again changes nothing. */
export async function revokeKey(ctx: Ctx, id: string): Promise<void> {
  const organizationId = need(ctx, 'apps:write')
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .update(apiKey)
      .set({ revokedAt: sql`coalesce(${apiKey.revokedAt}, ${ctx.now().toISOString()}::timestamptz)` })
      .where(and(eq(apiKey.organizationId, organizationId), eq(apiKey.id, id)))
      .returning({ name: apiKey.name })
    if (!row) throw notFound('API key')
    await record(ctx, tx, { action: 'revoked', subject: 'api_key', subjectId: id, subjectName: row.name })
  })
}

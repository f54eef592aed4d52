/** From an API key to the actor it stands for. Callers that arrive together share one query. */
import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { Db } from '#db/database.ts'
import { apiKey, app } from '#db/schema/index.ts'
import { coalesce } from '../base/coalesce.ts'
import type { AppActor } from '../base/ctx.ts'
import { hashKey } from './apps.ts'

/** How exactly `last used` is kept, in milliseconds: one write a key and minute at most. */
const usedPrecision = 60_000

/** Finds the actor of a key; undefined when it is unknown, revoked or expired. Nothing is cached: revoking works at once. */
export function keyAccess(db: Db, now: () => Date): (key: string) => Promise<AppActor | undefined> {
  const query = db
    .select({ key: apiKey, appName: app.name, codeLifetimeMinutes: app.codeLifetimeMinutes })
    .from(apiKey)
    .innerJoin(app, eq(app.id, apiKey.appId))
    .where(and(sql`${apiKey.hash} = any(${sql.placeholder('hashes')}::text[])`, isNull(apiKey.revokedAt)))
    .prepare('keys_by_hash')

  const touch = (ids: string[]) =>
    db
      .update(apiKey)
      .set({ lastUsedAt: now() })
      .where(
        and(
          inArray(apiKey.id, ids),
          or(isNull(apiKey.lastUsedAt), lt(apiKey.lastUsedAt, new Date(now().getTime() - usedPrecision))),
        ),
      )

  return coalesce<string, AppActor | undefined>(
    async (keys) => {
      const hashes = keys.map(hashKey)
      const rows = await query.execute({ hashes: [...new Set(hashes)] })
      const byHash = new Map(rows.map((row) => [row.key.hash, row]))
      const stale = rows.filter(
        ({ key }) => !key.lastUsedAt || key.lastUsedAt.getTime() < now().getTime() - usedPrecision,
      )
      if (stale.length > 0) await touch(stale.map(({ key }) => key.id))
      return hashes.map((hash) => {
        const row = byHash.get(hash)
        if (!row || (row.key.expiresAt && row.key.expiresAt <= now())) return undefined
        const { key } = row
        return {
          kind: 'app',
          organizationId: key.organizationId,
          appId: key.appId,
          appName: row.appName,
          codeLifetimeMinutes: row.codeLifetimeMinutes,
          keyId: key.id,
          keyName: key.name,
          keyKind: key.kind,
          channels: key.channels,
        }
      })
    },
    { most: 100 },
  )
}

/** For how long a key is presumed to be what it was, in milliseconds: as long as `last used` may lag behind. */
const presumedFor = usedPrecision
const mostPresumed = 10_000

/**
 * Adds to `actorOf` what it answered last. That is no permission: it is for callers whose write looks at the key again, and
 * who ask before they refuse anything, so that a revoked key gets nowhere all the same.
 */
export function rememberActors(actorOf: (key: string) => Promise<AppActor | undefined>, now: () => Date) {
  const remembered = new Map<string, { actor: AppActor; until: number }>()
  return {
    async actorOf(key: string): Promise<AppActor | undefined> {
      const actor = await actorOf(key)
      if (remembered.size >= mostPresumed) remembered.clear()
      if (actor) remembered.set(hashKey(key), { actor, until: now().getTime() + presumedFor })
      else remembered.delete(hashKey(key))
      return actor
    },
    presumedActorOf(key: string): AppActor | undefined {
      const entry = remembered.get(hashKey(key))
      return entry && entry.until > now().getTime() ? entry.actor : undefined
    },
  }
}

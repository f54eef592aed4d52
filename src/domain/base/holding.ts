/**
 * Holding: workers take nothing until a person says so, while accepting goes on. Promises that a restored copy of a database
 * starts held, since what was queued in it may have been sent after the copy was made and would be sent again.
 */
import { eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Db, Tx } from '#db/database.ts'
import { installation } from '#db/schema/index.ts'
import { preparedQuery } from '#db/statement.ts'
import { identityWithoutServer, identityWithServer } from '#db/statements/server.ts'
import { need } from './access.ts'
import { record } from './audit.ts'
import type { Ctx } from './ctx.ts'

export type Hold = { since: Date; why: 'copied' | 'asked' }

const heldOf = preparedQuery((db) =>
  db
    .select({ since: installation.heldSince, why: installation.heldWhy })
    .from(installation)
    .where(isNotNull(installation.heldSince))
    .prepare('held'),
)

/** Since when and why nothing is sent; null while workers work. */
export async function heldNow(db: Db | Tx): Promise<Hold | null> {
  const [row] = await heldOf(db, {})
  return row?.since && row.why ? { since: row.since, why: row.why } : null
}

/**
 * Recognises the database; where it is a copy of the one that workers last worked on, sending is held.
 * @param folder tells a copied data folder from the first one, where the database lives in it
 */
export async function holdIfCopied({ db, now }: Pick<Ctx, 'db' | 'now'>, folder = ''): Promise<Hold | null> {
  // Some hosts let nobody ask for the number of the server.
  const [database] = await identityWithServer(db, {}).catch(() => identityWithoutServer(db, {}))
  const identity = [database?.identity, folder].filter(Boolean).join(' ')
  const isCopy = sql`${installation.identity} <> excluded.identity and ${installation.heldSince} is null`
  await db
    .insert(installation)
    .values({ identity })
    .onConflictDoUpdate({
      target: installation.id,
      set: {
        identity: sql`excluded.identity`,
        heldSince: sql`case when ${isCopy} then ${now().toISOString()}::timestamptz else ${installation.heldSince} end`,
        heldWhy: sql`case when ${isCopy} then 'copied' else ${installation.heldWhy} end`,
      },
    })
  return heldNow(db)
}

/** Holds sending from now on; what providers have in hand is finished. */
export async function hold({ db, now }: Pick<Ctx, 'db' | 'now'>): Promise<void> {
  const held = { heldSince: now(), heldWhy: 'asked' } as const
  await db
    .insert(installation)
    .values(held)
    .onConflictDoUpdate({ target: installation.id, set: held, setWhere: isNull(installation.heldSince) })
}

/** Lets workers take what is queued. @throws DomainError `forbidden` */
export async function release(ctx: Ctx): Promise<void> {
  need(ctx, 'messages:resend')
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx.select().from(installation).where(isNotNull(installation.heldSince)).for('update')
    if (!row) return
    await tx.update(installation).set({ heldSince: null, heldWhy: null }).where(eq(installation.id, row.id))
    await record(ctx, tx, { action: 'released', subject: 'message' })
  })
}

/**
 * Idempotency-Keys, for everything that is done under one: it is done once, and answered alike for a day. A key belongs to the
 * App and the kind of its API key: what a test key tried is no answer to a live one. The first answer is read with a lock, which
 * is a write to Postgres: its commit waits for the standby that the first one may have given up on, see docs/reliability.md.
 */
import { and, eq, isNotNull, lt, or } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Tx } from '#db/database.ts'
import { type deviceEvent, type messageKey, verificationAnswer } from '#db/schema/index.ts'
import type { AppActor, Ctx } from './ctx.ts'
import { DomainError } from './errors.ts'

type CalledUnder = { app: Pick<AppActor, 'appId' | 'keyKind'>; key: string }
/** A call under a key; the hash tells a repeat from another body. */
export type Keyed = CalledUnder & { bodyHash: string }

/** Where keys are kept of what is done under them. */
type KeptIn = typeof messageKey | typeof deviceEvent

/** For how long a key stands, in milliseconds. */
const lifetime = 24 * 3_600_000

const oldest = ({ now }: Pick<Ctx, 'now'>) => new Date(now().getTime() - lifetime)

/**
 * What is kept of a call under a key.
 * @param body what makes two calls the same. Its hash is a keyed one, because a plain hash of a body with a short code gives the code away
 */
export const keyedCall = (
  { secrets }: Pick<Ctx, 'secrets'>,
  app: CalledUnder['app'],
  key: string | undefined,
  body: unknown[],
): Keyed | null => (key ? { app, key, bodyHash: secrets.fingerprint(JSON.stringify(body)) } : null)

const underKey = (table: KeptIn | typeof verificationAnswer, { app, key }: CalledUnder) =>
  and(eq(table.appId, app.appId), eq(table.kind, app.keyKind), eq(table.idempotencyKey, key))

export const otherBody = () =>
  new DomainError('idempotency_conflict', 'This Idempotency-Key was used with another body.')

export const unsettledKey = () => new Error('An Idempotency-Key could not be settled.')

/** What was done under the keys and still stands. Keys that have stood for a day are let go. */
export async function doneUnder<Table extends KeptIn>(
  { db, now }: Pick<Ctx, 'db' | 'now'>,
  table: Table,
  keys: CalledUnder[],
): Promise<Table['$inferSelect'][]> {
  if (keys.length === 0) return []
  const areTheirs = and(isNotNull(table.idempotencyKey), or(...keys.map((key) => underKey(table, key))))
  const rows = (await db
    .select()
    .from(table as PgTable)
    .where(areTheirs)
    .for('key share')) as Table['$inferSelect'][]
  const until = oldest({ now })
  const standing = rows.filter(({ createdAt }) => createdAt >= until)
  if (standing.length < rows.length) await db.delete(table).where(and(areTheirs, lt(table.createdAt, until)))
  return standing
}

/** The answer that stands under the key, which is taken where there is none. Waits for a call that has taken it. */
async function takeKey(ctx: Pick<Ctx, 'now'>, tx: Tx, keyed: Keyed): Promise<unknown> {
  const { app, key, bodyHash } = keyed
  const ofKey = underKey(verificationAnswer, keyed)
  await tx.delete(verificationAnswer).where(and(ofKey, lt(verificationAnswer.createdAt, oldest(ctx))))
  const taken = await tx
    .insert(verificationAnswer)
    .values({ appId: app.appId, kind: app.keyKind, idempotencyKey: key, bodyHash, answer: {}, createdAt: ctx.now() })
    .onConflictDoNothing()
    .returning({ key: verificationAnswer.idempotencyKey })
  if (taken.length > 0) return undefined
  const [row] = await tx.select().from(verificationAnswer).where(ofKey).for('key share')
  if (row?.bodyHash !== bodyHash) throw otherBody()
  return row.answer
}

/**
 * Does what keeps no key itself, in a transaction, once for a key. What the work throws leaves the key free.
 * @throws DomainError `idempotency_conflict`, and whatever the work throws
 */
export function answerOnce<Answer>(
  ctx: Ctx,
  keyed: Keyed | null,
  work: (tx: Tx) => Promise<Answer>,
): Promise<{ answer: Answer; repeated: boolean }> {
  return ctx.db.transaction(async (tx) => {
    const first = keyed && (await takeKey(ctx, tx, keyed))
    if (first) return { answer: first as Answer, repeated: true }
    const answer = await work(tx)
    if (keyed) await tx.update(verificationAnswer).set({ answer }).where(underKey(verificationAnswer, keyed))
    return { answer, repeated: false }
  })
}

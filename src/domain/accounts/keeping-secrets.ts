/**
 * What keeps the secrets of accounts usable: sealing them again with a new master key, and telling which cannot be opened.
 * Promises that an account whose master key is missing counts as failing, and is used again by itself once the key is back.
 */
import { and, eq, exists, inArray, isNull, sql } from 'drizzle-orm'
import { account, accountSecret, organization } from '#db/schema/index.ts'
import type { Ctx } from '../base/ctx.ts'
import { openOrNothing } from '../base/secrets.ts'
import { secretPlace, secretUnreadable } from './sender.ts'

export type Resealed = {
  count: number
  /** What could not be opened, and so stays sealed as it was. */
  unreadable: { organization: string; account: string; field: string }[]
}

/** Seals again, with the current key, every secret sealed with an older one. */
export async function resealAccounts(ctx: Ctx): Promise<Resealed> {
  const rows = await ctx.db
    .select({ secret: accountSecret, account: account.name, organization: organization.name })
    .from(accountSecret)
    .innerJoin(account, eq(account.id, accountSecret.accountId))
    .innerJoin(organization, eq(organization.id, account.organizationId))
  const resealed: Resealed = { count: 0, unreadable: [] }
  for (const { secret, ...of } of rows.filter(({ secret }) => ctx.secrets.isOutdated(secret.sealed))) {
    const { accountId, field, sealed } = secret
    const place = secretPlace(accountId, field)
    const value = openOrNothing(ctx.secrets, sealed, place)
    if (value === undefined) {
      resealed.unreadable.push({ ...of, field })
      continue
    }
    const changed = await ctx.db
      .update(accountSecret)
      .set({ sealed: ctx.secrets.seal(value, place) })
      .where(
        and(eq(accountSecret.accountId, accountId), eq(accountSecret.field, field), eq(accountSecret.sealed, sealed)),
      )
      .returning({ field: accountSecret.field })
    resealed.count += changed.length
  }
  return resealed
}

const keyIdOf = sql<string>`split_part(${accountSecret.sealed}, '.', 2)`

async function stopUnreadable(ctx: Ctx): Promise<void> {
  const samples = await ctx.db
    .selectDistinctOn([keyIdOf], { keyId: keyIdOf, sealed: accountSecret.sealed })
    .from(accountSecret)
    .orderBy(keyIdOf)
  const missing = samples.filter(({ sealed }) => !ctx.secrets.hasKeyOf(sealed)).map(({ keyId }) => keyId)
  if (missing.length === 0) return
  const sealedWithThose = ctx.db
    .select()
    .from(accountSecret)
    .where(and(eq(accountSecret.accountId, account.id), inArray(keyIdOf, missing)))
  const stopped = await ctx.db
    .update(account)
    .set({ failingSince: ctx.now(), failingCode: secretUnreadable, failingCause: null, failingDetail: null })
    .where(and(isNull(account.failingSince), exists(sealedWithThose)))
    .returning({ id: account.id })
  if (stopped.length === 0) return
  ctx.log.error(
    { accountIds: stopped.map(({ id }) => id), keyIds: missing },
    'accounts cannot be used: the master keys that their secrets were sealed with are not at hand',
  )
}

/** Opening tells more than the key's name: what was tampered with stays unused. */
async function resumeReadable(ctx: Ctx): Promise<void> {
  const rows = await ctx.db
    .select({ accountId: account.id, field: accountSecret.field, sealed: accountSecret.sealed })
    .from(account)
    .leftJoin(accountSecret, eq(accountSecret.accountId, account.id))
    .where(eq(account.failingCode, secretUnreadable))
  const unreadable = rows.filter(
    ({ accountId, field, sealed }) =>
      field && sealed && openOrNothing(ctx.secrets, sealed, secretPlace(accountId, field)) === undefined,
  )
  const still = new Set(unreadable.map(({ accountId }) => accountId))
  const readable = [...new Set(rows.map(({ accountId }) => accountId))].filter((id) => !still.has(id))
  if (readable.length === 0) return
  await ctx.db
    .update(account)
    .set({ failingSince: null, failingCode: null, failingCause: null, failingDetail: null })
    .where(and(inArray(account.id, readable), eq(account.failingCode, secretUnreadable)))
  ctx.log.info({ accountIds: readable }, 'accounts are used again: their secrets can be opened')
}

/** Brings up to date which accounts fail because their secrets cannot be opened. */
export async function noteUnreadable(ctx: Ctx): Promise<void> {
  await stopUnreadable(ctx)
  await resumeReadable(ctx)
}

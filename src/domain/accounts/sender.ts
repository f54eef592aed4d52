/** The one place where an account's secrets are opened. What it returns never leaves the domain. */
import { and, eq, isNull, lte, or } from 'drizzle-orm'
import { account, accountSecret } from '#db/schema/index.ts'
import type { Provider } from '../channels/contract.ts'
import type { Ctx } from '../ctx.ts'

export const secretPlace = (accountId: string, field: string) => `account:${accountId}:${field}`

/** An account ready to send with: its provider and its whole config, secrets included. */
export type Sender = { accountId: string; name: string; provider: Provider; config: unknown; changedAt: Date }

/**
 * Opens an account of an organization by id; undefined when it is gone.
 * @throws Error when a secret cannot be opened (a master key is missing)
 */
export async function senderFor(ctx: Ctx, organizationId: string, accountId: string): Promise<Sender | undefined> {
  const rows = await ctx.db
    .select({
      id: account.id,
      name: account.name,
      provider: account.provider,
      config: account.config,
      updatedAt: account.updatedAt,
      field: accountSecret.field,
      sealed: accountSecret.sealed,
    })
    .from(account)
    .leftJoin(accountSecret, eq(accountSecret.accountId, account.id))
    .where(and(eq(account.organizationId, organizationId), eq(account.id, accountId)))
  const first = rows[0]
  if (!first) return undefined
  const secrets = rows.flatMap(({ field, sealed }) =>
    field && sealed ? [[field, ctx.secrets.open(sealed, secretPlace(accountId, field))] as const] : [],
  )
  const provider = ctx.catalog.provider(first.provider)
  const config = provider.config.parse({ ...first.config, ...Object.fromEntries(secrets) })
  return { accountId, name: first.name, provider, config, changedAt: first.updatedAt }
}

/**
 * Notes that the account fails for a configuration reason, unless that is noted already. An account that was proved anew
 * since `startedAt`, as every changed one in force is, is not what the answer was about.
 */
export async function markFailing(
  ctx: Ctx,
  accountId: string,
  startedAt: Date,
  reason: { code: string; detail: string },
): Promise<boolean> {
  const marked = await ctx.db
    .update(account)
    .set({ failingSince: ctx.now(), failingCode: reason.code, failingDetail: reason.detail })
    .where(
      and(
        eq(account.id, accountId),
        isNull(account.failingSince),
        or(isNull(account.lastCheckAt), lte(account.lastCheckAt, startedAt)),
      ),
    )
    .returning({ id: account.id })
  return marked.length > 0
}

/** Seals again, with the current key, every secret sealed with an older one. Returns how many. */
export async function resealAccounts(ctx: Ctx): Promise<number> {
  const rows = await ctx.db.select().from(accountSecret)
  let resealed = 0
  for (const row of rows.filter(({ sealed }) => ctx.secrets.isOutdated(sealed))) {
    const place = secretPlace(row.accountId, row.field)
    const changed = await ctx.db
      .update(accountSecret)
      .set({ sealed: ctx.secrets.seal(ctx.secrets.open(row.sealed, place), place) })
      .where(
        and(
          eq(accountSecret.accountId, row.accountId),
          eq(accountSecret.field, row.field),
          eq(accountSecret.sealed, row.sealed),
        ),
      )
      .returning({ field: accountSecret.field })
    resealed += changed.length
  }
  return resealed
}

/** The one place where an account's secrets are opened. What it returns never leaves the domain. */
import { and, eq, isNull, lte, or } from 'drizzle-orm'
import type { Provider, SendOptions } from '#channels/contract.ts'
import { account, accountSecret } from '#db/schema/index.ts'
import type { Ctx } from '../base/ctx.ts'
import { DomainError, isDomainError } from '../base/errors.ts'
import { openOrNothing } from '../base/secrets.ts'

export const secretPlace = (accountId: string, field: string) => `account:${accountId}:${field}`

/** An account ready to send with: its provider and its whole config, secrets included. */
export type Sender = {
  accountId: string
  name: string
  provider: Provider
  config: unknown
  /** Of the address that its provider pushes receipts to; null where there is none. */
  receiptToken: string | null
  changedAt: Date
}

/** An account as it is stored: `unreadable` names the secrets that could not be opened, and `config` is without them. */
export type StoredAccount = Omit<Sender, 'config'> & { config: Record<string, unknown>; unreadable: string[] }

/** Why an account cannot be used that has such secrets: a key of `Reason.*` and `Cause.*`. */
export const secretUnreadable = 'secret_unreadable'

export const isUnreadable = (error: unknown): boolean => isDomainError(error) && error.data.reason === secretUnreadable

/** An account of an organization by id, with what can be opened of it; undefined when it is gone. */
export async function storedAccount(
  ctx: Ctx,
  organizationId: string,
  accountId: string,
): Promise<StoredAccount | undefined> {
  const rows = await ctx.db
    .select({
      id: account.id,
      name: account.name,
      provider: account.provider,
      config: account.config,
      receiptToken: account.receiptToken,
      updatedAt: account.updatedAt,
      field: accountSecret.field,
      sealed: accountSecret.sealed,
    })
    .from(account)
    .leftJoin(accountSecret, eq(accountSecret.accountId, account.id))
    .where(and(eq(account.organizationId, organizationId), eq(account.id, accountId)))
  const first = rows[0]
  if (!first) return undefined
  const config = { ...first.config }
  const unreadable: string[] = []
  for (const { field, sealed } of rows) {
    if (!field || !sealed) continue
    const secret = openOrNothing(ctx.secrets, sealed, secretPlace(accountId, field))
    if (secret === undefined) unreadable.push(field)
    else config[field] = secret
  }
  const provider = ctx.catalog.provider(first.provider)
  const { name, receiptToken, updatedAt: changedAt } = first
  return { accountId, name, provider, config, receiptToken, unreadable, changedAt }
}

/**
 * Opens an account of an organization by id; undefined when it is gone.
 * @throws DomainError `conflict` with the reason `secret_unreadable`
 */
export async function senderFor(ctx: Ctx, organizationId: string, accountId: string): Promise<Sender | undefined> {
  const stored = await storedAccount(ctx, organizationId, accountId)
  if (!stored) return undefined
  const { unreadable, config, ...rest } = stored
  if (unreadable.length > 0) {
    throw new DomainError('conflict', `A stored secret of the account cannot be opened: ${unreadable.join(', ')}.`, {
      reason: secretUnreadable,
    })
  }
  return { ...rest, config: stored.provider.config.parse(config) }
}

/** The options of a send that come from its account. */
export const sendingAs = ({ receiptToken }: Sender): Pick<SendOptions, 'receiptToken'> =>
  receiptToken === null ? {} : { receiptToken }

/**
 * Notes that the account fails for a configuration reason, unless that is noted already. An account that was proved anew
 * since `startedAt`, as every changed one in force is, is not what the answer was about.
 */
export async function markFailing(
  ctx: Ctx,
  accountId: string,
  startedAt: Date,
  reason: { code: string; cause?: string | undefined; detail?: string },
): Promise<boolean> {
  const marked = await ctx.db
    .update(account)
    .set({
      failingSince: ctx.now(),
      failingCode: reason.code,
      failingCause: reason.cause ?? null,
      failingDetail: reason.detail ?? null,
    })
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

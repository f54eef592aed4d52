/** Accounts of an organization: list and delete. A view never holds a secret. */
import { and, asc, desc, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm'
import type { StageResult } from '#channels/contract.ts'
import { type ChannelId, isSideBySide, sideBySide } from '#channels/traits.ts'
import { account, accountSecret } from '#db/schema/index.ts'
import { may, need } from '../base/access.ts'
import { record } from '../base/audit.ts'
import type { Ctx } from '../base/ctx.ts'
import { notFound } from '../base/errors.ts'

export type AccountState = 'validated' | 'failing' | 'check_failed' | 'not_validated'

export type AccountView = {
  id: string
  channel: ChannelId
  provider: string
  name: string
  state: AccountState
  isInForce: boolean
  /** The rest is empty for a role that sees name and state only. */
  identity: string | null
  /** For who may change it: all that is not secret, a whole AccessKey ID too. */
  config: Record<string, unknown> | null
  secrets: { field: string; setAt: Date }[]
  lastCheckAt: Date | null
  lastCheck: StageResult[] | null
  /** `cause` is a key of `Cause.*`, where one is known behind the code. */
  failing: { since: Date; code: string | null; cause: string | null; detail: string | null } | null
  /** Where its provider pushes receipts to, below the public address; null where there are none, and for who may not change it. */
  receiptPath: string | null
}

type Row = typeof account.$inferSelect

/** In force: the validated account of a channel, and every one where several are used side by side. */
const isInForce = ({ validated, channel }: Row) => validated || isSideBySide(channel)
/** The same as a condition. */
export const inForce = sql`(${account.validated} or ${inArray(account.channel, sideBySide)})`

const stateOf = (row: Row): AccountState => {
  if (row.validated) return row.failingSince ? 'failing' : 'validated'
  return row.lastCheck?.some((stage) => !stage.ok) ? 'check_failed' : 'not_validated'
}

/** The stages of the last check, as its provider found them. */
export const lastCheckOf = ({ lastCheck }: Pick<Row, 'lastCheck'>) => lastCheck as StageResult[] | null

function viewOf(ctx: Ctx, row: Row, secrets: { field: string; setAt: Date }[]): AccountView {
  const inspect = may(ctx, 'accounts:inspect')
  const mayChange = may(ctx, 'accounts:write')
  return {
    id: row.id,
    channel: row.channel as ChannelId,
    provider: row.provider,
    name: row.name,
    state: stateOf(row),
    isInForce: isInForce(row),
    identity: inspect ? ctx.catalog.provider(row.provider).identity(row.config) : null,
    config: mayChange ? row.config : null,
    secrets: inspect ? secrets : [],
    lastCheckAt: row.lastCheckAt,
    lastCheck: inspect ? lastCheckOf(row) : null,
    failing:
      inspect && row.failingSince
        ? {
            since: row.failingSince,
            code: row.failingCode,
            cause: row.failingCause ?? ctx.catalog.explain(row.provider, row.failingCode) ?? row.failingCode,
            detail: row.failingDetail,
          }
        : null,
    receiptPath: mayChange && row.receiptToken ? `/api/receipts/${row.provider}/${row.receiptToken}` : null,
  }
}

export type ChannelState = {
  channel: ChannelId
  state: 'validated' | 'failing' | 'missing'
  /** The account in force; of several side by side one that fails, if one does. */
  account: string | null
  /** How many are in force besides. */
  others: number
}

/** Whether each channel has an account in force. */
export async function listChannelStates(ctx: Ctx): Promise<ChannelState[]> {
  const organizationId = need(ctx, 'accounts:read')
  const rows = await ctx.db
    .selectDistinctOn([account.channel], {
      channel: account.channel,
      name: account.name,
      failingSince: account.failingSince,
      count: sql<number>`count(*) over (partition by ${account.channel})`.mapWith(Number),
    })
    .from(account)
    .where(and(eq(account.organizationId, organizationId), inForce))
    .orderBy(account.channel, isNull(account.failingSince), asc(account.id))
  return ctx.catalog.channelIds.map((channel) => {
    const found = rows.find((row) => row.channel === channel)
    if (!found) return { channel, state: 'missing', account: null, others: 0 }
    return {
      channel,
      state: found.failingSince ? 'failing' : 'validated',
      account: found.name,
      others: found.count - 1,
    }
  })
}

/** The accounts of a channel, the validated one first. */
export async function listAccounts(ctx: Ctx, channel: ChannelId): Promise<AccountView[]> {
  const organizationId = need(ctx, 'accounts:read')
  const rows = await ctx.db
    .select()
    .from(account)
    .where(and(eq(account.organizationId, organizationId), eq(account.channel, channel)))
    .orderBy(desc(account.validated), asc(account.id))
  if (rows.length === 0) return []
  const secrets = await ctx.db
    .select({ accountId: accountSecret.accountId, field: accountSecret.field, setAt: accountSecret.setAt })
    .from(accountSecret)
    .where(
      inArray(
        accountSecret.accountId,
        rows.map((row) => row.id),
      ),
    )
  return rows.map((row) =>
    viewOf(
      ctx,
      row,
      secrets.filter((secret) => secret.accountId === row.id),
    ),
  )
}

/** Deletes an account with its secrets. Deleting the validated one leaves its channel without a sender. */
export async function removeAccount(ctx: Ctx, id: string): Promise<void> {
  const organizationId = need(ctx, 'accounts:write')
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .delete(account)
      .where(
        and(eq(account.organizationId, organizationId), eq(account.id, id), notInArray(account.channel, sideBySide)),
      )
      .returning()
    if (!row) throw notFound('account')
    await record(ctx, tx, {
      action: 'deleted',
      subject: 'account',
      subjectId: id,
      subjectName: row.name,
      changes: { channel: row.channel, validated: row.validated },
    })
  })
}

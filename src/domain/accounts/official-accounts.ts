/**
 * Official accounts. Several are in use side by side, and none is changed once it is there: an account is stored only after
 * its provider accepted its secret, and can then be checked again or deleted. Deleting one keeps its push rules, as invalid.
 */
import { and, asc, count, eq, or, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { z } from 'zod'
import type { Provider, StageResult } from '#channels/contract.ts'
import { Json, Text, Trimmed } from '#channels/text.ts'
import { ruleChannel } from '#channels/traits.ts'
import { account, pushRule } from '#db/schema/index.ts'
import { may, need } from '../base/access.ts'
import { record } from '../base/audit.ts'
import type { Ctx } from '../base/ctx.ts'
import { DomainError, type FieldProblem, invalid, notFound } from '../base/errors.ts'
import { isUniqueViolation, problemsFrom } from '../base/problems.ts'
import { officialSender, tryToReadTemplates } from '../push-rules/cards.ts'
import { lastCheckOf } from './accounts.ts'
import { storeAccount } from './saving.ts'
import { senderFor } from './sender.ts'
import { type CheckOutcome, runCheck } from './validation.ts'

export type OfficialAccountView = {
  id: string
  provider: string
  name: string
  state: 'in_use' | 'failing'
  /** How many push rules name it. */
  rules: number
  /** How many message templates it had when its provider last answered; null before. */
  templates: number | null
  /** The rest is empty for a role that sees name and state only. */
  identity: string | null
  lastCheckAt: Date | null
  lastCheck: StageResult[] | null
  /** `cause` is a key of `Cause.*`, where the code is known. */
  failing: { since: Date; cause: string | null; code: string | null; detail: string | null } | null
  /** For who may change it: where its provider pushes events to, below the public address, and what to enter there beside it. */
  callback: {
    path: string
    keys: Record<string, string>
    /** Whether only encrypted events are taken; null where its provider encrypts none. */
    secureOnly: boolean | null
  } | null
}

function viewOf(ctx: Ctx, row: typeof account.$inferSelect, rules: number): OfficialAccountView {
  const inspect = may(ctx, 'accounts:inspect')
  const provider = ctx.catalog.provider(row.provider)
  const { receiptToken: token } = row
  return {
    id: row.id,
    provider: row.provider,
    name: row.name,
    state: row.failingSince ? 'failing' : 'in_use',
    rules,
    templates: row.templateCount,
    identity: inspect ? provider.identity(row.config) : null,
    lastCheckAt: row.lastCheckAt,
    lastCheck: inspect ? lastCheckOf(row) : null,
    failing:
      inspect && row.failingSince
        ? {
            since: row.failingSince,
            cause: row.failingCause ?? ctx.catalog.explain(row.provider, row.failingCode) ?? row.failingCode,
            code: row.failingCode,
            detail: row.failingDetail,
          }
        : null,
    callback:
      may(ctx, 'accounts:write') && token
        ? {
            path: `/api/receipts/${row.provider}/${token}`,
            keys: provider.callbackKeys?.(token) ?? {},
            secureOnly: provider.encryptsPushes ? row.secureOnly : null,
          }
        : null,
  }
}

const inOrganization = (organizationId: string) =>
  and(eq(account.organizationId, organizationId), eq(account.channel, ruleChannel))

/** The official accounts, the oldest first. */
export async function listOfficialAccounts(ctx: Ctx): Promise<OfficialAccountView[]> {
  const organizationId = need(ctx, 'accounts:read')
  const [rows, counted] = await Promise.all([
    ctx.db.select().from(account).where(inOrganization(organizationId)).orderBy(asc(account.id)).limit(1000),
    ctx.db
      .select({ accountId: pushRule.accountId, rules: count() })
      .from(pushRule)
      .where(eq(pushRule.organizationId, organizationId))
      .groupBy(pushRule.accountId),
  ])
  const rules = new Map(counted.map((row) => [row.accountId, row.rules]))
  return rows.map((row) => viewOf(ctx, row, rules.get(row.id) ?? 0))
}

export const AddOfficialAccount = z.strictObject({
  provider: Text(40),
  name: Trimmed(60).min(1),
  /** The provider's config. */
  config: z.record(Text(40), Json),
})
export type AddOfficialAccount = z.infer<typeof AddOfficialAccount>

/** `fields`: the fields that the provider refused, where it names them. */
export type AddOutcome =
  | { added: true; id: string; checked: CheckOutcome }
  | { added: false; checked: CheckOutcome; fields: FieldProblem[] }

const nameTaken: FieldProblem = { path: 'name', code: 'taken' }
const appIdTaken: FieldProblem = { path: 'config.appId', code: 'taken' }

/** Refuses a name or AppID that is taken, before the provider is asked. @throws DomainError `invalid_request` */
async function refuseTaken(ctx: Ctx, organizationId: string, name: string, appId: string): Promise<void> {
  const ofAppId = sql<string>`${account.config} ->> 'appId'`
  const taken = await ctx.db
    .select({ name: account.name, appId: ofAppId })
    .from(account)
    .where(and(inOrganization(organizationId), or(eq(account.name, name), eq(ofAppId, appId))))
  const problems = [
    ...(taken.some((row) => row.name === name) ? [nameTaken] : []),
    ...(taken.some((row) => row.appId === appId) ? [appIdTaken] : []),
  ]
  if (problems.length > 0) throw invalid(...problems)
}

async function store(
  ctx: Ctx,
  organizationId: string,
  input: AddOfficialAccount,
  checked: { provider: Provider; config: Record<string, unknown>; stages: StageResult[] },
): Promise<string> {
  const id = v7()
  try {
    await ctx.db.transaction(async (tx) => {
      const place = { id, organizationId, isNew: true }
      await storeAccount(ctx, tx, place, { ...input, channel: ruleChannel }, checked.provider, checked.config, true)
      await tx.update(account).set({ lastCheckAt: ctx.now(), lastCheck: checked.stages }).where(eq(account.id, id))
      await record(ctx, tx, {
        action: 'added',
        subject: 'account',
        subjectId: id,
        subjectName: input.name,
        changes: { channel: ruleChannel },
      })
    })
  } catch (error) {
    if (isUniqueViolation(error, 'account_name_once_per_channel')) throw invalid(nameTaken)
    if (isUniqueViolation(error, 'official_account_once_per_organization')) throw invalid(appIdTaken)
    throw error
  }
  return id
}

/**
 * Adds an account once its provider has accepted it, handing the stages of its check on as they end. If one fails nothing
 * is stored.
 * @throws DomainError `invalid_request` field by field
 */
export async function* addOfficialAccount(
  ctx: Ctx,
  input: AddOfficialAccount,
): AsyncGenerator<StageResult, AddOutcome> {
  const organizationId = need(ctx, 'accounts:write')
  const provider = ctx.catalog.providers.find(({ id, channel }) => id === input.provider && channel === ruleChannel)
  if (!provider) throw invalid({ path: 'provider', code: 'invalid_value' })
  const parsed = provider.config.safeParse(input.config)
  if (!parsed.success) throw invalid(...problemsFrom(parsed.error, 'config'))
  const config = parsed.data as Record<string, unknown>
  await refuseTaken(ctx, organizationId, input.name, String(config.appId))
  const checked = yield* runCheck(provider, config, {})
  if (!checked.ok) {
    const failed = checked.stages.find(({ ok }) => !ok)
    const fields: FieldProblem[] = failed?.field
      ? [{ path: `config.${failed.field}`, code: 'refused_by_provider' }]
      : []
    return { added: false, checked, fields }
  }
  const id = await store(ctx, organizationId, input, { provider, config, stages: checked.stages })
  const sender = await senderFor(ctx, organizationId, id)
  if (sender) await tryToReadTemplates(ctx, sender)
  return { added: true, id, checked }
}

/**
 * Checks an account again. Passing puts a failing one back in use; failing takes it out, unless only the moment is to blame.
 * @throws DomainError `not_found`; `conflict` when it was deleted while the check ran
 */
export async function* checkOfficialAccount(ctx: Ctx, id: string): AsyncGenerator<StageResult, CheckOutcome> {
  const organizationId = need(ctx, 'accounts:write')
  const sender = await officialSender(ctx, organizationId, id)
  const outcome = yield* runCheck(sender.provider, sender.config, {})
  const failed = outcome.stages.find(({ ok }) => !ok)
  const now = ctx.now()
  const failing = {
    failingSince: failed ? sql`coalesce(${account.failingSince}, ${now.toISOString()}::timestamptz)` : null,
    failingCode: failed?.code ?? failed?.cause ?? null,
    failingCause: failed?.cause ?? null,
    failingDetail: failed?.detail ?? null,
  }
  const kept = await ctx.db
    .update(account)
    .set({ lastCheckAt: now, lastCheck: outcome.stages, ...(failed?.passing ? {} : failing) })
    .where(eq(account.id, id))
    .returning({ id: account.id })
  if (kept.length === 0) {
    throw new DomainError('conflict', 'The account was deleted while it was being checked.', {
      reason: 'account_changed',
    })
  }
  if (outcome.ok) await tryToReadTemplates(ctx, sender)
  return outcome
}

/** Deletes an account with its secret. Its push rules stay, as invalid, until they are given another one. */
export async function removeOfficialAccount(ctx: Ctx, id: string): Promise<void> {
  const organizationId = need(ctx, 'accounts:write')
  await ctx.db.transaction(async (tx) => {
    const rules = await tx.$count(pushRule, eq(pushRule.accountId, id))
    const [row] = await tx
      .delete(account)
      .where(and(inOrganization(organizationId), eq(account.id, id)))
      .returning()
    if (!row) throw notFound('account')
    await record(ctx, tx, {
      action: 'deleted',
      subject: 'account',
      subjectId: id,
      subjectName: row.name,
      changes: { channel: ruleChannel, rules },
    })
  })
}

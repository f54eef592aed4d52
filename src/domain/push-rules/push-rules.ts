/** Push rules: which event of an App goes out as which message of which official account. One that is invalid is kept, never used. */
import { and, eq, isNotNull, not, type SQL, sql, sum } from 'drizzle-orm'
import { z } from 'zod'
import { Text } from '#channels/text.ts'
import { ruleChannel } from '#channels/traits.ts'
import { subquery } from '#db/client.ts'
import { account, app, pushDamping, pushRule } from '#db/schema/index.ts'
import { need, person } from '../base/access.ts'
import { record } from '../base/audit.ts'
import type { Ctx } from '../base/ctx.ts'
import { notFound } from '../base/errors.ts'
import { page, SortedCursor, SortOf, sortedBy } from '../base/paging.ts'
import { isGone } from '../base/problems.ts'
import { type Undo, undone, undoOf } from '../base/undo.ts'
import { isOfLiveKey } from './damping.ts'
import { invalidReasonOf, isValid } from './rule-state.ts'
import { keepVersion } from './rule-versions.ts'
import { changedMeanwhile, nameTaken, refuseTooMany } from './saving.ts'

const ruleStates = ['enabled', 'disabled', 'invalid'] as const

export const ListPushRules = z.strictObject({
  cursor: SortedCursor.optional(),
  sort: SortOf(['name']).optional(),
  appId: z.uuid().optional(),
  /** The event: key of a notification scenario. */
  scenario: Text(40).optional(),
  accountId: z.uuid().optional(),
  state: z.enum(ruleStates).optional(),
})

export type PushRuleRow = {
  id: string
  name: string
  app: { id: string; key: string; name: string }
  scenario: string
  /** `id` is null once the account is gone. */
  account: { id: string | null; name: string; failing: boolean }
  state: (typeof ruleStates)[number]
  /** For an invalid rule: why, a key of `Reason.*`. */
  invalidReason: string | null
  enabled: boolean
  dampingSeconds: number
  /** How many cards were held back that no card has told of yet, over all recipients. */
  heldBack: number
  /** What tells its content from another's in a list. */
  headline: string | null
  version: number
  updatedAt: Date
  updatedBy: string | null
}

const heldBack = subquery
  .select({ sum: sum(pushDamping.heldBack) })
  .from(pushDamping)
  .where(and(eq(pushDamping.ruleId, pushRule.id), isOfLiveKey))

const columns = {
  rule: pushRule,
  app: { id: app.id, key: app.key, name: app.name },
  failing: isNotNull(account.failingSince).mapWith(Boolean),
  heldBack: sql`coalesce(${heldBack}, 0)`.mapWith(Number),
}

type Row = { rule: typeof pushRule.$inferSelect; app: PushRuleRow['app']; failing: boolean; heldBack: number }

function rowFrom(ctx: Ctx, { rule, app: of, failing, heldBack }: Row): PushRuleRow {
  const invalidReason = invalidReasonOf(rule)
  const headline = ctx.catalog.channels.find(({ id }) => id === ruleChannel)?.headline
  const content = rule.content as Record<string, unknown>
  return {
    id: rule.id,
    name: rule.name,
    app: of,
    scenario: rule.scenario,
    account: { id: rule.accountId, name: rule.accountName, failing },
    state: invalidReason !== null ? 'invalid' : rule.enabled ? 'enabled' : 'disabled',
    invalidReason,
    enabled: rule.enabled,
    dampingSeconds: rule.dampingSeconds,
    heldBack,
    headline: headline ? String(content[headline] ?? '') : null,
    version: rule.version,
    updatedAt: rule.updatedAt,
    updatedBy: rule.updatedBy,
  }
}

const inState: Record<PushRuleRow['state'], SQL | undefined> = {
  enabled: and(isValid, eq(pushRule.enabled, true)),
  disabled: and(isValid, eq(pushRule.enabled, false)),
  invalid: not(isValid),
}

/** A page of the rules, newest first unless sorted otherwise. */
export async function listPushRules(ctx: Ctx, input: z.infer<typeof ListPushRules>) {
  const organizationId = need(ctx, 'push-rules:read')
  const filters = [
    eq(pushRule.organizationId, organizationId),
    input.appId ? eq(pushRule.appId, input.appId) : undefined,
    input.scenario ? eq(pushRule.scenario, input.scenario) : undefined,
    input.accountId ? eq(pushRule.accountId, input.accountId) : undefined,
    input.state ? inState[input.state] : undefined,
  ]
  const reading = input.sort ? sortedBy({ name: sql<string>`${pushRule.name}` }, input.sort) : {}
  const read = async (where: SQL | undefined, order: SQL[], limit: number) => {
    const rows = await ctx.db
      .select(columns)
      .from(pushRule)
      .innerJoin(app, eq(app.id, pushRule.appId))
      .leftJoin(account, eq(account.id, pushRule.accountId))
      .where(and(...filters, where))
      .orderBy(...order)
      .limit(limit)
    return rows.map((row) => ({ ...rowFrom(ctx, row), ...(reading.by && { by: row.rule.name }) }))
  }
  return page(pushRule.id, input.cursor, read, reading)
}

export type PushRuleView = PushRuleRow & { content: unknown; variables: string[] }

/** One rule with its content. @throws DomainError `not_found` */
export async function getPushRule(ctx: Ctx, id: string): Promise<PushRuleView> {
  const organizationId = need(ctx, 'push-rules:read')
  const [row] = await ctx.db
    .select(columns)
    .from(pushRule)
    .innerJoin(app, eq(app.id, pushRule.appId))
    .leftJoin(account, eq(account.id, pushRule.accountId))
    .where(and(eq(pushRule.organizationId, organizationId), eq(pushRule.id, id)))
  if (!row) throw notFound('push rule')
  return { ...rowFrom(ctx, row), content: row.rule.content, variables: row.rule.variables }
}

/** Switches a rule on or off, which is a new version of it. @throws DomainError `not_found` */
export async function setPushRuleEnabled(ctx: Ctx, { id, enabled }: { id: string; enabled: boolean }): Promise<void> {
  const organizationId = need(ctx, 'push-rules:write')
  const now = ctx.now()
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .update(pushRule)
      .set({
        enabled,
        version: sql`${pushRule.version} + 1`,
        updatedAt: now,
        updatedBy: ctx.actor.kind === 'user' ? person(ctx).name : null,
      })
      .where(and(eq(pushRule.organizationId, organizationId), eq(pushRule.id, id)))
      .returning({ name: pushRule.name, version: pushRule.version, content: pushRule.content })
    if (!row) throw notFound('push rule')
    await keepVersion(tx, { organizationId, ruleId: id, version: row.version, content: row.content })
    await record(ctx, tx, {
      action: 'changed',
      subject: 'push_rule',
      subjectId: id,
      subjectName: row.name,
      changes: { enabled, version: row.version },
    })
  })
}

const inWords = ({ appId, scenario, accountName }: typeof pushRule.$inferSelect) => ({
  appId,
  scenario,
  account: accountName,
})

/** Deletes a rule, and hands out what `restorePushRule` takes. Messages of it that wait have failed then. @throws DomainError `not_found` */
export async function removePushRule(ctx: Ctx, id: string): Promise<{ undo: string | null }> {
  const organizationId = need(ctx, 'push-rules:write')
  return ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .delete(pushRule)
      .where(and(eq(pushRule.organizationId, organizationId), eq(pushRule.id, id)))
      .returning()
    if (!row) throw notFound('push rule')
    const told = { subject: 'push_rule', subjectId: id, subjectName: row.name } as const
    await record(ctx, tx, { ...told, action: 'deleted', changes: inWords(row) })
    return { undo: undoOf(ctx, 'push_rule', row) }
  })
}

/**
 * Puts a deleted rule back as it was; what its damping held back is forgotten.
 * @throws DomainError `invalid_request` for what no deletion handed out, and where its name is taken or its event has too many;
 *   `not_found` once its App or account is gone; `conflict` where it is there
 */
export async function restorePushRule(ctx: Ctx, { undo }: z.infer<typeof Undo>): Promise<void> {
  need(ctx, 'push-rules:write')
  const row = undone<typeof pushRule.$inferSelect>(ctx, 'push_rule', undo)
  try {
    await ctx.db.transaction(async (tx) => {
      await refuseTooMany(tx, row)
      const added = await tx.insert(pushRule).values(row).onConflictDoNothing({ target: pushRule.id }).returning()
      if (added.length === 0) throw changedMeanwhile(row.version)
      const told = { subject: 'push_rule', subjectId: row.id, subjectName: row.name } as const
      await record(ctx, tx, { ...told, action: 'restored', changes: inWords(row) })
    })
  } catch (error) {
    if (isGone(error)) throw notFound('App or account')
    throw nameTaken(error) ?? error
  }
}

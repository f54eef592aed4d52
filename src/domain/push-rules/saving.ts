/**
 * Saving a push rule: what it says is held against its event and, where the provider lists the account's templates, against
 * that list at that moment. Promises that what is stored is the provider's own text, and that nobody's change is overwritten.
 */
import { isDeepStrictEqual } from 'node:util'
import { and, eq, ne } from 'drizzle-orm'
import { v7 } from 'uuid'
import { z } from 'zod'
import type { Channel } from '#channels/contract.ts'
import type { OfficialAccountContent } from '#channels/official-account/content.ts'
import type { ContentProblem } from '#channels/problems.ts'
import { Json, Text, Trimmed } from '#channels/text.ts'
import { ruleChannel } from '#channels/traits.ts'
import type { Tx } from '#db/database.ts'
import { account, app, pushRule } from '#db/schema/index.ts'
import type { Sender } from '../accounts/sender.ts'
import { need, person } from '../base/access.ts'
import { record } from '../base/audit.ts'
import type { Ctx } from '../base/ctx.ts'
import { DomainError, invalid, notFound } from '../base/errors.ts'
import { isUniqueViolation, providerAnswer } from '../base/problems.ts'
import { getScenario, type Scenario } from '../scenarios/scenarios.ts'
import { acceptContent } from '../templates/templates.ts'
import { contentOf, officialSender, readTemplates } from './cards.ts'
import { ruleVariables } from './rule-variables.ts'
import { keepVersion } from './rule-versions.ts'

/** Every rule of an event may make a message for each of its recipients. */
const mostRulesOfEvent = 50

export const SavePushRule = z.strictObject({
  /** Absent: a new rule. */
  id: z.uuid().optional(),
  /** The version this edit started from; 0 for a new rule. */
  baseVersion: z.int().min(0),
  name: Trimmed(60).min(1),
  appId: z.uuid(),
  /** The event it is for: key of a notification scenario. */
  scenario: Text(40),
  accountId: z.uuid(),
  content: Json,
  enabled: z.boolean().default(true),
  /** Within how many seconds a recipient gets at most one message by it; 0: all of them. */
  dampingSeconds: z.int().min(0).max(86_400).default(0),
})
export type SavePushRule = z.infer<typeof SavePushRule>

/**
 * An event that official accounts tell of, with the variables that a rule for it may use, and their channel.
 * @throws DomainError `unknown_scenario`, `invalid_request`
 */
export async function eventOf(ctx: Ctx, key: string): Promise<{ event: Scenario; channel: Channel }> {
  const scenario = await getScenario(ctx, key)
  const channel = ctx.catalog.channels.find(({ id }) => id === ruleChannel)
  if (!channel || !scenario.channels.includes(ruleChannel))
    throw invalid({ path: 'scenario', code: 'channel_not_offered' })
  return { event: { ...scenario, variables: ruleVariables(scenario) }, channel }
}

/**
 * The content with the provider's own text. A template may be entered by hand while the provider lists none. What is stored
 * already stays good while the provider cannot be asked.
 */
async function listedContent(
  ctx: Ctx,
  content: OfficialAccountContent,
  sender: Sender,
  stored: { accountId: string | null; content: unknown } | undefined,
): Promise<OfficialAccountContent> {
  const isAsStored = stored?.accountId === sender.accountId && isDeepStrictEqual(stored.content, content)
  const list = await providerAnswer(readTemplates(ctx, sender)).catch((error: unknown) => {
    if (isAsStored && error instanceof DomainError) return []
    throw error
  })
  const listed = list.find(({ code }) => code === content.templateId)
  if (listed) return { ...content, title: listed.name || content.title, templateText: listed.text }
  if (list.length > 0) throw invalid({ path: 'content.templateId', code: 'template_gone' })
  return content
}

/** Holds on to what a rule hangs on until the transaction ends. @throws DomainError `not_found` */
async function holdPlaces(tx: Tx, organizationId: string, { appId, accountId }: SavePushRule): Promise<string> {
  const [owner] = await tx
    .select({ id: app.id })
    .from(app)
    .where(and(eq(app.organizationId, organizationId), eq(app.id, appId)))
    .for('key share')
  if (!owner) throw notFound('App')
  const [through] = await tx
    .select({ name: account.name })
    .from(account)
    .where(and(eq(account.organizationId, organizationId), eq(account.id, accountId)))
    .for('key share')
  if (!through) throw notFound('account')
  return through.name
}

export const changedMeanwhile = (currentVersion: number) =>
  new DomainError('conflict', 'Somebody else changed this push rule meanwhile.', {
    reason: 'push_rule_changed',
    currentVersion,
  })

type OfEvent = { id: string; appId: string; scenario: string }

/** @throws DomainError `invalid_request` where a rule would be one too many for its event */
export async function refuseTooMany(tx: Tx, { id, appId, scenario }: OfEvent): Promise<void> {
  const others = and(eq(pushRule.appId, appId), eq(pushRule.scenario, scenario), ne(pushRule.id, id))
  if ((await tx.$count(pushRule, others)) < mostRulesOfEvent) return
  throw invalid({ path: 'scenario', code: 'too_many_rules', params: { maximum: mostRulesOfEvent } })
}

/** What to say of an error where another rule has the name; undefined for every other. */
export const nameTaken = (error: unknown): DomainError | undefined =>
  isUniqueViolation(error, 'push_rule_name_once_per_organization')
    ? invalid({ path: 'name', code: 'taken' })
    : undefined

/** Writes the rule in the caller's transaction. @throws DomainError `conflict`, `not_found`, `invalid_request` */
async function write(
  ctx: Ctx,
  tx: Tx,
  organizationId: string,
  input: SavePushRule,
  made: { content: unknown; variables: string[] },
): Promise<{ id: string; version: number }> {
  const id = input.id ?? v7()
  // Before the rule itself: deleting an App or an account takes them in this order.
  const accountName = await holdPlaces(tx, organizationId, input)
  const [before] = await tx
    .select({ version: pushRule.version })
    .from(pushRule)
    .where(and(eq(pushRule.organizationId, organizationId), eq(pushRule.id, id)))
    .for('update')
  if (input.id && !before) throw notFound('push rule')
  if ((before?.version ?? 0) !== input.baseVersion) throw changedMeanwhile(before?.version ?? 0)
  const { name, appId, scenario, accountId, enabled, dampingSeconds } = input
  await refuseTooMany(tx, { id, appId, scenario })
  const now = ctx.now()
  const version = input.baseVersion + 1
  const by = { updatedAt: now, updatedBy: ctx.actor.kind === 'user' ? person(ctx).name : null }
  const place = { name, appId, scenario, accountId, accountName, enabled, dampingSeconds }
  const values = { ...place, ...made, invalidReason: null, version, ...by }
  if (before) await tx.update(pushRule).set(values).where(eq(pushRule.id, id))
  else await tx.insert(pushRule).values({ ...values, id, organizationId, createdAt: now })
  await keepVersion(tx, { organizationId, ruleId: id, version, content: made.content })
  await record(ctx, tx, {
    action: before ? 'changed' : 'added',
    subject: 'push_rule',
    subjectId: id,
    subjectName: name,
    changes: { appId, scenario, account: accountName, enabled, version },
  })
  return { id, version }
}

/**
 * Adds a rule, or changes one. A rule that was invalid is valid again.
 * @throws DomainError `invalid_request` with the errors of its content, a name that is taken or a template that the account
 *   does not have; `conflict` with the stored version when somebody else saved since `baseVersion`; `not_found` for what is
 *   nobody's; `unknown_scenario`; `provider_unavailable` where the provider has to be asked and does not answer
 */
export async function savePushRule(
  ctx: Ctx,
  given: z.input<typeof SavePushRule>,
): Promise<{ id: string; version: number; hints: ContentProblem[] }> {
  const organizationId = need(ctx, 'push-rules:write')
  const input = SavePushRule.parse(given)
  const { event, channel } = await eventOf(ctx, input.scenario)
  const accepted = acceptContent(channel, event, input.content)
  const sender = await officialSender(ctx, organizationId, input.accountId)
  const [stored] = input.id
    ? await ctx.db
        .select({ accountId: pushRule.accountId, content: pushRule.content, version: pushRule.version })
        .from(pushRule)
        .where(and(eq(pushRule.organizationId, organizationId), eq(pushRule.id, input.id)))
    : []
  if (input.id && !stored) throw notFound('push rule')
  if ((stored?.version ?? 0) !== input.baseVersion) throw changedMeanwhile(stored?.version ?? 0)
  const listed = await listedContent(ctx, contentOf(accepted.content), sender, stored)
  // The provider's text may have other fields than the one that was sent along.
  const { content, hints } = acceptContent(channel, event, listed)
  const variables = channel.variablesIn(content, event.variables)
  try {
    const saved = await ctx.db.transaction((tx) => write(ctx, tx, organizationId, input, { content, variables }))
    return { ...saved, hints }
  } catch (error) {
    throw nameTaken(error) ?? error
  }
}

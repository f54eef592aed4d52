/**
 * What depends on something that is about to be deleted: what goes with it, what is left without a sender, and what waits. The
 * one answer for accounts, Apps, scenarios and push rules; a person is shown it before they decide.
 */
import { and, asc, eq, inArray, isNull, or, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import { Text } from '#channels/text.ts'
import { account, apiKey, app, message, pushRule, scenario, template, webhookEndpoint } from '#db/schema/index.ts'
import { need } from '../base/access.ts'
import type { Ctx } from '../base/ctx.ts'
import { notFound } from '../base/errors.ts'

export const Deletable = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['account', 'app', 'push_rule']), id: z.uuid() }),
  z.strictObject({ kind: z.literal('scenario'), key: Text(40) }),
])
export type Deletable = z.infer<typeof Deletable>

/** What becomes of so many. In words it is a key of `Dependents.*`. */
export type DependentCode =
  | 'no_sender'
  | 'account_templates'
  | 'receipt_address'
  | 'scenarios_without_sender'
  | 'apps_without_sender'
  | 'messages_without_sender'
  | 'rules_without_account'
  | 'cards_without_account'
  | 'app_keys'
  | 'app_templates'
  | 'app_messages'
  | 'app_endpoints'
  | 'scenario_templates'
  | 'scenario_messages'
  | 'rules_deleted'
  | 'rule_messages'

export type Dependent = {
  code: DependentCode
  count: number
  /** The first of them: names of Apps, keys of scenarios, or push rules. */
  names?: string[]
  scenarios?: string[]
  rules?: { id: string; name: string; app: string; scenario: string; enabled: boolean }[]
}

const mostNamed = 20

/** What there is of it; nothing where there is none. */
const some = (code: DependentCode, count: number, named: Partial<Dependent> = {}): Dependent[] =>
  count > 0 ? [{ code, count, ...named }] : []

const count = ({ db }: Ctx, ...of: Parameters<Ctx['db']['$count']>) => db.$count(...of)

async function rulesWhere({ db }: Ctx, code: DependentCode, where: SQL | undefined): Promise<Dependent[]> {
  const { id, name, scenario: key, enabled } = pushRule
  const rules = await db
    .select({ id, name, app: app.name, scenario: key, enabled })
    .from(pushRule)
    .innerJoin(app, eq(app.id, pushRule.appId))
    .where(where)
    .orderBy(asc(name))
    .limit(mostNamed)
  return some(code, await db.$count(pushRule, where), { rules })
}

/** Messages of the organization that are not sent yet. */
const unsent = (organizationId: string, ...of: (SQL | undefined)[]) =>
  and(eq(message.organizationId, organizationId), ...of)
const isQueued = eq(message.status, 'queued')

async function ofAccount(ctx: Ctx, id: string): Promise<Dependent[]> {
  const { db } = ctx
  const organizationId = need(ctx, 'accounts:write')
  const [row] = await db
    .select()
    .from(account)
    .where(and(eq(account.organizationId, organizationId), eq(account.id, id)))
  if (!row) throw notFound('account')
  const { channel, validated } = row
  const onChannel = and(eq(template.organizationId, organizationId), eq(template.channel, channel))
  const ofOrganization = eq(app.organizationId, organizationId)
  const itsRules = eq(pushRule.accountId, id)
  const ruleIds = db.select({ id: pushRule.id }).from(pushRule).where(itsRules)
  const waiting = and(eq(message.channel, channel), eq(message.waiting, true), inArray(message.pushRuleId, ruleIds))
  const [templates, keys, apps, names, queued, rules, cards] = await Promise.all([
    count(ctx, template, and(onChannel, eq(template.accountId, id))),
    validated ? db.selectDistinct({ key: template.scenario }).from(template).where(onChannel) : [],
    validated ? count(ctx, app, ofOrganization) : 0,
    validated ? db.select({ name: app.name }).from(app).where(ofOrganization).limit(mostNamed) : [],
    validated ? count(ctx, message, unsent(organizationId, eq(message.channel, channel), isQueued)) : 0,
    rulesWhere(ctx, 'rules_without_account', itsRules),
    count(ctx, message, unsent(organizationId, waiting)),
  ])
  const scenarios = keys.map(({ key }) => key)
  return [
    ...some('no_sender', validated ? 1 : 0),
    ...some('account_templates', templates),
    ...some('receipt_address', validated && row.receiptToken ? 1 : 0),
    ...some('scenarios_without_sender', scenarios.length, { scenarios: scenarios.slice(0, mostNamed) }),
    ...some('apps_without_sender', apps, { names: names.map(({ name }) => name) }),
    ...some('messages_without_sender', queued),
    ...rules,
    ...some('cards_without_account', cards),
  ]
}

async function ofApp(ctx: Ctx, id: string): Promise<Dependent[]> {
  const organizationId = need(ctx, 'apps:write')
  const isUnsent = or(isQueued, eq(message.status, 'sending'))
  const [existing, keys, endpoints, templates, rules, messages] = await Promise.all([
    count(ctx, app, and(eq(app.organizationId, organizationId), eq(app.id, id))),
    count(ctx, apiKey, and(eq(apiKey.organizationId, organizationId), eq(apiKey.appId, id), isNull(apiKey.revokedAt))),
    count(ctx, webhookEndpoint, and(eq(webhookEndpoint.organizationId, organizationId), eq(webhookEndpoint.appId, id))),
    count(ctx, template, and(eq(template.organizationId, organizationId), eq(template.appId, id))),
    rulesWhere(ctx, 'rules_deleted', and(eq(pushRule.organizationId, organizationId), eq(pushRule.appId, id))),
    count(ctx, message, unsent(organizationId, eq(message.appId, id), isUnsent)),
  ])
  if (existing === 0) throw notFound('App')
  return [
    ...some('app_keys', keys),
    ...some('app_endpoints', endpoints),
    ...some('app_templates', templates),
    ...rules,
    ...some('app_messages', messages),
  ]
}

async function ofScenario(ctx: Ctx, key: string): Promise<Dependent[]> {
  const organizationId = need(ctx, 'scenarios:write')
  const itsRules = and(eq(pushRule.organizationId, organizationId), eq(pushRule.scenario, key))
  const [existing, templates, rules, messages] = await Promise.all([
    count(ctx, scenario, and(eq(scenario.organizationId, organizationId), eq(scenario.key, key))),
    count(ctx, template, and(eq(template.organizationId, organizationId), eq(template.scenario, key))),
    rulesWhere(ctx, 'rules_deleted', itsRules),
    count(ctx, message, unsent(organizationId, eq(message.scenario, key), isQueued)),
  ])
  if (existing === 0) throw notFound('scenario')
  return [...some('scenario_templates', templates), ...rules, ...some('scenario_messages', messages)]
}

async function ofPushRule(ctx: Ctx, id: string): Promise<Dependent[]> {
  const organizationId = need(ctx, 'push-rules:write')
  const [row] = await ctx.db
    .select({ appId: pushRule.appId })
    .from(pushRule)
    .where(and(eq(pushRule.organizationId, organizationId), eq(pushRule.id, id)))
  if (!row) throw notFound('push rule')
  const ofRule = and(eq(message.appId, row.appId), eq(message.pushRuleId, id), isQueued)
  return some('rule_messages', await count(ctx, message, unsent(organizationId, ofRule)))
}

/** What depends on it, a line for each kind. @throws DomainError `not_found` */
export async function dependentsOf(ctx: Ctx, of: Deletable): Promise<Dependent[]> {
  if (of.kind === 'scenario') return ofScenario(ctx, of.key)
  if (of.kind === 'app') return ofApp(ctx, of.id)
  return of.kind === 'account' ? ofAccount(ctx, of.id) : ofPushRule(ctx, of.id)
}

/** Push rules as sending needs them: what they say, through which account, and whether they can be used now. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { account, pushRule, scenario } from '#db/schema/index.ts'
import type { RuleFault } from '../base/codes.ts'
import type { Ctx } from '../base/ctx.ts'
import { type Scenario, scenarioFrom } from '../scenarios/scenarios.ts'

/** Why a rule cannot be used, a key of `Reason.*`; null when it can. */
export const invalidReasonOf = (row: { accountId: string | null; invalidReason: string | null }): RuleFault | null =>
  row.accountId === null ? 'account_deleted' : (row.invalidReason as RuleFault | null)

/** The same as a condition. */
export const isValid = sql`(${pushRule.accountId} is not null and ${pushRule.invalidReason} is null)`

export type RuleState = {
  id: string
  name: string
  appId: string
  version: number
  enabled: boolean
  /** Why it is invalid; null when it is not. */
  invalid: RuleFault | null
  content: unknown
  /** The variables that its content uses. */
  variables: string[]
  dampingSeconds: number
  /** Null when its own scenario is gone. */
  scenario: Scenario | null
  account: { id: string; name: string; failing: boolean; changedAt: Date } | null
}

const rows = (db: Ctx['db']) =>
  db
    .select({ rule: pushRule, account, scenario })
    .from(pushRule)
    .leftJoin(account, eq(account.id, pushRule.accountId))
    .leftJoin(scenario, and(eq(scenario.organizationId, pushRule.organizationId), eq(scenario.key, pushRule.scenario)))

type Row = Awaited<ReturnType<typeof rows>>[number]

const stateFrom = ({ rule, account: of, scenario: own }: Row): RuleState => ({
  id: rule.id,
  name: rule.name,
  appId: rule.appId,
  version: rule.version,
  enabled: rule.enabled,
  invalid: invalidReasonOf(rule),
  content: rule.content,
  variables: rule.variables,
  dampingSeconds: rule.dampingSeconds,
  scenario: scenarioFrom(rule.scenario, own) ?? null,
  account: of && { id: of.id, name: of.name, failing: of.failingSince !== null, changedAt: of.updatedAt },
})

/** The rules with these ids that are there. Asks nobody's permission: the ids stand in an organization's own messages. */
export async function rulesById(db: Ctx['db'], ids: readonly string[]): Promise<Map<string, RuleState>> {
  if (ids.length === 0) return new Map()
  const matching = await rows(db).where(inArray(pushRule.id, [...ids]))
  return new Map(matching.map((row) => [row.rule.id, stateFrom(row)]))
}

/** An App's rules, for all events or one, the oldest first: enabled or not, valid or not. */
export async function rulesOfApp(
  db: Ctx['db'],
  { organizationId, appId, event }: { organizationId: string; appId: string; event?: string },
): Promise<RuleState[]> {
  const matching = await rows(db)
    .where(
      and(
        eq(pushRule.organizationId, organizationId),
        eq(pushRule.appId, appId),
        event === undefined ? undefined : eq(pushRule.scenario, event),
      ),
    )
    .orderBy(asc(pushRule.id))
  return matching.map(stateFrom)
}

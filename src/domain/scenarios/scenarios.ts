/** The usages an App sends for: the built-in ones and an organization's own, and the variables each one supplies. */
import { and, asc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { Name } from '#channels/text.ts'
import { type ChannelId, channelsFor } from '#channels/traits.ts'
import { pushRule, type ScenarioKind, scenario, scenarioKinds, template } from '#db/schema/index.ts'
import { preparedQuery } from '#db/statement.ts'
import { need } from '../base/access.ts'
import { record } from '../base/audit.ts'
import type { Ctx } from '../base/ctx.ts'
import { DomainError, invalid, notFound } from '../base/errors.ts'

export type Scenario = {
  key: string
  kind: ScenarioKind
  builtIn: boolean
  nameEn: string
  nameZh: string
  variables: string[]
  channels: ChannelId[]
}

const standardVariables = ['code', 'expires_in_minutes', 'app_name', 'account']
const alarmVariables = ['device_name', 'device_key', 'alarm_content', 'alarm_level', 'occurred_at', 'app_name']

const builtIn = (kind: ScenarioKind, key: string, nameEn: string, nameZh: string): Scenario => ({
  key,
  kind,
  builtIn: true,
  nameEn,
  nameZh,
  variables: kind === 'verification' ? standardVariables : alarmVariables,
  channels: channelsFor(kind),
})

/** What Signet itself sounds an alarm by, where a channel's texts have to be approved. */
export const alarm = builtIn('notification', 'device_alarm', 'Device alarm', '设备告警')

export const builtInScenarios: readonly Scenario[] = [
  builtIn('verification', 'registration', 'Registration', '注册'),
  builtIn('verification', 'login', 'Login', '登录'),
  builtIn('verification', 'password_recovery', 'Password recovery', '找回密码'),
  builtIn('verification', 'change_contact', 'Change contact', '更换联系方式'),
  alarm,
  builtIn('notification', 'device_offline', 'Device offline', '设备离线'),
]

const builtInByKey = new Map(builtInScenarios.map((entry) => [entry.key, entry]))

/** A built-in scenario, or the row of an organization's own; undefined when there is neither. */
export function scenarioFrom(
  key: string,
  row: { kind: ScenarioKind; nameEn: string; nameZh: string; variables: string[] } | null,
): Scenario | undefined {
  const builtInOne = builtInByKey.get(key)
  if (builtInOne || !row) return builtInOne
  const { kind, nameEn, nameZh, variables } = row
  return { key, kind, builtIn: false, nameEn, nameZh, variables, channels: channelsFor(kind) }
}

/** All scenarios of the organization: the built-in ones first, then its own by age. */
export async function listScenarios(ctx: Ctx): Promise<Scenario[]> {
  const organizationId = need(ctx, 'templates:read')
  const rows = await findScenarios(ctx.db, { organizationId })
  return [...builtInScenarios, ...rows.flatMap((row) => scenarioFrom(row.key, row) ?? [])]
}

const findScenarios = preparedQuery((db) =>
  db
    .select()
    .from(scenario)
    .where(eq(scenario.organizationId, sql.placeholder('organizationId')))
    .orderBy(asc(scenario.createdAt))
    .prepare('scenarios_of'),
)

/** @throws DomainError `unknown_scenario` */
export async function getScenario(ctx: Ctx, key: string): Promise<Scenario> {
  const organizationId = need(ctx, 'templates:read')
  const builtIn = builtInByKey.get(key)
  if (builtIn) return builtIn
  const [row = null] = await ctx.db
    .select()
    .from(scenario)
    .where(and(eq(scenario.organizationId, organizationId), eq(scenario.key, key)))
  const own = scenarioFrom(key, row)
  if (!own) throw new DomainError('unknown_scenario', `There is no scenario "${key}".`)
  return own
}

const VariableName = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)

export const SaveScenario = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/),
  kind: z.enum(scenarioKinds),
  nameEn: Name(60),
  nameZh: Name(60),
  /** Besides the standard ones of a verification scenario, which it always has. */
  variables: z.array(VariableName).max(30),
})

/** Adds a scenario of the organization's own. @throws DomainError `invalid_request` when its key is taken */
export async function addScenario(ctx: Ctx, input: z.infer<typeof SaveScenario>): Promise<Scenario> {
  const organizationId = need(ctx, 'scenarios:write')
  const always = input.kind === 'verification' ? standardVariables : ['app_name']
  const variables = [...new Set([...always, ...input.variables])]
  if (builtInByKey.has(input.key)) throw invalid({ path: 'key', code: 'taken' })
  return ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .insert(scenario)
      .values({ ...input, variables, organizationId, createdAt: ctx.now() })
      .onConflictDoNothing()
      .returning()
    if (!row) throw invalid({ path: 'key', code: 'taken' })
    await record(ctx, tx, {
      action: 'added',
      subject: 'scenario',
      subjectId: input.key,
      subjectName: input.nameEn,
      changes: { kind: input.kind, variables },
    })
    return { ...input, variables, builtIn: false, channels: channelsFor(input.kind) }
  })
}

/** Deletes a scenario of the organization's own with its templates and push rules. Built-in ones stay. */
export async function removeScenario(ctx: Ctx, key: string): Promise<void> {
  const organizationId = need(ctx, 'scenarios:write')
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .delete(scenario)
      .where(and(eq(scenario.organizationId, organizationId), eq(scenario.key, key)))
      .returning()
    if (!row) throw notFound('scenario')
    await tx.delete(template).where(and(eq(template.organizationId, organizationId), eq(template.scenario, key)))
    await tx.delete(pushRule).where(and(eq(pushRule.organizationId, organizationId), eq(pushRule.scenario, key)))
    await record(ctx, tx, { action: 'deleted', subject: 'scenario', subjectId: key, subjectName: row.nameEn })
  })
}

/**
 * The values to send with: what the caller gave, and for some variables a value of their own when not given.
 * @throws DomainError `unknown_variables`, `missing_variables`
 */
export function fillIn(
  of: Scenario,
  given: Record<string, string>,
  used: readonly string[],
  own: { appName: string; recipient: string; codeLifetimeMinutes: number; now: Date },
): Record<string, string> {
  const unknown = Object.keys(given).filter((name) => !of.variables.includes(name))
  if (unknown.length > 0) {
    throw new DomainError('unknown_variables', `The scenario "${of.key}" has no variable ${unknown.join(', ')}.`, {
      variables: unknown,
    })
  }
  const values: Record<string, string> = {
    app_name: own.appName,
    account: own.recipient,
    expires_in_minutes: String(own.codeLifetimeMinutes),
    occurred_at: `${own.now.toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    ...given,
  }
  const needed = of.kind === 'verification' ? new Set([...used, 'code']) : new Set(used)
  const missing = [...needed].filter((name) => !Object.hasOwn(values, name))
  if (missing.length > 0) {
    throw new DomainError('missing_variables', `Missing: ${missing.join(', ')}.`, { variables: missing })
  }
  return Object.fromEntries(
    of.variables.flatMap((name) => (Object.hasOwn(values, name) ? [[name, values[name] ?? '']] : [])),
  )
}

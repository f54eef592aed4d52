/**
 * The one answer to "what would be sent, from which account, and if nothing, why": asked by the HTTP API, the worker, the test
 * send and the coverage matrix alike. One query for any number of questions.
 */

import { everybody } from '#channels/contract.ts'
import type { ChannelId } from '#channels/traits.ts'
import { type ScenarioKind, scenarioKinds } from '#db/schema/index.ts'
import { runPrepared } from '#db/statement.ts'
import type { TemplateFault } from '../base/codes.ts'
import type { Ctx } from '../base/ctx.ts'
import { DomainError } from '../base/errors.ts'
import { type Scenario, scenarioFrom } from '../scenarios/scenarios.ts'

export type Question = {
  organizationId: string
  appId: string | null
  channel: ChannelId
  scenario: string
  /** The language asked for; absent: the App's. */
  locale?: string | null
  /** Whom it is for, where the channel's templates tell audiences apart. */
  audience?: string
}

export type Resolution = {
  scenario: Scenario | null
  template: {
    id: string
    version: number
    origin: 'app' | 'default'
    locale: string | null
    variables: string[]
    updatedAt: Date
    /** Why it cannot be used, a key of `Reason.*`, with the provider's own reason; null when it can. */
    blocked: { reason: TemplateFault; detail: string } | null
  } | null
  /** The validated account of the channel. */
  account: { id: string; name: string; failing: boolean; changedAt: Date } | null
}

type Row = {
  n: number
  fingerprint: string
  app_name: string | null
  code_lifetime_minutes: number
  kind: ScenarioKind | null
  name_en: string
  name_zh: string
  scenario_variables: string[]
  template_id: string | null
  template_version: number
  template_app: string | null
  template_locale: string | null
  template_variables: string[]
  template_updated_at: string
  template_blocked: TemplateFault | null
  template_blocked_detail: string | null
  account_id: string | null
  account_name: string
  account_failing: boolean
  account_updated_at: string
}

/** Questions as they travel to the database. */
export const askedColumns = 'n int, o uuid, a uuid, c text, s text, l text, p text'
export const asked = ({ organizationId, appId, channel, scenario, locale, audience }: Question, n: number) => ({
  n,
  o: organizationId,
  a: appId,
  c: channel,
  s: scenario,
  l: locale ?? null,
  p: audience ?? everybody,
})

/**
 * The answers `f` to the questions in `source`, which has the columns `askedColumns` and is named `q`. Of the App's templates
 * and of the defaults the best one each is taken, and then the App's: unless it cannot be used and its owner allowed that the
 * default stands in. A template that names another account's signatures is the last choice, and cannot be used.
 */
export const resolving = (source: string, among = '') => `
  ${source} cross join lateral (
    select app.name as app_name, app.code_lifetime_minutes, s.kind, s.name_en, s.name_zh, s.variables as scenario_variables,
      t.id as template_id, t.version as template_version, t.app_id as template_app, t.locale as template_locale,
      t.variables as template_variables, t.updated_at as template_updated_at, t.blocked as template_blocked,
      t.blocked_detail as template_blocked_detail,
      a.id as account_id, a.name as account_name, a.failing_since is not null as account_failing, a.updated_at as account_updated_at
    from (select 1) one
    left join app on app.id = q.a and app.organization_id = q.o
    left join scenario s on s.organization_id = q.o and s.key = q.s
    left join account a on a.organization_id = q.o and a.channel = q.c and a.validated
    left join lateral (
      select * from (
        select distinct on (t.app_id is null) t.id, t.version, t.app_id, t.locale, t.variables, t.updated_at, t.fall_back,
          case when t.account_id <> a.id then 'other_account' else t.standing -> q.p ->> 'blocked' end as blocked,
          t.standing -> q.p ->> 'detail' as blocked_detail
        from template t
        where t.organization_id = q.o and t.channel = q.c and t.scenario = q.s and (t.app_id = q.a or t.app_id is null)${among}
          and (t.locale is null or t.locale in (coalesce(q.l, app.language), split_part(coalesce(q.l, app.language), '-', 1))
            or (t.app_id is not null and t.locale = app.language))
        order by t.app_id is null, (t.account_id <> a.id) is true, t.locale = coalesce(q.l, app.language) desc nulls last,
          t.locale = split_part(coalesce(q.l, app.language), '-', 1) desc nulls last, t.locale nulls last
      ) best
      order by case when app_id is null then 1 when blocked is not null and fall_back then 2 else 0 end
      limit 1
    ) t on true
  ) f`

const answering = `select q.n, f.*, f::text as fingerprint from ${resolving(`json_to_recordset($1::json) as q(${askedColumns})`)} order by q.n`

/** A resolution with the name and settings of its App. As long as `fingerprint` is what the database answers, it holds. */
export type FullResolution = Resolution & {
  app: { name: string; codeLifetimeMinutes: number } | null
  fingerprint: string
}

/**
 * Answers in the order of the questions. Asks nobody's permission: the organization stands in the question. A template is
 * looked for in this order: the App's in the language asked for (`en-GB`, then `en`), the App's in the App's language, the
 * App's base; then the default in the language asked for, and the default's base. Where none is asked for it is the App's.
 */
export async function resolveAll(db: Ctx['db'], questions: Question[]): Promise<Resolution[]> {
  const rows = await readRows(db, questions)
  return rows.map((row, index) => answer(row, questions[index]?.scenario ?? ''))
}

/** As `resolveAll`, with what it takes to find out later, in one statement with a write, whether it still holds. */
export async function resolveFully(db: Ctx['db'], questions: Question[]): Promise<FullResolution[]> {
  const rows = await readRows(db, questions)
  return rows.map((row, index) => ({
    ...answer(row, questions[index]?.scenario ?? ''),
    app: row.app_name === null ? null : { name: row.app_name, codeLifetimeMinutes: row.code_lifetime_minutes },
    fingerprint: row.fingerprint,
  }))
}

const answeringWithout = `select f.template_id as id
  from ${resolving(`json_to_recordset($1::json) as q(${askedColumns}, x uuid)`, ' and t.id is distinct from q.x')} order by q.n`

/** The ids of the templates that would be the answers if one that is stored were not there. */
export async function resolvedWithout(
  db: Ctx['db'],
  templateId: string | null,
  questions: Question[],
): Promise<(string | null)[]> {
  const given = questions.map((question, n) => ({ ...asked(question, n), x: templateId }))
  const rows = await runPrepared<{ id: string | null }>(db, answeringWithout, JSON.stringify(given))
  return rows.map(({ id }) => id)
}

async function readRows(db: Ctx['db'], questions: Question[]): Promise<Row[]> {
  return questions.length === 0 ? [] : runPrepared<Row>(db, answering, JSON.stringify(questions.map(asked)))
}

function answer(row: Row, scenarioKey: string): Resolution {
  const own =
    row.kind && scenarioKinds.includes(row.kind)
      ? { kind: row.kind, nameEn: row.name_en, nameZh: row.name_zh, variables: row.scenario_variables }
      : null
  return {
    scenario: scenarioFrom(scenarioKey, own) ?? null,
    template: row.template_id
      ? {
          id: row.template_id,
          version: row.template_version,
          origin: row.template_app ? 'app' : 'default',
          locale: row.template_locale,
          variables: row.template_variables,
          updatedAt: new Date(row.template_updated_at),
          blocked:
            row.template_blocked === null
              ? null
              : { reason: row.template_blocked, detail: row.template_blocked_detail ?? '' },
        }
      : null,
    account: row.account_id
      ? {
          id: row.account_id,
          name: row.account_name,
          failing: row.account_failing,
          changedAt: new Date(row.account_updated_at),
        }
      : null,
  }
}

/** Why nothing can be sent, or null when something can. A message that reaches no provider needs no account. */
export function obstacle({ scenario, template, account }: Resolution, needsAccount = true): DomainError | null {
  if (!scenario) return new DomainError('unknown_scenario', 'There is no such scenario.')
  if (!account && needsAccount)
    return new DomainError('channel_not_configured', 'The channel has no validated account.')
  if (!template)
    return new DomainError(
      'template_not_configured',
      'Neither the App nor the default has a template for this scenario.',
    )
  return template.blocked ? unusable(template.blocked) : null
}

/** A template that is there and cannot be used. `reason` is a key of `Reason.*`, `detail` the provider's own words. */
export const unusable = ({ reason, detail = '' }: { reason: TemplateFault; detail?: string }) =>
  new DomainError('template_not_usable', `The template cannot be used: ${reason}${detail ? ` (${detail})` : ''}.`, {
    reason,
  })

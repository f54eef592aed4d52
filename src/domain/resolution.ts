/**
 * The one answer to "what would be sent, from which account, and if nothing, why": asked by the HTTP API, the worker, the test
 * send and the coverage matrix alike. One query for any number of questions.
 */
import { type ScenarioKind, scenarioKinds } from '#db/schema/index.ts'
import { runPrepared } from '#db/statement.ts'
import { need } from './access.ts'
import { type ChannelId, channelIds } from './channels/contract.ts'
import type { Ctx } from './ctx.ts'
import { DomainError } from './errors.ts'
import { listScenarios, type Scenario, scenarioFrom } from './scenarios.ts'

export type Question = {
  organizationId: string
  appId: string | null
  channel: ChannelId
  scenario: string
  /** The language asked for; absent: the App's. */
  locale?: string | null
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
  } | null
  /** The validated account of the channel. */
  account: { id: string; name: string; failing: boolean; changedAt: Date } | null
}

type Row = {
  n: number
  proof: string
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
  account_id: string | null
  account_name: string
  account_failing: boolean
  account_updated_at: string
}

/** Questions as they travel to the database. */
export const askedColumns = 'n int, o uuid, a uuid, c text, s text, l text'
export const asked = ({ organizationId, appId, channel, scenario, locale }: Question, n: number) => ({
  n,
  o: organizationId,
  a: appId,
  c: channel,
  s: scenario,
  l: locale ?? null,
})

/** The answers `f` to the questions in `source`, which has the columns `askedColumns` and is named `q`. */
export const resolving = (source: string) => `
  ${source} cross join lateral (
    select app.name as app_name, app.code_lifetime_minutes, s.kind, s.name_en, s.name_zh, s.variables as scenario_variables,
      t.id as template_id, t.version as template_version, t.app_id as template_app, t.locale as template_locale,
      t.variables as template_variables, t.updated_at as template_updated_at,
      a.id as account_id, a.name as account_name, a.failing_since is not null as account_failing, a.updated_at as account_updated_at
    from (select 1) one
    left join app on app.id = q.a and app.organization_id = q.o
    left join scenario s on s.organization_id = q.o and s.key = q.s
    left join lateral (
      select t.id, t.version, t.app_id, t.locale, t.variables, t.updated_at from template t
      where t.organization_id = q.o and t.channel = q.c and t.scenario = q.s and (t.app_id = q.a or t.app_id is null)
        and (t.locale is null or t.locale in (coalesce(q.l, app.language), split_part(coalesce(q.l, app.language), '-', 1))
          or (t.app_id is not null and t.locale = app.language))
      order by t.app_id nulls last, t.locale = coalesce(q.l, app.language) desc nulls last,
        t.locale = split_part(coalesce(q.l, app.language), '-', 1) desc nulls last, t.locale nulls last
      limit 1
    ) t on true
    left join account a on a.organization_id = q.o and a.channel = q.c and a.validated
  ) f`

const answering = `select q.n, f.*, f::text as proof from ${resolving(`json_to_recordset($1::json) as q(${askedColumns})`)} order by q.n`

/** A resolution with the name and settings of its App. As long as `proof` is what the database answers, it holds. */
export type Standing = Resolution & { app: { name: string; codeLifetimeMinutes: number } | null; proof: string }

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
export async function standingOf(db: Ctx['db'], questions: Question[]): Promise<Standing[]> {
  const rows = await readRows(db, questions)
  return rows.map((row, index) => ({
    ...answer(row, questions[index]?.scenario ?? ''),
    app: row.app_name === null ? null : { name: row.app_name, codeLifetimeMinutes: row.code_lifetime_minutes },
    proof: row.proof,
  }))
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

/** Why nothing can be sent, or null when something can. */
export function obstacle({ scenario, template, account }: Resolution): DomainError | null {
  if (!scenario) return new DomainError('unknown_scenario', 'There is no such scenario.')
  if (!account) return new DomainError('channel_not_configured', 'The channel has no validated account.')
  if (!template)
    return new DomainError(
      'template_not_configured',
      'Neither the App nor the default has a template for this scenario.',
    )
  return null
}

export type Cell = {
  scenario: string
  channel: ChannelId
  /** `usable`, `failing` (the account needs attention), a code of `obstacle`, or `not_offered` (the scenario has no such channel). */
  state: 'usable' | 'failing' | 'channel_not_configured' | 'template_not_configured' | 'not_offered'
  origin: 'app' | 'default' | null
  version: number | null
  account: string | null
}

/** What an App (or, for null, an App without templates of its own) sends: a cell for each scenario and channel. */
export async function coverage(
  ctx: Ctx,
  input: { appId: string | null; channels?: ChannelId[] },
): Promise<{ scenarios: Scenario[]; cells: Cell[] }> {
  const organizationId = need(ctx, 'templates:read')
  const scenarios = await listScenarios(ctx)
  const channels = (input.channels ?? channelIds).filter((channel) => ctx.catalog.channelIds.includes(channel))
  const questions = scenarios.flatMap(({ key }) =>
    channels.map((channel) => ({ organizationId, appId: input.appId, channel, scenario: key })),
  )
  const resolutions = await resolveAll(ctx.db, questions)
  const cells = questions.map(({ scenario, channel }, index): Cell => {
    const resolution = resolutions[index]
    const empty = { scenario, channel, origin: null, version: null, account: null }
    if (!resolution?.scenario?.channels.includes(channel)) return { ...empty, state: 'not_offered' }
    const reason = obstacle(resolution)
    const state = reason ? (reason.code as Cell['state']) : resolution.account?.failing ? 'failing' : 'usable'
    return {
      scenario,
      channel,
      state,
      origin: resolution.template?.origin ?? null,
      version: resolution.template?.version ?? null,
      account: resolution.account?.name ?? null,
    }
  })
  return { scenarios, cells }
}

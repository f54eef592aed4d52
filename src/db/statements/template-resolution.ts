/** Which template and which account a message is sent with, as one expression for any number of questions. */
import { account, app, scenario, template } from '../schema/index.ts'
import { orNull, statement, value } from '../statement.ts'

/** `number` is its place among the questions. */
export const question = {
  number: value.int,
  organizationId: value.id,
  appId: orNull(value.id),
  channel: value.text,
  scenario: value.text,
  locale: orNull(value.text),
  audience: value.text,
}

/** Of an App, scenario, template or account that is not there all columns are null; its first one says so in its type. */
const answer = {
  appName: orNull(app.name),
  codeLifetimeMinutes: app.codeLifetimeMinutes,
  kind: orNull(scenario.kind),
  nameEn: scenario.nameEn,
  nameZh: scenario.nameZh,
  scenarioVariables: scenario.variables,
  templateId: orNull(template.id),
  templateVersion: template.version,
  templateApp: template.appId,
  templateLocale: template.locale,
  templateVariables: template.variables,
  templateUpdatedAt: template.updatedAt,
  templateBlocked: orNull(value.text),
  templateBlockedDetail: orNull(value.text),
  accountId: orNull(account.id),
  accountName: account.name,
  accountFailing: value.flag,
  accountUpdatedAt: account.updatedAt,
}

/**
 * Questions, joined with an `answer` to each. Of the App's templates and of the defaults the best one each is taken, and then
 * the App's: unless it cannot be used and its owner allowed that the default stands in. A template that names another account's
 * signatures is the last choice, and cannot be used.
 * @param questions a table that is called `question`
 * @param among a further condition of the templates `t`
 */
export const answered = (questions: string, among = '') => `
  ${questions} cross join lateral (
    select app.name as app_name, app.code_lifetime_minutes, s.kind, s.name_en, s.name_zh, s.variables as scenario_variables,
      t.id as template_id, t.version as template_version, t.app_id as template_app, t.locale as template_locale,
      t.variables as template_variables, t.updated_at as template_updated_at, t.blocked as template_blocked,
      t.blocked_detail as template_blocked_detail,
      a.id as account_id, a.name as account_name, a.failing_since is not null as account_failing, a.updated_at as account_updated_at
    from (select 1) one
    left join app on app.id = question.app_id and app.organization_id = question.organization_id
    left join scenario s on s.organization_id = question.organization_id and s.key = question.scenario
    left join account a on a.organization_id = question.organization_id and a.channel = question.channel and a.validated
    cross join lateral (select coalesce(question.locale, app.language) as wanted) language
    left join lateral (
      select * from (
        select distinct on (t.app_id is null) t.id, t.version, t.app_id, t.locale, t.variables, t.updated_at, t.fall_back,
          case when t.account_id <> a.id then 'other_account' else t.standing -> question.audience ->> 'blocked' end as blocked,
          t.standing -> question.audience ->> 'detail' as blocked_detail
        from template t
        where t.organization_id = question.organization_id and t.channel = question.channel and t.scenario = question.scenario
          and (t.app_id = question.app_id or t.app_id is null) ${among}
          and (t.locale is null or t.locale in (language.wanted, split_part(language.wanted, '-', 1))
            or (t.app_id is not null and t.locale = app.language))
        order by t.app_id is null, (t.account_id <> a.id) is true, t.locale = language.wanted desc nulls last,
          t.locale = split_part(language.wanted, '-', 1) desc nulls last, t.locale nulls last
      ) best
      order by case when app_id is null then 1 when blocked is not null and fall_back then 2 else 0 end
      limit 1
    ) t on true
  ) answer`

/** What tells an answer from another one. */
export const fingerprint = 'answer::text'

/** In the order of the questions. */
export const answerQuestions = statement({
  takes: { question },
  gives: { ...answer, fingerprint: value.text },
  sql: (given) =>
    `select answer.*, ${fingerprint} as fingerprint from ${answered(given.question)} order by question.number`,
})

/** The ids of the templates that would be the answers if one of them were not there. */
export const answerWithoutTemplate = statement({
  takes: { question, template: orNull(value.id) },
  gives: { templateId: orNull(template.id) },
  sql: (given) => `
    select answer.template_id
    from ${answered(given.question, `and t.id is distinct from ${given.template}`)} order by question.number`,
})

/** What the first page finds over an organization's templates and accounts. */
import { app, template } from '../schema/index.ts'
import { orNull, statement, value } from '../statement.ts'

/**
 * Templates that cannot be used, the last changed first, each with how many there are in all. Of a validated account those
 * that its provider blocks; of another one those that the validated account has none in the place of. An audience that a
 * template has nothing for is left to its author: it was never written.
 */
export const listBlockedTemplates = statement({
  takes: { organizationId: value.id, most: value.int },
  gives: {
    channel: template.channel,
    scenario: template.scenario,
    appKey: orNull(app.key),
    appName: orNull(app.name),
    reason: value.text,
    count: value.int,
  },
  sql: ({ organizationId, most }) => `
    select channel, scenario, app_key, app_name, reason, count(*) over ()::int as count
    from (
      select distinct on (t.channel, t.scenario, t.app_id, t.locale) t.id, t.updated_at, t.channel, t.scenario,
        app.key as app_key, app.name as app_name, coalesce(lost.reason, 'other_account') as reason
      from account a
      join template t on t.organization_id = a.organization_id and t.channel = a.channel and t.account_id is not null
      left join app on app.id = t.app_id
      left join lateral (
        select value ->> 'blocked' as reason from jsonb_each(t.standing)
        where t.account_id = a.id and value ->> 'blocked' <> 'no_' || key || '_template'
        limit 1
      ) lost on true
      where a.organization_id = ${organizationId} and a.validated and case
        when t.account_id = a.id then lost.reason is not null
        else not (t.app_id is not null and t.fall_back) and not exists (
          select from template own
          where own.account_id = a.id and own.scenario = t.scenario and own.app_id is not distinct from t.app_id
        ) end
      order by t.channel, t.scenario, t.app_id, t.locale, t.updated_at desc, t.id
    ) blocked
    order by updated_at desc, id
    limit ${most}`,
  plansAnew: true,
})

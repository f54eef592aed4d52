/** Whether the counters say what the log does: for each hour, App, channel, scenario, provider and outcome. */
import { sql } from 'drizzle-orm'
import type { Db } from '#db/database.ts'

type Difference = { place: string; counted: string; logged: string }

/** Where they differ, in messages or segments. Nothing is to be under way meanwhile. */
export async function miscounted(db: Db, organizationIds?: readonly string[]): Promise<Difference[]> {
  if (organizationIds?.length === 0) return []
  const { rows } = await db.execute<Difference>(sql`
    with counted as (
      select organization_id, hour, app_id, channel, scenario, provider, outcome, sum(messages) as messages, sum(segments) as segments
      from message_count group by 1, 2, 3, 4, 5, 6, 7
    ), logged as (
      select m.organization_id, date_trunc('hour', m.created_at, 'UTC') as hour,
        coalesce(m.app_id, '00000000-0000-0000-0000-000000000000') as app_id, m.channel, m.scenario, one.provider, one.outcome,
        count(*) as messages, coalesce(sum(one.segments), 0) as segments
      from message m left join account a on a.id = m.account_id
      cross join lateral (values ('', 'accepted', 0), (coalesce(m.provider, a.provider, ''), m.status, m.segments))
        as one(provider, outcome, segments)
      where m.kind = 'live' and one.outcome not in ('queued', 'sending')
      group by 1, 2, 3, 4, 5, 6, 7
    )
    select concat_ws(' ', hour, app_id, channel, scenario, provider, outcome) as place,
      concat_ws('/', c.messages, c.segments) as counted, concat_ws('/', l.messages, l.segments) as logged
    from counted c full join logged l using (organization_id, hour, app_id, channel, scenario, provider, outcome)
    where ${organizationIds ? sql`organization_id in ${organizationIds}` : true} and (
      coalesce(c.messages, 0) <> coalesce(l.messages, 0) or coalesce(c.segments, 0) <> coalesce(l.segments, 0))`)
  return rows
}

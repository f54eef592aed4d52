/** Numbers of the whole installation, for those who watch it. None of them counts a table that grows with the log. */
import { message } from '../schema/index.ts'
import { statement, value } from '../statement.ts'
import { deliveriesQueue } from './jobs.ts'

/** Counting goes no further: a longer line is read by its age. */
const most = 100_000

/** How many jobs may be taken now, are due later, and are in a worker's hands. */
export const countJobs = statement({
  takes: {},
  gives: { state: value.text, count: value.int },
  sql: () => `
    select state, count(*)::int as count from (
      select case when state = 'active' then 'running' when start_after <= now() then 'ready' else 'delayed' end as state
      from pgboss.job where name = '${deliveriesQueue}' and state <= 'active' limit ${most}
    ) job group by 1`,
  plansAnew: true,
})

/** Calls of webhooks that are on: how many wait, since when the oldest has been due, and how many of the endpoints fail. */
export const watchWebhooks = statement({
  takes: {},
  gives: { waiting: value.int, oldest: value.number, failing: value.int },
  sql: () => `
    select count(next_at)::int as waiting, coalesce(greatest(0, extract(epoch from now() - min(next_at))), 0)::float8 as oldest,
      (select count(*)::int from webhook_endpoint where enabled and failing_since is not null) as failing
    from (
      select next_at from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id and e.enabled
      where d.state = 'waiting' limit ${most}
    ) d`,
  plansAnew: true,
})

/** What tables that grow by themselves take on disk, with their indexes and partitions, and the whole database. */
export const readSizes = statement({
  takes: {},
  gives: { table: value.text, bytes: value.number },
  sql: () => `
    select name as table, coalesce(pg_total_relation_size(to_regclass(name)), 0)::float8 + (
      select coalesce(sum(pg_total_relation_size(relid)), 0)::float8 from pg_partition_tree(to_regclass(name))
    ) as bytes
    from unnest(array['message', 'message_event', 'webhook_delivery', 'audit_event', 'message_count', 'pgboss.job']) as name
    union all
    select '', pg_database_size(current_database())::float8`,
})

/** How many messages are held back until their account or template is put right. */
export const countWaiting = statement({
  takes: {},
  gives: { channel: message.channel, count: value.int },
  sql: () => `
    select channel, count(*)::int as count from (select channel from message where waiting limit ${most}) message group by 1`,
  plansAnew: true,
})

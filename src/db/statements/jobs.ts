/** What is said to pg-boss's tables in SQL, since it has to be part of a larger statement, or pg-boss would read too much for it. */
import { statement, value } from '../statement.ts'

export const deliveriesQueue = 'deliveries'
export const wakeChannel = 'signet_deliveries'
/** Seconds without a sign of life after which a killed worker's job goes to another one; pg-boss takes no less than 10. */
export const heartbeatSeconds = 12
/** The priority of codes; everything else has none. */
export const urgently = 10

/** Wakes a worker; many in one transaction are one. */
const wake = `pg_notify('${wakeChannel}', '')`

/**
 * Adds a job for every row of `source`, which has the columns `job_id`, `id`, `job_group` and `is_urgent`. It writes what
 * pg-boss's own insert does, which fills in nothing but the queue's settings; its documentation invites to do so. Wakes a worker.
 */
export const addJobsOf = (source: string) => `
  insert into pgboss.job (id, name, data, group_id, priority, policy, retry_limit, retry_delay, retry_backoff, retry_delay_max,
    expire_seconds, deletion_seconds, keep_until, dead_letter, heartbeat_seconds)
  select s.job_id, q.name, jsonb_build_object('messageId', s.id, 'group', s.job_group), s.job_group,
    case when s.is_urgent then ${urgently} else 0 end, q.policy, q.retry_limit, q.retry_delay, coalesce(q.retry_backoff, false),
    q.retry_delay_max, q.expire_seconds, q.deletion_seconds, now() + q.retention_seconds * interval '1 s', q.dead_letter,
    q.heartbeat_seconds
  from ${source} s join pgboss.queue q on q.name = '${deliveriesQueue}'
  returning ${wake}`

export const wakeWorkers = statement({ takes: {}, gives: {}, sql: () => `select from ${wake}` })

/** pg-boss would do this, too, but not without counting the whole table each time. The index of active jobs serves it. */
export const giveBackSilent = statement({
  takes: {},
  gives: {},
  sql: () => `
    with silent as (
      update pgboss.job set state = 'retry', start_after = now()
      where name = '${deliveriesQueue}' and group_id is not null and state = 'active'
        and heartbeat_on < now() - interval '${heartbeatSeconds} s'
      returning 1
    )
    select from ${wake} where exists (select from silent)`,
})

/** What the database's clock dated ahead of now before it was set back is dated now, what was to follow so much earlier. */
export const bringBackJobs = [
  `update pgboss.job set start_after = start_after - (created_on - now()), created_on = now()
   where name = '${deliveriesQueue}' and state in ('created', 'retry') and created_on > now() + interval '3 s'`,
  // Without it the job of a killed worker came back only once its last sign of life is past.
  `update pgboss.job set started_on = now(), heartbeat_on = now()
   where name = '${deliveriesQueue}' and state = 'active' and heartbeat_on > now() + interval '3 s'`,
  `update pgboss.queue set monitor_claim_on = least(monitor_claim_on, now()), monitor_on = least(monitor_on, now()),
     maintain_on = least(maintain_on, now())
   where greatest(monitor_claim_on, monitor_on, maintain_on) > now() + interval '3 s'`,
].map((sql) => statement({ takes: {}, gives: {}, sql: () => sql }))

/** Of the jobs that stand first in the line: all of a long line would take too long to read. */
const first = (priority: number) => `
  (select start_after from pgboss.job where name = '${deliveriesQueue}' and state < 'active' and not blocked and priority = ${priority}
   order by created_on limit 1000)`

/** For how many seconds the oldest job has been due that nobody has taken. No row where there is no queue. */
export const oldestDueJob = statement({
  takes: {},
  gives: { seconds: value.number },
  sql: () => `
    select coalesce((
      select extract(epoch from now() - min(start_after))::float8
      from (${first(urgently)} union all ${first(0)}) first where start_after <= now()
    ), 0) as seconds from pgboss.queue limit 1`,
  plansAnew: true,
})

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

/** How many messages are held back until their account or template is put right. */
export const countWaiting = statement({
  takes: {},
  gives: { channel: message.channel, count: value.int },
  sql: () => `
    select channel, count(*)::int as count from (select channel from message where waiting limit ${most}) message group by 1`,
  plansAnew: true,
})

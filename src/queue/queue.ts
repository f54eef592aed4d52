/**
 * Jobs on Postgres: pg-boss, wrapped once. A job joins the transaction of its message, carries only the message's id, and
 * wakes a worker through NOTIFY. Each organization's channel is a group, so that a slow account takes no other's place.
 */
import { sql } from 'drizzle-orm'
import { fromDrizzle, PgBoss } from 'pg-boss'
import type { Db, Tx } from '#db/client.ts'
import { runPrepared } from '#db/statement.ts'

export const deliveriesQueue = 'deliveries'
export const wakeChannel = 'signet_deliveries'

export type Delivery = {
  /** Id of the job; the message row names the job in charge of it. */
  id: string
  messageId: string
  /** Jobs of one group wait for each other's places, never for another group's. */
  group: string
  /** Codes before alerts. */
  urgent: boolean
  startAfter?: Date
}

export type JobData = { messageId: string; group: string }
export type TakenJob = JobData & { id: string }

export type Jobs = {
  /** Adds jobs in the caller's transaction: no commit, no job. */
  enqueue(tx: Tx, deliveries: Delivery[]): Promise<void>
  /** Ends jobs in the caller's transaction. They leave the table at once: nothing reads what is done. */
  complete(tx: Tx, jobIds: string[]): Promise<void>
  /** After the database's clock was set back: what it dated ahead of now is dated now, and what was to follow so much earlier. */
  bringBack(tx: Tx): Promise<void>
  /** `enqueue` as a part of the caller's statement, where a transaction of several would cost too much. */
  asSql: {
    /** Adds a job for every row of `source`, which has the columns `job_id`, `id`, `job_group` and `is_urgent`. */
    insert(source: string): string
    /** An expression that wakes a worker. */
    wake: string
  }
}

/** Seconds without a sign of life after which a killed worker's job goes to another one; pg-boss takes no less than 10. */
export const heartbeatSeconds = 12

/** Creates or updates pg-boss's tables and our queue. Run with the migrations, before any process starts. */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: databaseUrl, schedule: false, supervise: false, max: 2 })
  let failure: unknown
  boss.on('error', (error) => {
    failure = error
  })
  await boss.start()
  const options = { retryLimit: 1000, retryDelay: 0, heartbeatSeconds, expireInSeconds: 3600, deleteAfterSeconds: 600 }
  if (await boss.getQueue(deliveriesQueue)) await boss.updateQueue(deliveriesQueue, options)
  else await boss.createQueue(deliveriesQueue, options)
  await boss.stop({ graceful: false })
  if (failure) throw failure
}

/** The enqueueing end, for any process. It keeps no connection of its own. */
export async function openQueue(db: Db): Promise<Jobs & { close(): Promise<void> }> {
  const boss = new PgBoss({
    db: fromDrizzle(db, sql),
    schedule: false,
    supervise: false,
    migrate: false,
    createSchema: false,
  })
  boss.on('error', () => undefined)
  await boss.start()
  return { ...jobsOf(boss), close: () => boss.stop({ graceful: false }) }
}

/** The caller's transaction as pg-boss takes it. What it runs here has the same text at every call. */
const within = (tx: Tx) => ({
  executeSql: async (text: string, values: unknown[] = []) => ({
    rows: await runPrepared<object>(tx, text, ...values),
  }),
})

/** An expression that wakes a worker. */
export const wake = `pg_notify('${wakeChannel}', '')`
/** The priority of codes; everything else has none. */
export const urgently = 10

/** What pg-boss's own insert writes: it invites to use its tables from SQL, and fills in nothing but the queue's settings. */
const insertFrom = (source: string) => `
  insert into pgboss.job (id, name, data, group_id, priority, policy, retry_limit, retry_delay, retry_backoff, retry_delay_max,
    expire_seconds, deletion_seconds, keep_until, dead_letter, heartbeat_seconds)
  select s.job_id, q.name, jsonb_build_object('messageId', s.id, 'group', s.job_group), s.job_group,
    case when s.is_urgent then ${urgently} else 0 end, q.policy, q.retry_limit, q.retry_delay, coalesce(q.retry_backoff, false),
    q.retry_delay_max, q.expire_seconds, q.deletion_seconds, now() + q.retention_seconds * interval '1 s', q.dead_letter,
    q.heartbeat_seconds
  from ${source} s join pgboss.queue q on q.name = '${deliveriesQueue}'`

const bringingBack = [
  `update pgboss.job set start_after = start_after - (created_on - now()), created_on = now()
   where name = '${deliveriesQueue}' and state in ('created', 'retry') and created_on > now() + interval '3 s'`,
  // Without it the job of a killed worker came back only once its last sign of life is past.
  `update pgboss.job set started_on = now(), heartbeat_on = now()
   where name = '${deliveriesQueue}' and state = 'active' and heartbeat_on > now() + interval '3 s'`,
  `update pgboss.queue set monitor_claim_on = least(monitor_claim_on, now()), monitor_on = least(monitor_on, now()),
     maintain_on = least(maintain_on, now())
   where greatest(monitor_claim_on, monitor_on, maintain_on) > now() + interval '3 s'`,
]

export const jobsOf = (boss: PgBoss): Jobs => ({
  async enqueue(tx, list) {
    if (list.length === 0) return
    const jobs = list.map((delivery) => ({
      id: delivery.id,
      data: { messageId: delivery.messageId, group: delivery.group },
      group: { id: delivery.group },
      priority: delivery.urgent ? urgently : 0,
      ...(delivery.startAfter ? { startAfter: delivery.startAfter } : {}),
    }))
    const isDue = list.some((delivery) => !delivery.startAfter)
    await Promise.all([
      boss.insert(deliveriesQueue, jobs, { db: within(tx) }),
      isDue ? runPrepared(tx, `select ${wake}`) : undefined,
    ])
  },
  async complete(tx, jobIds) {
    if (jobIds.length > 0) await boss.deleteJob(deliveriesQueue, jobIds, { db: within(tx) })
  },
  async bringBack(tx) {
    for (const statement of bringingBack) await runPrepared(tx, statement)
  },
  asSql: { insert: insertFrom, wake },
})

/**
 * Jobs on Postgres: pg-boss, wrapped once. A job joins the transaction of its message, carries only the message's id, and
 * wakes a worker through NOTIFY. Each organization's channel is a group, so that a slow account takes no other's place.
 */
import { sql } from 'drizzle-orm'
import { fromDrizzle, PgBoss } from 'pg-boss'
import type { Db, Tx } from '#db/database.ts'
import { runPrepared } from '#db/statement.ts'
import { bringBackJobs, deliveriesQueue, heartbeatSeconds, urgently, wakeWorkers } from '#db/statements/jobs.ts'

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
}

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
    await Promise.all([boss.insert(deliveriesQueue, jobs, { db: within(tx) }), isDue ? wakeWorkers(tx, {}) : undefined])
  },
  async complete(tx, jobIds) {
    if (jobIds.length > 0) await boss.deleteJob(deliveriesQueue, jobIds, { db: within(tx) })
  },
  async bringBack(tx) {
    for (const bringBack of bringBackJobs) await bringBack(tx, {})
  },
})

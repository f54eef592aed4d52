/** Whether what everything stands on is there: the database, and the queue in it; and whether sending is held. */
import { setTimeout as rest } from 'node:timers/promises'
import { oldestDueJob } from '#db/statements/jobs.ts'
import { ping } from '#db/statements/server.ts'
import type { Ctx } from '../base/ctx.ts'
import { heldNow } from '../base/holding.ts'

export type Health = {
  database: boolean
  queue: boolean
  held: boolean
  /** For how long the oldest statement of this process has been under way, in seconds. */
  oldestStatement: number
  /** For how long the oldest job that no worker has taken has been due, in seconds; null when that is not known. */
  oldestJob: number | null
}

/** Whoever asks has asked within a second, in milliseconds. */
const patience = 800

/** Undefined when it fails or takes too long. */
async function soon<Output>(work: Promise<Output>): Promise<Output | undefined> {
  return Promise.race([work.catch(() => undefined), rest(patience, undefined, { ref: false })])
}

/** Never throws, and answers within a second: what does not answer by then is not there. */
export async function health({
  db,
  oldestStatementMs,
}: Pick<Ctx, 'db'> & { oldestStatementMs: () => number }): Promise<Health> {
  const oldestStatement = Math.round(oldestStatementMs()) / 1000
  const [database, queue, held] = await Promise.all([soon(ping(db, {})), soon(oldestDueJob(db, {})), soon(heldNow(db))])
  const [first] = queue ?? []
  return {
    database: Boolean(database),
    queue: Boolean(first),
    held: Boolean(held),
    oldestStatement,
    oldestJob: first?.seconds ?? null,
  }
}

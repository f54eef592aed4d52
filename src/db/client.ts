/** The connection to Postgres: Drizzle over node-postgres. */
import { drizzle } from 'drizzle-orm/node-postgres'
import { QueryBuilder } from 'drizzle-orm/pg-core'
import type pg from 'pg'
import { ConnectionPool } from './connections.ts'
import type { Db } from './database.ts'
import * as schema from './schema/index.ts'

const casing = 'snake_case'

/** Builds queries that stand within others, where no connection is at hand. */
export const subquery = new QueryBuilder({ casing })

export type ConnectOptions = {
  max?: number
  name?: string
  /**
   * Plans prepared statements at every call. For statements that join what grows fast: a kept plan that was made while
   * the table was empty reads all of it, until the database next counts its rows.
   */
  plansAnew?: boolean
  /** How long a statement may take, in milliseconds. The server ends it then, and we do if the server does not. */
  slowest?: number
}

/** A transaction that its process does nothing about keeps its locks no longer than this, in milliseconds. */
const longestRest = 15_000

/** Connects lazily; `close` waits up to five seconds for queries under way. What fails for want of a database is `isUnavailable`. */
export function connect(url: string, options: ConnectOptions = {}) {
  const pool = new ConnectionPool(
    {
      connectionString: url,
      application_name: options.name ?? 'signet',
      max: options.max ?? 10,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      pipeline: true,
      idle_in_transaction_session_timeout: longestRest,
      ...(options.plansAnew ? { options: '-c plan_cache_mode=force_custom_plan' } : {}),
    },
    options.slowest ?? 15_000,
  )
  const db: Db = drizzle(pool as unknown as pg.Pool, { schema, casing })
  return {
    db,
    /** A statement as it is, for libraries that bring their own. */
    run: (text: string, values?: unknown[]) => pool.query({ text }, values),
    /** For how long the oldest statement has been under way, in milliseconds. */
    oldestMs: () => pool.oldestMs(),
    /** Whether something has failed for want of a database since a moment of `performance.now()`. */
    hasFailedSince: (moment: number) => pool.hasFailedSince(moment),
    load: () => pool.load(),
    close: () => pool.end(5000),
  }
}

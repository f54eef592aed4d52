/** The connection to Postgres: Drizzle over node-postgres. */
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import { ConnectionPool } from './connections.ts'
import * as schema from './schema/index.ts'

export type Db = NodePgDatabase<typeof schema>
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]

export type ConnectOptions = {
  max?: number
  name?: string
  /**
   * Plans prepared statements at every call. For statements that join what grows fast: a kept plan that was made while
   * the table was empty reads all of it, until the database next counts its rows.
   */
  plansAnew?: boolean
}

/** Connects lazily; `close` waits up to five seconds for queries under way. */
export function connect(url: string, options: ConnectOptions = {}) {
  const pool = new ConnectionPool({
    connectionString: url,
    application_name: options.name ?? 'signet',
    max: options.max ?? 10,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    pipeline: true,
    ...(options.plansAnew ? { options: '-c plan_cache_mode=force_custom_plan' } : {}),
  })
  const db: Db = drizzle(pool as unknown as pg.Pool, { schema, casing: 'snake_case' })
  const patience = () => new Promise((done) => setTimeout(done, 5000).unref())
  return {
    db,
    /** A statement as it is, for libraries that bring their own. */
    run: (text: string, values?: unknown[]) => pool.query({ text }, values),
    close: async () => void (await Promise.race([pool.end(), patience()])),
  }
}

/** The connection to Postgres. Drizzle gets a postgres.js client of its own: it replaces that client's parsers. */
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import * as schema from './schema/index.ts'

export type Db = PostgresJsDatabase<typeof schema>
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
  const client = postgres(url, {
    max: options.max ?? 10,
    idle_timeout: 60,
    onnotice: () => undefined,
    connection: {
      application_name: options.name ?? 'signet',
      ...(options.plansAnew ? { plan_cache_mode: 'force_custom_plan' } : {}),
    },
  })
  const db: Db = drizzle(client, { schema, casing: 'snake_case' })
  return { db, close: () => client.end({ timeout: 5 }) }
}

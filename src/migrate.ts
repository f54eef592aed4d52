/** Brings a database to the present schema: our tables through Drizzle, the queue's through pg-boss. Safe to run twice at once. */
import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as migrateTables } from 'drizzle-orm/postgres-js/migrator'
import postgres, { type Sql } from 'postgres'
import { migrateQueue } from '#queue/queue.ts'

const migrationLock = 5_216_347
const migrationsFolder = fileURLToPath(new URL('../drizzle', import.meta.url))
const undefinedColumn = '42703'

/**
 * Waits for another one that migrates by asking again and again: a statement that waited would hold a snapshot, which an
 * index that is built concurrently waits for in turn.
 */
async function takeTurn(client: Sql): Promise<void> {
  for (;;) {
    const [turn] = await client<{ taken: boolean }[]>`select pg_try_advisory_lock(${migrationLock}) as taken`
    if (turn?.taken) return
    await setTimeout(100)
  }
}

/** When the newest migration that this database has was made, in milliseconds; undefined for a database without any. */
async function newestApplied(client: Sql): Promise<number | undefined> {
  const [found] = await client`select to_regclass('drizzle.__drizzle_migrations') as table`
  if (!found?.table) return undefined
  const [newest] = await client<{ at: string | null }[]>`select max(created_at) as at from drizzle.__drizzle_migrations`
  return newest?.at ? Number(newest.at) : undefined
}

/**
 * Builds the indexes that migrations to come name by `CREATE INDEX IF NOT EXISTS`, while messages are accepted and sent: all
 * migrations are one transaction, in which an index stops every write to its table for as long as it takes. One whose column
 * is yet to come is left to the migration.
 */
async function buildIndexesBefore(client: Sql): Promise<void> {
  const applied = await newestApplied(client)
  if (applied === undefined) return
  const statements = readMigrationFiles({ migrationsFolder }).flatMap((migration) =>
    migration.folderMillis > applied ? migration.sql : [],
  )
  for (const statement of statements) {
    const [, name = ''] = /^\s*CREATE (?:UNIQUE )?INDEX IF NOT EXISTS "(\w+)"/.exec(statement) ?? []
    if (name === '') continue
    // What an earlier try left behind when it was broken off is no index, though one of that name.
    const left = await client`select from pg_index where indexrelid = to_regclass(${`"${name}"`}) and not indisvalid`
    if (left.length > 0) await client.unsafe(`drop index concurrently "${name}"`)
    await client.unsafe(statement.replace(' INDEX IF', ' INDEX CONCURRENTLY IF')).catch((error: unknown) => {
      if (!(error instanceof postgres.PostgresError) || error.code !== undefinedColumn) throw error
    })
  }
}

/** @throws the database's own error when a statement fails; nothing of that migration is kept then */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = postgres(databaseUrl, { max: 1, onnotice: () => undefined })
  try {
    await takeTurn(client)
    await client.unsafe(await readFile(`${migrationsFolder}/mend-0002.sql`, 'utf8'))
    await buildIndexesBefore(client)
    await migrateTables(drizzle(client), { migrationsFolder })
    await migrateQueue(databaseUrl)
    await client`select pg_advisory_unlock(${migrationLock})`
  } finally {
    await client.end({ timeout: 5 })
  }
}

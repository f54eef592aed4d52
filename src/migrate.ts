/** Brings a database to the present schema: our tables through Drizzle, the queue's through pg-boss. Safe to run twice at once. */
import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { migrate as migrateTables } from 'drizzle-orm/postgres-js/migrator'
import postgres, { type Sql } from 'postgres'
import { findBrokenIndex, hasMigrations, newestMigration, partsOf, tryLock, unlock } from '#db/statements/migrations.ts'
import { migrateQueue } from '#queue/queue.ts'

const migrationLock = 5_216_347
const migrationsFolder = fileURLToPath(new URL('../drizzle', import.meta.url))
/** The column or the table that an index is of. */
const undefinedYet: readonly string[] = ['42703', '42P01']

/**
 * Waits for another one that migrates by asking again and again: a statement that waited would hold a snapshot, which an
 * index that is built concurrently waits for in turn.
 */
async function takeTurn(db: PostgresJsDatabase): Promise<void> {
  for (;;) {
    const [lock] = await tryLock(db, { key: migrationLock })
    if (lock?.isTaken) return
    await setTimeout(100)
  }
}

/** An index that a migration makes: whether it is unique, its name, its table, and the rest. */
const indexIn = /^\s*CREATE (UNIQUE)? ?INDEX IF NOT EXISTS "(\w+)" ON "(\w+)" (.*)/s

/** When the newest migration that this database has was made, in milliseconds; undefined for a database without any. */
async function newestApplied(db: PostgresJsDatabase): Promise<number | undefined> {
  const [tables] = await hasMigrations(db, {})
  const [newest] = tables?.exist ? await newestMigration(db, {}) : []
  return newest?.at ?? undefined
}

/**
 * Builds the indexes that migrations to come name by `CREATE INDEX IF NOT EXISTS`, while messages are accepted and sent: all
 * migrations are one transaction, in which an index stops every write to its table for as long as it takes. One whose column
 * or table is yet to come is left to the migration. Of a table that is split each part gets its own, which the migration's takes up.
 */
async function buildIndexesBefore(db: PostgresJsDatabase, client: Sql): Promise<void> {
  const applied = await newestApplied(db)
  if (applied === undefined) return
  const statements = readMigrationFiles({ migrationsFolder }).flatMap((migration) =>
    migration.folderMillis > applied ? migration.sql : [],
  )
  for (const statement of statements) {
    const [, unique = '', name = '', table = '', how = ''] = indexIn.exec(statement) ?? []
    if (name === '') continue
    for (const part of await partsOf(db, { table })) {
      const index = part.name === table ? name : `${name}_${part.name}`
      // What an earlier try left behind when it was broken off is no index, though one of that name.
      const left = await findBrokenIndex(db, { name: `"${index}"` })
      if (left.length > 0) await client.unsafe(`drop index concurrently "${index}"`)
      const build = `create ${unique} index concurrently if not exists "${index}" on "${part.name}" ${how.replaceAll(`"${table}".`, '')}`
      await client.unsafe(build).catch((error: unknown) => {
        if (!(error instanceof postgres.PostgresError) || !undefinedYet.includes(error.code)) throw error
      })
    }
  }
}

/** @throws the database's own error when a statement fails; nothing of that migration is kept then */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = postgres(databaseUrl, { max: 1, onnotice: () => undefined })
  const db = drizzle(client)
  try {
    await takeTurn(db)
    await client.unsafe(await readFile(`${migrationsFolder}/mend-0002.sql`, 'utf8'))
    await buildIndexesBefore(db, client)
    await migrateTables(db, { migrationsFolder })
    await migrateQueue(databaseUrl)
    await unlock(db, { key: migrationLock })
  } finally {
    await client.end({ timeout: 5 })
  }
}

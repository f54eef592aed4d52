/** Brings a database to the present schema: our tables through Drizzle, the queue's through pg-boss. Safe to run twice at once. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as migrateTables } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { migrateQueue } from '#queue/queue.ts'

const migrationLock = 5_216_347
const folder = fileURLToPath(new URL('../drizzle', import.meta.url))

/** @throws the database's own error when a statement fails; nothing of that migration is kept then */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = postgres(databaseUrl, { max: 1, onnotice: () => undefined })
  try {
    await client`select pg_advisory_lock(${migrationLock})`
    await client.unsafe(await readFile(`${folder}/mend-0002.sql`, 'utf8'))
    await migrateTables(drizzle(client), { migrationsFolder: folder })
    await migrateQueue(databaseUrl)
    await client`select pg_advisory_unlock(${migrationLock})`
  } finally {
    await client.end({ timeout: 5 })
  }
}

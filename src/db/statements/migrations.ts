/** What is asked while a database is brought to the present schema. */
import { bigint, pgTable } from 'drizzle-orm/pg-core'
import { orNull, statement, value } from '../statement.ts'

/** A lock that the connection keeps, where nobody else has it. */
export const tryLock = statement({
  takes: { key: value.int },
  gives: { isTaken: value.flag },
  sql: ({ key }) => `select pg_try_advisory_lock(${key}) as is_taken`,
})

export const unlock = statement({
  takes: { key: value.int },
  gives: {},
  sql: ({ key }) => `select from pg_advisory_unlock(${key})`,
})

/** Whether the table of the migrations is there. */
export const hasMigrations = statement({
  takes: {},
  gives: { exist: value.flag },
  sql: () => `select to_regclass('drizzle.__drizzle_migrations') is not null as exist`,
})

const migration = pgTable('__drizzle_migrations', { at: bigint({ mode: 'number' }).notNull() })

/** When the newest migration that was applied had been made, in milliseconds. */
export const newestMigration = statement({
  takes: {},
  gives: { at: orNull(migration.at) },
  sql: () => 'select max(created_at) as at from drizzle.__drizzle_migrations',
})

/** What has the rows of a table: its parts, or itself where it is not split. */
export const partsOf = statement({
  takes: { table: value.text },
  gives: { name: value.text },
  sql: ({ table }) => `
    select relid::regclass::text as name from pg_partition_tree(to_regclass(${table})) where isleaf
    union select ${table} where not exists (select from pg_partitioned_table where partrelid = to_regclass(${table}))`,
})

/** An index that an earlier try left behind when it was broken off. */
export const findBrokenIndex = statement({
  takes: { name: value.text },
  gives: { name: value.text },
  sql: ({ name }) =>
    `select indexrelid::regclass::text as name from pg_index where indexrelid = to_regclass(${name}) and not indisvalid`,
})

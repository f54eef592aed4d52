/** A migrated, empty database on a real Postgres, for one spec alone: cloned from a template that the command prepared. */
import { randomBytes } from 'node:crypto'
import { test as base } from '@playwright/test'
import postgres from 'postgres'
import { given } from './environment.ts'

export { expect } from '@playwright/test'

export type TestDatabase = {
  url: string
  /** Removes it, ending what is still connected. */
  drop(): Promise<void>
}

async function asAdmin(statement: string): Promise<void> {
  const sql = postgres(given('TEST_DATABASE_URL'), { max: 1, onnotice: () => undefined })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end()
  }
}

/** Makes a database that nobody else uses. */
export async function freshDatabase(): Promise<TestDatabase> {
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`
  await asAdmin(`create database ${name} template ${given('TEST_TEMPLATE_DATABASE')}`)
  const url = new URL(given('TEST_DATABASE_URL'))
  url.pathname = `/${name}`
  return { url: url.href, drop: () => asAdmin(`drop database if exists ${name} with (force)`) }
}

/** Playwright's `test` with `database`, one for each worker. */
export const test = base.extend<object, { database: TestDatabase }>({
  database: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs off this pattern
    async ({}, use) => {
      const database = await freshDatabase()
      await use(database)
      await database.drop()
    },
    { scope: 'worker' },
  ],
})

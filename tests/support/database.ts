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

/** Makes a database that nobody else uses, a copy of `template`; the command removes what is left of them at the end. */
export async function freshDatabase(template = given('TEST_TEMPLATE_DATABASE')): Promise<TestDatabase> {
  const name = `${given('TEST_TEMPLATE_DATABASE')}_${randomBytes(4).toString('hex')}`
  await asAdmin(`create database ${name} template ${template}`)
  const url = new URL(given('TEST_DATABASE_URL'))
  url.pathname = `/${name}`
  return { url: url.href, drop: () => asAdmin(`drop database if exists ${name} with (force)`) }
}

/** Makes a database that holds nothing but what `script` makes in it. */
export async function emptyDatabase(script = ''): Promise<TestDatabase> {
  const name = `${given('TEST_TEMPLATE_DATABASE')}_${randomBytes(4).toString('hex')}`
  await asAdmin(`create database ${name} template template0`)
  const url = new URL(given('TEST_DATABASE_URL'))
  url.pathname = `/${name}`
  const sql = postgres(url.href, { max: 1, onnotice: () => undefined })
  await sql.unsafe(script).finally(() => sql.end())
  return { url: url.href, drop: () => asAdmin(`drop database if exists ${name} with (force)`) }
}

let own: Promise<TestDatabase> | undefined

/**
 * Playwright's `test` with `database`, one for each of its workers, which the command removes at the end. Not a fixture of the
 * worker for Playwright: it starts new workers for specs that have other ones.
 */
export const test = base.extend<{ database: TestDatabase }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs off this pattern
  database: async ({}, use) => {
    own ??= freshDatabase()
    await use(await own)
  },
})

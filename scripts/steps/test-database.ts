/** The Postgres that specs run on: an embedded one that lives as long as the command, or the one of TEST_DATABASE_URL. */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { type Database, startDatabase } from '../embedded-database.ts'
import { complain } from './progress.ts'

export type TestServer = {
  /** What specs find it by. */
  environment: { TEST_DATABASE_URL: string; TEST_TEMPLATE_DATABASE: string }
  stop(): Promise<void>
}

async function execute(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end()
  }
}

/** Drops the template and what was cloned from it. */
async function dropAll(url: string, template: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    const found = await sql`select datname as name from pg_database where starts_with(datname, ${template})`
    for (const { name } of found) await sql.unsafe(`drop database if exists ${name} with (force)`)
  } finally {
    await sql.end()
  }
}

const withDatabase = (url: string, name: string): string => {
  const named = new URL(url)
  named.pathname = `/${name}`
  return named.href
}

async function startEmbedded(): Promise<{ url: string; stop(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'signet-test-'))
  // Root's database runs as another account, which has to pass through.
  chmodSync(dataDir, 0o711)
  let database: Database | undefined
  const remove = (): void => {
    const { home } = database ? JSON.parse(readFileSync(join(dataDir, 'database.json'), 'utf8')) : { home: '' }
    if (home.startsWith('/')) rmSync(home, { recursive: true, force: true })
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    database = await startDatabase({ dataDir, log: complain, durable: false })
  } catch (error) {
    remove()
    throw error
  }
  const { url, stop } = database
  return { url, stop: () => stop().finally(remove) }
}

/** Starts the server and makes the migrated template that every spec's database is cloned from. */
export async function startTestServer(): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL
  const server = given ? { url: given, stop: async () => undefined } : await startEmbedded()
  const template = `template_${process.pid}_${randomBytes(3).toString('hex')}`
  const stop = async (): Promise<void> => {
    if (given) await dropAll(given, template)
    await server.stop()
  }
  try {
    await execute(server.url, `create database ${template}`)
    const { migrate } = await import('#migrate.ts')
    await migrate(withDatabase(server.url, template))
  } catch (error) {
    await stop()
    throw error
  }
  return { environment: { TEST_DATABASE_URL: server.url, TEST_TEMPLATE_DATABASE: template }, stop }
}

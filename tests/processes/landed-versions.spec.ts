/** Databases as landed versions left them: each is brought to the present schema, and goes on sending. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from '@playwright/test'
import { and, eq } from 'drizzle-orm'
import { connect } from '#db/client.ts'
import { message, messageCount } from '#db/schema/index.ts'
import { runPrepared } from '#db/statement.ts'
import { miscounted } from '../support/counted.ts'
import { emptyDatabase, freshDatabase } from '../support/database.ts'
import { dumpOf, dumps, openLanded } from '../support/landed.ts'
import { expect } from '../support/make.ts'
import { end, sandboxSettings, start, untilReady } from '../support/running-signet.ts'
import { type Simulator, startSimulator } from '../support/simulator.ts'

const migrations = fileURLToPath(new URL('../../drizzle/', import.meta.url))
const names = readdirSync(dumps).map((file) => file.replace('.sql', ''))

let simulator: Simulator
test.beforeAll(async () => {
  simulator = await startSimulator()
})
test.afterAll(() => simulator.stop())

type Line = { line: string }

/** Columns, indexes and constraints of our tables, in words and in an order of their own. */
async function schemaOf(url: string): Promise<string[]> {
  const { db, close } = connect(url, { max: 1 })
  const columns = await runPrepared<Line>(
    db,
    `select concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) as line
     from information_schema.columns where table_schema = 'public'`,
  )
  const indexes = await runPrepared<Line>(db, `select indexdef as line from pg_indexes where schemaname = 'public'`)
  const constraints = await runPrepared<Line>(
    db,
    `select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) as line from pg_constraint
     where connamespace = 'public'::regnamespace`,
  )
  await close()
  return [...columns, ...indexes, ...constraints].map(({ line }) => line).sort()
}

/** The migrations as the journal has them: when each was made, and its hash. */
function journal(): string[] {
  const { entries } = JSON.parse(readFileSync(`${migrations}meta/_journal.json`, 'utf8'))
  return entries.map(({ tag, when }: { tag: string; when: number }) => {
    const hash = createHash('sha256')
      .update(readFileSync(`${migrations}${tag}.sql`))
      .digest('hex')
    return `${when} ${hash}`
  })
}

async function migrationsIn(url: string): Promise<string[]> {
  const { db, close } = connect(url, { max: 1 })
  const rows = await runPrepared<Line>(
    db,
    `select created_at || ' ' || hash as line from drizzle.__drizzle_migrations order by created_at`,
  )
  await close()
  return rows.map(({ line }) => line)
}

async function prepared(settings: Record<string, string>) {
  const { child, output } = start('scripts/prepare.ts', settings)
  const [code] = await once(child, 'exit')
  return { code, output: output() }
}

for (const name of names) {
  test(`a database of the version with ${name} comes to the present schema and sends`, async () => {
    const database = await emptyDatabase(dumpOf(name))
    const settings = sandboxSettings({ database, simulator, port: 3999, data: '' })
    await simulator.empty()
    const { code, output } = await prepared(settings)
    expect(output).toBe('')
    expect(code).toBe(0)
    const fresh = await freshDatabase()
    expect(await schemaOf(database.url)).toEqual(await schemaOf(fresh.url))
    expect(await migrationsIn(database.url)).toEqual(expect.arrayContaining(journal()))

    const { parts, accept } = await openLanded(settings, simulator)
    // What was in the log is counted, and what becomes of it as well.
    expect(await parts.db.$count(messageCount)).toBeGreaterThan(0)
    expect(await miscounted(parts.db)).toEqual([])
    expect(await accept('new@example.com')).toBe(202)
    const worker = start('src/worker.ts', settings)
    await untilReady('worker', worker)
    // What was queued when the dump was made goes out as well.
    await expect.poll(() => simulator.count('new@example.com')).toBe(1)
    await expect.poll(() => simulator.count('queued@example.com'), { timeout: 60_000 }).toBe(1)
    const sent = and(eq(message.recipient, 'queued@example.com'), eq(message.status, 'sent'))
    await expect.poll(() => parts.db.$count(message, sent)).toBe(1)
    await end(worker)
    expect(await miscounted(parts.db)).toEqual([])
    await parts.close()
    await Promise.all([database.drop(), fresh.drop()])
  })
}

/** Indexes of migrations to come may be there already. */
const withoutIndexes = (lines: string[]) => lines.filter((line) => !/^CREATE (UNIQUE )?INDEX/.test(line))

test('a migration that fails says what the database said, and leaves the tables as they were', async () => {
  const dump = dumpOf('0001')
  const database = await emptyDatabase(`${dump}\ncreate table public.verification (id int);`)
  const before = await schemaOf(database.url)
  const { code, output } = await prepared(sandboxSettings({ database, simulator, port: 3999, data: '' }))
  expect(code).toBe(1)
  expect(output).toContain('relation "verification" already exists')
  expect(output).not.toContain('node_modules')
  expect(withoutIndexes(await schemaOf(database.url))).toEqual(withoutIndexes(before))
  await database.drop()
})

/** Bringing a database forward whose Idempotency-Keys were not told apart by kind, with rows in it and while it is in use. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as migrateTables } from 'drizzle-orm/postgres-js/migrator'
import postgres, { type Sql } from 'postgres'
import { v7 } from 'uuid'
import { migrate } from '#migrate.ts'
import { freshDatabase } from '../support/database.ts'
import { expect, test } from '../support/make.ts'

/** The migrations before this one, as they landed. */
function earlierMigrations(): string {
  const folder = mkdtempSync(join(tmpdir(), 'signet-migrations-'))
  cpSync('drizzle', folder, { recursive: true })
  const path = join(folder, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(path, 'utf8'))
  const before = journal.entries.findIndex(({ tag }: { tag: string }) => tag.endsWith('keys-by-kind'))
  writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, before) }))
  return folder
}

/** A database without anything in it but those. */
async function earlierDatabase() {
  const database = await freshDatabase()
  const sql = postgres(database.url, { max: 4, onnotice: () => undefined })
  await sql.unsafe('drop schema public cascade; create schema public; drop schema drizzle cascade')
  // Drizzle replaces the parsers of the client that it is given.
  const given = postgres(database.url, { max: 1, onnotice: () => undefined })
  const folder = earlierMigrations()
  await migrateTables(drizzle(given), { migrationsFolder: folder })
  rmSync(folder, { recursive: true })
  await given.end()
  return { ...database, sql, leave: () => sql.end().then(() => database.drop()) }
}

const [organizationId, appId, live, tried] = [v7(), v7(), v7(), v7()]

const addMessage = (sql: Sql, id: string, kind: string, key: string) => sql`
  insert into message (id, organization_id, app_id, kind, channel, scenario, recipient, status, variables, idempotency_key, created_at, updated_at)
  values (${id}, ${organizationId}, ${appId}, ${kind}, 'email', 'login', 'Ann@example.com', 'sent', '{}', ${key}, now(), now())`

async function fill(sql: Sql) {
  await sql`insert into organization (id, name, created_at) values (${organizationId}, 'Acme', now())`
  await sql`insert into app (id, organization_id, key, name, created_at) values (${appId}, ${organizationId}, 'shop', 'Shop', now())`
  await addMessage(sql, live, 'live', 'one')
  await addMessage(sql, tried, 'test', 'two')
  const answers: [string, object][] = [
    ['by-live', { messages: [{ id: live }] }],
    ['by-test', { messages: [{ id: tried }] }],
    ['by-nobody', { messages: [] }],
  ]
  for (const [key, answer] of answers) {
    await sql`insert into device_event (id, organization_id, app_id, scenario, idempotency_key, answer, created_at)
      values (${v7()}, ${organizationId}, ${appId}, 'device_alarm', ${key}, ${sql.json(answer as never)}, now())`
  }
  const verificationId = v7()
  await sql`insert into verification (id, app_id, kind, scenario, recipient, status, code_hash, created_at, expires_at)
    values (${verificationId}, ${appId}, 'test', 'login', 'a@example.com', 'pending', 'h', now(), now())`
  await sql`insert into verification_answer (app_id, idempotency_key, body_hash, answer, created_at)
    values (${appId}, 'started', 'h', ${sql.json({ id: verificationId })}, now())`
}

test('rows of an earlier version get the kind of the key that they came with', async () => {
  const { sql, url, leave } = await earlierDatabase()
  await fill(sql)
  await migrate(url)
  const events = await sql`select idempotency_key as key, kind from device_event order by 1`
  expect(events.map(({ key, kind }) => [key, kind])).toEqual([
    ['by-live', 'live'],
    ['by-nobody', 'live'],
    ['by-test', 'test'],
  ])
  expect((await sql`select kind from verification_answer`).map(({ kind }) => kind)).toEqual(['test'])
  await leave()
})

const states = (sql: Sql) => sql<{ name: string; ok: boolean }[]>`
  select c.relname as name, i.indisvalid and i.indisready as ok from pg_index i join pg_class c on c.oid = i.indexrelid
  where i.indrelid = 'message'::regclass and c.relname in ('message_by_recipient', 'message_by_recipient_beginning') order by 1`

/** Leaves an index behind that is not kept up to date and finds nothing. */
async function breakOffBuild(sql: Sql) {
  const building =
    sql`create index concurrently message_by_recipient_beginning on message (organization_id, lower(recipient) text_pattern_ops, id)`
      .execute()
      .catch(() => undefined)
  await expect.poll(async () => (await states(sql)).length).toBe(2)
  await sql`select pg_cancel_backend(pid) from pg_stat_activity where query like 'create index concurrently%' and datname = current_database()`
  await building
  expect(await states(sql)).toMatchObject([{ ok: true }, { ok: false }])
}

test('two processes bring it forward at once, while messages go on being written and after a try that was broken off', async () => {
  const { sql, url, leave } = await earlierDatabase()
  await fill(sql)
  const open = await sql.reserve()
  await open`begin`
  await addMessage(open, v7(), 'live', 'open')
  await breakOffBuild(sql)
  const migrated = Promise.all([migrate(url), migrate(url)])
  // The index is being built and waits for that transaction; writing waits for nobody.
  await expect
    .poll(
      async () =>
        (
          await sql`select from pg_stat_activity where query ilike '%index concurrently if%' and datname = current_database()`
        ).length,
    )
    .toBeGreaterThan(0)
  await addMessage(sql, v7(), 'live', 'meanwhile')
  await open`commit`
  open.release()
  await migrated
  expect([...(await states(sql))]).toEqual([{ name: 'message_by_recipient_beginning', ok: true }])
  const keys =
    await sql`select concat_ws(' ', m.kind, k.idempotency_key) as key from message_key k join message m on m.id = k.message_id order by 1`
  expect(keys.map(({ key }) => key)).toEqual(['live meanwhile', 'live one', 'live open', 'test two'])
  await leave()
})

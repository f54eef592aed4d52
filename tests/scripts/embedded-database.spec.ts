/** The embedded database keeps what it was given, whoever is killed, and starts again without help. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import postgres from 'postgres'
import { type Database, startDatabase } from '../../scripts/embedded-database.ts'
import { environmentWith } from '../support/environment.ts'

const script = join(import.meta.dirname, '..', '..', 'scripts', 'embedded-database.ts')
const asRoot = process.getuid?.() === 0

let dataDir = ''
let told: string[] = []
let running: Database | undefined
let parent: ChildProcess | undefined

test.beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'signet-database-'))
  chmodSync(dataDir, 0o711)
  told = []
})
test.afterEach(async () => {
  parent?.kill('SIGKILL')
  await running?.stop()
  running = undefined
  parent = undefined
  const file = join(dataDir, 'database.json')
  const home: string = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).home : ''
  if (home.startsWith('/')) rmSync(home, { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
})

async function start(port?: number): Promise<Database> {
  running = await startDatabase({ dataDir, log: (line) => told.push(line), port })
  return running
}

/** Adds a row, in a table made when it is missing, and answers how many there are. */
async function addRow(url: string): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    await sql`create table if not exists kept (id int)`
    await sql`insert into kept values (1)`
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from kept`
    return row?.count ?? 0
  } finally {
    await sql.end()
  }
}

/** Another process that starts the database and then only waits. */
async function startElsewhere(): Promise<{ url: string; pid: number; starter: ChildProcess }> {
  const program = `
    const { startDatabase } = await import(${JSON.stringify(script)})
    const { url, pid } = await startDatabase({ dataDir: ${JSON.stringify(dataDir)}, log: () => undefined })
    console.log(JSON.stringify({ url, pid }))
    setInterval(() => undefined, 1000)
  `
  const starter = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: environmentWith({}),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  parent = starter
  const [line] = await once(starter.stdout, 'data')
  return { ...JSON.parse(String(line)), starter }
}

test('it starts empty, stops, and has its rows when it starts again', async () => {
  const first = await start()
  expect(await addRow(first.url)).toBe(1)
  await first.stop()
  expect(await addRow((await start()).url)).toBe(2)
})

test('it speaks UTF-8 and folds case beyond ASCII on every system', async () => {
  const sql = postgres((await start()).url, { max: 1 })
  const [row] = await sql`select current_setting('server_encoding') as encoding, lower('ÄПΩ') as folded`
  await sql.end()
  expect(row).toEqual({ encoding: 'UTF8', folded: 'äпω' })
})

test('only its owner can read the password, and only this machine can connect', async () => {
  const database = await start()
  expect(statSync(join(dataDir, 'database.json')).mode & 0o777).toBe(0o600)
  const sql = postgres(database.url, { max: 1 })
  const [row] = await sql`select current_setting('listen_addresses') as addresses, current_setting('fsync') as fsync`
  await sql.end()
  expect(row).toEqual({ addresses: '127.0.0.1', fsync: 'on' })
  const stranger = postgres(database.url.replace(/:[^:@]+@/, ':guess@'), { max: 1 })
  await expect(stranger`select 1`).rejects.toMatchObject({ code: '28P01' })
  await stranger.end()
})

/** What somebody who is no superuser may not do, each with its refusal. */
const beyond = [
  `copy (select 1) to program 'true'`,
  `select pg_read_file('postgresql.conf')`,
  'alter system set log_statement = none',
  'create role stranger superuser',
  'set role signet',
  'create database another',
]

test('whoever has its address owns what is in it, and can do nothing to the machine', async () => {
  const sql = postgres((await start()).url, { max: 1, onnotice: () => undefined })
  await sql`create schema own`
  await sql`create table own.kept (id int)`
  for (const statement of beyond)
    await expect(sql.unsafe(statement), statement).rejects.toMatchObject({ code: '42501' })
  await sql.end()
})

test('a data folder of an earlier version, whose superuser made everything, keeps it and goes on', async () => {
  await (await start()).stop()
  const file = join(dataDir, 'database.json')
  const { appPassword: _, ...earlier } = JSON.parse(readFileSync(file, 'utf8'))
  // As it was: no role, and everything made by the superuser.
  const made = await start()
  const asSuperuser = postgres(`postgres://signet:${earlier.password}@127.0.0.1:${made.port}/signet`, {
    max: 1,
    onnotice: () => undefined,
  })
  await asSuperuser.unsafe('alter database signet owner to signet; drop role signet_app')
  await asSuperuser.unsafe(`
    create schema queue;
    create type queue.state as enum ('new', 'done');
    create table queue.job (id int generated always as identity, state queue.state) partition by list (id);
    create table queue.job_1 partition of queue.job default;
    create table kept (id serial, at int);
    create sequence free;
    create view seen as select * from kept;
    create function queue.next() returns int language sql as 'select 1';
    insert into kept (at) values (1), (2);`)
  await asSuperuser.end()
  await made.stop()
  writeFileSync(file, JSON.stringify(earlier))
  const again = await start()
  const sql = postgres(again.url, { max: 1, onnotice: () => undefined })
  expect(await sql`insert into kept (at) values (3) returning id`).toMatchObject([{ id: 3 }])
  await sql.unsafe(`
    alter table kept add column more text;
    alter type queue.state add value 'late';
    create or replace function queue.next() returns int language sql as 'select 2';
    insert into queue.job (state) values ('new');
    drop view seen; drop sequence free; drop table kept; drop schema queue cascade; create schema drizzle`)
  const left = await sql`
    select relname from pg_class where relowner = 'signet'::regrole and relnamespace::regnamespace::text !~ '^(pg_|information)'`
  expect([...left]).toEqual([])
  for (const statement of beyond)
    await expect(sql.unsafe(statement), statement).rejects.toMatchObject({ code: '42501' })
  await sql.end()
})

test('after kill -9 of the server it starts again on the same port with its rows', async () => {
  const first = await start()
  await addRow(first.url)
  process.kill(first.pid, 'SIGKILL')
  expect(await first.ended).toBe('SIGKILL')
  const again = await start(first.port)
  expect(again.url).toBe(first.url)
  expect(await addRow(again.url)).toBe(2)
})

test('after kill -9 of its starter the server left running is replaced, with its rows', async () => {
  const { url, pid, starter } = await startElsewhere()
  await addRow(url)
  const gone = once(starter, 'exit')
  starter.kill('SIGKILL')
  await gone
  expect(await addRow(url)).toBe(2)
  const again = await start()
  expect(again.pid).not.toBe(pid)
  expect(told).toEqual(['Stopping a database server that an earlier start left behind.'])
  expect(await addRow(again.url)).toBe(3)
})

test('after kill -9 of both it starts again with its rows', async () => {
  const { url, pid, starter } = await startElsewhere()
  await addRow(url)
  starter.kill('SIGKILL')
  process.kill(pid, 'SIGKILL')
  expect(await addRow((await start()).url)).toBe(2)
})

test('a database that another living process has started is refused in a sentence', async () => {
  const { starter } = await startElsewhere()
  await expect(start()).rejects.toThrow(
    `The database in ${join(dataDir, 'postgres')} is already in use by process ${starter.pid}.`,
  )
})

test('a first start that was killed half way does not stand in the way', async () => {
  const { pid, starter } = await startElsewhere()
  starter.kill('SIGKILL')
  process.kill(pid, 'SIGKILL')
  rmSync(join(dataDir, 'postgres', 'cluster', 'PG_VERSION'))
  renameSync(join(dataDir, 'postgres', 'cluster'), join(dataDir, 'postgres', 'cluster.unfinished'))
  expect(await addRow((await start()).url)).toBe(1)
})

test('a lost password is told in a sentence, and the data stays', async () => {
  await (await start()).stop()
  running = undefined
  rmSync(join(dataDir, 'database.json'))
  await expect(start()).rejects.toThrow('restore it, or delete that folder to begin with an empty database')
  expect(existsSync(join(dataDir, 'postgres', 'cluster', 'PG_VERSION'))).toBe(true)
})

test('root can start it in a folder that only root may enter', async () => {
  test.skip(!asRoot, 'only root has such folders')
  chmodSync(dataDir, 0o700)
  const first = await start()
  expect(await addRow(first.url)).toBe(1)
  const { home } = JSON.parse(readFileSync(join(dataDir, 'database.json'), 'utf8'))
  expect(home.startsWith(dataDir)).toBe(false)
  expect(statSync(home).mode & 0o077).toBe(0)
  await first.stop()
  expect(await addRow((await start()).url)).toBe(2)
})

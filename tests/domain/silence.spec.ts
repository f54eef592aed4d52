/** A line to the database that swallows bytes: what waits on it fails, and is not waited for again. */
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { connect } from '#db/client.ts'
import type { Db } from '#db/database.ts'
import { isUnavailable } from '#domain/base/errors.ts'
import { badLine } from '../support/bad-line.ts'
import { test as base, expect } from '../support/database.ts'

type Line = Awaited<ReturnType<typeof badLine>>

const test = base.extend<{ line: Line; db: Db; direct: Db; open: (max: number) => ReturnType<typeof connect> }>({
  line: async ({ database }, use) => {
    const line = await badLine(database.url)
    await use(line)
    await line.close()
  },
  open: async ({ line }, use) => {
    const opened: ReturnType<typeof connect>[] = []
    await use((max) => {
      const made = connect(line.url, { max, name: 'through' })
      opened.push(made)
      return made
    })
    line.trouble('none')
    await Promise.all(opened.map(({ close }) => close()))
  },
  db: async ({ open }, use) => use(open(3).db),
  direct: async ({ database }, use) => {
    const { db, close } = connect(database.url, { max: 2 })
    await use(db)
    await close()
  },
})

const ask = (db: Db) => db.execute(sql`select 1 as one`)
const outcome = (asked: Promise<unknown>) =>
  asked.then(
    () => 'answered',
    (error: unknown) => (isUnavailable(error) ? 'unavailable' : String(error)),
  )
const backends = async (db: Db) =>
  (
    await db.execute<{ count: number }>(
      sql`select count(*)::int from pg_stat_activity where application_name = 'through'`,
    )
  ).rows[0]?.count

for (const trouble of ['up is silent', 'down is silent', 'both are silent'] as const) {
  test(`a connection that falls silent fails what is on it, and is replaced: ${trouble}`, async ({
    line,
    db,
    direct,
  }) => {
    await Promise.all([ask(db), ask(db), ask(db)])
    line.trouble(trouble, 'open')
    const asked = await Promise.all(Array.from({ length: 6 }, () => outcome(ask(db))))
    // Some of them waited for a connection, and got a new one.
    expect(asked.slice(0, 3)).toEqual(['unavailable', 'unavailable', 'unavailable'])
    expect(new Set(asked)).toEqual(new Set(['unavailable', 'answered']))
    expect(await outcome(ask(db))).toBe('answered')
    await expect.poll(() => backends(direct)).toBeLessThanOrEqual(3)
  })

  test(`nothing waits for a database that is out of reach, and all goes on when it is back: ${trouble}`, async ({
    line,
    db,
  }) => {
    await ask(db)
    line.trouble(trouble)
    const asked = await Promise.all(Array.from({ length: 20 }, () => outcome(ask(db))))
    expect(new Set(asked)).toEqual(new Set(['unavailable']))
    // Known to be away, it is asked by nobody but who looks after it.
    const before = line.connections()
    for (let round = 0; round < 50; round++) expect(await outcome(ask(db))).toBe('unavailable')
    expect(line.connections() - before).toBeLessThan(10)
    line.trouble('none')
    await expect.poll(() => outcome(ask(db))).toBe('answered')
  })
}

test('a server that is gone without a word is noticed', async ({ line, db }) => {
  await Promise.all([ask(db), ask(db), ask(db)])
  line.loseServer()
  expect(await outcome(ask(db))).toBe('unavailable')
  await expect.poll(() => outcome(ask(db))).toBe('answered')
})

test('a transaction on a silent connection lets go of its locks', async ({ line, db, direct }) => {
  await direct.execute(sql`create table if not exists held (id int)`)
  await direct.execute(sql`insert into held values (1)`)
  const stuck = db.transaction(async (tx) => {
    await tx.execute(sql`update held set id = 2`)
    line.trouble('both are silent', 'open')
    await tx.execute(sql`select 1`)
  })
  expect(await outcome(stuck)).toBe('unavailable')
  await direct.execute(sql`update held set id = 3`)
  expect((await direct.execute(sql`select id from held`)).rows).toEqual([{ id: 3 }])
  await direct.execute(sql`drop table held`)
})

for (const [meanwhile, start] of Object.entries({
  'on a slow line': (line: Line) => line.trouble('slow'),
  'while new connections are long in coming': (line: Line) => {
    line.trouble('both are silent')
    line.trouble('none', 'open')
  },
})) {
  test(`a statement that takes its time is let alone, and so is what is asked beside it: ${meanwhile}`, async ({
    line,
    db,
  }) => {
    await Promise.all([ask(db), ask(db), ask(db)])
    start(line)
    let isOver = false
    const slow = outcome(db.execute(sql`select pg_sleep(3)`)).finally(() => {
      isOver = true
    })
    const asked = new Set<string>()
    while (!isOver) {
      asked.add(await outcome(ask(db)))
      await wait(20)
    }
    expect(await slow).toBe('answered')
    expect(asked).toEqual(new Set(['answered']))
  })
}

test('a connection that breaks again and again fails what is on it, and nothing after', async ({ line, db }) => {
  for (let round = 0; round < 20; round++) {
    const asked = [1, 2, 3].map(() => outcome(db.transaction((tx) => tx.execute(sql`select pg_sleep(0.05)`))))
    await new Promise((done) => setTimeout(done, 5 * round))
    line.cut()
    for (const answer of await Promise.all(asked)) expect(['unavailable', 'answered']).toContain(answer)
    // One that had been idle may not have told yet.
    await expect.poll(() => outcome(ask(db))).toBe('answered')
  }
})

test('a transaction that failed within keeps nothing, also when nobody passed the failure on', async ({ direct }) => {
  await direct.execute(sql`create table if not exists kept (id int)`)
  const hushed = direct.transaction(async (tx) => {
    await tx.execute(sql`insert into kept values (1)`)
    await tx.execute(sql`select 1 / 0`).catch(() => undefined)
  })
  await expect(hushed).rejects.toMatchObject({ cause: { message: 'The transaction had failed.' } })
  const late: Promise<unknown>[] = []
  await direct.transaction(async (tx) => {
    late.push(new Promise((done) => setTimeout(done, 50)).then(() => tx.execute(sql`insert into kept values (2)`)))
  })
  await expect(late[0]).rejects.toThrow()
  expect((await direct.execute(sql`select id from kept`)).rows).toEqual([])
  await direct.execute(sql`drop table kept`)
})

/** What grows by itself has an end, and the page for operators says so of every table. */
import { readFileSync } from 'node:fs'
import { getTableName, isTable, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import * as schema from '#db/schema/index.ts'
import { forgetOld } from '#domain/base/forgetting.ts'
import { expect, type Stage, test } from '../support/make.ts'

test('the page for operators names every table and what ends its rows', () => {
  const page = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8')
  const section = page.slice(page.indexOf('## What grows'), page.indexOf('## What to watch'))
  const tables = Object.values(schema).filter((value) => isTable(value))
  const names = tables.map((table) => getTableName(table))
  expect(names.filter((name) => !section.includes(`\`${name}\``))).toEqual([])
})

const names = (rows: { name: string }[]) => rows.map(({ name }) => name)

/** Rows of what signing in and inviting leave behind: some whose time is over, some whose time is not. */
async function fill({ db, clock }: Stage, organizationId: string, mark: string) {
  const at = (days: number) => new Date(clock.now().getTime() + days * 86_400_000)
  const [from, userId] = [{ createdAt: at(-40), updatedAt: at(-40) }, `${mark} user`]
  await db.insert(schema.user).values({ id: userId, name: 'Ann', email: `${mark}@example.com`, ...from })
  for (const [name, expiresAt] of [
    ['over', at(-0.01)],
    ['open', at(0.01)],
  ] as const) {
    const id = `${mark} ${name}`
    await db.insert(schema.session).values({ id, userId, token: id, expiresAt, ...from })
    await db.insert(schema.signInToken).values({ id, identifier: id, value: '', expiresAt, ...from })
    await db
      .insert(schema.accessToken)
      .values({ key: id, sealed: '', expiresAt: new Date(expiresAt.getTime() - 7 * 86_400_000) })
    await db.insert(schema.signInLimit).values({ id, key: id, count: 1, lastRequest: expiresAt.getTime() - 86_400_000 })
    const invited = { id: v7(), organizationId, email: `${id}@example.com`, role: 'viewer', tokenHash: id } as const
    await db
      .insert(schema.invitation)
      .values({ ...invited, createdAt: at(-40), expiresAt: new Date(expiresAt.getTime() - 30 * 86_400_000) })
  }
}

test('what signing in and inviting leave behind ends with its time, and nothing before', async ({ stage }) => {
  const { org } = await stage.ready()
  const mark = v7()
  await fill(stage, org.id, mark)
  await forgetOld(stage.system)
  const { rows } = await stage.db.execute<{ name: string }>(sql`
    select 'session ' || id as name from session where starts_with(id, ${mark}) union all
    select 'token ' || id from sign_in_token where starts_with(id, ${mark}) union all
    select 'access ' || key from access_token where starts_with(key, ${mark}) union all
    select 'limit ' || id from sign_in_limit where starts_with(id, ${mark}) union all
    select 'invitation ' || token_hash from invitation where starts_with(token_hash, ${mark}) order by 1`)
  const kinds = ['access', 'invitation', 'limit', 'session', 'token']
  expect(names(rows)).toEqual(kinds.map((kind) => `${kind} ${mark} open`))
})

test('more than one batch is dropped at once', async ({ stage }) => {
  const old = new Date(stage.clock.now().getTime() - 3 * 86_400_000)
  await stage.db.execute(sql`
    insert into limit_count select 'many ' || n, ${old.toISOString()}::timestamptz, 1 from generate_series(1, 12000) n`)
  await forgetOld(stage.system)
  expect(await stage.db.$count(schema.limitCount, sql`starts_with(key, 'many ')`)).toBe(0)
})

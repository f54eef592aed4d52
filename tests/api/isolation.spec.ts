/**
 * Two organizations, and every procedure called with what belongs to the other; and every procedure called in every role. A
 * procedure without a line in the table fails.
 */
import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { appRouter } from '#api/router.ts'
import { type Role, roles } from '#db/schema/index.ts'
import { coverage } from '#domain/templates/coverage.ts'
import { expect, test as onStage, signedIn } from '../support/api-stage.ts'
import type { Stage } from '../support/make.ts'
import { cases, content, ending, own, type Populated, populated } from '../support/procedure-cases.ts'
import { PushStage } from '../support/push-stage.ts'

const test = onStage.extend<{ push: PushStage }>({
  push: [async ({ stage }, use) => use(new PushStage(stage)), { auto: true }],
})

/** The organizations of all these tests: two that nothing may change, and two that calls are made in. */
let organizations: Promise<Record<'victim' | 'eve' | 'refusing' | 'allowing', Populated>> | undefined

async function populateAll(push: PushStage) {
  const [victim, eve] = [await populated(push, 'Victim'), await populated(push, 'Eve')]
  return { victim, eve, refusing: await populated(push, 'Refusing'), allowing: await populated(push, 'Allowing') }
}

function shared(push: PushStage) {
  organizations ??= populateAll(push)
  return organizations
}

/** Every row of an organization, as text: the tables that name it, and what hangs on them. */
async function rowsOf(stage: Stage, { id }: { id: string }): Promise<string[]> {
  const { rows: tables } = await stage.db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'organization_id'`,
  )
  const within = (table: string) => sql.raw(`select id from ${table} where organization_id = '${id}'`)
  const people = sql`select user_id from member where organization_id = ${id}`
  const results = await Promise.all([
    ...tables.map(({ name }) =>
      stage.db.execute(sql`select t::text as row from ${sql.identifier(name)} t where organization_id = ${id}`),
    ),
    stage.db.execute(sql`select t::text as row from account_secret t where account_id in (${within('account')})`),
    stage.db.execute(sql`select t::text as row from template_version t where template_id in (${within('template')})`),
    stage.db.execute(sql`select t::text as row from message_event t where message_id in (${within('message')})`),
    stage.db.execute(sql`select t::text as row from "user" t where id in (${people})`),
    stage.db.execute(sql`select t::text as row from session t where user_id in (${people})`),
  ])
  return results.flatMap(({ rows }) => rows.map(({ row }) => String(row))).sort()
}

test('the cases are of every procedure there is, and of none that is not', () => {
  expect(Object.keys(cases).sort()).toEqual(Object.keys(appRouter._def.procedures).sort())
})

for (const [path, { input, ends }] of Object.entries(cases)) {
  test(`${path} with what belongs to another organization reveals and changes nothing`, async ({
    push,
    stage,
    parts: _,
  }) => {
    const { victim, eve } = await shared(push)
    const before = await rowsOf(stage, victim.org)
    const { code, answer } = await ending(await signedIn(stage, eve.org, 'owner'), path, input?.(victim))
    if (code !== undefined || typeof ends === 'string') expect(code ?? own).toBe(ends)
    else expect(answer).toEqual(ends)
    const told = JSON.stringify(answer ?? null)
    const { org, name: _name, ...ids } = victim
    const foreign = [org.id, 'Victim', 'victim.example.com', ...Object.values(ids)]
    expect(foreign.filter((value) => told.includes(value))).toEqual([])
    expect(await rowsOf(stage, victim.org)).toEqual(before)
    expect([...stage.provider.calls, ...push.wechat.calls]).toEqual([])
  })
}

test('not even the language of another organization’s App has an effect', async ({ stage }) => {
  const [victim, eve] = [await stage.ready('Victim'), await stage.ready('Eve')]
  const chinese = await stage.app(victim.owner, { language: 'zh-CN' })
  const variant = { locale: 'zh-CN', content }
  await stage.template(eve.owner, variant)
  await stage.template(eve.owner, { ...variant, baseVersion: 1 })
  expect(await coverage(eve.owner, { appId: chinese.id })).toEqual(await coverage(eve.owner, { appId: null }))
})

/** Which roles may, by procedure, as `docs/roles.md` has it. `open`: anybody at all, a member or not. */
function roleTable(): Record<string, readonly Role[] | 'open'> {
  const lines = readFileSync('docs/roles.md', 'utf8').split('\n')
  const rows = lines.map((line) => line.split('|').map((cell) => cell.trim())).filter(({ length }) => length === 8)
  const entries = rows.flatMap(([, what, procedures = '', ...cells]) => {
    const may = what === 'Whoever comes' ? 'open' : roles.filter((_role, column) => cells[column] === 'yes')
    return [...procedures.matchAll(/`([^`]+)`/g)].map(([, path = '']) => [path, may] as const)
  })
  expect(new Set(entries.map(([path]) => path)).size, 'no procedure stands in two rows').toBe(entries.length)
  return Object.fromEntries(entries)
}

test('the table of roles in docs names every procedure there is, and none that is not', () => {
  expect(Object.keys(roleTable()).sort()).toEqual(Object.keys(appRouter._def.procedures).sort())
})

for (const [path, { input }] of Object.entries(cases)) {
  const may = roleTable()[path]
  if (may === 'open' || may === undefined) continue
  const allowed = roles.filter((role) => may.includes(role))

  test(`${path} is for ${may.join(', ')} and for nobody else`, async ({ push, stage, parts: _ }) => {
    const { refusing, allowing } = await shared(push)
    for (const role of roles.filter((one) => !allowed.includes(one))) {
      const who = await signedIn(stage, refusing.org, role)
      const before = await rowsOf(stage, refusing.org)
      expect(await ending(who, path, input?.(refusing)), role).toEqual({ code: 'forbidden' })
      expect(await rowsOf(stage, refusing.org), role).toEqual(before)
    }
    for (const role of allowed) {
      const who = await signedIn(stage, allowing.org, role)
      expect((await ending(who, path, input?.(allowing))).code, role).not.toBe('forbidden')
    }
    await expect(ending(null, path, input?.(refusing))).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  })
}

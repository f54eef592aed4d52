/** Log, overview and exports on a copy of the database: what is read there, what never is, and what happens when it is away. */
import postgres from 'postgres'
import { exportMessages } from '#domain/sending/log/export.ts'
import { setParts } from '#platform/parts.ts'
import { caller, expect, partsOn, signedIn, test } from '../support/api-stage.ts'
import { freshDatabase } from '../support/database.ts'

/** A copy that has fallen behind: nothing has come to it yet, and nothing can be written there. */
async function copy() {
  const made = await freshDatabase()
  const sql = postgres(made.url, { max: 1 })
  await sql.unsafe(`alter database "${new URL(made.url).pathname.slice(1)}" set default_transaction_read_only = on`)
  await sql.end()
  return made
}

test('people read the log, the overview and exports from the copy; Apps, and everything else, from the database', async ({
  stage,
}) => {
  const { org, asApp, app } = await stage.ready()
  const { id } = await stage.send(asApp)
  const there = await copy()
  const parts = setParts(await partsOn(stage, { DATABASE_READ_URL: there.url }))
  const who = await signedIn(stage, org, 'owner')
  const { messages, apps } = caller(who)
  expect((await messages.list({})).rows).toEqual([])
  expect(await messages.countNew({})).toBe(0)
  expect((await messages.get({ id })).id).toBe(id)
  expect((await apps.list({})).rows).toMatchObject([{ key: app.key }])
  const actor = { ...who.user, kind: 'user', organizationId: org.id, role: 'owner' } as const
  const batches = await Array.fromAsync(await exportMessages(parts.contextFor(actor), {}))
  expect(batches.flatMap(({ rows }) => rows)).toEqual([])
  expect((await messages.audit({ subject: 'message' })).rows).toMatchObject([{ action: 'exported' }])
  await parts.close()
  await there.drop()
})

test('a copy that is away costs one try: the database is asked, and the copy is left alone for a while', async ({
  stage,
}) => {
  const { org, asApp } = await stage.ready()
  const { id } = await stage.send(asApp)
  const parts = setParts(await partsOn(stage, { DATABASE_READ_URL: 'postgres://nobody@127.0.0.1:1/nothing' }))
  const { messages } = caller(await signedIn(stage, org, 'owner'))
  for (let times = 0; times < 3; times++) expect((await messages.list({})).rows).toMatchObject([{ id }])
  expect(stage.log.filter(({ message }) => message.startsWith('the copy that is read did not answer'))).toHaveLength(1)
  await parts.close()
})

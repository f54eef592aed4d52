/** Apps and their keys: shown once, stored as a hash, ended at once. */

import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { apiKey, app } from '#db/schema/index.ts'
import {
  appNames,
  changeApp,
  getApp,
  hashKey,
  type ListKeys,
  listApps,
  listKeys,
  removeApp,
  revokeKey,
} from '#domain/apps/apps.ts'
import { dependentsOf } from '#domain/dependents/dependents.ts'
import { expect, test } from '../support/make.ts'

test('a key is shown once: the database holds its hash and its first characters', async ({ stage }) => {
  const { owner, app: shop } = await stage.ready()
  const { key, id } = await stage.key(owner, shop.id, { kind: 'test' })
  expect(key).toMatch(/^sk_test_[\w-]{32}$/)
  const [row] = await stage.db.select().from(apiKey).where(eq(apiKey.id, id))
  expect(row).toMatchObject({ hash: hashKey(key), prefix: key.slice(0, 12) })
  expect(await stage.dump()).not.toContain(key)
  const seen = JSON.stringify([await listKeys(owner, { appId: shop.id }), await listApps(owner)])
  expect(seen).not.toContain(hashKey(key))
  expect(seen).not.toContain(key.slice(12))
})

test('a key stands for its App, its kind and its channels', async ({ stage }) => {
  const { org, owner, app: shop } = await stage.ready()
  const { key, id } = await stage.key(owner, shop.id, { name: 'texts', kind: 'test', channels: ['sms'] })
  expect(await stage.actorOf(key)).toEqual({
    ...{ kind: 'app', organizationId: org.id, appId: shop.id, appName: 'Shop', codeLifetimeMinutes: 10 },
    ...{ keyId: id, keyName: 'texts', keyKind: 'test', channels: ['sms'] },
  })
})

test('whatever is not a key stands for nobody', async ({ stage }) => {
  const { key } = await stage.ready()
  for (const wrong of ['', 'sk_live_', `${key} `, key.slice(0, -1), key.toUpperCase(), hashKey(key), "' or true --"]) {
    expect(await stage.actorOf(wrong)).toBeUndefined()
  }
})

test('keys that ask together are each told who they are', async ({ stage }) => {
  const [one, two] = [await stage.ready('One'), await stage.ready('Two')]
  const asked = Array.from({ length: 120 }, (_, n) => [one.key, two.key, `unknown-${n}`][n % 3] ?? '')
  const answers = await Promise.all(asked.map((key) => stage.actorOf(key)))
  expect(answers.map((actor) => actor?.appId)).toEqual(asked.map((_, n) => [one.app.id, two.app.id, undefined][n % 3]))
})

test('a revoked key stops at once, in every process, and stays revoked', async ({ stage }) => {
  const { owner, app: shop } = await stage.ready()
  const { key, id } = await stage.key(owner, shop.id)
  expect(await stage.actorOf(key)).toBeDefined()
  await revokeKey(owner, id)
  expect(await stage.actorOf(key)).toBeUndefined()
  const revokedAt = stage.clock.now()
  stage.clock.forward({ days: 1 })
  await revokeKey(owner, id)
  const [row] = await stage.db.select().from(apiKey).where(eq(apiKey.id, id))
  expect(row?.revokedAt).toEqual(revokedAt)
  expect((await listKeys(owner, { appId: shop.id })).find((one) => one.id === id)?.state).toBe('revoked')
})

test('a key works until the moment it expires', async ({ stage }) => {
  const { owner, app: shop } = await stage.ready()
  const { key, id } = await stage.key(owner, shop.id, { expiresInDays: 30 })
  stage.clock.forward({ days: 30, ms: -1 })
  expect(await stage.actorOf(key)).toBeDefined()
  stage.clock.forward({ ms: 1 })
  expect(await stage.actorOf(key)).toBeUndefined()
  expect((await listKeys(owner, { appId: shop.id })).find((one) => one.id === id)?.state).toBe('expired')
})

test('keys are sorted by name, use and end: one never used is least used, one without an end ends last', async ({
  stage,
}) => {
  const { owner, app: shop } = await stage.ready()
  const { key } = await stage.key(owner, shop.id, { name: 'used' })
  await stage.actorOf(key)
  await stage.key(owner, shop.id, { name: 'Ends', expiresInDays: 30 })
  const names = async (sort: z.infer<typeof ListKeys>['sort']) =>
    (await listKeys(owner, { appId: shop.id, sort })).map(({ name }) => name).filter((name) => name !== 'backend')
  expect(await names('name')).toEqual(['Ends', 'used'])
  expect(await names('-name')).toEqual(['used', 'Ends'])
  expect(await names('used')).toEqual(['Ends', 'used'])
  expect(await names('-ends')).toEqual(['used', 'Ends'])
})

test('the last use of a key is kept to the minute', async ({ stage }) => {
  const { owner, app: shop } = await stage.ready()
  const { key, id } = await stage.key(owner, shop.id)
  const lastUsed = async () => (await listKeys(owner, { appId: shop.id })).find((one) => one.id === id)?.lastUsedAt
  const first = stage.clock.now()
  stage.clock.forward({ seconds: 59 })
  await stage.actorOf(key)
  expect(await lastUsed()).toEqual(first)
  stage.clock.forward({ seconds: 2 })
  await stage.actorOf(key)
  expect(await lastUsed()).toEqual(stage.clock.now())
})

test('a key for some channels is refused on the others', async ({ stage }) => {
  const { owner, app: shop } = await stage.ready()
  const texts = await stage.key(owner, shop.id, { channels: ['sms', 'voice'] })
  await expect(stage.send(texts.asApp)).rejects.toMatchObject({ code: 'forbidden', data: { reason: 'channel_scope' } })
  const mails = await stage.key(owner, shop.id, { channels: ['sms', 'email'] })
  expect(await stage.send(mails.asApp)).toMatchObject({ status: 'queued' })
})

test('the key of an App is taken once in an organization, also when two add it at once', async ({ stage }) => {
  const [one, two] = [await stage.organization('One'), await stage.organization('Two')]
  const results = await Promise.allSettled([1, 2].map(() => stage.app(one.as('owner'), { key: 'shop' })))
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'invalid_request', data: { fields: [{ path: 'key', code: 'taken' }] } },
  })
  expect(await stage.app(two.as('owner'), { key: 'shop' })).toMatchObject({ key: 'shop' })
})

test('an App is changed except for its key', async ({ stage }) => {
  const { owner, app: shop } = await stage.ready()
  const fields = { name: 'Store', language: 'zh-CN', codeLifetimeMinutes: 5, logo: null } as const
  await changeApp(owner, { id: shop.id, ...fields })
  expect(await getApp(owner, shop.key)).toMatchObject({ ...fields, key: shop.key, activeKeys: 1 })
  await expect(getApp(owner, 'nothing')).rejects.toMatchObject({ code: 'not_found' })
})

test('the database refuses a code lifetime that nobody may choose', async ({ stage }) => {
  const { app: shop } = await stage.ready()
  for (const codeLifetimeMinutes of [0, 31]) {
    const byHand = stage.db.update(app).set({ codeLifetimeMinutes }).where(eq(app.id, shop.id))
    await expect(byHand).rejects.toMatchObject({ cause: { constraint: 'app_code_lifetime' } })
  }
})

test('deleting an App ends its keys, after naming what depends on it, and still sends what was accepted', async ({
  stage,
}) => {
  const { owner, app: shop, asApp, key } = await stage.ready()
  await stage.template(owner, { appId: shop.id, content: { subject: 'Shop only', html: '<p>${code}</p>' } })
  const { id } = await stage.send(asApp)
  expect(await dependentsOf(owner, { kind: 'app', id: shop.id })).toEqual([
    { code: 'app_keys', count: 1 },
    { code: 'app_templates', count: 1 },
    { code: 'app_messages', count: 1 },
  ])
  await removeApp(owner, shop.id)
  expect(await stage.actorOf(key)).toBeUndefined()
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent', appId: shop.id })
  expect(stage.provider.calls).toMatchObject([{ message: { subject: 'Your Shop code' } }])
})

test('Apps are listed by age, fifty at a time, and found by a part of their name or key', async ({ stage }) => {
  const owner = (await stage.organization()).as('owner')
  for (let n = 0; n < 53; n++) await stage.app(owner, { key: `app-${n}`, name: n === 51 ? '100% _new_' : `App ${n}` })
  const first = await listApps(owner)
  expect(first.rows.map(({ key }) => key)).toEqual(Array.from({ length: 50 }, (_, n) => `app-${n}`))
  const second = await listApps(owner, { cursor: first.newer ?? '' })
  expect([second.rows.map(({ key }) => key), second.newer]).toEqual([['app-50', 'app-51', 'app-52'], null])
  for (const [search, keys] of [
    ['0% _', ['app-51']],
    ['APP-52', ['app-52']],
    ['%', ['app-51']],
    ['\\', []],
  ] as const) {
    expect((await listApps(owner, { search })).rows.map(({ key }) => key)).toEqual(keys)
  }
  expect(await appNames(owner)).toHaveLength(53)

  const upwards = await listApps(owner, { sort: 'name' })
  expect(upwards.rows.slice(0, 3).map(({ name }) => name)).toEqual(['100% _new_', 'App 0', 'App 1'])
  const rest = await listApps(owner, { sort: 'name', cursor: upwards.newer ?? '' })
  expect([rest.rows.map(({ name }) => name), rest.newer]).toEqual([['App 7', 'App 8', 'App 9'], null])
  const downwards = await listApps(owner, { sort: '-key' })
  expect(downwards.rows.slice(0, 2).map(({ key }) => key)).toEqual(['app-9', 'app-8'])
  const last = await listApps(owner, { sort: '-key', cursor: downwards.older ?? '' })
  expect(last.rows.map(({ key }) => key)).toEqual(['app-10', 'app-1', 'app-0'])
  const newest = await listApps(owner, { sort: '-created', search: 'app-5' })
  expect(newest.rows.map(({ key }) => key)).toEqual(['app-52', 'app-51', 'app-50', 'app-5'])
})

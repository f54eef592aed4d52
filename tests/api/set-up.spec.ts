/** The first owner: made once, by whoever has the link that a start prints, whichever process is asked. */

import { appRouter } from '#api/router.ts'
import { callerFactory } from '#api/trpc.ts'
import { member, organization, user } from '#db/schema/index.ts'
import type { Parts } from '#platform/compose.ts'
import { setParts } from '#platform/parts.ts'
import { contextOf, expect, test as onStage, partsOn } from '../support/api-stage.ts'
import { freshDatabase } from '../support/database.ts'
import { masterKey, type Stage } from '../support/make.ts'

const owner = { organization: 'First', name: 'Ann', email: 'ann@example.com', password: 'correct horse battery' }
const secretOf = (parts: Parts) => new URL(parts.setUpLink).searchParams.get('secret') ?? ''
const wrong = 'AAAAAAAAAAAAAAAAAAAAAAAA'

/** A stranger at an address of the internet. */
const visitor = (clientIp: string) => callerFactory(appRouter)({ ...contextOf(null), clientIp })

/** Parts on databases of their own, where nobody has signed up yet. */
const test = onStage.extend<{ fresh: (settings?: Record<string, string>) => Promise<Parts> }>({
  fresh: async ({ stage }, use) => {
    const database = await freshDatabase()
    const opened: Parts[] = []
    await use(async (settings = {}) => {
      const parts = await partsOn(stage as Stage, { DATABASE_URL: database.url, ...settings })
      opened.push(parts)
      return setParts(parts)
    })
    await Promise.all(opened.map((parts) => parts.close()))
    await database.drop()
  },
})

test('the first owner is made once, however many first visits there are at once', async ({ fresh }) => {
  const parts = await fresh()
  expect(await visitor('10.1.0.0').people.needsSetUp()).toBe(true)
  const secret = secretOf(parts)
  const visits = Array.from({ length: 20 }, (_, n) =>
    visitor(`10.1.0.${n}`).people.setUp({ ...owner, secret, email: `ann${n}@example.com` }),
  )
  const results = await Promise.allSettled(visits)
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const result of results.filter(({ status }) => status === 'rejected')) {
    expect(result).toMatchObject({ reason: { code: 'CONFLICT', cause: { data: { reason: 'already_set_up' } } } })
  }
  expect(await parts.db.$count(user)).toBe(1)
  expect(await parts.db.$count(organization)).toBe(1)
  expect(await visitor('10.1.0.0').people.needsSetUp()).toBe(false)
})

test('a first visit that breaks off leaves nothing in the way of the next', async ({ fresh }) => {
  const parts = await fresh()
  await expect(parts.setUp({ ...owner, organization: 'not \0 storable' })).rejects.toThrow()
  expect(await parts.needsSetUp()).toBe(true)
  expect(await parts.setUp(owner)).toBe(true)
  expect(await parts.db.select().from(member)).toMatchObject([{ role: 'owner' }])
})

test('a stranger without the secret does not become the owner', async ({ fresh }) => {
  const parts = await fresh()
  for (const secret of [wrong, secretOf(parts).slice(1), `${secretOf(parts)}A`, secretOf(parts).toLowerCase()]) {
    const refused = await visitor('10.2.0.1')
      .people.setUp({ ...owner, secret })
      .catch((error) => error)
    expect(refused).toMatchObject({
      cause: { code: 'invalid_request', data: { fields: [{ path: 'secret', code: 'wrong_set_up_secret' }] } },
    })
  }
  expect(await parts.db.$count(user)).toBe(0)
})

test('ten secrets are looked at from one network, however many are tried at once, and other networks go on', async ({
  fresh,
}) => {
  const parts = await fresh()
  const left = 900_000 - (Date.now() % 900_000)
  if (left < 15_000) await new Promise((resolve) => setTimeout(resolve, left))
  const guesses = Array.from({ length: 30 }, (_, n) =>
    visitor(`2001:db8:9:9::${n.toString(16)}`).people.setUp({ ...owner, secret: wrong }),
  )
  const codes = (await Promise.allSettled(guesses)).map((one) => one.status === 'rejected' && one.reason.cause.code)
  expect(codes.filter((code) => code === 'invalid_request')).toHaveLength(10)
  expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(20)
  const secret = secretOf(parts)
  await expect(visitor('2001:db8:9:9::ffff').people.setUp({ ...owner, secret })).rejects.toMatchObject({
    cause: { code: 'rate_limited' },
  })
  await visitor('2001:db8:9:a::1').people.setUp({ ...owner, secret })
  expect(await parts.db.$count(user)).toBe(1)
})

test('every web process knows the same link, and one of another installation another', async ({ fresh }) => {
  const [one, two] = [await fresh(), await fresh()]
  expect(two.setUpLink).toBe(one.setUpLink)
  expect(one.setUpLink).toMatch(/^http:\/\/localhost:3000\/set-up\?secret=[\w-]{24}$/)
  const other = await fresh({ SIGNET_MASTER_KEY: masterKey(8) })
  expect(secretOf(other)).not.toBe(secretOf(one))
  const exchanged = await fresh({ SIGNET_MASTER_KEY: masterKey(8), SIGNET_OLD_KEYS: masterKey(7) })
  expect(secretOf(exchanged)).toBe(secretOf(one))
  await visitor('10.3.0.1').people.setUp({ ...owner, secret: secretOf(one) })
  expect(await two.needsSetUp()).toBe(false)
})

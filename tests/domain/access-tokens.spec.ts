/** Access tokens that processes share: who fetches one, when, and what is kept of it. */
import { eq, sql } from 'drizzle-orm'
import type { TokenStore } from '#channels/token-store.ts'
import { connect } from '#db/client.ts'
import type { Db } from '#db/database.ts'
import { accessToken } from '#db/schema/index.ts'
import { tokenStore } from '#domain/accounts/access-tokens.ts'
import { keyring } from '#domain/base/secrets.ts'
import { clockAt } from '../support/clock.ts'
import { test as base, expect, masterKey } from '../support/make.ts'

type Service = {
  /** How many tokens were fetched so far. */
  fetched: number
  /** How many were being fetched at the same time, at most. */
  most: number
  fetch: () => Promise<{ token: string; expiresIn: number }>
}

/** A service that makes a new token at every call, and takes its time. */
function service(expiresIn = 7200): Service {
  let running = 0
  const one: Service = {
    fetched: 0,
    most: 0,
    async fetch() {
      const token = `token-${++one.fetched}`
      one.most = Math.max(one.most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 30))
      running--
      return { token, expiresIn }
    },
  }
  return one
}

type Shared = {
  clock: ReturnType<typeof clockAt>
  keys: string[]
  db: Db
  /** A store of a process of its own. */
  open: (own?: Db) => TokenStore
}

const test = base.extend<{ shared: Shared; three: TokenStore[] }>({
  shared: async ({ world }, use) => {
    const clock = clockAt(Date.now())
    const keys = [masterKey(7)]
    await world.db.delete(accessToken)
    const open = (own = world.db) => tokenStore({ db: own, secrets: keyring(() => [...keys]), now: clock.now })
    await use({ clock, keys, db: world.db, open })
  },
  three: async ({ world, shared }, use) => {
    const connections = [1, 2, 3].map((at) => connect(world.url, { name: `process-${at}`, max: 3 }))
    await use(connections.map(({ db }) => shared.open(db)))
    await Promise.all(connections.map(({ close }) => close()))
  },
})

const key = 'a-key'
/** A hundred callers, spread over the processes. */
const hundred = (stores: TokenStore[], use: (store: TokenStore) => Promise<string>) =>
  Promise.all(Array.from({ length: 100 }, (_, at) => use(stores[at % stores.length] as TokenStore)))

test('a hundred callers in three processes fetch one token', async ({ three }) => {
  const wechat = service()
  expect(new Set(await hundred(three, (store) => store.use(key, wechat.fetch)))).toEqual(new Set(['token-1']))
  expect(wechat.fetched).toBe(1)
})

test('a hundred callers whose token has ended fetch one more, in whatever process they are', async ({
  three,
  shared,
}) => {
  const wechat = service()
  await hundred(three, (store) => store.use(key, wechat.fetch))
  expect(wechat.fetched).toBe(1)
  shared.clock.forward({ seconds: 7200 - 299 })
  expect(new Set(await hundred(three, (store) => store.use(key, wechat.fetch)))).toEqual(new Set(['token-2']))
  expect(wechat).toMatchObject({ fetched: 2, most: 1 })
})

test('a hundred callers whose token was refused fetch one more, and those who come late take that', async ({
  three,
}) => {
  const wechat = service()
  await hundred(three, (store) => store.use(key, wechat.fetch))
  const again = await hundred(three, (store) => store.use(key, wechat.fetch, 'token-1'))
  expect(new Set(again)).toEqual(new Set(['token-2']))
  expect(await three[0]?.use(key, wechat.fetch, 'token-1')).toBe('token-2')
  expect(wechat).toMatchObject({ fetched: 2, most: 1 })
})

test('one that was refused is not taken from those who are just reading it', async ({ shared }) => {
  const wechat = service()
  await shared.open().use(key, wechat.fetch)
  const store = shared.open()
  const [plain, refused] = await Promise.all([store.use(key, wechat.fetch), store.use(key, wechat.fetch, 'token-1')])
  expect([plain, refused]).toEqual(['token-1', 'token-2'])
})

test('a token is used until five minutes before its end', async ({ shared }) => {
  const wechat = service()
  const store = shared.open()
  await store.use(key, wechat.fetch)
  shared.clock.forward({ seconds: 7200 - 301 })
  expect(await store.use(key, wechat.fetch)).toBe('token-1')
  shared.clock.forward({ seconds: 2 })
  expect(await store.use(key, wechat.fetch)).toBe('token-2')
})

test('a token that ends within five minutes from the start is handed out, and not kept for the next', async ({
  shared,
}) => {
  const wechat = service(300)
  const store = shared.open()
  expect(await store.use(key, wechat.fetch)).toBe('token-1')
  expect(await store.use(key, wechat.fetch)).toBe('token-2')
})

test('keys have tokens of their own', async ({ shared }) => {
  const wechat = service()
  const store = shared.open()
  expect(await store.use('one', wechat.fetch)).toBe('token-1')
  expect(await store.use('other', wechat.fetch)).toBe('token-2')
  expect(await store.use('one', wechat.fetch)).toBe('token-1')
})

test('a fetch that fails is told to all who waited for it, and keeps nothing', async ({ three, shared }) => {
  let calls = 0
  const failing = async () => {
    calls++
    await new Promise((resolve) => setTimeout(resolve, 30))
    throw new Error('40164')
  }
  const told = await Promise.allSettled(
    Array.from({ length: 30 }, () => three[0]?.use(key, failing) ?? Promise.resolve('')),
  )
  expect(told.every(({ status }) => status === 'rejected')).toBe(true)
  expect(calls).toBe(1)
  expect(await shared.db.select().from(accessToken)).toEqual([])
  expect(await three[1]?.use(key, service().fetch)).toBe('token-1')
})

test('what is kept shows no token, and does not open in another place', async ({ shared }) => {
  await shared.open().use(key, async () => ({ token: 'a-planted-token', expiresIn: 7200 }))
  const [row] = await shared.db.select().from(accessToken)
  expect(row?.sealed).not.toContain('planted')
  await shared.db.execute(sql`insert into access_token select 'another', sealed, expires_at from access_token`)
  expect(await shared.open().use('another', service().fetch)).toBe('token-1')
})

test('a token whose master key is gone is fetched anew', async ({ shared }) => {
  const wechat = service()
  await shared.open().use(key, wechat.fetch)
  shared.keys.splice(0, 1, masterKey(8))
  expect(await shared.open().use(key, wechat.fetch)).toBe('token-2')
  expect(await shared.open().use(key, wechat.fetch)).toBe('token-2')
})

test('a token that another process replaced is read anew where the old one is refused', async ({ shared }) => {
  const wechat = service()
  const [one, other] = [shared.open(), shared.open()]
  await one.use(key, wechat.fetch)
  await other.use(key, wechat.fetch)
  await other.use(key, wechat.fetch, 'token-1')
  expect(await one.use(key, wechat.fetch, 'token-1')).toBe('token-2')
  expect(wechat.fetched).toBe(2)
})

test('services that hang take two connections of a process at most, and those behind them get their turn', async ({
  world,
  shared,
}) => {
  const { db, close } = connect(world.url, { name: 'small', max: 3 })
  const store = shared.open(db)
  const open: (() => void)[] = []
  const hanging = () =>
    new Promise<{ token: string; expiresIn: number }>((resolve) =>
      open.push(() => resolve({ token: 'late', expiresIn: 7200 })),
    )
  const waiting = ['a', 'b', 'c', 'd'].map((each) => store.use(each, hanging))
  await expect.poll(() => open.length).toBe(2)
  // The third connection is still free for others.
  expect(await db.select().from(accessToken).where(eq(accessToken.key, 'nobody'))).toEqual([])
  expect(open).toHaveLength(2)
  const ends = Promise.all(waiting)
  for (const _ of waiting) {
    await expect.poll(() => open.length).toBeGreaterThan(0)
    open.shift()?.()
  }
  expect(await ends).toEqual(['late', 'late', 'late', 'late'])
  await close()
})

/**
 * Access tokens that all processes share: sealed in the database, fetched by one for all. Promises one fetch at a time for a
 * key, over all processes, and that an account whose service hangs does not take all of a process's connections.
 */
import { eq } from 'drizzle-orm'
import { type FetchedToken, type TokenStore, tokenMargin } from '#channels/token-store.ts'
import { accessToken } from '#db/schema/index.ts'
import type { Ctx } from '../base/ctx.ts'
import { openOrNothing } from '../base/secrets.ts'

type Deps = Pick<Ctx, 'db' | 'secrets' | 'now'>
type Kept = { token: string; expiresAt: Date }

const place = (key: string) => `access_token:${key}`
const mostRemembered = 500
/** Each holds a connection while the service is asked, and a worker has few. */
const mostFetches = 2

/** Runs at most so many at the same time; the others wait for their turn. */
function gate(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running < most) running++
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}

/** The token of a row; undefined where there is none that can be opened: the key it was sealed with may be gone. */
function opened({ secrets }: Deps, row: typeof accessToken.$inferSelect | undefined): Kept | undefined {
  const token = row?.sealed ? openOrNothing(secrets, row.sealed, place(row.key)) : undefined
  return row && token !== undefined ? { token, expiresAt: row.expiresAt } : undefined
}

async function stored(deps: Deps, key: string): Promise<Kept | undefined> {
  const [row] = await deps.db.select().from(accessToken).where(eq(accessToken.key, key))
  return opened(deps, row)
}

type IsGood = (kept: Kept) => boolean

/** Fetches a token with its row locked, unless another process was faster. A fetch that fails leaves everything as it was. */
function fetched(deps: Deps, key: string, fetch: () => Promise<FetchedToken>, isGood: IsGood): Promise<Kept> {
  return deps.db.transaction(async (tx) => {
    await tx
      .insert(accessToken)
      .values({ key, sealed: '', expiresAt: new Date(0) })
      .onConflictDoNothing()
    const [row] = await tx.select().from(accessToken).where(eq(accessToken.key, key)).for('update')
    const theirs = opened(deps, row)
    if (theirs && isGood(theirs)) return theirs
    const askedAt = deps.now().getTime()
    const { token, expiresIn } = await fetch()
    const fresh = { token, expiresAt: new Date(askedAt + expiresIn * 1000) }
    await tx
      .update(accessToken)
      .set({ sealed: deps.secrets.seal(token, place(key)), expiresAt: fresh.expiresAt })
      .where(eq(accessToken.key, key))
    return fresh
  })
}

/** The store of a process. It remembers what it read: a token that another process has replaced is refused, and read anew. */
export function tokenStore(deps: Deps): TokenStore {
  const remembered = new Map<string, Kept>()
  const flights = new Map<string, Promise<Kept>>()
  const inTurn = gate(mostFetches)

  const begin = (key: string, fetch: () => Promise<FetchedToken>, isGood: IsGood): Promise<Kept> => {
    const flight = (async () => {
      const kept = await stored(deps, key)
      const good = kept && isGood(kept) ? kept : await inTurn(() => fetched(deps, key, fetch, isGood))
      remembered.delete(key)
      remembered.set(key, good)
      if (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value ?? '')
      return good
    })().finally(() => flights.delete(key))
    flights.set(key, flight)
    return flight
  }

  return {
    async use(key, fetch, stale) {
      const isGood: IsGood = ({ token, expiresAt }) =>
        token !== stale && expiresAt.getTime() - deps.now().getTime() > tokenMargin
      const cached = remembered.get(key)
      if (cached && isGood(cached)) return cached.token
      const running = flights.get(key)
      // What others wait for may turn out to be the very token that was refused here.
      const theirs = running && (await running).token
      if (theirs !== undefined && theirs !== stale) return theirs
      return (await (flights.get(key) ?? begin(key, fetch, isGood))).token
    },
  }
}

/**
 * The access tokens that were issued. An account has two stores that know nothing of each other: one whose every call
 * makes a new token, and a stable one that repeats its token. Promises that a token is good exactly as long as its
 * store says, whichever call asks.
 */
import { randomBytes } from 'node:crypto'
import { chinaDay } from './china-day.ts'
import { refusal } from './refusals.ts'

export type StoreName = 'token' | 'stable_token'

/** How long a token is good, and how long the one before it may still be used beside it; in milliseconds. */
export type Lifetime = { token: number; handover: number }

export const usualLifetime: Lifetime = { token: 7_200_000, handover: 300_000 }

export type Token = { value: string; appId: string; expiresAt: number; voidAt: number }

type Store = { current?: Token; previous?: Token; forcedAt: number[] }

const forcedApart = 30_000
const forcedPerDay = 20
const mostRemembered = 10_000

const tokenShape = /^\d{2}_[\w-]{148}$/

const isGood = ({ expiresAt, voidAt }: Token, at: number): boolean => at < expiresAt && at < voidAt

export class Tokens {
  readonly #byValue = new Map<string, Token>()
  readonly #stores = new Map<string, Store>()

  /** A new token; the last one stays usable for the handover, the one before it no longer. */
  replace(appId: string, at: number, lifetime: Lifetime): Token {
    const store = this.#store('token', appId)
    if (store.previous) store.previous.voidAt = Math.min(store.previous.voidAt, at)
    if (store.current) store.current.voidAt = Math.min(store.current.voidAt, at + lifetime.handover)
    return this.#issue(store, appId, at, lifetime)
  }

  /** The token there is; in its last minutes a new one, and both are good until the handover ends. */
  repeat(appId: string, at: number, lifetime: Lifetime): Token {
    const store = this.#store('stable_token', appId)
    const { current } = store
    if (!current || !isGood(current, at)) return this.#issue(store, appId, at, lifetime)
    if (current.expiresAt - at > lifetime.handover) return current
    current.voidAt = at + lifetime.handover
    current.expiresAt = current.voidAt
    return this.#issue(store, appId, at, lifetime)
  }

  /** Ends the token there is and makes a new one, unless that was asked for too lately or too often. */
  force(appId: string, at: number, lifetime: Lifetime): Token {
    const store = this.#store('stable_token', appId)
    const isTooSoon = at - (store.forcedAt.at(-1) ?? Number.NEGATIVE_INFINITY) < forcedApart
    store.forcedAt = store.forcedAt.filter((time) => chinaDay(time) === chinaDay(at))
    if (isTooSoon || store.forcedAt.length >= forcedPerDay) return this.repeat(appId, at, lifetime)
    store.forcedAt.push(at)
    for (const token of [store.current, store.previous]) if (token) token.voidAt = Math.min(token.voidAt, at)
    return this.#issue(store, appId, at, lifetime)
  }

  /**
   * The AppID that this token was issued to.
   * @throws Refusal when it is not good, with the reason
   */
  ownerOf(value: string, at: number): string {
    const token = this.#byValue.get(value)
    if (!token) throw refusal(tokenShape.test(value) ? 40001 : 40014)
    if (at >= token.voidAt) throw refusal(40001)
    if (at >= token.expiresAt) throw refusal(42001)
    return token.appId
  }

  /** Ends every good token of an account now, as if it were void or too old; answers how many those were. */
  end(appId: string, at: number, as: 'void' | 'expired'): number {
    const good = [...this.#byValue.values()].filter((token) => token.appId === appId && isGood(token, at))
    for (const token of good) {
      if (as === 'void') token.voidAt = at
      else token.expiresAt = at
    }
    return good.length
  }

  #store(name: StoreName, appId: string): Store {
    const key = `${name} ${appId}`
    const store = this.#stores.get(key) ?? { forcedAt: [] }
    this.#stores.set(key, store)
    return store
  }

  #issue(store: Store, appId: string, at: number, lifetime: Lifetime): Token {
    const value = `92_${randomBytes(111).toString('base64url')}`
    const token: Token = { value, appId, expiresAt: at + lifetime.token, voidAt: Number.POSITIVE_INFINITY }
    if (store.current) store.previous = store.current
    store.current = token
    this.#byValue.set(value, token)
    const [oldest] = this.#byValue.keys()
    if (this.#byValue.size > mostRemembered && oldest) this.#byValue.delete(oldest)
    return token
  }
}

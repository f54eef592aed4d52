/** Access tokens kept in the test, by the rules of the real store. */
import { type TokenStore, tokenMargin } from '#channels/token-store.ts'

export type MemoryTokens = TokenStore & {
  /** By key, what is kept; may be changed at any time. */
  kept: Map<string, { token: string; expiresAt: number }>
}

export function memoryTokens(now = () => Date.now()): MemoryTokens {
  const kept: MemoryTokens['kept'] = new Map()
  const flights = new Map<string, Promise<string>>()
  return {
    kept,
    async use(key, fetch, stale) {
      const known = kept.get(key)
      if (known && known.token !== stale && known.expiresAt - now() > tokenMargin) return known.token
      const flight =
        flights.get(key) ??
        fetch()
          .then(({ token, expiresIn }) => {
            kept.set(key, { token, expiresAt: now() + expiresIn * 1000 })
            return token
          })
          .finally(() => flights.delete(key))
      flights.set(key, flight)
      return flight
    },
  }
}

/** What a catalog is opened with where nothing is set. */
export const plainSettings = {
  vendorSettings: {},
  mailAliases: true,
  tokens: memoryTokens(),
  url: 'http://localhost:3000',
}

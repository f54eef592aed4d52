/**
 * Where a provider keeps the access tokens that its service lends for a while. Such a token is one for all processes: where a
 * new one ends the one before, two processes that fetched their own would take it from each other all the time.
 */

export type FetchedToken = {
  token: string
  /** In seconds. */
  expiresIn: number
}

export type TokenStore = {
  /**
   * The token of a key: the one that is kept, unless it is `stale` or ends within five minutes; else what `fetch` gets, which
   * is called once however many ask at the same time, in whatever process. What it throws, all who wait for it get.
   * @param key says whose it is without saying a secret
   * @param stale a token that the service has just refused
   */
  use(key: string, fetch: () => Promise<FetchedToken>, stale?: string): Promise<string>
}

/** How long before its end a token is not used any more, in milliseconds: a call that takes it along may be under way for long. */
export const tokenMargin = 5 * 60_000

/**
 * Where a provider keeps the access tokens of its service. All processes share one: fetching a new token ends the one before,
 * so that two processes with tokens of their own would invalidate each other's all the time.
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
   * @param key identifies the account; holds no secret
   * @param stale a token that the service has just refused
   */
  use(key: string, fetch: () => Promise<FetchedToken>, stale?: string): Promise<string>
}

/** In milliseconds: a token that ends sooner is replaced, since a call that is made with it may take a while. */
export const tokenMargin = 5 * 60_000

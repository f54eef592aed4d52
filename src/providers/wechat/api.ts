/**
 * Calling WeChat's API for official accounts. Hides the access token and its renewal. Promises that a failure says whether the
 * request may have been carried out, that a refused token is replaced once and the call repeated once, and that no failure
 * holds a secret, a token or a value.
 */
import { createHash } from 'node:crypto'
import type { FetchedToken, TokenStore } from '#channels/token-store.ts'
import { answerOr } from '../asking.ts'
import { Lines, type Reply, reachOf, type Timeouts } from '../lines.ts'
import { type Fields, textOf } from '../reading.ts'
import { without } from '../redaction.ts'
import { isTokenRefused, WechatError, wordsFrom } from './errors.ts'

export type WechatKey = { appId: string; appSecret: string }
/** By POST where there is a body, else by GET. */
type Question = { path: string; body?: object }

export type WechatApi = {
  /** A token by WeChat's own word of this moment. @throws WechatError */
  fetchToken(key: WechatKey, signal?: AbortSignal): Promise<FetchedToken>
  /** One call with this token. @throws WechatError */
  callWith(token: string, question: Question, signal?: AbortSignal): Promise<Fields>
  /** One call with the token that all processes share. @throws WechatError, and whatever the store of tokens throws */
  call(key: WechatKey, question: Question, signal?: AbortSignal): Promise<Fields>
  close(): void
}

const real = 'https://api.weixin.qq.com'
const patience: Timeouts = { connect: 5_000, read: 10_000 }
/** In seconds; a token is lent for two hours. */
const longestTerm = 86_400

export type ApiOptions = {
  tokens: TokenStore
  /** In place of WeChat's own: the operator's setting, such as a simulator. */
  endpoint?: string
  timeouts?: Partial<Timeouts>
}

/** The id that WeChat gave a message; empty for what is none. */
export const messageIdOf = (value: unknown): string => (/^\d{1,30}$/.test(textOf(value)) ? textOf(value) : '')

type At = WechatError['at']

/** Every answer that is no refusal. A success need not have a code. */
function checked(reply: Reply, at: At, secret: string): Fields {
  const { status, object: answer } = reply
  const code = textOf(answer?.errcode)
  if (answer && /^-?\d{1,10}$/.test(code) && code !== '0') {
    const message = wordsFrom(textOf(answer.errmsg))
    throw new WechatError({ code, reach: 'answered', at, status, ...message, words: without(message.words, [secret]) })
  }
  if (answer && status < 400) return answer
  throw new WechatError({ code: answer ? `HTTP_${status}` : 'EANSWER', reach: reachOf(reply), at, status })
}

/** The work, or nothing more of it once the signal says so; others may be waiting for the same. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work
  return new Promise<T>((resolve, reject) => {
    const end = () => reject(new WechatError({ code: 'EABORT', reach: 'unsent', at: 'token' }))
    signal.addEventListener('abort', end, { once: true })
    if (signal.aborted) end()
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end))
  })
}

/** Says which token without saying the secret it is had for. */
const tokenKey = ({ appId, appSecret }: WechatKey): string =>
  createHash('sha256')
    .update(JSON.stringify([appId, appSecret]))
    .digest('hex')

/** Calls with connections of their own. */
export function wechatApi({ tokens, endpoint = real, timeouts = {} }: ApiOptions): WechatApi {
  const lines = new Lines({ ...patience, ...timeouts })
  const base = endpoint.replace(/\/+$/, '')

  /** @param secret what the question holds that no answer may be quoted with */
  async function ask(
    { path, body }: Question,
    at: At,
    secret: string,
    signal: AbortSignal | undefined,
  ): Promise<Fields> {
    const sent = body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}
    const reply = lines.ask({ url: `${base}${path}`, ...sent, ...(signal ? { signal } : {}) })
    return checked(await answerOr(reply, ({ code, reach }) => new WechatError({ code, reach, at })), at, secret)
  }

  /** Of the two kinds of token the stable one: fetching it takes it from nobody who has it. */
  async function fetchToken({ appId, appSecret }: WechatKey, signal?: AbortSignal): Promise<FetchedToken> {
    const body = { grant_type: 'client_credential', appid: appId, secret: appSecret, force_refresh: false }
    const answer = await ask({ path: '/cgi-bin/stable_token', body }, 'token', appSecret, signal)
    const { access_token: token, expires_in: expiresIn } = answer
    const isToken = typeof token === 'string' && /^[\x21-\x7e]{1,2000}$/.test(token)
    if (!isToken || typeof expiresIn !== 'number' || expiresIn <= 0) {
      throw new WechatError({ code: 'EANSWER', reach: 'answered', at: 'token' })
    }
    return { token, expiresIn: Math.min(expiresIn, longestTerm) }
  }

  const callWith = (token: string, { path, ...rest }: Question, signal?: AbortSignal): Promise<Fields> =>
    ask({ path: `${path}?access_token=${encodeURIComponent(token)}`, ...rest }, 'call', token, signal)

  return {
    fetchToken,
    callWith,
    async call(key, question, signal) {
      const tokenFor = (stale?: string) =>
        unlessAborted(
          tokens.use(tokenKey(key), () => fetchToken(key), stale),
          signal,
        )
      const token = await tokenFor()
      try {
        return await callWith(token, question, signal)
      } catch (error) {
        if (!isTokenRefused(error)) throw error
        return callWith(await tokenFor(token), question, signal)
      }
    },
    close: () => lines.close(),
  }
}

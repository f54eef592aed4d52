/**
 * Calling WeChat's API for official accounts. Hides the access token and its renewal. Promises that a failure says whether the
 * request may have been carried out, that a refused token is replaced once and the call repeated once, and that no failure
 * holds a secret, a token or a value.
 */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import type { LentToken, TokenStore } from '../token-store.ts'
import { Lines, type Reach, type Timeouts } from './lines.ts'
import { without } from './redaction.ts'
import { isTokenRefused, WechatError, wordsFrom } from './wechat-errors.ts'

export type WechatKey = { appId: string; appSecret: string }
/** What WeChat answered; the id of a message is text. */
export type Answer = Record<string, unknown>
/** By POST where there is a body, else by GET. */
type Question = { path: string; body?: object }

export type WechatApi = {
  /** A token by WeChat's own word of this moment. @throws WechatError */
  fetchToken(key: WechatKey, signal?: AbortSignal): Promise<LentToken>
  /** One call with this token. @throws WechatError */
  callWith(token: string, question: Question, signal?: AbortSignal): Promise<Answer>
  /** One call with the token that all processes share. @throws WechatError, and whatever the store of tokens throws */
  call(key: WechatKey, question: Question, signal?: AbortSignal): Promise<Answer>
  close(): void
}

const real = 'https://api.weixin.qq.com'
const patience: Timeouts = { connect: 5_000, read: 10_000 }
const largestAnswer = 4_000_000

class NoAnswer extends Error {
  readonly code = 'ETIMEDOUT'
}

export type ApiOptions = {
  tokens: TokenStore
  /** In place of WeChat's own: the operator's setting, such as a simulator. */
  endpoint?: string
  timeouts?: Partial<Timeouts>
}

type Wire = { lines: Lines; endpoint: string; timeouts: Timeouts }
type Reply = { status: number; text: string }

async function exchange({ lines, endpoint, timeouts }: Wire, { path, body }: Question, signal?: AbortSignal) {
  const text = body && JSON.stringify(body)
  const request = (endpoint.startsWith('https:') ? https : http).request(`${endpoint}${path}`, {
    method: text === undefined ? 'GET' : 'POST',
    agent: lines.agentFor(endpoint),
    headers:
      text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
    ...(signal ? { signal } : {}),
  })
  // After its answer has begun a request may fail once more, which its answer tells as well.
  request.on('error', () => undefined)
  let isLate = false
  const end = () => {
    isLate = true
    request.destroy(new NoAnswer())
  }
  const timer = setTimeout(end, timeouts.connect + timeouts.read)
  try {
    request.end(text)
    const [response] = (await once(request, 'response')) as [http.IncomingMessage]
    let answer = ''
    for await (const chunk of response.setEncoding('utf8')) {
      answer += chunk
      // What is left is no JSON, and is taken for what it is: no answer of WeChat's.
      if (answer.length > largestAnswer) break
    }
    return { status: response.statusCode ?? 0, text: answer }
  } catch (thrown) {
    // An answer that stalls half-way only says that its line has ended.
    throw isLate ? new NoAnswer() : thrown
  } finally {
    clearTimeout(timer)
  }
}

type At = WechatError['at']

function failureFrom(thrown: unknown, at: At, isEarly: boolean, isAborted: boolean): WechatError {
  const reach: Reach = isEarly ? 'unsent' : 'unanswered'
  if (isAborted) return new WechatError({ code: 'EABORT', reach, at })
  const code = thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
  return new WechatError({ code: code || 'ECONNECTION', reach, at })
}

/** The id of a message has more digits than a number of JavaScript. */
const withTextId = (text: string): string => text.replace(/("msgid"\s*:\s*)(\d+)/, '$1"$2"')

function parsed(text: string): Answer | undefined {
  try {
    const answer: unknown = JSON.parse(withTextId(text))
    return typeof answer === 'object' && answer !== null && !Array.isArray(answer) ? (answer as Answer) : undefined
  } catch {
    return undefined
  }
}

export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** Every answer that is no refusal. A success need not have a code. */
function checked({ status, text }: Reply, at: At, secret: string): Answer {
  const answer = parsed(text)
  // A gateway that gave up waiting does not know what became of the request.
  const reach: Reach = status === 504 || text.trim() === '' ? 'unanswered' : 'answered'
  if (!answer) throw new WechatError({ code: 'EANSWER', reach, at, status })
  const code = textOf(answer.errcode)
  if (/^-?\d{1,10}$/.test(code) && code !== '0') {
    const said = wordsFrom(textOf(answer.errmsg))
    throw new WechatError({ code, reach: 'answered', at, status, ...said, words: without(said.words, [secret]) })
  }
  if (status >= 400) throw new WechatError({ code: `HTTP_${status}`, reach, at, status })
  return answer
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
  const all = { ...patience, ...timeouts }
  const wire: Wire = { lines: new Lines(all), endpoint: endpoint.replace(/\/+$/, ''), timeouts: all }

  /** @param secret what the question holds that no answer may be quoted with */
  async function ask(question: Question, at: At, secret: string, signal: AbortSignal | undefined): Promise<Answer> {
    if (signal?.aborted) throw new WechatError({ code: 'EABORT', reach: 'unsent', at })
    const reply = await exchange(wire, question, signal).catch((thrown: unknown) => {
      throw failureFrom(thrown, at, wire.lines.isEarly(thrown), signal?.aborted ?? false)
    })
    return checked(reply, at, secret)
  }

  /** Of the two kinds of token the stable one: fetching it takes it from nobody who has it. */
  async function fetchToken({ appId, appSecret }: WechatKey, signal?: AbortSignal): Promise<LentToken> {
    const body = { grant_type: 'client_credential', appid: appId, secret: appSecret, force_refresh: false }
    const answer = await ask({ path: '/cgi-bin/stable_token', body }, 'token', appSecret, signal)
    const { access_token: token, expires_in: expiresIn } = answer
    if (typeof token !== 'string' || token === '' || typeof expiresIn !== 'number') {
      throw new WechatError({ code: 'EANSWER', reach: 'answered', at: 'token' })
    }
    return { token, expiresIn }
  }

  const callWith = (token: string, { path, ...rest }: Question, signal?: AbortSignal): Promise<Answer> =>
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
    close: () => wire.lines.close(),
  }
}

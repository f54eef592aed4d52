/**
 * Calling Alibaba Cloud's RPC services: what its SMS and its voice providers share. Hides pop-core and its quirks. Promises
 * that a failure says whether the request may have been carried out, and that none of it holds a key, a number or a value.
 */

import RPCClient from '@alicloud/pop-core'
import { AliyunError, readableWords } from './aliyun-errors.ts'
import { Lines, type Reach, type Timeouts } from './lines.ts'

export type AliyunKey = { accessKeyId: string; accessKeySecret: string }
/** What the service answered, in plain objects; large whole numbers are text. */
export type Answer = Record<string, unknown>
/** Objects and lists are handed over as JSON, as the service wants them; what is undefined is left out. */
export type Params = Record<string, string | number | object | undefined>

export type Aliyun = {
  /**
   * One call, always by POST.
   * @throws AliyunError unless the service said that it did what was asked
   */
  call(key: AliyunKey, endpoint: string, action: string, params: Params, signal?: AbortSignal): Promise<Answer>
  close(): Promise<void>
}

const version = '2017-05-25'
const mostClients = 200
const patience: Timeouts = { connect: 5_000, read: 10_000 }

type Entry = { response: { statusCode?: number } }
type Client = { request(action: string, params: object, options: object): Promise<[body: unknown, entry: Entry]> }

/** A client that also tells the HTTP status, which pop-core's types do not know of. */
function clientOf(endpoint: string, { accessKeyId, accessKeySecret }: AliyunKey): Client {
  const client = new RPCClient({ endpoint, apiVersion: version, accessKeyId, accessKeySecret })
  return Object.assign(client, { verbose: true }) as unknown as Client
}

/** pop-core writes undefined as text and an object as `[object Object]`. */
const written = (params: Params): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'object' ? JSON.stringify(value) : String(value)]],
    ),
  )

/** Bodies come with objects of no prototype, and with BigNumbers, which are text in JSON. */
function plain(body: unknown): Answer {
  const copy: unknown = body === undefined ? undefined : JSON.parse(JSON.stringify(body))
  return typeof copy === 'object' && copy !== null && !Array.isArray(copy) ? (copy as Answer) : {}
}

export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

const succeeded = new Set(['OK', '200', 'Success', 'success'])

type Rejection = {
  name?: unknown
  code?: unknown
  text?: unknown
  data?: unknown
  entry?: Partial<Entry>
}

/** What a rejection of pop-core means. It is read here and dropped: its texts hold the whole request. */
function failureFrom(thrown: unknown, isEarly: boolean, isAborted: boolean): AliyunError {
  const rejection: Rejection = typeof thrown === 'object' && thrown !== null ? thrown : {}
  if (rejection.data) return refusalFrom(plain(rejection.data), rejection.entry?.response?.statusCode)
  const reach: Reach = isEarly ? 'unsent' : 'unanswered'
  if (isAborted) return new AliyunError({ code: 'EABORT', reach })
  // A page instead of JSON is a plain object with the page as text.
  if (rejection.name === 'SyntaxError') {
    const page = textOf(rejection.text)
    const isUnsure = page.trim() === '' || /\b504\b|time-?\s?out/i.test(page.slice(0, 4000))
    return new AliyunError({ code: 'EANSWER', reach: isUnsure ? 'unanswered' : 'answered' })
  }
  if (rejection.name === 'RequestTimeoutError') return new AliyunError({ code: 'ETIMEDOUT', reach })
  const code = typeof rejection.code === 'string' ? rejection.code : 'ECONNECTION'
  return new AliyunError({ code, reach })
}

const codeForm = /^[\p{L}\p{N}_.:-]{1,100}$/u

/** A refusal in the service's own form. */
function refusalFrom(answer: Answer, status: number | undefined): AliyunError {
  const code = textOf(answer.Code) || textOf(answer.code) || `HTTP_${status ?? 0}`
  return new AliyunError({
    code: codeForm.test(code) ? code : 'EANSWER',
    // A gateway that gave up waiting does not know what became of the request.
    reach: status === 504 ? 'unanswered' : 'answered',
    words: readableWords(textOf(answer.Message) || textOf(answer.message)),
    ...(status ? { status } : {}),
    ...(/^[\w-]{1,64}$/.test(textOf(answer.RequestId)) ? { requestId: textOf(answer.RequestId) } : {}),
  })
}

/** pop-core takes any body without `Code` for a success, whatever its HTTP status. */
function checked(body: unknown, status = 200): Answer {
  const answer = plain(body)
  const code = textOf(answer.Code) || textOf(answer.code)
  if (succeeded.has(code)) return answer
  if (code || status >= 400) throw refusalFrom(answer, status)
  throw new AliyunError({ code: 'EANSWER', reach: 'unanswered' })
}

/** Clients by endpoint and key; those used longest ago go first. They hold no connections. */
function keptClients(): (endpoint: string, key: AliyunKey) => Client {
  const clients = new Map<string, Client>()
  return (endpoint, key) => {
    const name = JSON.stringify([endpoint, key.accessKeyId, key.accessKeySecret])
    const client = clients.get(name) ?? clientOf(endpoint, key)
    clients.delete(name)
    clients.set(name, client)
    for (const oldest of clients.keys()) {
      if (clients.size <= mostClients) break
      clients.delete(oldest)
    }
    return client
  }
}

/** Calls with connections of their own. */
export function aliyun(options: { timeouts?: Partial<Timeouts> } = {}): Aliyun {
  const timeouts = { ...patience, ...options.timeouts }
  const lines = new Lines(timeouts)
  const clientFor = keptClients()

  async function call(key: AliyunKey, endpoint: string, action: string, params: Params, signal?: AbortSignal) {
    if (signal?.aborted) throw new AliyunError({ code: 'EABORT', reach: 'unsent' })
    const ending = new AbortController()
    const end = () => ending.abort()
    signal?.addEventListener('abort', end, { once: true })
    try {
      const [body, entry] = await clientFor(endpoint, key).request(action, written(params), {
        method: 'POST',
        connectTimeout: timeouts.connect,
        // Counts from before TLS: it may not end first, or a line that never stood would pass for an answer that never came.
        readTimeout: Math.max(timeouts.read, timeouts.connect + 100),
        agent: lines.agentFor(endpoint),
        // What httpx calls the time-out to connect goes on counting while the answer is awaited.
        beforeRequest: (request: object) => ({
          ...request,
          timeout: timeouts.connect + timeouts.read + 1000,
          signal: ending.signal,
        }),
      })
      return checked(body, entry.response.statusCode)
    } catch (thrown) {
      if (thrown instanceof AliyunError) throw thrown
      // An answer that stalls half-way is given up by httpx without letting go of its line.
      end()
      throw failureFrom(thrown, lines.isEarly(thrown), signal?.aborted ?? false)
    } finally {
      signal?.removeEventListener('abort', end)
    }
  }

  return { call, close: async () => lines.close() }
}

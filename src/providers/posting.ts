/**
 * Calls to addresses that Apps name. Promises that none goes to an address of the inside that the operator did not allow, whatever
 * a name resolves to; that it ends in time; that it follows no answer anywhere; and that only the beginning of an answer is kept.
 */
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { storable } from '#channels/storable.ts'
import { type AllowList, HostError, type Resolve, resolveAllowed } from './addresses.ts'

export type PostAnswer = {
  status: number
  /** In seconds, where the answer names a wait. */
  retryAfter: number | undefined
  /** Its first 500 characters. */
  text: string
}

/** Why there was no answer. */
export const postFailures = [
  'host_not_found',
  'host_lookup_failed',
  'address_refused',
  'timed_out',
  'tls_failed',
  'no_connection',
] as const
export type PostFailureCode = (typeof postFailures)[number]

export class PostFailure extends Error {
  readonly code: PostFailureCode
  constructor(code: PostFailureCode) {
    super(code)
    this.name = 'PostFailure'
    this.code = code
  }
}

/** @throws PostFailure where there was no answer, the signal's reason where that came first */
export type Post = (call: {
  url: string
  headers: Record<string, string>
  body: string
  signal: AbortSignal
}) => Promise<PostAnswer>

/** In milliseconds, from the beginning until the answer is there. */
const longestCall = 15_000
/** Nobody reads on. */
const longestAnswer = 64_000
const shown = 500
/** Shorter than servers keep an idle line for: Node's own does for five seconds. */
const idle = { keepAlive: true, timeout: 4000, maxFreeSockets: 32 }
/** Names are looked up by the few threads that mail servers are looked up by as well. */
const lookUps = 2

const isOfTls = (code: string) => /CERT|TLS|SSL|EPROTO|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)

function failureOf(error: Error & { code?: unknown }): PostFailure {
  if (error instanceof PostFailure) return error
  if (error instanceof HostError) return new PostFailure(error.reason)
  const code = typeof error.code === 'string' ? error.code : ''
  return new PostFailure(isOfTls(code) ? 'tls_failed' : code === 'ETIMEDOUT' ? 'timed_out' : 'no_connection')
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function secondsUntil(header: string | undefined): number | undefined {
  if (!header) return undefined
  const seconds = /^\d{1,9}$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined
}

/** Lets so many tasks run at once, and the others wait. */
function turns(atOnce: number) {
  let running = 0
  const waiting: (() => void)[] = []
  return async <Output>(task: () => Promise<Output>): Promise<Output> => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await task()
    } finally {
      // A place is handed on, or it would be taken by who comes in between.
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}

/** @param allow what may be reached besides public addresses */
export function openPost(
  allow: AllowList,
  { resolve, patience = longestCall }: { resolve?: Resolve; patience?: number } = {},
): { post: Post; close(): void } {
  const inTurn = turns(lookUps)
  const lookupWithin =
    (of: AllowList): LookupFunction =>
    (host, options, found) => {
      inTurn(() => resolveAllowed(host, of, resolve)).then(
        ({ addresses }) => {
          const [first] = addresses
          if (options.all) found(null, addresses)
          else found(null, first?.address ?? '', first?.family)
        },
        (error: Error) => found(error, ''),
      )
    }
  // What is not encrypted stays where the operator allowed it.
  const within = { 'http:': { ...allow, only: true }, 'https:': allow }
  const agents = {
    'http:': new http.Agent({ ...idle, lookup: lookupWithin(within['http:']) }),
    'https:': new https.Agent({ ...idle, lookup: lookupWithin(within['https:']) }),
  }

  const ask = (url: URL, { headers, body, signal }: Pick<Parameters<Post>[0], 'headers' | 'body' | 'signal'>) =>
    new Promise<PostAnswer>((done, fail) => {
      const isPlain = url.protocol === 'http:'
      const agent = agents[isPlain ? 'http:' : 'https:']
      const length = { 'content-length': Buffer.byteLength(body) }
      const request = (isPlain ? http : https).request(url, {
        ...{ method: 'POST', agent, signal, headers: { ...headers, ...length } },
      })
      const timer = setTimeout(() => request.destroy(new PostFailure('timed_out')), patience)
      request.on('error', (error) => fail(signal.aborted ? error : failureOf(error)))
      request.on('close', () => {
        clearTimeout(timer)
        fail(new PostFailure('no_connection'))
      })
      request.on('response', (response) => {
        const chunks: Buffer[] = []
        let size = 0
        const end = () =>
          done({
            status: response.statusCode ?? 0,
            retryAfter: secondsUntil(response.headers['retry-after']),
            text: storable(Buffer.concat(chunks).toString('utf8').slice(0, shown)),
          })
        response.on('data', (chunk: Buffer) => {
          if (size < 4 * shown) chunks.push(chunk.subarray(0, 4 * shown))
          size += chunk.length
          if (size <= longestAnswer) return
          end()
          request.destroy()
        })
        response.on('end', end)
      })
      request.end(body)
    })

  return {
    async post({ url, ...call }) {
      const target = new URL(url)
      const host = target.hostname.replace(/^\[(.*)\]$/, '$1')
      // A connection to an address looks nothing up.
      if (isIP(host)) {
        await resolveAllowed(host, within[target.protocol === 'http:' ? 'http:' : 'https:']).catch((error: Error) => {
          throw failureOf(error)
        })
      }
      return ask(target, call)
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy()
    },
  }
}

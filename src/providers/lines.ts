/**
 * The connections to a vendor's HTTP service, kept and shared by all accounts of a provider. Promises to know of every failure
 * whether it came before the request went out, which the errors themselves do not tell; that an answer ends in time however
 * slowly it comes; and that no more of it is held than an answer of a vendor can be long.
 */
import http from 'node:http'
import https from 'node:https'
import type { Duplex } from 'node:stream'

/**
 * How far a request came. `answered`: the service, or what stands before it, said no. `unanswered`: it went out, and
 * nobody knows what became of it.
 */
export type Reach = 'unsent' | 'unanswered' | 'answered'

export type Timeouts = {
  /** Until the line, with TLS, stands. */
  connect: number
  /** From then until the whole answer is there. */
  read: number
}

/** By POST where there is a body, else by GET. */
export type Question = { url: string; headers?: http.OutgoingHttpHeaders; body?: string; signal?: AbortSignal }
/** `object`: what was said, where it is an object in JSON. `isPage`: what was said is HTML or XML. */
export type Reply = { status: number; object: Record<string, unknown> | undefined; isPage: boolean }

/** What Node calls with every request, while that is made; its types leave it out. */
type Asked = http.Agent & { addRequest(request: http.ClientRequest, options: object): void }

/** The agent for one request, which is handed over as it is made. */
function followedBy(agent: http.Agent, follow: (request: http.ClientRequest) => void): http.Agent {
  const addRequest: Asked['addRequest'] = (request, options) => {
    follow(request)
    ;(agent as Asked).addRequest(request, options)
  }
  return Object.create(agent, { addRequest: { value: addRequest } })
}

type Failure = { code: string; reach: Reach; words?: string; requestId?: string | undefined; status?: number }

/** A call without an answer, or with one that is no success. Holds nothing of the request. */
export class CallFailure extends Error {
  readonly code: string
  readonly reach: Reach
  /** The vendor's own, as far as they may be shown. */
  readonly words: string
  readonly requestId: string | undefined
  readonly status: number | undefined
  constructor({ code, reach, words = '', requestId, status }: Failure) {
    super(`${code} (${reach})`)
    this.name = 'CallFailure'
    this.code = code
    this.reach = reach
    this.words = words
    this.requestId = requestId
    this.status = status
  }
}

/** Less than servers keep an idle line for: a request on a line that they have just closed has an unknown outcome. */
const idle = 10_000
const mostIdle = 64
/** In bytes; more is no answer of a vendor's. */
const largestAnswer = 4_000_000

class ConnectTimeout extends Error {
  readonly code = 'ECONNECTTIMEOUT'
}

type Connect = (
  options: http.ClientRequestArgs,
  done?: (error: Error | null, line: Duplex) => void,
) => Duplex | null | undefined

/** A whole number with more digits than a number of JavaScript stays as it was written. */
const withAllDigits = (_key: string, value: unknown, written?: { source?: string }): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^\d+$/.test(written?.source ?? '')
    ? written?.source
    : value

function objectIn(text: string): Reply['object'] {
  try {
    const body: unknown = /[:[,]\s{0,9}\d{16}/.test(text) ? JSON.parse(text, withAllDigits) : JSON.parse(text)
    return typeof body === 'object' && body !== null && !Array.isArray(body)
      ? (body as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** A page of something on the way that says that the service did not answer it: the request may have got there. */
const speaksOfGateway = /\b50[24]\b|bad gateway|time-?\s?out/i

function replyFrom(status: number, body: string): Reply {
  const text = body.replace(/^\uFEFF/, '').trimStart()
  const isPage = text.startsWith('<') && !speaksOfGateway.test(text.slice(0, 4000))
  return { status, object: objectIn(text), isPage }
}

/**
 * How far a request came whose answer is not the vendor's own. By its status: what is wrong with a request (4xx), or too much
 * at the moment (503), was not carried out; any other error may have come after it was (500), or from a gateway that lost the
 * service's answer (502, 504) or tells nothing (520). A page without an error is one of somebody on the way, such as the
 * sign-in to a network. What cannot be read at all, as an answer that was cut off, tells nothing.
 */
export function reachOf({ status, object, isPage }: Reply): Reach {
  if (!object && !isPage) return 'unanswered'
  const isRefused = (status >= 400 && status < 500) || status === 503
  return isRefused || (isPage && status < 400) ? 'answered' : 'unanswered'
}

export class Lines {
  readonly #timeouts: Timeouts
  readonly #agents: { 'http:': http.Agent; 'https:': https.Agent }
  /** Errors of lines that never stood: nothing was sent over them. */
  readonly #early = new WeakSet<object>()

  constructor(timeouts: Timeouts) {
    this.#timeouts = timeouts
    const options = { keepAlive: true, timeout: idle, maxFreeSockets: mostIdle }
    this.#agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) }
    this.#watch(this.#agents['http:'], 'connect')
    this.#watch(this.#agents['https:'], 'secureConnect')
  }

  /** Follows every line that an agent opens until it stands. */
  #watch(agent: http.Agent, event: 'connect' | 'secureConnect'): void {
    const open: Connect = agent.createConnection.bind(agent)
    agent.createConnection = (options, done) => {
      // Through a proxy there is no line to follow before it stands, only the callback.
      const line = open(options, (error, made) => {
        if (error) this.#early.add(error)
        done?.(error, made)
      })
      if (line) this.#follow(line, event)
      return line
    }
  }

  #follow(line: Duplex, event: string): void {
    const timer = setTimeout(() => line.destroy(new ConnectTimeout()), this.#timeouts.connect)
    const noteEarly = (error: Error) => this.#early.add(error)
    line.once('error', noteEarly)
    line.once('close', () => clearTimeout(timer))
    line.once(event, () => {
      clearTimeout(timer)
      line.off('error', noteEarly)
    })
  }

  #failure(error: Error & { code?: unknown }, ended: string | undefined): CallFailure {
    const reach: Reach = this.#early.has(error) ? 'unsent' : 'unanswered'
    if (ended) return new CallFailure({ code: ended, reach })
    const code = typeof error.code === 'string' ? error.code : 'ECONNECTION'
    // The parser of HTTP has a code for each thing that an answer can do wrong.
    return new CallFailure({ code: code.startsWith('HPE_') ? 'EANSWER' : code, reach })
  }

  /** Asks, without following where an answer leads. @throws CallFailure */
  ask({ url, headers = {}, body, signal }: Question): Promise<Reply> {
    if (signal?.aborted) return Promise.reject(new CallFailure({ code: 'EABORT', reach: 'unsent' }))
    const method = body === undefined ? 'GET' : 'POST'
    const client = url.startsWith('https:') ? https : http
    const request = client.request(url, { method, agent: this.#agentFor(url), headers })
    const reply = this.#replyTo(request, signal)
    request.end(body)
    return reply
  }

  /**
   * Lets the client of a vendor make the one request, with this agent. Only how the request is made matters: what that client
   * takes the answer for is not asked. `alone`: it never hears of the answer, which it would unpack and keep without a bound.
   * @throws CallFailure
   */
  askBy(
    make: (agent: http.Agent) => Promise<unknown>,
    { url, signal, alone = false }: Pick<Question, 'url' | 'signal'> & { alone?: boolean },
  ): Promise<Reply> {
    if (signal?.aborted) return Promise.reject(new CallFailure({ code: 'EABORT', reach: 'unsent' }))
    return new Promise((resolve, reject) => {
      let isMade = false
      const follow = (request: http.ClientRequest) => {
        isMade = true
        this.#replyTo(request, signal, alone).then(resolve, reject)
      }
      make(followedBy(this.#agentFor(url), follow)).catch(() => {
        if (!isMade) reject(new CallFailure({ code: 'EREQUEST', reach: 'unsent' }))
      })
    })
  }

  #agentFor(url: string): http.Agent {
    return this.#agents[url.startsWith('https:') ? 'https:' : 'http:']
  }

  #replyTo(request: http.ClientRequest, signal: AbortSignal | undefined, alone = false): Promise<Reply> {
    return new Promise<Reply>((resolve, reject) => {
      let ended: string | undefined
      const end = (code: string) => {
        ended ??= code
        request.destroy()
      }
      const abort = () => end('EABORT')
      const timer = setTimeout(() => end('ETIMEDOUT'), this.#timeouts.connect + this.#timeouts.read)
      signal?.addEventListener('abort', abort, { once: true })
      let isSettled = false
      const settle = () => {
        isSettled = true
        clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
      }
      const fail = (error: Error) => {
        settle()
        reject(this.#failure(error, ended))
      }
      // After its answer has begun a request may fail once more, which changes nothing.
      request.on('error', fail)
      // An answer that changes to another protocol ends the line, and is neither a response nor an error.
      request.once('close', () => setImmediate(() => isSettled || fail(new Error('The line was closed.'))))
      const read = (response: http.IncomingMessage) => {
        const chunks: Buffer[] = []
        let size = 0
        // As bytes: another reader may be listening, too.
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          size += chunk.length
          if (size > largestAnswer) end('EANSWER')
        })
        response.once('end', () => {
          settle()
          resolve(replyFrom(response.statusCode ?? 0, Buffer.concat(chunks).toString('utf8')))
        })
        response.on('error', fail)
      }
      request.on('response', read)
      // By then the request is made, and whoever made it listens.
      if (alone) request.once('socket', () => request.removeAllListeners('response').on('response', read))
    })
  }

  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy()
  }
}

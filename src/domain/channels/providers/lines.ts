/**
 * The connections to a vendor's HTTP service, kept and shared by all accounts of a provider. Promises to know of every failure
 * whether it came before the request went out, which the errors themselves do not tell.
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
  /** From the first packet until the whole answer is there; longer than `connect`. */
  read: number
}

/** Less than servers keep an idle line for: a request on a line that they have just closed has an unknown outcome. */
const idle = 10_000
const mostIdle = 64

class ConnectTimeout extends Error {
  readonly code = 'ECONNECTTIMEOUT'
}

type Connect = (
  options: http.ClientRequestArgs,
  done?: (error: Error | null, line: Duplex) => void,
) => Duplex | null | undefined

export class Lines {
  readonly #agents: { 'http:': http.Agent; 'https:': https.Agent }
  /** Errors of lines that never stood: nothing was sent over them. */
  readonly #early = new WeakSet<object>()

  constructor({ connect }: Pick<Timeouts, 'connect'>) {
    const options = { keepAlive: true, timeout: idle, maxFreeSockets: mostIdle }
    this.#agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) }
    this.#watch(this.#agents['http:'], 'connect', connect)
    this.#watch(this.#agents['https:'], 'secureConnect', connect)
  }

  /** Follows every line that an agent opens until it stands. */
  #watch(agent: http.Agent, event: 'connect' | 'secureConnect', within: number): void {
    const open: Connect = agent.createConnection.bind(agent)
    agent.createConnection = (options, done) => {
      // Through a proxy there is no line to follow before it stands, only the callback.
      const line = open(options, (error, made) => {
        if (error) this.#early.add(error)
        done?.(error, made)
      })
      if (line) this.#follow(line, event, within)
      return line
    }
  }

  #follow(line: Duplex, event: string, within: number): void {
    const timer = setTimeout(() => line.destroy(new ConnectTimeout()), within)
    const noteEarly = (error: Error) => this.#early.add(error)
    line.once('error', noteEarly)
    line.once('close', () => clearTimeout(timer))
    line.once(event, () => {
      clearTimeout(timer)
      line.off('error', noteEarly)
    })
  }

  agentFor(endpoint: string): http.Agent {
    return this.#agents[endpoint.startsWith('https:') ? 'https:' : 'http:']
  }

  /** Whether the error came before the request was sent. */
  isEarly(error: unknown): boolean {
    return typeof error === 'object' && error !== null && this.#early.has(error)
  }

  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy()
  }
}

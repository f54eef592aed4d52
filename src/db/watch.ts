/**
 * Notices a database that has fallen silent. What is under way for a while makes it ask, on a connection of its own, whether
 * the database answers and what has become of it. Promises that nothing waits for an answer that will not come: a slow
 * statement is let alone, one whose answer was lost fails, and all of them do while the database is not there.
 */
import { setImmediate as turn } from 'node:timers/promises'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { backendsAtRest, terminateBackends } from './statements/server.ts'

/** The database, or the way to it, is not there. Whether the statement took effect is not known; a later one may succeed. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
}

/** A statement, or a caller who waits for a connection. */
export type Wait = { readonly since: number; readonly pid: number | undefined; giveUp(why: string): void }
type Watched = Wait & { ticks: number; due: number }

const tickMs = 200
/**
 * How many ticks something is under way before the database is asked about it, and how many an answer to that may take. Ticks
 * are counted rather than time: after a pause of this process there is one, and the answers that came meanwhile.
 */
const patience = { statement: 3, question: 10, down: 2 }

/** The server's id of a connection, which node-postgres has but does not declare. */
export const pidOf = (client: object): number | undefined => Reflect.get(client, 'processID') ?? undefined

/** An error in words: that of a name with several addresses has none of its own. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const inner = error instanceof AggregateError ? error.errors.map(wordsOf).join('; ') : ''
  return error.message || inner || error.name
}

/** Answers that come from the server but say that it serves nobody: it stops, starts or recovers. */
const isServing = (error: unknown) => error instanceof pg.DatabaseError && !error.code?.startsWith('57P')

export class Watch {
  readonly #config: pg.ClientConfig
  readonly #limitMs: number
  readonly #cutOff: () => void
  readonly #waits = new Set<Watched>()
  #timer: NodeJS.Timeout | undefined
  #question: { ticks: number; abandon(): void } | undefined
  #restTicks = 0
  #answers = 0
  #down: string | undefined
  #failedAt = Number.NEGATIVE_INFINITY

  /**
   * @param limitMs how long a statement may take
   * @param cutOff ends every connection, those that are only being made included
   */
  constructor(config: pg.ClientConfig, limitMs: number, cutOff: () => void) {
    this.#config = config
    this.#limitMs = limitMs
    this.#cutOff = cutOff
  }

  /** Notes that something begins; call what is returned when it is over. @throws DatabaseUnavailable while the database is not there */
  begin(pid: number | undefined, giveUp: (why: string) => void): () => void {
    if (this.#down !== undefined) throw this.failure(undefined, this.#down)
    const wait: Watched = { since: performance.now(), pid, giveUp, ticks: 0, due: patience.statement }
    this.#waits.add(wait)
    this.#timer ??= setInterval(() => this.#tick(), tickMs).unref()
    return () => void this.#waits.delete(wait)
  }

  /** Notes that the database has answered somebody. */
  heard(): void {
    this.#answers++
  }

  /** For how long the oldest of what is under way has been, in milliseconds. */
  oldestMs(): number {
    const [oldest] = this.#waits
    return oldest ? performance.now() - oldest.since : 0
  }

  /** The error to throw for something that failed for want of a database. */
  failure(cause: unknown, why: string): DatabaseUnavailable {
    this.#failedAt = performance.now()
    return cause instanceof DatabaseUnavailable ? cause : new DatabaseUnavailable(why, { cause })
  }

  /** Whether something has failed so since a moment of `performance.now()`. */
  hasFailedSince(moment: number): boolean {
    return this.#failedAt >= moment
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#question?.abandon()
  }

  #tick(): void {
    const now = performance.now()
    let isDue = this.#down !== undefined && ++this.#restTicks >= patience.down
    for (const wait of this.#waits) {
      if (++wait.ticks >= wait.due) isDue = true
      if (wait.pid !== undefined && now - wait.since > this.#limitMs)
        wait.giveUp(`No answer within ${this.#limitMs / 1000} s.`)
    }
    if (this.#question) {
      if (++this.#question.ticks >= patience.question) this.#question.abandon()
    } else if (isDue) {
      void this.#ask()
    } else if (this.#waits.size === 0 && this.#down === undefined) {
      clearInterval(this.#timer)
      this.#timer = undefined
    }
  }

  async #ask(): Promise<void> {
    const client = new pg.Client(this.#config)
    let late: string | undefined
    const abandon = () => {
      late = 'The database does not answer.'
      client.connection.stream.destroy()
    }
    client.on('error', () => undefined)
    this.#question = { ticks: 0, abandon }
    const before = this.#answers
    try {
      await client.connect()
      await this.#judge(client)
      this.#down = undefined
    } catch (error) {
      // Under load it may be long in making a new connection while it answers those that it has.
      const isBusy = late !== undefined && this.#answers > before
      if (!isServing(error) && !isBusy) this.#giveUpAll(late ?? wordsOf(error))
    } finally {
      abandon()
      this.#question = undefined
      this.#restTicks = 0
    }
  }

  /** Fails what waits for an answer that its backend has given or has nothing to give to, and ends that backend. */
  async #judge(client: pg.Client): Promise<void> {
    const overdue = [...this.#waits].filter(({ ticks, due }) => ticks >= due)
    const pids = overdue.flatMap(({ pid }) => pid ?? [])
    const db = drizzle(client)
    const backends = await backendsAtRest(db, { ids: pids, ownId: pidOf(client) ?? 0 })
    // What came in just before is read first.
    await turn()
    await turn()
    const working = new Set(backends.flatMap(({ id, rests }) => (id !== null && !rests ? id : [])))
    const isLost = ({ pid }: Wait) => backends[0]?.isDirect && pid !== undefined && !working.has(pid)
    const lost = overdue.filter((wait) => this.#waits.has(wait) && isLost(wait))
    for (const wait of overdue) wait.due = 2 * wait.ticks
    for (const wait of lost) wait.giveUp('The connection has fallen silent.')
    if (lost.length > 0) {
      await terminateBackends(db, { ids: lost.flatMap(({ pid }) => pid ?? []) })
    }
  }

  #giveUpAll(why: string): void {
    this.#down = why
    for (const wait of this.#waits) wait.giveUp(why)
    this.#cutOff()
  }
}

/**
 * Connections to Postgres, lent out one by one. Promises that one which has ended, or cannot be trusted any more, fails what
 * is on it and is not lent again, and that a statement which outlives its transaction runs in nobody else's.
 */
import pg from 'pg'
import { pidOf, Watch, wordsOf } from './watch.ts'

type Statement = Pick<pg.QueryConfig, 'text' | 'name'>

/**
 * Conditions of the server, not of a statement: connection exceptions, a server that stops, starts, recovers or has been
 * demoted, no connection or memory left, statements that ran out of time (Postgres, appendix A).
 */
const outages = /^(08|53|57P|57014|58|25006|25P0[345])/

/** Another form of the tables was prepared for (0A000, 26000), or the server is no longer the one that takes writes (25006). */
const outdated = new Set(['0A000', '26000', '25006'])

export type PoolLoad = { inUse: number; idle: number; waiting: number }

const codeOf = (error: unknown) => (error instanceof pg.DatabaseError ? (error.code ?? '') : undefined)

const nothing: pg.QueryResult = { rows: [], rowCount: null, command: '', oid: 0, fields: [] }

/** How long a new connection may take. */
const connectingMs = 5000

/** A connection that knows why it is not to be lent any more. */
class Connection extends pg.Client {
  broken: string | undefined

  constructor(config?: pg.ClientConfig) {
    super({ ...config, connectionTimeoutMillis: connectingMs })
    // Whoever waits for a connection that ends is told, and the pool drops it: there is nobody else to tell.
    this.on('error', (error) => this.break(wordsOf(error)))
    this.on('end', () => this.break('The connection has ended.'))
  }

  break(why: string): void {
    this.broken ??= why
  }

  cut(): void {
    this.connection.stream.destroy()
  }
}

/** A connection while it is lent. */
class Lease {
  readonly #client: Connection & pg.PoolClient
  readonly #watch: Watch
  #isReleased = false

  constructor(client: Connection & pg.PoolClient, watch: Watch) {
    this.#client = client
    this.#watch = watch
  }

  #giveUp = (why: string) => {
    this.#client.break(why)
    this.#client.cut()
  }

  /**
   * Runs one statement. A rollback never fails: a connection that is gone has rolled back.
   * @throws DatabaseUnavailable
   */
  async query(statement: Statement, values: unknown[] = []): Promise<pg.QueryResult> {
    if (this.#isReleased) throw new Error('The transaction of this statement is over.')
    try {
      return await this.#run(statement, values)
    } catch (error) {
      const code = codeOf(error)
      if ((code !== undefined && outdated.has(code)) || statement.text === 'rollback')
        this.#client.break(wordsOf(error))
      if (statement.text === 'rollback') return nothing
      const { broken } = this.#client
      // Drizzle gives a connection back only once its transaction has begun.
      if (statement.text.startsWith('begin')) this.release()
      if (code === undefined ? broken === undefined : !outages.test(code)) throw error
      throw this.#watch.failure(error, broken ?? wordsOf(error))
    }
  }

  async #run(statement: Statement, values: unknown[]): Promise<pg.QueryResult> {
    const end = this.#watch.begin(pidOf(this.#client), this.#giveUp)
    try {
      const result = await this.#client.query(statement, values)
      this.#watch.heard()
      // A statement failed, nobody passed it on, and Postgres has kept nothing.
      if (statement.text === 'commit' && result.command === 'ROLLBACK') throw new Error('The transaction had failed.')
      return result
    } finally {
      end()
    }
  }

  release(): void {
    this.#isReleased = true
    this.#client.release(this.#client.broken !== undefined)
  }
}

/** Called a pool, since that is what Drizzle goes by: on one it takes a connection for each transaction. */
export class ConnectionPool {
  readonly #pool: pg.Pool
  readonly #watch: Watch
  readonly #clients = new Set<Connection>()

  /** @param slowestMs how long a statement may take; the server ends it, and we if the server does not */
  constructor(config: pg.PoolConfig, slowestMs: number) {
    const clients = this.#clients
    class Client extends Connection {
      constructor(own?: pg.ClientConfig) {
        super(own)
        clients.add(this)
        this.once('end', () => clients.delete(this))
      }
    }
    this.#watch = new Watch(config, slowestMs + 5000, this.#cutAll)
    this.#pool = new pg.Pool({ ...config, Client, statement_timeout: slowestMs })
    this.#pool.on('error', () => undefined)
  }

  /** Lends a connection until it is released. @throws DatabaseUnavailable */
  async connect(): Promise<Lease> {
    let giveUp = (_why: string): void => undefined
    const givenUp = new Promise<never>((_, reject) => {
      giveUp = (why) => reject(this.#watch.failure(undefined, why))
    })
    const end = this.#watch.begin(undefined, (why) => giveUp(why))
    const coming = this.#take()
    try {
      return new Lease(await Promise.race([coming, givenUp]), this.#watch)
    } catch (error) {
      coming.then(
        (client) => client.release(),
        () => undefined,
      )
      const code = codeOf(error)
      throw code === undefined || outages.test(code) ? this.#watch.failure(error, wordsOf(error)) : error
    } finally {
      end()
    }
  }

  /** One that ended while it was idle may not have been dropped yet. */
  async #take(): Promise<Connection & pg.PoolClient> {
    for (;;) {
      const client = (await this.#pool.connect()) as Connection & pg.PoolClient
      if (client.broken === undefined) return client
      client.release(true)
    }
  }

  #cutAll = () => {
    for (const client of this.#clients) client.cut()
  }

  async query(statement: Statement, values?: unknown[]): Promise<pg.QueryResult> {
    const lease = await this.connect()
    try {
      return await lease.query(statement, values)
    } finally {
      lease.release()
    }
  }

  /** Whether something has failed for want of a database since a moment of `performance.now()`. */
  hasFailedSince(moment: number): boolean {
    return this.#watch.hasFailedSince(moment)
  }

  /** For how long the oldest statement has been under way, or waits for a connection, in milliseconds. */
  oldestMs(): number {
    return this.#watch.oldestMs()
  }

  /** How many connections are lent out and at rest, and how many callers wait for one. */
  load(): PoolLoad {
    const { totalCount, idleCount, waitingCount: waiting } = this.#pool
    return { inUse: totalCount - idleCount, idle: idleCount, waiting }
  }

  /** Ends all connections, after what is under way if that does not take longer than `withinMs`. */
  async end(withinMs: number): Promise<void> {
    const late = setTimeout(this.#cutAll, withinMs)
    await this.#pool.end()
    clearTimeout(late)
    this.#watch.stop()
  }
}

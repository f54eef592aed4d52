/**
 * Connections to Postgres, lent out one by one. Promises that one which has ended, or cannot be trusted any more, fails what
 * is on it and is not lent again, and that a statement which outlives its transaction runs in nobody else's.
 */
import pg from 'pg'

/** The database, or the way to it, is not there. Whether the statement took effect is not known; a later one may succeed. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
}

type Statement = Pick<pg.QueryConfig, 'text' | 'name'>

/** Another form of the tables was prepared for (0A000, 26000), or the server is no longer the one that takes writes (25006). */
const outdated = new Set(['0A000', '26000', '25006'])

const codeOf = (error: unknown) => (error instanceof pg.DatabaseError ? (error.code ?? '') : undefined)

/** A connection while it is lent. */
class Lease {
  readonly #client: pg.PoolClient
  #isBroken = false
  #isReleased = false

  constructor(client: pg.PoolClient) {
    this.#client = client
    client.on('error', this.#onEnd)
    client.on('end', this.#onEnd)
  }

  #onEnd = () => {
    this.#isBroken = true
  }

  /** Runs one statement. A rollback never fails: a connection that is gone has rolled back. */
  async query(statement: Statement, values: unknown[] = []): Promise<pg.QueryResult> {
    if (this.#isReleased) throw new Error('The transaction of this statement is over.')
    try {
      const result = await this.#client.query(statement, values)
      // A statement failed, nobody passed it on, and Postgres has kept nothing.
      if (statement.text === 'commit' && result.command === 'ROLLBACK') throw new Error('The transaction had failed.')
      return result
    } catch (error) {
      const code = codeOf(error)
      if (code === undefined ? statement.text === 'rollback' : outdated.has(code)) this.#isBroken = true
      if (statement.text === 'rollback') return { rows: [], rowCount: null, command: '', oid: 0, fields: [] }
      if (this.#isBroken && code === undefined) throw new DatabaseUnavailable(wordsOf(error), { cause: error })
      throw error
    }
  }

  release(): void {
    this.#isReleased = true
    this.#client.off('error', this.#onEnd)
    this.#client.off('end', this.#onEnd)
    this.#client.release(this.#isBroken)
  }
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Called a pool, since that is what Drizzle goes by: on one it takes a connection for each transaction. */
export class ConnectionPool {
  readonly #pool: pg.Pool

  constructor(config: pg.PoolConfig) {
    this.#pool = new pg.Pool(config)
    // Whoever waits for a connection that ends is told, and the pool has dropped it: there is nobody else to tell.
    this.#pool.on('error', () => undefined)
    this.#pool.on('connect', (client) => client.on('error', () => undefined))
  }

  /** Lends a connection until it is released. @throws DatabaseUnavailable */
  async connect(): Promise<Lease> {
    try {
      return new Lease(await this.#pool.connect())
    } catch (error) {
      throw codeOf(error) === undefined ? new DatabaseUnavailable(wordsOf(error), { cause: error }) : error
    }
  }

  async query(statement: Statement, values?: unknown[]): Promise<pg.QueryResult> {
    const lease = await this.connect()
    try {
      return await lease.query(statement, values)
    } finally {
      lease.release()
    }
  }

  /** Waits for what is under way. */
  async end(): Promise<void> {
    await this.#pool.end()
  }
}

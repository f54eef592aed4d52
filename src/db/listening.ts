/** Notifications of Postgres, on a connection of their own. */
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { ping } from './statements/server.ts'

const retryMs = 1000
const patienceMs = 5000

/** Resolves when the connection has ended, or no longer answers a question that is asked every few seconds. */
async function untilSilent(client: pg.Client): Promise<void> {
  let isOver = false
  const ended = new Promise<void>((done) => client.once('end', done)).then(() => {
    isOver = true
  })
  while (!isOver) {
    await Promise.race([ended, rest(patienceMs)])
    const answer = ping(drizzle(client), {}).then(
      () => true,
      () => false,
    )
    if (!(await Promise.race([answer, rest(patienceMs)]))) return
  }
}

const rest = (ms: number) => new Promise<false>((done) => setTimeout(done, ms, false).unref())

/**
 * Calls back at every notification of `channel`, and after each connection, since one may have been missed. Connects again
 * for as long as it takes.
 */
export function listen(databaseUrl: string, channel: string, onNews: () => void): { close(): Promise<void> } {
  let isClosed = false
  let current: pg.Client | undefined
  const run = async () => {
    while (!isClosed) {
      const client = new pg.Client({
        connectionString: databaseUrl,
        application_name: 'signet-listen',
        connectionTimeoutMillis: patienceMs,
      })
      current = client
      client.on('error', () => undefined)
      client.on('notification', onNews)
      try {
        await client.connect()
        await client.query(`listen ${channel}`)
        onNews()
        await untilSilent(client)
      } catch {
        // The next round connects again.
      }
      client.connection.stream.destroy()
      if (!isClosed) await rest(retryMs)
    }
  }
  const running = run()
  return {
    async close() {
      isClosed = true
      current?.connection.stream.destroy()
      await running
    },
  }
}

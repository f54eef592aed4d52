/** The database of a soak, and what is done to it. */
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { ownPostgres } from '../../tests/support/own-postgres.ts'
import type { Random } from './random.ts'

/** `ready`: whether it may be made now; where not, another one is. */
export type Trouble = { what: string; ready?(): Promise<boolean>; make(): Promise<void> }

export type SoakDatabase = {
  url: string
  /** What the processes are told besides. */
  settings: Record<string, string>
  troubles: readonly Trouble[]
  /** Where the web processes on these ports are reached, when not by themselves. */
  balance?(ports: readonly number[]): Promise<string>
  remove(): Promise<void>
}

/** Ends every connection to it, again and again. */
export function endingConnections(url: string, random: Random): Trouble {
  const make = async () => {
    const sql = postgres(url, { max: 1, onnotice: () => undefined })
    for (let time = 0; time < 5; time++) {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`
      await wait(random() * 400)
    }
    await sql.end()
  }
  return { what: 'every connection is ended, five times', make }
}

/** One embedded server, which comes back each time. */
export async function embeddedDatabase(random: Random): Promise<SoakDatabase> {
  const database = await ownPostgres()
  const { url, remove } = database
  const troubles = [
    endingConnections(url, random),
    { what: 'the database is restarted', make: () => database.restart() },
    { what: 'the database is killed', make: () => database.kill() },
  ]
  return { url, settings: {}, troubles, remove }
}

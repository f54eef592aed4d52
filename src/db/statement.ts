/** Statements that run many times a second: their text is parsed once a connection, and a call is one round trip. */
import type { Db, Tx } from './client.ts'

/**
 * Runs a statement whose text is always the same, since every text stays prepared on its connection; `$1`, `$2`… stand
 * for the parameters. The caller names the type of its rows.
 */
export async function runPrepared<Row>(db: Db | Tx, text: string, ...parameters: unknown[]): Promise<Row[]> {
  const statement = db._.session.prepareQuery({ sql: text, params: parameters }, undefined, 'prepared', false)
  return (await statement.execute()) as Row[]
}

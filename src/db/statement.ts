/** Statements that run many times a second, or for every page: their text is parsed once a connection, and a call is one round trip. */
import { getTableColumns, type Table } from 'drizzle-orm'
import type { Db, Tx } from './client.ts'

/** Postgres knows a prepared statement by name, and each text has its own. */
const names = new Map<string, string>()

function nameOf(text: string): string {
  const name = names.get(text) ?? `statement_${names.size}`
  names.set(text, name)
  return name
}

/**
 * Runs a statement whose text is always the same, since every text stays prepared on its connection; `$1`, `$2`… stand
 * for the parameters. The caller names the type of its rows.
 */
export async function runPrepared<Row>(db: Db | Tx, text: string, ...parameters: unknown[]): Promise<Row[]> {
  const query = { sql: text, params: parameters }
  const statement = db._.session.prepareQuery(query, undefined, nameOf(text), false)
  return ((await statement.execute()) as { rows: Row[] }).rows
}

type Built<Row> = { execute(values: Record<string, unknown>): Promise<Row[]> }

/**
 * A query that is built once for each database; `build` ends it with `.prepare(name)` and has `sql.placeholder(name)` where a
 * value stands. For small tables: a kept plan is not made anew when a table has grown.
 */
export function preparedQuery<Row>(build: (db: Db | Tx) => Built<Row>) {
  const known = new WeakMap<Db | Tx, Built<Row>>()
  return (db: Db | Tx, values: Record<string, unknown>): Promise<Row[]> => {
    const query = known.get(db) ?? build(db)
    known.set(db, query)
    return query.execute(values)
  }
}

const inSnakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Columns for a statement that takes rows as JSON: as they are stored, as a row gives them, and that with their types. */
export function columnsOf<Of extends Table>(table: Of, names: readonly (keyof Of['$inferSelect'] & string)[]) {
  const columns = getTableColumns(table)
  return {
    stored: names.map(inSnakeCase).join(', '),
    given: names.map((name) => `"${name}"`).join(', '),
    typed: names.map((name) => `"${name}" ${columns[name]?.getSQLType()}`).join(', '),
  }
}

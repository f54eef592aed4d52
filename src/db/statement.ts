/**
 * What is written as SQL, each statement with what it takes and gives as columns: these are its types in TypeScript, the casts
 * in its text and the way from the driver's values to ours. A spec holds every one of them against a migrated database.
 */
import { type Column, type GetColumnData, getTableColumns, is } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import {
  boolean,
  doublePrecision,
  integer,
  PgColumn,
  type PgSession,
  pgTable,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Db, Tx } from './database.ts'

/** A database or a transaction, of any driver. */
type Connection = { _: { session: Pick<PgSession, 'prepareQuery'> } }

type Columns = Record<string, PgColumn>
/** A column is one value, columns are any number of rows that travel as JSON. */
type Taken = Record<string, PgColumn | Columns>

export type RowOf<Of extends Columns> = { [Name in keyof Of]: GetColumnData<Of[Name]> }
type Optional<Of extends Columns> = {
  [Name in keyof Of]: null extends GetColumnData<Of[Name]> ? Name : never
}[keyof Of]
/** A row as a statement takes it: what may be null may be left out. */
type GivenRow<Of extends Columns> = Omit<RowOf<Of>, Optional<Of>> & Partial<Pick<RowOf<Of>, Optional<Of>>>
type Given<Of extends Taken> = {
  [Name in keyof Of]: Of[Name] extends Columns
    ? readonly GivenRow<Of[Name]>[]
    : Of[Name] extends PgColumn
      ? GetColumnData<Of[Name]>
      : never
}

/** Values that stand in no table. */
export const value = getTableColumns(
  pgTable('value', {
    flag: boolean().notNull(),
    id: uuid().notNull(),
    ids: uuid().array().notNull(),
    int: integer().notNull(),
    ints: integer().array().notNull(),
    moment: timestamp({ withTimezone: true }).notNull(),
    number: doublePrecision().notNull(),
    text: text().notNull(),
    texts: text().array().notNull(),
  }),
)

/** A column that may be null here: of a table that is joined, or in place of another value. */
export const orNull = <Of extends PgColumn>(column: Of) =>
  column as unknown as Column<Omit<Of['_'], 'notNull'> & { notNull: false }> & PgColumn

/** The names of columns, as a list in a statement. */
export const namesOf = (columns: Columns) => Object.keys(columns).map(toSnakeCase).join(', ')

/** The rows of a parameter as a table that has its name. */
function rowsFrom(parameter: string, name: string, columns: Columns): string {
  const typed = Object.entries(columns).map(([key, column]) => `"${key}" ${column.getSQLType()}`)
  const named = Object.keys(columns).map((key) => `"${key}" as ${toSnakeCase(key)}`)
  return `(select ${named.join(', ')} from json_to_recordset(${parameter}::json) as given(${typed.join(', ')})) as ${toSnakeCase(name)}`
}

const isColumn = (of: PgColumn | Columns): of is PgColumn => is(of, PgColumn)

/** Postgres knows a prepared statement by name, and each text has its own. */
const names = new Map<string, string>()

function nameOf(sql: string): string {
  const name = names.get(sql) ?? `statement_${names.size}`
  names.set(sql, name)
  return name
}

/**
 * A statement, to be called with a connection and its parameters.
 * @param of.sql its text; a value stands for `$n` with its cast, rows for a table that has the parameter's name
 * @param of.gives what its columns are, in their order
 * @param of.plansAnew for what joins or counts tables that grow: a plan that was kept may be that of an empty table
 */
export function statement<Takes extends Taken, Gives extends Columns>(of: {
  takes: Takes
  gives: Gives
  sql(given: { [Name in keyof Takes]: string }): string
  plansAnew?: boolean
}) {
  const taken = Object.entries<PgColumn | Columns>(of.takes)
  const given = taken.map(([name, type], index) => {
    const parameter = `$${index + 1}`
    return [name, isColumn(type) ? `${parameter}::${type.getSQLType()}` : rowsFrom(parameter, name, type)]
  })
  const sql = of.sql(Object.fromEntries(given))
  const fields = Object.entries(of.gives).map(([name, field]) => ({ path: [name], field }))
  const name = of.plansAnew ? undefined : nameOf(sql)

  const run = async (db: Connection, values: Given<Takes>): Promise<RowOf<Gives>[]> => {
    const params = taken.map(([key, type]) => {
      const one = values[key]
      if (!isColumn(type)) return JSON.stringify(one)
      return one === null ? null : type.mapToDriverValue(one)
    })
    const query = db._.session.prepareQuery({ sql, params }, fields, name, true)
    return (await query.execute()) as RowOf<Gives>[]
  }
  return Object.assign(run, { sql, takes: of.takes, gives: of.gives })
}

/** Runs a text that is always the same, of a library that brings its own: it stays prepared on its connection. */
export async function runPrepared<Row>(db: Db | Tx, sql: string, ...params: unknown[]): Promise<Row[]> {
  const query = db._.session.prepareQuery({ sql, params }, undefined, nameOf(sql), false)
  return ((await query.execute()) as { rows: Row[] }).rows
}

type Built<Row> = { execute(values: Record<string, unknown>): Promise<Row[]> }

/**
 * A query that is built once for each database; `build` ends it with `.prepare(name)` and has `sql.placeholder(name)` where a
 * value stands. For small tables: a kept plan is not made anew when a table has grown.
 */
export function preparedQuery<Row>(build: (db: Db | Tx) => Built<Row>) {
  const kept = new WeakMap<Db | Tx, Built<Row>>()
  return (db: Db | Tx, values: Record<string, unknown>): Promise<Row[]> => {
    const query = kept.get(db) ?? build(db)
    kept.set(db, query)
    return query.execute(values)
  }
}

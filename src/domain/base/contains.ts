/** Looking for a text that somebody typed in columns, letter case aside: none of its signs is a wildcard. */
import { ilike, or, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

export function contains(text: string, ...columns: PgColumn[]): SQL | undefined {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return or(...columns.map((column) => ilike(column, pattern)))
}

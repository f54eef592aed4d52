/** Keyset paging by a UUID version 7 id, newest first: as quick at any depth as on the first page. */
import { gt, lt, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { z } from 'zod'

/** `before:<id>` is the page of older rows, `after:<id>` the page of newer ones. */
export const Cursor = z.string().regex(/^(before|after):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)

export type Page<Row> = { rows: Row[]; newer: string | null; older: string | null }

const pageSize = 50

/**
 * Reads one page.
 * @param load gets the keyset condition, the direction and how many rows to read (one more than a page, to know if more follow)
 */
export async function page<Row extends { id: string }>(
  id: PgColumn,
  cursor: string | undefined,
  load: (where: SQL | undefined, direction: 'asc' | 'desc', limit: number) => PromiseLike<Row[]>,
  size = pageSize,
): Promise<Page<Row>> {
  const [side, edge = ''] = cursor?.split(':') ?? []
  const towardsNewer = side === 'after'
  const where = side === undefined ? undefined : towardsNewer ? gt(id, edge) : lt(id, edge)
  const read = await load(where, towardsNewer ? 'asc' : 'desc', size + 1)
  const more = read.length > size
  const rows = read.slice(0, size)
  if (towardsNewer) rows.reverse()
  const hasOlder = towardsNewer ? rows.length > 0 : more
  const hasNewer = towardsNewer ? more : side === 'before'
  return {
    rows,
    newer: hasNewer && rows[0] ? `after:${rows[0].id}` : null,
    older: hasOlder && rows.length ? `before:${rows[rows.length - 1]?.id}` : null,
  }
}

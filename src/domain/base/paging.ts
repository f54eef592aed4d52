/** Keyset paging by a UUID version 7 id, newest first unless asked otherwise: as quick at any depth as on the first page. */
import { gt, lt, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { z } from 'zod'

/** `before:<id>` is the page of older rows, `after:<id>` the page of newer ones. */
export const Cursor = z.string().regex(/^(before|after):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)

export type Page<Row> = { rows: Row[]; newer: string | null; older: string | null }

const pageSize = 50

/** How a list is read: so many rows a page, and from which end. */
export type Reading = { size?: number | undefined; oldestFirst?: boolean | undefined }

/**
 * Reads one page.
 * @param load gets the keyset condition, the direction and how many rows to read (one more than a page, to know if more follow)
 */
export async function page<Row extends { id: string }>(
  id: PgColumn,
  cursor: string | undefined,
  load: (where: SQL | undefined, direction: 'asc' | 'desc', limit: number) => PromiseLike<Row[]>,
  { size = pageSize, oldestFirst = false }: Reading = {},
): Promise<Page<Row>> {
  const [side, edge = ''] = cursor?.split(':') ?? []
  const towardsNewer = side === undefined ? oldestFirst : side === 'after'
  const where = side === undefined ? undefined : towardsNewer ? gt(id, edge) : lt(id, edge)
  const read = await load(where, towardsNewer ? 'asc' : 'desc', size + 1)
  const more = read.length > size
  const rows = read.slice(0, size)
  const [newest, oldest] = towardsNewer ? [rows.at(-1), rows[0]] : [rows[0], rows.at(-1)]
  const hasOlder = towardsNewer ? side !== undefined : more
  const hasNewer = towardsNewer ? more : side !== undefined
  if (towardsNewer !== oldestFirst) rows.reverse()
  return {
    rows,
    newer: hasNewer && newest ? `after:${newest.id}` : null,
    older: hasOlder && oldest ? `before:${oldest.id}` : null,
  }
}

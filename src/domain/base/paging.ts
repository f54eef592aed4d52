/** Keyset paging, by a UUID version 7 id (newest first unless asked otherwise) or by a column: as quick at any depth as on the first page. */
import { asc, desc, gt, lt, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import { Text } from '#channels/text.ts'

/** `before:<id>` is the page of older rows, `after:<id>` the page of newer ones. */
export const Cursor = z.string().regex(/^(before|after):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)

/** The same of a list that is sorted: behind the id stands what its row is sorted by. */
export const SortedCursor = Text(400).regex(/^(before|after):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:.*)?$/s)

export type Page<Row> = { rows: Row[]; newer: string | null; older: string | null }

/** What a list is sorted by; with `-`, the other way round. */
export type Sort<By extends string> = By | `-${By}`

export const SortOf = <const By extends string>(names: readonly By[]) =>
  z.enum(names.flatMap((name): Sort<By>[] => [name, `-${name}`]))

const pageSize = 50

/** How a list is read: so many rows a page, from which end, and in the order of which text, if not of the ids. */
export type Reading = { size?: number | undefined; oldestFirst?: boolean | undefined; by?: SQL<string> | undefined }

/** Reads by one of these texts, upwards or downwards. */
export const sortedBy = <By extends string>(texts: Record<By, SQL<string> | undefined>, sort: Sort<By>): Reading => ({
  by: texts[sort.replace(/^-/, '') as By],
  oldestFirst: !sort.startsWith('-'),
})

/** The order of a list that is short enough to be read whole. */
export function inOrder<By extends string>(texts: Record<By, SQL<string>>, sort: Sort<By>): SQL[] {
  const { by, oldestFirst } = sortedBy(texts, sort)
  return by ? [oldestFirst ? asc(by) : desc(by)] : []
}

/**
 * Reads one page.
 * @param load gets the keyset condition, the order and how many rows to read (one more than a page, to know if more follow);
 *   rows that are read `by` a text bring it along
 */
export async function page<Row extends { id: string; by?: string | undefined }>(
  id: PgColumn,
  cursor: string | undefined,
  load: (where: SQL | undefined, order: SQL[], limit: number) => PromiseLike<Row[]>,
  { size = pageSize, oldestFirst = false, by }: Reading = {},
): Promise<Page<Row>> {
  const [side, edge = '', ...text] = cursor?.split(':') ?? []
  const towardsNewer = side === undefined ? oldestFirst : side === 'after'
  const beyond = towardsNewer ? gt : lt
  const at = text.join(':')
  const where = by ? beyond(sql`(${by}, ${id})`, sql`(${at}, ${edge}::uuid)`) : beyond(id, edge)
  const order = [...(by ? [by] : []), id].map(towardsNewer ? asc : desc)
  const read = await load(side === undefined ? undefined : where, order, size + 1)
  const more = read.length > size
  const rows = read.slice(0, size)
  const [newest, oldest] = towardsNewer ? [rows.at(-1), rows[0]] : [rows[0], rows.at(-1)]
  const hasOlder = towardsNewer ? side !== undefined : more
  const hasNewer = towardsNewer ? more : side !== undefined
  if (towardsNewer !== oldestFirst) rows.reverse()
  const place = (row: Row) => (row.by === undefined ? row.id : `${row.id}:${row.by}`)
  return {
    rows,
    newer: hasNewer && newest ? `after:${place(newest)}` : null,
    older: hasOlder && oldest ? `before:${place(oldest)}` : null,
  }
}

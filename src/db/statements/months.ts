/** The months that messages and their events are split into: the functions stand in the migration `months`. */
import { statement, value } from '../statement.ts'

/** Makes the next month, unless there are enough until then, or somebody keeps the tables in use for half a second. */
export const addMonth = statement({
  takes: { until: value.moment },
  gives: { isAdded: value.flag },
  sql: ({ until }) => `select add_message_month(${until}) as is_added`,
})

/** The end of the last month up to which there are messages, and none that an organization keeps or that is under way. */
export const lastMonthOver = statement({
  takes: { now: value.moment },
  gives: { id: value.id },
  sql: ({ now }) => `
    select bound as id
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    cross join lateral (select substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \\(''([^'']+)''')::uuid as bound) part
    where i.inhparent = 'message'::regclass and exists (select from message m where m.id < bound) and not exists (
      select from organization o
      where (o.message_days is null or first_id_at(${now} - o.message_days * interval '1 day') < bound)
        and exists (select from message m where m.organization_id = o.id and m.id < bound)
    ) and not is_under_way_before(bound)
    order by bound desc limit 1`,
  plansAnew: true,
})

/** Drops the months up to the end of one, with all that hangs on their messages, unless something is under way or in use. */
export const dropMonths = statement({
  takes: { end: value.id },
  gives: { areDropped: value.flag },
  sql: ({ end }) => `select drop_message_months(${end}) as are_dropped`,
})

/**
 * From the first to the last of ids. A statement that is told so as well reads the months of these alone, and is planned for no
 * other; by the ids themselves, which come as rows, the database would find out only while it runs.
 */
export function spanOf(ids: readonly string[]): { first: string; last: string } {
  let first = ids[0] ?? '00000000-0000-0000-0000-000000000000'
  let last = first
  for (const id of ids) {
    if (id < first) first = id
    if (id > last) last = id
  }
  return { first, last }
}
export const span = { first: value.id, last: value.id }

/** The installation itself, as one row: what its database is recognised by, and whether sending is held. */
import { sql } from 'drizzle-orm'
import { check, pgTable, smallint, text, timestamp } from 'drizzle-orm/pg-core'

export const installation = pgTable(
  'installation',
  {
    id: smallint().primaryKey().default(1),
    /** What tells this database from a copy of it; null until a worker has looked. */
    identity: text(),
    /** Since when workers take nothing; null: they work. */
    heldSince: timestamp({ withTimezone: true }),
    /** `copied`: this is a copy of another database; `asked`: a person wanted it. */
    heldWhy: text().$type<'copied' | 'asked'>(),
  },
  (t) => [
    check('one_installation', sql`${t.id} = 1`),
    check('held_for_a_reason', sql`(${t.heldSince} is null) = (${t.heldWhy} is null)`),
    check('held_why_is_known', sql`${t.heldWhy} in ('copied', 'asked')`),
  ],
)

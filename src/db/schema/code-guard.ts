/** What the guard against misuse of verification codes counts, and what it has decided. */

import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { app } from './app.ts'

/** How many codes went out within a circle in an hour, and how many were entered in that hour. */
export const codeCount = pgTable(
  'code_count',
  {
    /** Keyed hash of App, channel and circle: whose addresses and numbers these were cannot be read from it. */
    key: uuid().notNull(),
    hour: timestamp({ withTimezone: true }).notNull(),
    sent: integer().notNull(),
    verified: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.key, t.hour] }), index().on(t.hour)],
)

/** What decided: a circle of recipients, or what the App's owners have set. */
export const guardCauses = ['number_prefix', 'client_ip', 'country', 'app', 'budget', 'stopped'] as const
export type GuardCause = (typeof guardCauses)[number]

/** Codes of an App that were refused, or would have been, within an hour and for one cause: one row, however many. */
export const codeDecision = pgTable(
  'code_decision',
  {
    appId: uuid()
      .notNull()
      .references(() => app.id, { onDelete: 'cascade' }),
    hour: timestamp({ withTimezone: true }).notNull(),
    channel: text().notNull(),
    cause: text().$type<GuardCause>().notNull(),
    /** Which prefix, address or country; empty for the others. */
    value: text().notNull(),
    /** The numbers of the last one: how many there were in which time, and how many are allowed. */
    span: text().$type<'hour' | 'day'>().notNull(),
    counted: integer().notNull(),
    allowed: integer().notNull(),
    /** How many codes it was about, and how many of these were refused. */
    codes: integer().notNull(),
    refused: integer().notNull(),
    lastAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.appId, t.hour, t.channel, t.cause, t.value] }),
    index().on(t.hour),
    check('code_decision_span_is_known', sql`${t.span} in ('hour', 'day')`),
  ],
)

/** How often calls of an App were refused in an hour, and for what. */
import { index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { app } from './app.ts'
import { organization } from './organization.ts'

export const refusedCall = pgTable(
  'refused_call',
  {
    organizationId: uuid()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    appId: uuid()
      .notNull()
      .references(() => app.id, { onDelete: 'cascade' }),
    hour: timestamp({ withTimezone: true }).notNull(),
    /** Empty where the call named none that counts. */
    channel: text().notNull(),
    scenario: text().notNull(),
    /** The code that the call was answered with, and the reason within it, or nothing. */
    code: text().notNull(),
    reason: text().notNull(),
    count: integer().notNull(),
    lastAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.appId, t.hour, t.channel, t.scenario, t.code, t.reason] }),
    index('refused_call_by_organization').on(t.organizationId, t.lastAt),
    index().on(t.hour),
  ],
)

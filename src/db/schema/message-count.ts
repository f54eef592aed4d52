/** How many messages of an hour there are, and what has become of them: kept by the statements that write messages and results. */
import { sql } from 'drizzle-orm'
import { index, integer, pgTable, primaryKey, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { MessageStatus } from './message.ts'
import { organization } from './organization.ts'

export const messageCount = pgTable(
  'message_count',
  {
    organizationId: uuid()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    /** The hour of UTC in which the messages were accepted, whenever their outcome is known. */
    hour: timestamp({ withTimezone: true }).notNull(),
    /** All zeros for those of no App. */
    appId: uuid().notNull(),
    channel: text().notNull(),
    scenario: text().notNull(),
    /** Empty where no account has had a part in it, as when they are accepted. */
    provider: text().notNull(),
    /** `accepted` counts every message of the hour; `queued` and `sending` are not counted, and are what is left of it. */
    outcome: text().$type<'accepted' | MessageStatus>().notNull(),
    /** Several rows are one counter, so that those who count at once seldom wait for each other. */
    slot: smallint().notNull(),
    messages: integer().notNull(),
    /** In how many segments they are billed, as far as that is known. */
    segments: integer().notNull(),
  },
  (t) => [
    primaryKey({
      name: 'message_count_pk',
      columns: [t.organizationId, t.hour, t.appId, t.channel, t.scenario, t.provider, t.outcome, t.slot],
    }),
    index().on(t.hour),
    index('message_count_to_fold').on(t.hour).where(sql`${t.slot} <> 0`),
  ],
)

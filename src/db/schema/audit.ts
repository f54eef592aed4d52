/** Who changed what, when; and the counters behind limits. */
import { index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { organization } from './organization.ts'

export const auditEvent = pgTable(
  'audit_event',
  {
    id: uuid().primaryKey(),
    organizationId: uuid()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    at: timestamp({ withTimezone: true }).notNull(),
    actorId: text(),
    actorName: text().notNull(),
    action: text().notNull(),
    subject: text().notNull(),
    subjectId: text(),
    subjectName: text(),
    /** What changed, field by field, without secret values. */
    changes: jsonb().$type<Record<string, unknown>>().notNull(),
  },
  (t) => [index('audit_by_organization').on(t.organizationId, t.id)],
)

export const limitCount = pgTable(
  'limit_count',
  {
    key: text().notNull(),
    windowStart: timestamp({ withTimezone: true }).notNull(),
    count: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.key, t.windowStart] }), index().on(t.windowStart)],
)

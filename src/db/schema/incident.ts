/** What went wrong and needs a person, from when it was noticed until it is over, and who was told of it. */
import { sql } from 'drizzle-orm'
import { boolean, index, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { organization } from './organization.ts'

export const incidentKinds = [
  'account_failing',
  'approval_lost',
  'receipts_silent',
  'queue_late',
  'webhook_failing',
  'database_full',
] as const
export type IncidentKind = (typeof incidentKinds)[number]

/** What its words name: as it was when it was last seen, since names change and things are deleted. */
export type IncidentDetails = {
  /** Of the account or the webhook. */
  name?: string
  channel?: string
  provider?: string
  /** The provider's code, and the cause behind it, a key of `Outcome.*`. */
  code?: string
  cause?: string
  /** Of a template: a key of `Reason.*`. */
  reason?: string
  app?: string
  appKey?: string
  /** Templates or messages. */
  count?: number
  minutes?: number
  percent?: number
}

export const incident = pgTable(
  'incident',
  {
    /** Of version 7. */
    id: uuid().primaryKey(),
    /** Of what concerns the whole installation: the organization that was there first. */
    organizationId: uuid()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    kind: text().$type<IncidentKind>().notNull(),
    /** The account or the webhook; empty where the kind says it all. */
    place: text().notNull(),
    /** Tells incidents of one place apart; empty where there is one only. */
    cause: text().notNull(),
    details: jsonb().$type<IncidentDetails>().notNull(),
    openedAt: timestamp({ withTimezone: true }).notNull(),
    /** When it was still so. */
    seenAt: timestamp({ withTimezone: true }).notNull(),
    recoveredAt: timestamp({ withTimezone: true }),
    acknowledgedAt: timestamp({ withTimezone: true }),
    acknowledgedBy: text(),
    /** When the people are told, or how long that is left to whom is at it; null where there is nothing to tell. */
    tellAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex('one_open_incident')
      .on(t.organizationId, t.kind, t.place, t.cause)
      .where(sql`${t.recoveredAt} is null`),
    index('incident_by_organization').on(t.organizationId, t.id),
    index('incident_to_tell').on(t.tellAt).where(sql`${t.tellAt} is not null`),
  ],
)

/** Who was told what of an incident. Written ahead of the sending, so that nobody is told twice. */
export const incidentTelling = pgTable(
  'incident_telling',
  {
    incidentId: uuid()
      .notNull()
      .references(() => incident.id, { onDelete: 'cascade' }),
    userId: text().notNull(),
    /** Whether it began or is over. */
    isOver: boolean().notNull(),
    name: text().notNull(),
    channel: text().notNull(),
    messageId: uuid(),
    at: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.incidentId, t.userId, t.isOver] })],
)

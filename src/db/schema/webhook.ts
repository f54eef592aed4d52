/** Where Apps are told what became of their messages, and what is to be told: the outbox, written in the transaction of what it tells of. */
import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, pgTable, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { app } from './app.ts'
import { organization } from './organization.ts'

export const webhookEndpoint = pgTable(
  'webhook_endpoint',
  {
    id: uuid().primaryKey(),
    organizationId: uuid()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    appId: uuid()
      .notNull()
      .references(() => app.id, { onDelete: 'cascade' }),
    url: text().notNull(),
    description: text().notNull(),
    /** Types of what it is told of. */
    events: text().array().notNull(),
    enabled: boolean().notNull(),
    /** It answered that it is gone, and was switched off for that. */
    isGone: boolean().notNull().default(false),
    /** Whether it is told whole recipients. */
    wholeRecipient: boolean().notNull(),
    sealedSecret: text().notNull(),
    /** The secret before, which signs as well until then. */
    sealedFormerSecret: text(),
    formerUntil: timestamp({ withTimezone: true }),
    /** Since when no call of its was answered well: it is called once at a time. */
    failingSince: timestamp({ withTimezone: true }),
    /** Who changes it names the version they saw. */
    version: integer().notNull().default(1),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [index().on(t.appId), index().on(t.organizationId)],
)

export const deliveryStates = ['waiting', 'delivered', 'failed'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** One thing told to one endpoint. Rows are written by the database's own triggers, which stand in the migration `webhooks`. */
export const webhookDelivery = pgTable(
  'webhook_delivery',
  {
    /** Of version 7. Its receiver knows a repeat by it. */
    id: uuid().primaryKey(),
    /** No foreign key: it would lock the endpoint for each outcome, and deleting an endpoint would take as long as it was told of much. */
    endpointId: uuid().notNull(),
    type: text().notNull(),
    /** The message, verification, account, template or rule; null for a trial. */
    subjectId: uuid(),
    /** Of a message: how far its time line had come. Of two things about one message the later has the greater. */
    sequence: integer(),
    /** What is told besides, in the words of the payload. Of a message only what changes. */
    details: jsonb().$type<Record<string, unknown>>().notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
    state: text().$type<DeliveryState>().notNull(),
    /** How often it was tried. */
    attempts: smallint().notNull().default(0),
    /** When it is tried next, or how long it is left to whom is trying it. */
    nextAt: timestamp({ withTimezone: true }).notNull(),
    /** Of the last try: when it ended, how long it took in milliseconds, and how it was answered. */
    triedAt: timestamp({ withTimezone: true }),
    ms: integer(),
    answerStatus: integer(),
    /** Why there was no answer. */
    error: text(),
    /** The beginning of the answer. */
    answer: text(),
  },
  (t) => [
    index('webhook_delivery_by_subject').on(t.subjectId),
    index('webhook_delivery_by_endpoint').on(t.endpointId, t.id),
    index('webhook_delivery_due').on(t.endpointId, t.nextAt).where(sql`${t.state} = 'waiting'`),
    index('webhook_delivery_failed').on(t.endpointId, t.id).where(sql`${t.state} = 'failed'`),
  ],
)

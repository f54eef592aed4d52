/**
 * Messages and their time lines. Indexes are few on purpose: every one of them is paid for at each accepted message. Both tables are
 * split by month, in the migration `months`: by their id, which says when. No foreign key leads to messages, since a month that goes
 * would be looked through for it; what deletes some says what goes with them.
 */
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import type { KeyKind } from './app.ts'
import { organization } from './organization.ts'

export const messageStatuses = ['queued', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'expired'] as const
export type MessageStatus = (typeof messageStatuses)[number]

export const message = pgTable(
  'message',
  {
    /** UUID version 7: newest first is `order by id desc`, and paging by id is flat at any depth. */
    id: uuid().primaryKey(),
    organizationId: uuid()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    appId: uuid(),
    apiKeyId: uuid(),
    /**
     * `live`, `test` (never handed to a provider), `test_send` (a person trying a template from the console) or `notice` (Signet
     * telling a person of an incident).
     */
    kind: text().$type<'live' | 'test' | 'test_send' | 'notice'>().notNull(),
    channel: text().notNull(),
    scenario: text().notNull(),
    recipient: text().notNull(),
    status: text().$type<MessageStatus>().notNull(),
    /** True once it ended badly; indexed apart from `status`, so that an ordinary change of status touches no index. */
    problem: boolean().notNull().default(false),
    /** Held back until its account or channel is put right; released by a validation. */
    waiting: boolean().notNull().default(false),
    /** What it waits for besides a working account: `template` (its template or push rule has to be put right). */
    waitsFor: text().$type<'template'>(),
    /** The job in charge. A job that is not in charge any more changes nothing. */
    jobId: uuid(),
    /** The language asked for; null: the App's. */
    locale: text(),
    templateId: uuid(),
    templateVersion: integer(),
    accountId: uuid(),
    /** Of that account, as of the message's last result: it is counted so, and accounts are deleted. */
    provider: text(),
    /** The rule and the device event it comes from, on the channel of official accounts. */
    pushRuleId: uuid(),
    eventId: uuid(),
    /** The verification whose code it carries, where Signet made the code. */
    verificationId: uuid(),
    /** Values that are not secret. */
    variables: jsonb().$type<Record<string, string>>().notNull(),
    /** Codes, sealed; null once sent, failed or expired. */
    sealedVariables: text(),
    reference: text(),
    /** Where it was accepted in a trace (W3C Trace Context), while tracing is on: its attempts and webhooks go on from there. */
    traceparent: text(),
    attempt: smallint().notNull().default(0),
    /** When the first attempt began that may have been accepted without our knowing. */
    unsureSince: timestamp({ withTimezone: true }),
    errorCode: text(),
    /** The cause that was found behind the code, a key of `Outcome.*`. */
    errorCause: text(),
    errorDetail: text(),
    providerMessageId: text(),
    /** In how many segments it was handed over, where its medium is billed by them. */
    segments: smallint(),
    /** What it said is not kept any more. */
    contentDropped: boolean().notNull().default(false),
    /** When the provider is asked what became of it; null where it is known, or cannot be asked. */
    settleAt: timestamp({ withTimezone: true }),
    /** After this a verification message is not sent any more. */
    expiresAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    index('message_by_organization').on(t.organizationId, t.id),
    index('message_by_app').on(t.appId, t.id),
    // By lower case: people look for an address as they know it, and it is kept as it was given. By its beginning as well.
    index('message_by_recipient_beginning').on(t.organizationId, sql`lower(${t.recipient}) text_pattern_ops`, t.id),
    index('message_with_problem').on(t.organizationId, t.id).where(sql`${t.problem}`),
    index('message_waiting').on(t.organizationId, t.channel, t.id).where(sql`${t.waiting}`),
    index('message_to_settle').on(t.accountId, t.settleAt).where(sql`${t.settleAt} is not null`),
  ],
)

/** The Idempotency-Keys that messages were accepted under. Apart from them, since a key is one of its App, whatever the message's month. */
export const messageKey = pgTable(
  'message_key',
  {
    appId: uuid().notNull(),
    /** Of the API key that called: an Idempotency-Key of the one kind says nothing to the other. */
    kind: text().$type<KeyKind>().notNull(),
    idempotencyKey: text().notNull(),
    bodyHash: text().notNull(),
    messageId: uuid().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.appId, t.kind, t.idempotencyKey] }),
    // By it keys end, with their message or once their day is over.
    index('message_key_by_message').on(t.messageId),
  ],
)

export const messageEvent = pgTable(
  'message_event',
  {
    messageId: uuid().notNull(),
    id: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    at: timestamp({ withTimezone: true }).notNull(),
    /**
     * A status, or `accepted`, `retrying`, `waiting` (the account or the channel has to be put right), `no_receipt` (the
     * provider is not asked any more), `resent`.
     */
    status: text().notNull(),
    attempt: smallint().notNull(),
    accountId: uuid(),
    code: text(),
    cause: text(),
    detail: text(),
    providerMessageId: text(),
    /** How long the provider took, in milliseconds. */
    ms: integer(),
    /** When the next attempt is due. */
    nextAt: timestamp({ withTimezone: true }),
  },
  (t) => [primaryKey({ columns: [t.messageId, t.id] })],
)

/** Messages whose content was to be dropped while they were under way: it is once they have ended. */
export const overdueContent = pgTable('overdue_content', {
  messageId: uuid().primaryKey(),
})

/** Other names of a message: what its provider calls it, where receipts name nothing of ours. */
export const providerReference = pgTable(
  'provider_reference',
  {
    accountId: uuid().notNull(),
    reference: text().notNull(),
    messageId: uuid().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.reference] }),
    index().on(t.createdAt),
    // A message that goes takes its names along.
    index('provider_reference_by_message').on(t.messageId),
  ],
)

/** What a provider pushed about a message that is not known, or not sent, as far as we know: it may come before our own record. */
export const earlyReceipt = pgTable(
  'early_receipt',
  {
    accountId: uuid().notNull(),
    /** The provider's id or, empty, our reference: with the state it tells a repeat. */
    providerMessageId: text().notNull(),
    reference: text().notNull(),
    state: text().$type<'delivered' | 'failed'>().notNull(),
    code: text().notNull(),
    detail: text().notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
    receivedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.providerMessageId, t.reference, t.state] }), index().on(t.receivedAt)],
)

/** Verification codes that Signet makes: what is sent and checked, how often recipients were sent to, and answers to repeat. */
import { sql } from 'drizzle-orm'
import {
  check,
  index,
  json,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { app, type KeyKind } from './app.ts'
import { organization } from './organization.ts'

export const verificationStatuses = ['pending', 'approved', 'expired', 'exhausted'] as const
export type VerificationStatus = (typeof verificationStatuses)[number]

export const verification = pgTable(
  'verification',
  {
    id: uuid().primaryKey(),
    appId: uuid()
      .notNull()
      .references(() => app.id, { onDelete: 'cascade' }),
    kind: text().$type<KeyKind>().notNull(),
    scenario: text().notNull(),
    recipient: text().notNull(),
    status: text().$type<VerificationStatus>().notNull(),
    /** Keyed hash of the code: what a try is compared with. */
    codeHash: text().notNull(),
    /** The code itself, sealed, to send it once more; null once the verification has ended. */
    sealedCode: text(),
    /** Wrong tries so far. */
    attempts: smallint().notNull().default(0),
    /** Keys of `code_count` that its codes were counted under, once for each code that was sent. */
    counted: uuid().array().notNull().default([]),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    uniqueIndex('one_pending_verification')
      .on(t.appId, t.kind, t.scenario, t.recipient)
      .where(sql`${t.status} = 'pending'`),
    index('verification_by_recipient').on(sql`lower(${t.recipient}) text_pattern_ops`),
    index('verification_to_end').on(t.expiresAt).where(sql`${t.status} = 'pending'`),
    check('verification_status_is_known', sql`${t.status} in ('pending', 'approved', 'expired', 'exhausted')`),
  ],
)

/** When a recipient of an organization was sent codes to: the last few times. Its row is locked while another one is sent. */
export const verificationRecipient = pgTable(
  'verification_recipient',
  {
    organizationId: uuid()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    /** Keyed hash of the recipient. */
    recipientKey: text().notNull(),
    sentAt: timestamp({ withTimezone: true }).array().notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.recipientKey] }), index().on(t.updatedAt)],
)

/** What a call was answered under an Idempotency-Key. */
export const verificationAnswer = pgTable(
  'verification_answer',
  {
    appId: uuid()
      .notNull()
      .references(() => app.id, { onDelete: 'cascade' }),
    /** Of the API key that called: an Idempotency-Key of the one kind says nothing to the other. */
    kind: text().$type<KeyKind>().notNull(),
    idempotencyKey: text().notNull(),
    bodyHash: text().notNull(),
    /** Kept as it was written, so that a repeat is the same to the letter. */
    answer: json().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.appId, t.kind, t.idempotencyKey] }), index().on(t.createdAt)],
)

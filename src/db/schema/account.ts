/** Accounts of providers. What is secret stands in a table of its own, so that no account row can carry it. */
import { sql } from 'drizzle-orm'
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { ruleChannel } from '#channels/traits.ts'
import { organization } from './organization.ts'

/** One stage of the last check, as it is remembered. */
export type RememberedStage = {
  stage: string
  ok: boolean
  ms: number
  cause?: string
  passing?: true
  field?: string
  code?: string
  detail?: string
  requestId?: string
}

export const account = pgTable(
  'account',
  {
    id: uuid().primaryKey(),
    organizationId: uuid()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    channel: text().notNull(),
    provider: text().notNull(),
    name: text().notNull(),
    /** The provider's config without its secret fields. */
    config: jsonb().$type<Record<string, unknown>>().notNull(),
    validated: boolean().notNull().default(false),
    lastCheckAt: timestamp({ withTimezone: true }),
    lastCheck: jsonb().$type<RememberedStage[]>(),
    /** Since when sends or checks of this account fail for a configuration reason, and the reason. */
    failingSince: timestamp({ withTimezone: true }),
    failingCode: text(),
    failingCause: text(),
    failingDetail: text(),
    /** The unguessable part of the address that its provider pushes receipts to; null where there are none. */
    receiptToken: text(),
    /** Takes only what its provider has encrypted besides signing it. */
    secureOnly: boolean().notNull().default(false),
    /** How many message templates its provider had when it last answered, and when it was last asked. */
    templateCount: integer(),
    templatesAskedAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    uniqueIndex('one_validated_account_per_channel').on(t.organizationId, t.channel).where(sql`${t.validated}`),
    uniqueIndex('account_name_once_per_channel').on(t.organizationId, t.channel, t.name),
    uniqueIndex('one_account_per_receipt_token').on(t.receiptToken),
    uniqueIndex('official_account_once_per_organization')
      .on(t.organizationId, sql`(${t.config} ->> 'appId')`)
      .where(sql`${t.channel} = ${sql.raw(`'${ruleChannel}'`)}`),
    index().on(t.organizationId, t.channel, t.id),
  ],
)

export const accountSecret = pgTable(
  'account_secret',
  {
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    field: text().notNull(),
    sealed: text().notNull(),
    setAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.field] })],
)

/** What came to an account's address, by what tells a repeat of it, for as long as a repeat would be taken. */
export const callbackNonce = pgTable(
  'callback_nonce',
  {
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    nonce: text().notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.nonce] }), index().on(t.expiresAt)],
)

/** Push rules: which event of an App goes to which template of which official account; and the events they were applied to. */
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { account } from './account.ts'
import { app, type KeyKind } from './app.ts'
import { organization } from './organization.ts'

export const pushRule = pgTable(
  'push_rule',
  {
    id: uuid().primaryKey(),
    organizationId: uuid()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    appId: uuid()
      .notNull()
      .references(() => app.id, { onDelete: 'cascade' }),
    /** The event it is for: key of a notification scenario. */
    scenario: text().notNull(),
    /** Null once its account is gone, which makes it invalid; `accountName` says which one it was. */
    accountId: uuid().references(() => account.id, { onDelete: 'set null' }),
    accountName: text().notNull(),
    /** Template, values and jump, as the channel's `content` has them. */
    content: jsonb().$type<unknown>().notNull(),
    variables: jsonb().$type<string[]>().notNull(),
    enabled: boolean().notNull().default(true),
    /** Why it is invalid although its account is there, a key of `Reason.*`. */
    invalidReason: text(),
    /** When it last became valid without being saved. */
    usableSince: timestamp({ withTimezone: true }),
    /** Within how many seconds a recipient gets at most one message by it; 0: all of them. */
    dampingSeconds: integer().notNull().default(0),
    version: integer().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
    updatedBy: text(),
  },
  (t) => [
    uniqueIndex('push_rule_name_once_per_organization').on(t.organizationId, t.name),
    index('push_rule_by_organization').on(t.organizationId, t.id),
    index('push_rule_by_event').on(t.appId, t.scenario),
    index('push_rule_by_account').on(t.accountId),
    check('push_rule_damping', sql`${t.dampingSeconds} between 0 and 86400`),
  ],
)

/** What every version of a rule said: the log shows a card as it went out. Outlives its rule, as the messages by it do. */
export const pushRuleVersion = pgTable(
  'push_rule_version',
  {
    organizationId: uuid()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    ruleId: uuid().notNull(),
    version: integer().notNull(),
    content: jsonb().$type<unknown>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.ruleId, t.version] })],
)

/** The window a rule and recipient are in, and what was held back in it. */
export const pushDamping = pgTable(
  'push_damping',
  {
    ruleId: uuid()
      .notNull()
      .references(() => pushRule.id, { onDelete: 'cascade' }),
    recipient: text().notNull(),
    windowEnd: timestamp({ withTimezone: true }).notNull(),
    heldBack: integer().notNull(),
    /** What was held back in the window before this one: the message that opened this one says so. */
    heldBefore: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.ruleId, t.recipient] }), index().on(t.windowEnd)],
)

/** An event as an App sent it, with the answer it got: a repeat gets the same. */
export const deviceEvent = pgTable(
  'device_event',
  {
    id: uuid().primaryKey(),
    organizationId: uuid()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    appId: uuid()
      .notNull()
      .references(() => app.id, { onDelete: 'cascade' }),
    /** Of the API key it came with: an Idempotency-Key of the one kind says nothing to the other. */
    kind: text().$type<KeyKind>().notNull(),
    scenario: text().notNull(),
    reference: text(),
    idempotencyKey: text(),
    bodyHash: text(),
    /** As text, so that a repeat gets it to the letter. */
    answer: json().$type<unknown>().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    uniqueIndex('device_event_idempotency_by_kind')
      .on(t.appId, t.kind, t.idempotencyKey)
      .where(sql`${t.idempotencyKey} is not null`),
    index('device_event_by_age').on(t.createdAt),
  ],
)

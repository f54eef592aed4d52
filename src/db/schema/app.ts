/** Apps and the keys their backends call with. */
import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { organization } from './organization.ts'

export const keyKinds = ['live', 'test'] as const
export type KeyKind = (typeof keyKinds)[number]

/** What becomes of a code that the guard takes for misuse: it is sent and noted, or refused. */
export const guardModes = ['record', 'block'] as const
export type GuardMode = (typeof guardModes)[number]

export const app = pgTable(
  'app',
  {
    id: uuid().primaryKey(),
    organizationId: uuid()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    key: text().notNull(),
    name: text().notNull(),
    /** A small picture as a data address, or null. */
    logo: text(),
    language: text().notNull().default('en'),
    codeLifetimeMinutes: integer().notNull().default(10),
    /** Of codes that Signet makes: digits, countries they go to (calling codes), and how many an hour at most. */
    codeLength: integer().notNull().default(6),
    codeCountries: text().array().notNull().default(['86']),
    codesPerHour: integer().notNull().default(2000),
    codesPerCountryHour: integer().notNull().default(1000),
    codesPerIpHour: integer().notNull().default(30),
    guardMode: text().$type<GuardMode>().notNull().default('record'),
    /** How many codes go out in a day at most, by channel; without an entry as many as there are. */
    codesPerDay: jsonb().$type<Partial<Record<string, number>>>().notNull().default({}),
    /** Channels on which no code goes out. */
    stoppedChannels: text().array().notNull().default([]),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    unique('app_key_once_per_organization').on(t.organizationId, t.key),
    check('app_code_lifetime', sql`${t.codeLifetimeMinutes} between 1 and 30`),
    check('app_code_length', sql`${t.codeLength} between 4 and 8`),
    check('app_guard_mode_is_known', sql`${t.guardMode} in ('record', 'block')`),
  ],
)

export const apiKey = pgTable(
  'api_key',
  {
    id: uuid().primaryKey(),
    organizationId: uuid()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    appId: uuid()
      .notNull()
      .references(() => app.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    kind: text().$type<KeyKind>().notNull(),
    /** SHA-256 of the whole key: the key has 160 random bits, so no slow hash is needed. */
    hash: text().notNull().unique(),
    /** The first characters, shown in lists. */
    prefix: text().notNull(),
    /** Channels the key may send on; empty means all. */
    channels: text().array().notNull(),
    createdBy: text(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    lastUsedAt: timestamp({ withTimezone: true }),
    expiresAt: timestamp({ withTimezone: true }),
    revokedAt: timestamp({ withTimezone: true }),
  },
  (t) => [index().on(t.appId), check('api_key_kind_is_known', sql`${t.kind} in ('live', 'test')`)],
)

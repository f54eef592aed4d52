/** Templates: what is said in one scenario on one channel, by default (no App) or for one App, and every version of it. */
import {
  boolean,
  foreignKey,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { account } from './account.ts'
import { app } from './app.ts'
import { organization } from './organization.ts'
import { user } from './sign-in.ts'

export const template = pgTable(
  'template',
  {
    id: uuid().primaryKey(),
    organizationId: uuid()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    channel: text().notNull(),
    scenario: text().notNull(),
    /** Null: the default. */
    appId: uuid().references(() => app.id, { onDelete: 'cascade' }),
    /** Language of a variant, such as `zh-CN`; null: the base, used where no variant fits. */
    locale: text(),
    /** The account whose signatures and templates it names; null where the organization owns the content (email). */
    accountId: uuid().references(() => account.id, { onDelete: 'cascade' }),
    content: jsonb().$type<unknown>().notNull(),
    /** The scenario's variables that the content uses. */
    variables: jsonb().$type<string[]>().notNull(),
    version: integer().notNull(),
    /** An App's template that cannot be used is replaced by the default: only when its owner said so. */
    fallBack: boolean().notNull().default(false),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
    updatedBy: text(),
  },
  (t) => [
    unique('one_template_per_place_and_language')
      .on(t.organizationId, t.channel, t.scenario, t.appId, t.locale)
      .nullsNotDistinct(),
  ],
)

export const templateVersion = pgTable(
  'template_version',
  {
    templateId: uuid().notNull(),
    version: integer().notNull(),
    content: jsonb().$type<unknown>().notNull(),
    note: text(),
    authorId: text(),
    authorName: text(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.templateId, t.version] }),
    foreignKey({ columns: [t.templateId], foreignColumns: [template.id] }).onDelete('cascade'),
  ],
)

/** The values a person tries a scenario's templates with. */
export const sampleValue = pgTable(
  'sample_value',
  {
    organizationId: uuid()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    userId: text()
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    scenario: text().notNull(),
    values: jsonb().$type<Record<string, string>>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.userId, t.scenario] })],
)

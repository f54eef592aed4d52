/** Templates: what is said in one scenario on one channel, by default (no App) or for one App, and every version of it. */
import {
  boolean,
  foreignKey,
  index,
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

/** Something that keeps a template from being used, or is worth knowing about it. `code` is a key of `Reason.*`. */
export type Remark = { code: string; params?: Record<string, string> }
/** By audience (`all` where a channel has one only). `detail` is the provider's own reason, empty where it gave none. */
export type TemplateApproval = Record<string, { blocked: string | null; detail: string; remarks: Remark[] }>

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
    /** Whether it may be used, for each audience of its channel: where nothing stands, it may. */
    approval: jsonb('standing').$type<TemplateApproval>().notNull().default({}),
    /** When its provider was last asked. */
    approvalAt: timestamp('standing_at', { withTimezone: true }),
    /** Since when its provider blocks what could be used before; written by a trigger of the migration `incidents`. */
    lostAt: timestamp({ withTimezone: true }),
    /** When it last became usable without being saved. */
    usableSince: timestamp({ withTimezone: true }),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
    updatedBy: text(),
  },
  (t) => [
    unique('one_template_per_place_language_and_account')
      .on(t.organizationId, t.channel, t.scenario, t.appId, t.locale, t.accountId)
      .nullsNotDistinct(),
    index('template_by_account').on(t.accountId),
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

/** What calls have shown of a content that its provider cannot be asked about: by account, and by what of it matters there. */
export const templateProof = pgTable(
  'template_proof',
  {
    accountId: uuid()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    subject: text().notNull(),
    state: text().$type<'proven' | 'refused'>().notNull(),
    code: text(),
    detail: text(),
    at: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.subject] })],
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

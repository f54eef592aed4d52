/** Scenarios that an organization added to the built-in ones. */
import { sql } from 'drizzle-orm'
import { check, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { organization } from './organization.ts'

export const scenarioKinds = ['verification', 'notification'] as const
export type ScenarioKind = (typeof scenarioKinds)[number]

export const scenario = pgTable(
  'scenario',
  {
    organizationId: uuid()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    key: text().notNull(),
    kind: text().$type<ScenarioKind>().notNull(),
    nameEn: text().notNull(),
    nameZh: text().notNull(),
    /** Names of its variables, in the order they were declared. */
    variables: jsonb().$type<string[]>().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.key] }),
    check('scenario_key_form', sql`${t.key} ~ '^[a-z][a-z0-9_]{1,39}$'`),
    check('scenario_kind_is_known', sql`${t.kind} in ('verification', 'notification')`),
  ],
)

/** Organizations, the people in them, and invitations not yet taken up. */
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { user } from './sign-in.ts'

export const roles = ['owner', 'admin', 'author', 'viewer'] as const
export type Role = (typeof roles)[number]

const roleIsKnown = sql.raw(`role in (${roles.map((role) => `'${role}'`).join(', ')})`)

/** Of a message: the log needs no fewer, since receipts come and webhooks are told that long. Of what it said. */
export const retentionBounds = { messageDays: { least: 7, most: 3650 }, contentDays: { least: 1, most: 3650 } } as const

export const organization = pgTable(
  'organization',
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    /** For how many days messages are kept, and what they said; null: for ever, and as long as the message. */
    messageDays: integer(),
    contentDays: integer(),
    /** Up to this id of a message contents are dropped, but for those in `overdue_content`. */
    contentDroppedTo: uuid(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    check('organization_message_days', sql`${t.messageDays} between 7 and 3650`),
    check(
      'organization_content_days',
      sql`${t.contentDays} between 1 and 3650 and ${t.contentDays} <= coalesce(${t.messageDays}, 3650)`,
    ),
  ],
)

export const member = pgTable(
  'member',
  {
    organizationId: uuid()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    userId: text()
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    role: text().$type<Role>().notNull(),
    /** Whether the person is told of incidents, if the role is told at all, and a number for when mail is what fails. */
    wantsIncidents: boolean().notNull().default(true),
    incidentPhone: text(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.userId] }),
    index().on(t.userId),
    check('member_role_is_known', roleIsKnown),
  ],
)

export const invitation = pgTable(
  'invitation',
  {
    id: uuid().primaryKey(),
    organizationId: uuid()
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    role: text().$type<Role>().notNull(),
    tokenHash: text().notNull().unique(),
    invitedBy: text().references(() => user.id, { onDelete: 'set null' }),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    uniqueIndex('one_open_invitation_per_address').on(t.organizationId, t.email),
    check('invitation_role_is_known', roleIsKnown),
  ],
)

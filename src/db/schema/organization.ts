/** Organizations, the people in them, and invitations not yet taken up. */
import { sql } from 'drizzle-orm'
import { boolean, check, index, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { user } from './sign-in.ts'

export const roles = ['owner', 'admin', 'author', 'viewer'] as const
export type Role = (typeof roles)[number]

const roleIsKnown = sql.raw(`role in (${roles.map((role) => `'${role}'`).join(', ')})`)

export const organization = pgTable('organization', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  createdAt: timestamp({ withTimezone: true }).notNull(),
})

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

/** Access tokens of providers that lend one to all processes together. */
import { pgTable, text, timestamp } from 'drizzle-orm/pg-core'

export const accessToken = pgTable('access_token', {
  /** Says whose it is without saying the secret it was had for. */
  key: text().primaryKey(),
  /** Empty until the first one is had. */
  sealed: text().notNull(),
  expiresAt: timestamp({ withTimezone: true }).notNull(),
})

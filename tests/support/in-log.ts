/** Messages put into the log as they would lie there, without sending any. */
import { v7 } from 'uuid'
import { type MessageStatus, message } from '#db/schema/index.ts'
import { countMessages } from '#db/statements/counting.ts'
import type { Org, Stage } from './make.ts'

export type Row = Partial<typeof message.$inferInsert> & { at?: Date }

/** Messages as they lie in the log, one for each given row, a millisecond apart unless they say when. */
export async function inLog(stage: Stage, org: Org, rows: Row[]): Promise<string[]> {
  const start = Date.now()
  const values = rows.map(({ at = new Date(start), ...row }, n) => {
    const createdAt = new Date(at.getTime() + n)
    const status: MessageStatus = row.status ?? 'sent'
    return {
      ...{ id: v7({ msecs: createdAt.getTime() }), organizationId: org.id, kind: 'live' as const, channel: 'email' },
      ...{ scenario: 'login', recipient: 'ann@example.com', variables: {}, createdAt, updatedAt: createdAt },
      ...row,
      ...{ status, problem: ['failed', 'unknown', 'expired'].includes(status) },
    }
  })
  await stage.db.insert(message).values(values)
  await countMessages(stage.db, {
    change: values.flatMap(({ id, status }) =>
      (['accepted', status] as const).map((outcome) => ({ id, outcome, by: 1 })),
    ),
  })
  return values.map(({ id }) => id)
}

/** Messages as they are written, and in which line their jobs stand. */
import { v7 } from 'uuid'
import { isSideBySide } from '#channels/traits.ts'
import type { Tx } from '#db/client.ts'
import type { message } from '#db/schema/index.ts'
import { type acceptedColumns, insertMessages } from '#db/statements/accepting.ts'

type Message = typeof message.$inferSelect

type Origin = 'pushRuleId' | 'eventId' | 'verificationId'
/** A message as it is accepted. One by a push rule has no template; its version is the rule's. */
export type NewMessage = Pick<Message, Exclude<keyof typeof acceptedColumns, Origin>>

/** A message and what it comes from: a push rule and a device event, or a verification. */
export type DerivedMessage = NewMessage &
  Partial<Pick<Message, Origin>> & {
    /** How many its rule's damping held back before it. */
    heldBefore?: number
  }

/** A fresh id for a message; its first job bears it too. */
export function newIds(): { id: string; jobId: string } {
  const id = v7()
  return { id, jobId: id }
}

/** Official accounts are in use side by side, and none of them delays another. */
export const groupOf = ({
  organizationId,
  channel,
  accountId,
}: Pick<Message, 'organizationId' | 'channel' | 'accountId'>) =>
  `${organizationId}:${isSideBySide(channel) && accountId ? accountId : channel}`

/** A message as the database takes it. */
export const withGroup = <Row extends DerivedMessage>(row: Row) => ({ ...row, jobGroup: groupOf(row) })

/**
 * Writes messages that come from something larger, in the caller's transaction. Workers hear of them once that is committed.
 */
export async function writeMessages(tx: Tx, messages: DerivedMessage[]): Promise<void> {
  if (messages.length > 0) await insertMessages(tx, { message: messages.map(withGroup) })
}

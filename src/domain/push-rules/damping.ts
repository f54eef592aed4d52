/**
 * Damping: within a rule's window a recipient gets one message by it. The others are held back and counted, and the message
 * that opens the next window tells how many. Counted in the database, so that any number of events at once make one.
 */
import { like, not } from 'drizzle-orm'
import type { Tx } from '#db/database.ts'
import { pushDamping } from '#db/schema/index.ts'
import { countDamped } from '#db/statements/counting.ts'

/** A test key shows how damping works without taking anything from the people it is for. */
export const dampedAs = (to: string, isTest: boolean): string => (isTest ? `test ${to}` : to)

/** Whether a window is of those people. */
export const isOfLiveKey = not(like(pushDamping.recipient, 'test %'))

export type Damped = { ruleId: string; recipient: string; seconds: number }

const placeOf = ({ ruleId, recipient }: Pick<Damped, 'ruleId' | 'recipient'>) => `${ruleId} ${recipient}`

/**
 * Counts a message for each rule and recipient, each pair once at most. The answer tells of such a pair how many were held
 * back in the window before, where the message opens a window, and null where it is held back itself.
 */
export async function damp(
  tx: Tx,
  now: Date,
  messages: readonly Damped[],
): Promise<(of: Pick<Damped, 'ruleId' | 'recipient'>) => number | null> {
  if (messages.length === 0) return () => 0
  const rows = await countDamped(tx, { message: messages, now })
  const counted = new Map(rows.map((row) => [placeOf(row), row.goesOut ? row.heldBefore : null]))
  return (of) => counted.get(placeOf(of)) ?? (counted.has(placeOf(of)) ? null : 0)
}

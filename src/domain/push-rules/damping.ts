/**
 * Damping: within a rule's window a recipient gets one message by it. The others are held back and counted, and the message
 * that opens the next window tells how many. Counted in the database, so that any number of events at once make one.
 */
import { like, not } from 'drizzle-orm'
import type { Tx } from '#db/client.ts'
import { pushDamping } from '#db/schema/index.ts'
import { runPrepared } from '#db/statement.ts'

/** A test key shows how damping works without taking anything from the people it is for. */
export const dampedAs = (to: string, isTest: boolean): string => (isTest ? `test ${to}` : to)

/** Whether a window is of those people. */
export const isOfLiveKey = not(like(pushDamping.recipient, 'test %'))

export type Damped = { ruleId: string; recipient: string; seconds: number }

const isOver = `(d.window_end <= $2::timestamptz or d.window_end > excluded.window_end + interval '3 seconds')`

/**
 * Rows are taken in one order, or two events with the same recipients would wait for each other. A rule that has just been
 * deleted has no window, and one that ends later than a new one would was opened before the clock was set back: it is over.
 */
const counting = `
  insert into push_damping as d (rule_id, recipient, window_end, held_back)
  select r, t, $2::timestamptz + s * interval '1 s', 0
  from json_to_recordset($1::json) as asked(r uuid, t text, s int) join push_rule on push_rule.id = r
  order by r, t for key share of push_rule
  on conflict (rule_id, recipient) do update set
    window_end = case when ${isOver} then excluded.window_end else d.window_end end,
    held_before = case when ${isOver} then d.held_back else d.held_before end,
    held_back = case when ${isOver} then 0 else d.held_back + 1 end
  returning rule_id || ' ' || recipient as place, held_back = 0 as "goesOut", held_before as "heldBefore"`

const placeOf = ({ ruleId, recipient }: Pick<Damped, 'ruleId' | 'recipient'>) => `${ruleId} ${recipient}`

/**
 * Counts a message for each rule and recipient, each pair once at most. The answer tells of such a pair how many were held
 * back in the window before, where the message opens a window, and null where it is held back itself.
 */
export async function damp(
  tx: Tx,
  now: Date,
  asked: readonly Damped[],
): Promise<(of: Pick<Damped, 'ruleId' | 'recipient'>) => number | null> {
  if (asked.length === 0) return () => 0
  const rows = await runPrepared<{ place: string; goesOut: boolean; heldBefore: number }>(
    tx,
    counting,
    JSON.stringify(asked.map(({ ruleId, recipient, seconds }) => ({ r: ruleId, t: recipient, s: seconds }))),
    now.toISOString(),
  )
  const counted = new Map(rows.map(({ place, goesOut, heldBefore }) => [place, goesOut ? heldBefore : null]))
  return (of) => counted.get(placeOf(of)) ?? (counted.has(placeOf(of)) ? null : 0)
}

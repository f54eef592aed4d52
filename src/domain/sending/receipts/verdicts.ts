/**
 * What providers say became of messages they were handed, written down. Promises that a verdict counts once, however often
 * and in whichever order verdicts come, and that it touches no message of another account.
 *
 * A message that was delivered stays so: a failure reported beside it is kept in its time line only. The other way round the
 * delivery counts, because only a handset that took the message can have said so, and a failure may be that of one route.
 */
import { validate } from 'uuid'
import { spanOf } from '#db/statements/months.ts'
import { lockMessagesOf, writeVerdicts } from '#db/statements/receipts.ts'
import type { Ctx } from '#domain/base/ctx.ts'

export type Verdict = {
  organizationId: string
  accountId: string
  /** The provider's id of the message; empty where it told none. */
  providerMessageId: string
  /** Our reference as the provider was handed it; empty where it told none. */
  reference: string
  state: 'delivered' | 'failed'
  code: string
  detail: string
  at: Date | null
}

/** A verdict as the database takes it. */
export const verdictRow = (verdict: Verdict) => ({
  ...verdict,
  ownId: validate(verdict.reference) ? verdict.reference : null,
})

/** A message of which nothing was heard since it was sent. */
type Heard = { channel: string; sentAt: Date }

/**
 * Writes verdicts down. `unmatched` found no message of their account, or one that is not handed over yet, as far as is known;
 * `heard` are the messages of an App that these are the first verdicts of.
 */
export async function recordVerdicts(
  { db, now }: Pick<Ctx, 'db' | 'now'>,
  verdicts: Verdict[],
): Promise<{ unmatched: Verdict[]; heard: Heard[] }> {
  if (verdicts.length === 0) return { unmatched: [], heard: [] }
  return db.transaction(async (tx) => {
    const rows = verdicts.map((verdict, number) => ({ ...verdictRow(verdict), number }))
    const locked = await lockMessagesOf(tx, { verdict: rows })
    const ids = new Map(locked.map(({ number, id }) => [number, id]))
    const matched = rows.flatMap((row) => {
      const messageId = ids.get(row.number)
      return messageId ? [{ ...row, messageId }] : []
    })
    // What is locked is read anew: another push may have been first.
    const span = spanOf(matched.map(({ messageId }) => messageId))
    if (matched.length > 0) await writeVerdicts(tx, { verdict: matched, ...span, now: now() })
    const heard = new Map(locked.flatMap(({ id, channel, sentAt }) => (sentAt ? [[id, { channel, sentAt }]] : [])))
    return { unmatched: verdicts.filter((_, number) => !ids.has(number)), heard: [...heard.values()] }
  })
}

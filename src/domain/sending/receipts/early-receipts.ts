/**
 * Receipts that come before we know what they are about: the provider may be faster than the record of its answer. They are
 * kept until the message is recorded as handed over, and for three days at most.
 */

import type { Provider } from '#channels/contract.ts'
import { findEarly, forgetEarly, keepEarly as keepVerdicts } from '#db/statements/receipts.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { firstIdAt } from '../log/log.ts'
import { recordVerdicts, type Verdict, verdictRow } from './verdicts.ts'

type Parts = Pick<Ctx, 'db' | 'now'>

const minutes = 60_000
const keptFor = 3 * 24 * 60 * minutes

/**
 * Whether a reference that is not known may become known: a name of the provider's is recorded with its answer, a message of
 * our own before it is handed over, but for a test send, which is moments old. Anything else is of another user of the account.
 */
export function mayBecomeKnown({ reference }: Verdict, provider: Provider, now: Date): boolean {
  const at = (ms: number) => firstIdAt(new Date(now.getTime() + ms))
  return provider.receiptsByTheirId === true || (reference >= at(-10 * minutes) && reference < at(10 * minutes))
}

/** Keeps what may be about a message that is being sent, and lets go of the rest. */
export async function keepEarly({ db, now }: Parts, provider: Provider, verdicts: Verdict[]): Promise<void> {
  if (verdicts.length === 0) return
  const rows = verdicts.map((verdict) => ({
    ...verdictRow(verdict),
    mayBecomeKnown: mayBecomeKnown(verdict, provider, now()),
  }))
  await keepVerdicts(db, { verdict: rows, now: now() })
}

/**
 * Applies what was kept to messages that have been recorded since. Returns how many.
 * @param within looks only at what came in so many milliseconds: another user of the account may leave many behind
 */
export async function applyEarly(ctx: Parts, within = keptFor): Promise<number> {
  const verdicts = await findEarly(ctx.db, { since: new Date(ctx.now().getTime() - within) })
  const { unmatched } = await recordVerdicts(ctx, verdicts)
  const left = new Set<Verdict>(unmatched)
  const applied = verdicts.filter((verdict) => !left.has(verdict))
  if (applied.length > 0) await forgetEarly(ctx.db, { verdict: applied })
  return applied.length
}

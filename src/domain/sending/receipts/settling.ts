/**
 * Settling: asking providers what became of messages that no receipt has come for. Promises that one account's trouble holds
 * up no other, that two workers do not ask about the same message, and that nothing is called failed on a doubtful answer.
 */
import { and, eq, isNotNull, notExists } from 'drizzle-orm'
import type { Settlement } from '#channels/answers.ts'
import { LookupError } from '#channels/contract.ts'
import { storable } from '#channels/storable.ts'
import { account, message } from '#db/schema/index.ts'
import type { RowOf } from '#db/statement.ts'
import { spanOf } from '#db/statements/months.ts'
import { restUnsettled, takeUnsettled } from '#db/statements/receipts.ts'
import { type Sender, senderFor } from '#domain/accounts/sender.ts'
import type { OutcomeCode } from '#domain/base/codes.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { recordVerdicts, type Verdict } from './verdicts.ts'

const minute = 60_000
const hour = 60 * minute

/** How long after its sending a message is asked about, again and again; after the last time never more. */
const askedAfter = [10 * minute, hour, 6 * hour, 24 * hour, 72 * hour]
/** Until then a provider that knows nothing of a message may have been asked too early. */
const grace = 10 * minute
/** When a question was not answered. */
const again = 10 * minute
/** For how long a message is left to the worker that took it. */
const lease = 2 * minute
const eachTurn = { perAccount: 50, atOnce: 4, inAll: 500, ms: 15_000 }
/** Providers give up by themselves before that. */
const patience = 30_000

type Due = RowOf<typeof takeUnsettled.gives>

type Answered = { due: Due; settlement: Settlement; changedAt: Date }
/** `isSilent`: a question was not answered. Otherwise what was not asked about had no time left. */
type Turn = { answered: Answered[]; unasked: Due[]; isSilent: boolean }

/** Asks about an account's messages, a few at a time, until one question is not answered: then neither would the others be. */
async function ask(ctx: Ctx, sender: Sender, messages: Due[], signal: AbortSignal): Promise<Turn> {
  const turn: Turn = { answered: [], unasked: [], isSilent: false }
  const until = performance.now() + eachTurn.ms
  const waiting = [...messages]
  const work = async () => {
    for (let due = waiting.shift(); due; due = waiting.shift()) {
      const isOver = turn.isSilent || signal.aborted || performance.now() > until
      const settlement = isOver ? undefined : await answerTo(ctx, sender, due, signal)
      if (settlement) turn.answered.push({ due, settlement, changedAt: sender.changedAt })
      else turn.unasked.push(due)
      if (!settlement && !isOver) turn.isSilent = true
    }
  }
  await Promise.all(Array.from({ length: eachTurn.atOnce }, work))
  return turn
}

const pending: Settlement = { state: 'pending', code: '', detail: '' }

/** Undefined when the provider does not answer; a question that it refuses says nothing about any other message. */
async function answerTo(ctx: Ctx, sender: Sender, due: Due, signal: AbortSignal): Promise<Settlement | undefined> {
  const { id: reference, recipient: to, sentAt, providerMessageId } = due
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(patience)])
    const message = { to, sentAt, providerMessageId, reference }
    return (await sender.provider.settle?.(sender.config, message, { signal: within })) ?? pending
  } catch (error) {
    if (error instanceof LookupError && error.kind === 'reject') return pending
    if (!signal.aborted) {
      ctx.log.warn({ err: error, accountId: sender.accountId }, 'a provider could not be asked about its messages')
    }
    return undefined
  }
}

async function askAccount(ctx: Ctx, messages: Due[], signal: AbortSignal): Promise<Turn> {
  const [first] = messages
  try {
    const sender = first && (await senderFor(ctx, first.organizationId, first.accountId))
    if (sender) return await ask(ctx, sender, messages, signal)
  } catch (error) {
    ctx.log.error({ err: error, accountId: first?.accountId }, 'an account could not be opened')
  }
  return { answered: [], unasked: messages, isSilent: true }
}

/** What an answer decides; undefined while it decides nothing. */
function verdictFrom({ due, settlement, changedAt }: Answered, now: Date): Verdict | undefined {
  const { organizationId, accountId, id: reference, sentAt } = due
  const { state, code, detail, at = null } = settlement
  const about = { organizationId, accountId, providerMessageId: due.providerMessageId ?? '', reference }
  if (state === 'pending') return undefined
  if (state !== 'absent') return { ...about, state, code: storable(code), detail: storable(detail), at }
  const isOld = now.getTime() - sentAt.getTime() >= grace
  // An account that was changed since may ask another service than the one that the message went to.
  if (due.status !== 'unknown' || !isOld || changedAt > sentAt) return undefined
  return { ...about, state: 'failed', code: 'not_taken' satisfies OutcomeCode, detail: '', at: null }
}

/** Null when it is not asked about again. */
function nextAt({ sentAt }: Due, now: Date): Date | null {
  const after = askedAfter.find((ms) => ms > now.getTime() - sentAt.getTime())
  return after === undefined ? null : new Date(sentAt.getTime() + after)
}

/** When each message is asked about again of which nothing was found out. */
function restsOf({ unasked, isSilent }: Turn, undecided: Due[], now: Date): { id: string; next: Date | null }[] {
  const soon = new Date(now.getTime() + (isSilent ? again : 0))
  return [
    ...undecided.map((due) => ({ id: due.id, next: nextAt(due, now) })),
    ...unasked.map((due) => ({ id: due.id, next: isSilent && nextAt(due, now) === null ? null : soon })),
  ]
}

/** Takes a turn; the accounts that did not answer, or not in time, are named, to be left alone for a while. */
async function takeTurn(
  ctx: Ctx,
  leftAlone: string[],
  signal: AbortSignal,
): Promise<{ taken: number; slow: string[] }> {
  const now = ctx.now()
  const leasedUntil = new Date(now.getTime() + lease)
  const { perAccount, inAll: most } = eachTurn
  const taken = await takeUnsettled(ctx.db, { now, leasedUntil, exceptAccounts: leftAlone, perAccount, most })
  // A clock that was set back since has not come to that moment yet.
  const messages = taken.map((row) => ({ ...row, sentAt: row.sentAt > now ? now : row.sentAt }))
  const byAccount = Map.groupBy(messages, ({ accountId }) => accountId)
  const turns = await Promise.all([...byAccount.values()].map((theirs) => askAccount(ctx, theirs, signal)))
  const verdicts: Verdict[] = []
  const rests = turns.flatMap((turn) => {
    const undecided = turn.answered.filter((answered) => {
      const verdict = verdictFrom(answered, now)
      if (verdict) verdicts.push(verdict)
      return !verdict
    })
    return restsOf(
      turn,
      undecided.map(({ due }) => due),
      now,
    )
  })
  await recordVerdicts(ctx, verdicts)
  // At shutdown what is left comes back when its lease is over.
  if (rests.length > 0 && !signal.aborted) {
    await restUnsettled(ctx.db, { rest: rests, ...spanOf(rests.map(({ id }) => id)), leasedUntil, now })
  }
  return { taken: taken.length, slow: turns.flatMap(({ unasked: [due] }) => due?.accountId ?? []) }
}

/** Asks about every message that is due. Returns how many. */
export async function settleDue(ctx: Ctx, signal = new AbortController().signal): Promise<number> {
  const leftAlone: string[] = []
  let sum = 0
  while (!signal.aborted) {
    const { taken, slow } = await takeTurn(ctx, leftAlone, signal)
    if (taken === 0) break
    leftAlone.push(...slow)
    sum += taken
  }
  return sum
}

/** Messages whose account is gone stay as they are. */
export async function stopAsking({ db }: Pick<Ctx, 'db'>): Promise<void> {
  const itsAccount = db.select({ id: account.id }).from(account).where(eq(account.id, message.accountId))
  await db
    .update(message)
    .set({ settleAt: null })
    .where(and(isNotNull(message.settleAt), notExists(itsAccount)))
}

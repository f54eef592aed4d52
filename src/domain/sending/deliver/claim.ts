/** What a worker writes, a batch at a time: it takes messages in hand, and records results, fenced by job and attempt. */
import type { ProviderCode } from '#channels/contract.ts'
import { storable } from '#channels/storable.ts'
import type { VendorOutcome } from '#channels/vendor-codes.ts'
import type { RowOf } from '#db/statement.ts'
import { claimMessages, recordResults as writeResults } from '#db/statements/delivering.ts'
import { spanOf } from '#db/statements/months.ts'
import type { OutcomeCode } from '#domain/base/codes.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { outlasting } from '#domain/base/outlasting.ts'
import { groupOf } from '../accept/draft.ts'

type Parts = Pick<Ctx, 'db' | 'jobs' | 'now'>

/**
 * A message in hand. `accountId` is the account that may have taken it; where none may, the one that was in force, or its rule's,
 * when it was taken in hand. `lostBefore`: the attempt before this one was under way when its worker was lost. `unsureSince` is when
 * the first attempt before this one began that may have been sent.
 */
export type Claimed = RowOf<typeof claimMessages.gives>

/** For how long the database may be away: shorter than it takes until a job counts as that of a lost worker. */
const claimsOutlast = 8000
const resultsOutlast = 120_000

/**
 * Takes the messages of these jobs in hand: each becomes `sending` and its attempt begins. A message whose job is not in
 * charge any more, or that is final, is left out. An attempt that never got its answer is noted as unknown.
 * `areLeftDone`: there is nothing to do for what is left out. Else another worker may have it in hand.
 */
export async function claim(
  { db, now }: Parts,
  jobs: { id: string; messageId: string }[],
): Promise<{ claimed: Claimed[]; areLeftDone: boolean }> {
  const at = now()
  const span = spanOf(jobs.map(({ messageId }) => messageId))
  let tries = 0
  const claimed = await outlasting(claimsOutlast, () =>
    claimMessages(db, { job: jobs, ...span, now: at, isRepeated: tries++ > 0 }),
  )
  return { claimed, areLeftDone: tries === 1 }
}

export type Result = {
  message: Pick<Claimed, 'id' | 'jobId' | 'attempt' | 'kind' | 'organizationId' | 'channel' | 'expiresAt'>
  status: 'sent' | 'delivered' | 'failed' | 'unknown' | 'expired' | 'queued'
  /** With `queued`: when the next attempt is due, or null when it waits for a person. */
  nextAt?: Date | null
  /** With `queued` and no next attempt: what a person has to put right besides the account. */
  waitsFor?: 'template'
  /** When its provider is asked what became of it. */
  settleAt?: Date
  /** When the first attempt began that may have been sent, if one may. */
  unsureSince?: Date
  /** Names that receipts may call it by. */
  references?: string[]
  accountId?: string | null
  /** In how many segments it was handed over. */
  segments?: number | undefined
  templateId?: string | null
  templateVersion?: number | null
  code?: OutcomeCode | ProviderCode
  /** The cause behind the provider's code. */
  cause?: VendorOutcome | undefined
  detail?: string
  providerMessageId?: string
  ms?: number
}

/** Whether it ended badly, as far as is known. */
export const isProblem = ({ status }: Result) => status === 'failed' || status === 'unknown' || status === 'expired'

const isFinal = (result: Result) => result.status !== 'queued'

/** The word of the time line; `queued` is told apart into what happens next. */
export const eventOf = (result: Result) =>
  result.status !== 'queued' ? result.status : result.nextAt ? 'retrying' : 'waiting'

/** What an index takes with ease, and receipts are cut to as well. */
export const longestReference = 200

/** Thrown to undo a transaction that met results of lost attempts; says which attempt of which message does count. */
class Outrun extends Error {
  readonly counting: ReadonlyMap<string, number>
  constructor(counting: ReadonlyMap<string, number>) {
    super('Some of these attempts are not in charge any more.')
    this.counting = counting
  }
}

/**
 * Records results, ends their jobs and adds the next ones, in one transaction. A result of a lost attempt changes nothing
 * and ends no job: the job is in the hands of the attempt in charge, and without it nobody would take over from that one.
 * Outlasts a database that is away, since what was sent would be sent again otherwise.
 */
export async function recordResults(parts: Parts, results: Result[], newId: () => string): Promise<void> {
  try {
    await outlasting(resultsOutlast, () => recordTogether(parts, results, newId))
  } catch (error) {
    if (!(error instanceof Outrun)) throw error
    const counting = results.filter(({ message: { id, attempt } }) => error.counting.get(id) === attempt)
    if (counting.length > 0) await recordResults(parts, counting, newId)
  }
}

async function recordTogether({ db, jobs, now }: Parts, results: Result[], newId: () => string): Promise<void> {
  const rows = results.map((result) => ({
    id: result.message.id,
    attempt: result.message.attempt,
    jobId: result.message.jobId,
    nextJobId: newId(),
    status: result.status,
    problem: isProblem(result),
    waiting: result.status === 'queued' && !result.nextAt,
    waitsFor: result.waitsFor,
    settleAt: result.settleAt,
    unsureSince: result.unsureSince,
    isFinal: isFinal(result),
    accountId: result.accountId,
    segments: result.segments,
    templateId: result.templateId,
    templateVersion: result.templateVersion,
    event: eventOf(result),
    code: result.code,
    cause: result.cause,
    detail: result.detail,
    providerMessageId: result.providerMessageId === undefined ? null : storable(result.providerMessageId),
    ms: result.ms === undefined ? null : Math.round(result.ms),
    nextAt: result.nextAt,
    providerNames: result.references?.map((name) => storable(name.slice(0, longestReference))),
  }))
  await db.transaction(async (tx) => {
    const [updated] = await Promise.all([
      writeResults(tx, { result: rows, ...spanOf(rows.map(({ id }) => id)), now: now() }),
      jobs.complete(
        tx,
        results.map((result) => result.message.jobId),
      ),
    ])
    if (updated.length < results.length) throw new Outrun(new Map(updated.map(({ id, attempt }) => [id, attempt])))
    const next = results.flatMap((result, index) => {
      const row = rows[index]
      if (!row || !result.nextAt) return []
      const { expiresAt } = result.message
      return [
        {
          id: row.nextJobId,
          messageId: row.id,
          group: groupOf({ ...result.message, accountId: result.accountId ?? null }),
          urgent: expiresAt !== null,
          startAfter: result.nextAt,
        },
      ]
    })
    await jobs.enqueue(tx, next)
  })
}

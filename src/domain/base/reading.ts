/**
 * Reads that may lag a moment behind, on a copy of the database where there is one: the log, the overview and exports, which are
 * long and are looked at by people. Promises that a copy that is away, or cancels a read for what it has to catch up with,
 * costs one try: the database itself is asked then.
 */
import type { Ctx } from './ctx.ts'
import { isUnavailable } from './errors.ts'

/** For how long a copy that did not answer is left alone, in milliseconds. */
const restMs = 10_000

/** "Canceling statement due to conflict with recovery" (PostgreSQL 18, 26.4.2), of a class that one may try again. */
const isConflict = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && error.code === '40001') || (error.cause !== undefined && isConflict(error.cause)))

/** Runs what only reads. */
export async function reading<Answer>(ctx: Ctx, read: (ctx: Ctx) => Promise<Answer>): Promise<Answer> {
  const { replica } = ctx
  if (!replica || ctx.now().getTime() < replica.restsUntil) return read(ctx)
  try {
    return await read({ ...ctx, db: replica.db })
  } catch (error) {
    const isAway = isUnavailable(error)
    if (!isAway && !isConflict(error)) throw error
    if (isAway) replica.restsUntil = ctx.now().getTime() + restMs
    ctx.log.warn({ err: error }, 'the copy that is read did not answer, and the database itself was asked')
    return read(ctx)
  }
}

/**
 * Messages that may have gone out without our knowing. Promises that one which may not go out again does not, whatever else
 * has become of its template, its account or its worker, and that its provider is asked about it.
 */
import type { Sender } from '../accounts/sender.ts'
import type { Ctx } from '../ctx.ts'
import type { Claimed, Result } from './claim.ts'
import { followUp, repeatableUntil } from './outcome.ts'

/**
 * To be asked before anything else: a message that goes back to the queue is not sent, and one that failed was not. Which of
 * its channel's providers had it is not known for sure, so that one which would not notice a repeat is enough.
 */
export function mustStayUnknown(ctx: Pick<Ctx, 'catalog' | 'now'>, { unsureSince, kind, channel }: Claimed): boolean {
  if (!unsureSince || kind === 'test') return false
  const providers = ctx.catalog.providers.filter((provider) => provider.channel === channel)
  return providers.some((provider) => repeatableUntil(provider, unsureSince) <= ctx.now().getTime())
}

type Lost = Pick<Result, 'status' | 'code' | 'settleAt' | 'references'>

/** @param opened the account, where it can only have been the one that is in force now */
export async function lostOutcome(
  ctx: Pick<Ctx, 'now'>,
  { id, lostBefore }: Claimed,
  opened: Promise<Sender | undefined> | undefined,
): Promise<Lost> {
  const sender = await opened?.catch(() => undefined)
  const code = lostBefore ? 'worker_lost' : 'too_late_to_repeat'
  return { status: 'unknown', code, ...(sender ? followUp(sender, id, ctx.now()) : {}) }
}

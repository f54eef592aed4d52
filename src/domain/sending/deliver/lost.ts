/**
 * Messages that may have gone out without our knowing. Promises that one which may not go out again does not, whatever else
 * has become of its template, its account or its worker, and that its provider is asked about it.
 */
import { and, eq, isNull } from 'drizzle-orm'
import { account } from '#db/schema/index.ts'
import { type Sender, senderFor } from '#domain/accounts/sender.ts'
import type { Ctx } from '#domain/base/ctx.ts'
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

/** What becomes of one that is not repeated: the account that may have it is asked, where it is still there. */
export async function lostOutcome(ctx: Ctx, message: Claimed): Promise<Lost> {
  const { id, lostBefore, organizationId, accountId } = message
  const sender = accountId ? await senderFor(ctx, organizationId, accountId).catch(() => undefined) : undefined
  const code = lostBefore ? 'worker_lost' : 'too_late_to_repeat'
  return { status: 'unknown', code, ...(sender ? followUp(sender, id, ctx.now()) : {}) }
}

/**
 * The only account that a message may be handed to again, where that is not the one it would be sent with now: two servers would
 * both deliver it. A card is made for the account of its rule and fits no other. Undefined when there is nothing to be repeated with.
 */
export async function formerSender(
  ctx: Ctx,
  { organizationId, accountId, pushRuleId }: Claimed,
): Promise<Sender | undefined> {
  if (!accountId || pushRuleId) return undefined
  const [usable] = await ctx.db
    .select({ id: account.id })
    .from(account)
    .where(and(eq(account.id, accountId), isNull(account.failingSince)))
  return usable && senderFor(ctx, organizationId, accountId)
}

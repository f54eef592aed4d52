/** Verbs that tell of their stages, run to their end. */
import type { Question } from '#domain/accounts/replacement.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import type { Ctx } from '#domain/base/ctx.ts'

/** Runs a verb that tells of its stages to its end, and hands back what it returned. */
export async function endOf<End>(work: AsyncGenerator<unknown, End>): Promise<End> {
  for (;;) {
    const step = await work.next()
    if (step.done) return step.value
  }
}

/** What a person agrees to who is asked that. */
export const agreedTo = ({ accountId, scenarios, overrides }: Question) => ({ accountId, scenarios, overrides })

/** Validates an account as somebody does who agrees to whatever that leads to. */
export async function putInForce(ctx: Ctx, id: string) {
  const { asks, ...outcome } = await endOf(validateAccount(ctx, { id }))
  return asks ? endOf(validateAccount(ctx, { id, agreed: agreedTo(asks) })) : outcome
}

/** What the last call with a content has shown, for contents that no provider can be asked about. */
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { Text } from '#channels/text.ts'
import { account, templateProof } from '#db/schema/index.ts'
import { need } from '../base/access.ts'
import type { Ctx } from '../base/ctx.ts'

export const ProofPlace = z.strictObject({
  accountId: z.uuid(),
  /** What the proof is about: `provenBy` of the channel. */
  subject: Text(2000),
})

/** `refused` comes with the provider's own code and words. */
export type Proof = { state: 'proven' | 'refused'; at: Date; code: string | null; detail: string | null }

/** Null while no call has been made. */
export async function proofOf(ctx: Ctx, { accountId, subject }: z.infer<typeof ProofPlace>): Promise<Proof | null> {
  const organizationId = need(ctx, 'templates:read')
  const [row] = await ctx.db
    .select({
      state: templateProof.state,
      at: templateProof.at,
      code: templateProof.code,
      detail: templateProof.detail,
    })
    .from(templateProof)
    .innerJoin(account, eq(account.id, templateProof.accountId))
    .where(
      and(
        eq(account.organizationId, organizationId),
        eq(templateProof.accountId, accountId),
        eq(templateProof.subject, subject),
      ),
    )
  return row ?? null
}

/** Official accounts. Adding and checking answer as a stream: each stage as it ends, then how it ended. */
import { z } from 'zod'
import {
  AddOfficialAccount,
  addOfficialAccount,
  checkOfficialAccount,
  listOfficialAccounts,
  removeOfficialAccount,
} from '#domain/accounts/official-accounts.ts'
import { setSecureOnly } from '#domain/accounts/receipt-address.ts'
import { messageTemplates } from '#domain/push-rules/cards.ts'
import { streamed } from './stages.ts'
import { procedure, router } from './trpc.ts'

const ById = z.object({ id: z.uuid() })

export const officialAccountsRouter = router({
  list: procedure.query(({ ctx }) => listOfficialAccounts(ctx.domain)),
  add: procedure
    .input(AddOfficialAccount)
    .mutation(({ ctx, input }) => streamed(addOfficialAccount(ctx.domain, input))),
  check: procedure.input(ById).mutation(({ ctx, input }) => streamed(checkOfficialAccount(ctx.domain, input.id))),
  setSecureOnly: procedure
    .input(ById.extend({ secureOnly: z.boolean() }))
    .mutation(({ ctx, input }) => setSecureOnly(ctx.domain, input)),
  remove: procedure.input(ById).mutation(({ ctx, input }) => removeOfficialAccount(ctx.domain, input.id)),
  /** The message templates that an account has at its provider, asked for now. */
  templates: procedure.input(ById).query(({ ctx, input }) => messageTemplates(ctx.domain, input.id)),
})

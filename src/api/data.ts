/** How long an organization keeps its data, and erasing what it keeps about one recipient. */
import { eraseRecipient, OneRecipient, tracesOf } from '#domain/retention/erasing.ts'
import { ChangeRetention, changeRetention, retention } from '#domain/retention/retention.ts'
import { procedure, router } from './trpc.ts'

export const dataRouter = router({
  retention: procedure.query(({ ctx }) => retention(ctx.domain)),
  changeRetention: procedure.input(ChangeRetention).mutation(({ ctx, input }) => changeRetention(ctx.domain, input)),
  /** No query: its input would stand in addresses, which others write down. */
  traces: procedure.input(OneRecipient).mutation(({ ctx, input }) => tracesOf(ctx.domain, input)),
  erase: procedure.input(OneRecipient).mutation(({ ctx, input }) => eraseRecipient(ctx.domain, input)),
})

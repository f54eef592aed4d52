/** How long an organization keeps its data. */
import { ChangeRetention, changeRetention, retention } from '#domain/retention/retention.ts'
import { procedure, router } from './trpc.ts'

export const dataRouter = router({
  retention: procedure.query(({ ctx }) => retention(ctx.domain)),
  changeRetention: procedure.input(ChangeRetention).mutation(({ ctx, input }) => changeRetention(ctx.domain, input)),
})

/** What depends on something that is about to be deleted. */
import { Deletable, dependentsOf } from '#domain/dependents/dependents.ts'
import { procedure, router } from './trpc.ts'

export const dependentsRouter = router({
  of: procedure.input(Deletable).query(({ ctx, input }) => dependentsOf(ctx.domain, input)),
})

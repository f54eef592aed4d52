/** Channels whose templates tell audiences apart have a cell for each of them. */
import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '#api/router.ts'

export type Cell = inferRouterOutputs<AppRouter>['apps']['coverage']['cells'][number]

/** Whether the template has nothing for this audience: nobody has written it, which is no fault of what there is. */
export const isLeftOut = ({ audience, blocked }: Pick<Cell, 'audience' | 'blocked'>): boolean =>
  blocked?.reason === `no_${audience}_template`

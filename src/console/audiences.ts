/** Channels whose templates tell audiences apart have a cell for each of them. */
import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '#api/router.ts'

export type Cell = inferRouterOutputs<AppRouter>['apps']['coverage']['cells'][number]

/** Whether the template has nothing for this audience: nobody has written it, which is no fault of what there is. */
const isLeftOut = ({ audience, blocked }: Pick<Cell, 'audience' | 'blocked'>): boolean =>
  blocked?.reason === `no_${audience}_template`

/** The cells of the audiences that the template has something for; all where it has for none, or is not there. */
export function writtenOf(cells: readonly Cell[]): readonly Cell[] {
  const written = cells.filter((cell) => !isLeftOut(cell))
  return written.length > 0 ? written : cells
}

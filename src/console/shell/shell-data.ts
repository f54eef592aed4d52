/** What the frame round every console page shows of the person and the organization. */
import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '#api/router.ts'

export type ShellData = inferRouterOutputs<AppRouter>['people']['shell']

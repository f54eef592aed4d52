'use client'
/** Reads again what shows which templates and scenarios there are. */
import { useQueryClient } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '#api/router.ts'
import { useTRPC } from '#console/trpc/client.tsx'

type Outputs = inferRouterOutputs<AppRouter>['templates']
export type Cell = Outputs['cells']['cells'][number]
export type Scenario = Outputs['cells']['scenarios'][number]
export type TemplateListed = Outputs['list'][number]

/** Of one scenario and owner: the template that is used, and those kept for other accounts. */
export type StoredTemplates = { used: TemplateListed | undefined; kept: TemplateListed[] }

export function useTemplatesChanged() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return async () => {
    await Promise.all([
      queryClient.invalidateQueries(trpc.templates.cells.pathFilter()),
      queryClient.invalidateQueries(trpc.templates.list.pathFilter()),
      queryClient.invalidateQueries(trpc.templates.scenarios.pathFilter()),
    ])
  }
}

'use client'
/** Reads again what shows which templates and scenarios there are. */
import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '#console/trpc/client.tsx'

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

'use client'
/** Reads again what shows push rules: their list, and how many each account has. */
import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '#console/trpc/client.tsx'

export function useRulesChanged() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return async () => {
    await Promise.all([
      queryClient.invalidateQueries(trpc.pushRules.pathFilter()),
      queryClient.invalidateQueries(trpc.officialAccounts.list.pathFilter()),
    ])
  }
}

'use client'
/** Reads again what depends on the official accounts: they themselves, and the push rules that name them. */
import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '#console/trpc/client.tsx'

export function useOfficialAccountsChanged() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return async () => {
    await Promise.all([
      queryClient.invalidateQueries(trpc.officialAccounts.list.pathFilter()),
      queryClient.invalidateQueries(trpc.pushRules.list.pathFilter()),
    ])
  }
}

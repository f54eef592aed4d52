'use client'
/** Reads again what depends on the official accounts: they themselves, and the push rules that name them. */
import { useQueryClient } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '#api/router.ts'
import { useTRPC } from '#console/trpc/client.tsx'

export type OfficialAccountListed = inferRouterOutputs<AppRouter>['officialAccounts']['list'][number]

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

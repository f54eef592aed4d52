'use client'
/** The templates that the chosen account has at WeChat, as it says now; the last answer stays while it is asked again. */
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../trpc/client.tsx'

export function useTemplates(accountId: string, isAsked: boolean) {
  const trpc = useTRPC()
  const { data, error, isFetching, refetch } = useQuery(
    trpc.officialAccounts.templates.queryOptions(
      { id: accountId },
      { enabled: isAsked && accountId !== '', staleTime: 0, refetchOnWindowFocus: false },
    ),
  )
  return {
    templates: data,
    error: isFetching ? null : error,
    isAsking: isFetching,
    askAgain: () => void refetch(),
  }
}

export type Templates = ReturnType<typeof useTemplates>

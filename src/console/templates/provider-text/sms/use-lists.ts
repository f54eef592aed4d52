'use client'
/** The signatures and templates that the account has at its provider, as it says now; the last answer stays while it is asked again. */
import { useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '#api/router.ts'
import { useTRPC } from '#console/trpc/client.tsx'
import type { ProviderTemplateKey } from '../about.ts'

export type ProviderLists = inferRouterOutputs<AppRouter>['templates']['providerLists']

/** One question for the whole page, whatever is chosen. */
export function useLists({ channel, accountId }: ProviderTemplateKey) {
  const trpc = useTRPC()
  const { data, error, isFetching, refetch } = useQuery(
    trpc.templates.providerLists.queryOptions({ channel, accountId }, { refetchOnWindowFocus: false }),
  )
  return {
    lists: data,
    /** Of the last question, while there is no answer to it. */
    error: isFetching ? null : error,
    askAgain: () => void refetch(),
  }
}

type Named = { signature: string; templateCode: string }

/** What the lists do not tell of the chosen ones: each is asked for by itself, once. What cannot be had is left out. */
export function useDetails({ channel, accountId }: ProviderTemplateKey, { signature, templateCode }: Named) {
  const trpc = useTRPC()
  const details = (about: { signature: string } | { template: string }, isChosen: boolean) => ({
    ...trpc.templates.providerDetails.queryOptions({ channel, accountId, about }),
    enabled: isChosen,
    refetchOnWindowFocus: false,
  })
  const ofSignature = useQuery(details({ signature }, signature !== ''))
  const ofTemplate = useQuery(details({ template: templateCode }, templateCode !== ''))
  return { carriers: ofSignature.data?.carriers ?? [], rules: ofTemplate.data?.rules ?? {} }
}

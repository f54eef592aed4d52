'use client'
/** The signatures and templates that the account has at its provider, as it says now; the last answer stays while it is asked again. */
import { useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useState } from 'react'
import type { AppRouter } from '#api/router.ts'
import { useTRPC } from '../../../../../../trpc/client.tsx'
import type { Place } from '../../../account-template/place.ts'

export type ProviderLists = inferRouterOutputs<AppRouter>['templates']['providerLists']

type Named = { signature: string; templateCode: string }

/** @param named what is chosen: the carriers' registration and the rules of the variables are asked for it */
export function useLists({ channel, accountId }: Place, { signature, templateCode }: Named) {
  const trpc = useTRPC()
  const details = { ...(signature ? { signature } : {}), ...(templateCode ? { template: templateCode } : {}) }
  const { data, error, isFetching, refetch } = useQuery(
    trpc.templates.providerLists.queryOptions({ channel, accountId, ...details }),
  )
  const [kept, setKept] = useState<ProviderLists>()
  if (data && data !== kept) setKept(data)
  return {
    lists: data ?? kept,
    /** Of the last question, while there is no answer to it. */
    error: isFetching ? null : error,
    isAsking: isFetching,
    askAgain: () => void refetch(),
  }
}

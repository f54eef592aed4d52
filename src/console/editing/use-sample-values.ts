'use client'
/** The values that the preview and the test send are filled with: remembered for the person, a moment after they change. */
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTRPC, useTRPCClient } from '../trpc/client.tsx'

const pause = 600

export function useSampleValues(scenario: string) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const options = trpc.templates.sampleValues.queryOptions({ scenario })
  const { data } = useSuspenseQuery(options)
  const [own, setOwn] = useState({ scenario, values: data })
  const values = own.scenario === scenario ? own.values : data
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  // What cannot be remembered is still what is shown.
  const remember = (next: Record<string, string>) =>
    client.templates.saveSampleValues.mutate({ scenario, values: next }).then(
      () => true,
      () => false,
    )
  const change = (next: Record<string, string>) => {
    setOwn({ scenario, values: next })
    queryClient.setQueryData(options.queryKey, next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => remember(next), pause)
  }
  const reset = async () => {
    clearTimeout(timer.current)
    if (!(await remember({}))) return
    setOwn({ scenario, values: await queryClient.fetchQuery({ ...options, staleTime: 0 }) })
  }
  return { values, change, reset }
}

'use client'
/** Reads again what shows webhooks: their list, the page of one, and its calls. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTRPC } from '#console/trpc/client.tsx'

export function useWebhooksChanged(): () => Promise<void> {
  const trpc = useTRPC()
  const queries = useQueryClient()
  return useCallback(() => queries.invalidateQueries(trpc.webhooks.pathFilter()), [trpc, queries])
}

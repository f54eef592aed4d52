'use client'
/**
 * A page of the calls of a webhook. After something was sent they are read again by themselves until that is settled, and for half a
 * minute at most.
 */
import { useSuspenseQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useEffect, useState } from 'react'
import type { AppRouter } from '#api/router.ts'
import { useTRPC } from '#console/trpc/client.tsx'
import type { CallFilter } from './places.ts'
import { useWebhooksChanged } from './use-webhooks-changed.ts'

export type Call = inferRouterOutputs<AppRouter>['webhooks']['deliveries']['rows'][number]

const everyMs = 2000
const forMs = 30_000

/** Without `ids`, whatever has not been tried. */
type Sent = { ids?: readonly string[]; until: number }

export const isUntried = ({ state, attempts }: Call): boolean => state === 'waiting' && attempts === 0

function isUnderWay(rows: readonly Call[], { ids }: Sent): boolean {
  if (!ids) return rows.some(isUntried)
  return !ids.every((id) => rows.some((row) => row.id === id && row.state !== 'waiting'))
}

export function useCalls(endpointId: string, filter: CallFilter) {
  const { data, dataUpdatedAt } = useSuspenseQuery(
    useTRPC().webhooks.deliveries.queryOptions({ endpointId, ...filter }),
  )
  const changed = useWebhooksChanged()
  const [sent, setSent] = useState<Sent>()
  const isFollowing = sent !== undefined && isUnderWay(data.rows, sent)
  useEffect(() => {
    if (!sent) return
    const timer = setInterval(() => {
      // Once more when all is settled: how the webhook stands is written a moment after its call.
      if (!document.hidden) changed()
      if (!isFollowing || Date.now() >= sent.until) setSent(undefined)
    }, everyMs)
    return () => clearInterval(timer)
  }, [isFollowing, sent, changed])
  return {
    ...data,
    /** When it was so, by the clock that drew the page or read it last. */
    asOf: dataUpdatedAt,
    isFollowing,
    follow: async (ids?: readonly string[]) => {
      await changed()
      setSent({ ...(ids && { ids }), until: Date.now() + forMs })
    },
  }
}

export type Calls = ReturnType<typeof useCalls>

'use client'
/** Queries and mutations from the browser: typed by the router, batched, answers streamed as each is ready. */
import { focusManager, type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, httpBatchStreamLink } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { type ReactNode, useState } from 'react'
import type { AppRouter } from '#api/router.ts'
import { makeQueryClient } from './query-client.ts'

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

/** Calls back when a person comes to this window: from another tab, or from another window that lies beside it. */
export function whenReturned(then: () => void): () => void {
  const returned = () => document.visibilityState === 'visible' && then()
  document.addEventListener('visibilitychange', returned)
  window.addEventListener('focus', returned)
  return () => {
    document.removeEventListener('visibilitychange', returned)
    window.removeEventListener('focus', returned)
  }
}

if (typeof window !== 'undefined') focusManager.setEventListener((handle) => whenReturned(() => handle()))

let browserClient: QueryClient | undefined

/** In the browser always the same one: React may throw away a first render that suspends, and its state with it. */
function queryClientHere(): QueryClient {
  if (typeof window === 'undefined') return makeQueryClient()
  browserClient ??= makeQueryClient()
  return browserClient
}

/**
 * A call is not broken off: the link does so as soon as it has all it waits for, a moment before the answer has ended, and
 * every call would show as cancelled in the browser's developer tools. Nothing here breaks one off earlier.
 */
const fetchToItsEnd = (input: RequestInfo | URL | string, { signal: _, ...init }: RequestInit = {}) =>
  fetch(input, init)

export function Queries({ children }: { children: ReactNode }) {
  const queryClient = queryClientHere()
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [httpBatchStreamLink({ url: '/api/trpc', maxURLLength: 4000, maxItems: 20, fetch: fetchToItsEnd })],
    }),
  )
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  )
}

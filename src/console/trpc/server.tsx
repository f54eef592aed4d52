/** Queries from server components: called in this process, without HTTP, and handed to the browser with the page. */
import 'server-only'
import { dehydrate, type FetchQueryOptions, HydrationBoundary, type QueryKey } from '@tanstack/react-query'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { cache, type ReactNode } from 'react'
import { procedures } from '#platform/procedures.ts'
import { makeQueryClient } from './query-client.ts'

const queryClient = cache(makeQueryClient)
const context = cache(async () => procedures().createContext(await headers()))

export const trpc = createTRPCOptionsProxy({
  ctx: context,
  // Read at the first call: while building there are no procedures yet.
  get router() {
    return procedures().router
  },
  queryClient,
})

/**
 * Calls procedures directly, for what only the server needs: the frame, a redirect, the title of a page. An address that asks
 * for what cannot be is a page that is not there.
 */
export const caller = cache(() =>
  procedures().router.createCaller(context, {
    onError: ({ error }) => {
      if (error.code === 'BAD_REQUEST') notFound()
    },
  }),
)

/** Whether the request is from somebody who is signed in. */
export const isSignedIn = async (): Promise<boolean> => (await context()).who !== null

/** The language that the signed-in person has set for themselves. */
export const ownLanguage = async (): Promise<string | undefined> => (await context()).who?.user.language ?? undefined

const isNotFound = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST')

/** What was asked for. A record that is not there, or cannot be, becomes the not-found page, any other failure the error page. */
export async function orNotFound<Data>(query: Promise<Data>): Promise<Data> {
  try {
    return await query
  } catch (error) {
    if (isNotFound(error)) notFound()
    throw error
  }
}

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The id in an address; what cannot be one is a page that is not there. */
export async function idIn(params: Promise<{ id: string }>): Promise<string> {
  const { id } = await params
  return idForm.test(id) ? id : notFound()
}

/** Asks for what the page shows, so that it is in the first HTML; the client part reads it with `useSuspenseQuery`. */
export async function prefetch<Data, Problem, Key extends QueryKey>(
  options: FetchQueryOptions<Data, Problem, Data, Key>,
): Promise<Data> {
  return orNotFound(queryClient().fetchQuery(options))
}

/** As the browser would get it over HTTP: a date is text. */
const asSent = (data: unknown): unknown => JSON.parse(JSON.stringify(data))

/** Everything prefetched so far in this request is there, in the browser too, for what is inside. */
export function HydrateClient({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(queryClient(), { serializeData: asSent })}>{children}</HydrationBoundary>
}

/** One query client for a request on the server, one for the life of the page in the browser. */
import { QueryClient } from '@tanstack/react-query'

/**
 * What the server has just rendered is not asked for again at once, but whenever a person comes back to the page; a failed
 * call is not repeated behind one's back.
 */
export const makeQueryClient = () =>
  new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: false, refetchOnWindowFocus: 'always' } } })

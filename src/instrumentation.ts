/** Pages that fail are logged like everything else: redacted, with the request id and the digest that the person sees. */
import type { Instrumentation } from 'next'
import { parts } from './platform/parts.ts'

export const onRequestError: Instrumentation.onRequestError = (error, request, context) => {
  const digest = error instanceof Error && 'digest' in error ? error.digest : undefined
  parts().log.error(
    {
      err: error,
      digest,
      requestId: request.headers['x-request-id'],
      path: request.path.split('?', 1)[0],
      route: context.routePath,
    },
    'a page failed',
  )
}

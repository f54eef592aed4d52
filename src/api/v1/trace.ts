/**
 * A call of an App as part of a trace: of the App's own, where it names one. Only calls with a live key or a test key are, so that nobody
 * else has traces made.
 */
import type { Context, Next } from 'hono'
import { isDomainError } from '#domain/base/errors.ts'
import { traced } from '#domain/base/trace.ts'
import type { Variables } from './routes.ts'

export const tracedCall = (c: Context<{ Variables: Variables }>, next: Next): Promise<void> =>
  traced(
    c.get('ctx'),
    () => ({ name: `POST ${c.req.path}`, kind: 'server', parent: c.req.header('traceparent') ?? null }),
    async (within) => {
      c.set('ctx', within)
      await next()
      const { error } = c
      const { status } = c.res
      within.trace?.note({ status })
      if (status >= 500) within.trace?.fail('internal')
      else if (status >= 400) within.trace?.note({ outcome: isDomainError(error) ? error.code : 'invalid_request' })
      else {
        // What was accepted names channel and scenario as they are known here; before that they are the caller's word.
        const { channel, scenario, type } = c.get('input') as Record<string, string | undefined>
        within.trace?.note({ channel, scenario: scenario ?? type, outcome: 'accepted' })
      }
    },
  )

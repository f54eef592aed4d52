/** A call of an App as part of a trace: of the App's own, where it names one. Without a good key nobody has traces made. */
import type { Context, Next } from 'hono'
import { outcomeOf, traced } from '#domain/base/trace.ts'
import type { Variables } from './routes.ts'

export const tracedCall = (c: Context<{ Variables: Variables }>, next: Next): Promise<void> =>
  traced(
    c.get('ctx'),
    () => ({ name: `POST ${c.req.path}`, kind: 'server', parent: c.req.header('traceparent') ?? null }),
    async (within) => {
      c.set('ctx', within)
      await next()
      const { status } = c.res
      within.trace?.note({ status })
      if (status >= 500) within.trace?.fail(outcomeOf(c.error))
      else if (status >= 400) within.trace?.note({ outcome: c.error ? outcomeOf(c.error) : 'invalid_request' })
      else {
        // What was accepted names channel and scenario as they are known here; before that they are the caller's word.
        const { channel, scenario, type } = c.get('input') as Record<string, string | undefined>
        within.trace?.note({ channel, scenario: scenario ?? type, outcome: 'accepted' })
      }
    },
  )

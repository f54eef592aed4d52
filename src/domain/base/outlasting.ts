/** Work that is worth repeating until the database is back. */
import { setTimeout as rest } from 'node:timers/promises'
import { isUnavailable } from './errors.ts'

const restMs = 500

/**
 * Repeats what failed for want of a database until it succeeds or `withinMs` is over. Whether a try took effect is not always
 * known, so that this is for work which may be done twice.
 */
export async function outlasting<Output>(withinMs: number, work: () => Promise<Output>): Promise<Output> {
  const until = performance.now() + withinMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isUnavailable(error) || performance.now() + restMs > until) throw error
      await rest(restMs)
    }
  }
}

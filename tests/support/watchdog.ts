/** Stops work that does not end, which a test's own time limit cannot do to work that never waits. */
import { runInNewContext } from 'node:vm'

/** Runs `work`; throws when it is still running after half a minute, many times what it may take. */
export const bounded = <T>(work: () => T): T => runInNewContext('work()', { work }, { timeout: 30_000 })

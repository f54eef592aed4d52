/** The state of the whole installation in a few numbers, for those who watch it. */
import { oldestDueJob } from '#db/statements/jobs.ts'
import { countAccounts, countJobs, countWaiting } from '#db/statements/watching.ts'
import type { Ctx } from '../base/ctx.ts'
import { heldNow } from '../base/holding.ts'

export type Watched = {
  jobs: Awaited<ReturnType<typeof countJobs>>
  waiting: Awaited<ReturnType<typeof countWaiting>>
  accounts: Awaited<ReturnType<typeof countAccounts>>
  /** For how long the oldest job that no worker has taken has been due, in seconds. */
  oldestJob: number
  isHeld: boolean
}

export async function watched({ db }: Pick<Ctx, 'db'>): Promise<Watched> {
  const [jobs, waiting, accounts, [oldest], held] = await Promise.all([
    countJobs(db, {}),
    countWaiting(db, {}),
    countAccounts(db, {}),
    oldestDueJob(db, {}),
    heldNow(db),
  ])
  return { jobs, waiting, accounts, oldestJob: oldest?.seconds ?? 0, isHeld: held !== null }
}

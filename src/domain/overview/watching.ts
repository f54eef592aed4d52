/** The state of the whole installation in a few numbers, for those who watch it. */
import { count, isNotNull, isNull, sql } from 'drizzle-orm'
import { account, type IncidentKind, incident } from '#db/schema/index.ts'
import { oldestDueJob } from '#db/statements/jobs.ts'
import { countJobs, countWaiting, readSizes, watchWebhooks } from '#db/statements/watching.ts'
import { inForce } from '../accounts/accounts.ts'
import type { Ctx } from '../base/ctx.ts'
import { heldNow } from '../base/holding.ts'

export type Watched = {
  jobs: Awaited<ReturnType<typeof countJobs>>
  waiting: Awaited<ReturnType<typeof countWaiting>>
  accounts: { provider: string; state: 'in_force' | 'failing' | 'idle'; count: number }[]
  /** For how long the oldest job that no worker has taken has been due, in seconds. */
  oldestJob: number
  isHeld: boolean
  /** Open ones. */
  incidents: { kind: IncidentKind; count: number }[]
  webhooks: Awaited<ReturnType<typeof watchWebhooks>>[number] | undefined
  /** In bytes, by table; the whole database under an empty name. */
  sizes: Awaited<ReturnType<typeof readSizes>>
}

async function countAccounts({ db }: Pick<Ctx, 'db'>): Promise<Watched['accounts']> {
  const isFailing = sql<boolean>`${isNotNull(account.failingSince)}`
  const rows = await db
    .select({ provider: account.provider, isUsed: sql<boolean>`${inForce}`, isFailing, count: count() })
    .from(account)
    .groupBy(sql`1`, sql`2`, sql`3`)
  return rows.map(({ isUsed, isFailing, ...row }) => ({
    ...row,
    state: !isUsed ? 'idle' : isFailing ? 'failing' : 'in_force',
  }))
}

const countIncidents = ({ db }: Pick<Ctx, 'db'>): Promise<Watched['incidents']> =>
  db
    .select({ kind: incident.kind, count: count() })
    .from(incident)
    .where(isNull(incident.recoveredAt))
    .groupBy(incident.kind)

export async function watched({ db }: Pick<Ctx, 'db'>): Promise<Watched> {
  const [jobs, waiting, accounts, [oldest], held, incidents, [webhooks], sizes] = await Promise.all([
    countJobs(db, {}),
    countWaiting(db, {}),
    countAccounts({ db }),
    oldestDueJob(db, {}),
    heldNow(db),
    countIncidents({ db }),
    watchWebhooks(db, {}),
    readSizes(db, {}),
  ])
  return { jobs, waiting, accounts, oldestJob: oldest?.seconds ?? 0, isHeld: held !== null, incidents, webhooks, sizes }
}

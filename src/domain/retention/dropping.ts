/**
 * The worker's part: drops what organizations do not keep any more. Promises that nothing under way is touched, that counters stay,
 * and that a pass reads what it drops and little more, however long the log is.
 */
import { isNotNull, or } from 'drizzle-orm'
import { organization } from '#db/schema/index.ts'
import {
  deleteMessages,
  dropContents,
  dropOverdueContents,
  lockOldMessages,
  noteContentsDropped,
} from '#db/statements/retention.ts'
import type { Ctx } from '../base/ctx.ts'
import { firstIdAt } from '../sending/log/log.ts'

type Parts = Pick<Ctx, 'db' | 'now'>

/** What a batch locks, it locks for a fraction of a second. */
const most = 2000
const day = 86_400_000
const firstOfAll = '00000000-0000-0000-0000-000000000000'

/** Goes on after what was dropped: what has just gone would be looked through again by each batch. */
async function inBatches(first: string, drop: (from: string) => Promise<{ id: string }[]>): Promise<void> {
  for (let from: string | undefined = first; from; ) from = (await drop(from)).at(-1)?.id
}

async function dropOf({ db, now }: Parts, of: typeof organization.$inferSelect): Promise<void> {
  const endOf = (days: number) => firstIdAt(new Date(now().getTime() - days * day))
  const organizationId = of.id
  if (of.messageDays !== null) {
    const until = endOf(of.messageDays)
    await inBatches(firstOfAll, (from) =>
      db.transaction(async (tx) => {
        const old = await lockOldMessages(tx, { organizationId, from, until, most })
        await deleteMessages(tx, { ids: old.map(({ id }) => id) })
        return old
      }),
    )
  }
  if (of.contentDays !== null) {
    const until = endOf(of.contentDays)
    const first = of.contentDroppedTo ?? firstOfAll
    if (first >= until) return
    await inBatches(first, (from) => dropContents(db, { organizationId, from, until, most }))
    await noteContentsDropped(db, { organizationId, from: first, until })
  }
}

/** Drops everything whose time is over in its organization. */
export async function dropByRetention(ctx: Parts): Promise<void> {
  const limited = await ctx.db
    .select()
    .from(organization)
    .where(or(isNotNull(organization.messageDays), isNotNull(organization.contentDays)))
  for (const of of limited) await dropOf(ctx, of)
  while ((await dropOverdueContents(ctx.db, { most })).length > 0);
}

/**
 * The worker's part in the months that messages are split into. Promises that those to come are there ahead of time, and that one
 * whose messages no organization keeps any more goes as a whole, which frees its space at once, and with nothing under way.
 */
import { addMonth, dropMonths, lastMonthOver } from '#db/statements/months.ts'
import type { Ctx } from '../base/ctx.ts'

/** This month and two more, whatever their lengths. What lies beyond has a place as well, and moves when its month is made. */
const aheadMs = 70 * 86_400_000

export async function addMonths({ db, now }: Pick<Ctx, 'db' | 'now'>): Promise<void> {
  const until = new Date(now().getTime() + aheadMs)
  while ((await addMonth(db, { until }))[0]?.isAdded);
}

export async function dropMonthsThatAreOver({ db, now, log }: Pick<Ctx, 'db' | 'now' | 'log'>): Promise<void> {
  const [month] = await lastMonthOver(db, { now: now() })
  const [dropped] = month ? await dropMonths(db, { end: month.id }) : []
  if (dropped?.areDropped)
    log.info({ before: month?.id }, 'messages that nobody keeps any more were dropped by the month')
}

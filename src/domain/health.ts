/** Whether what everything stands on is there: the database, and the queue in it; and whether sending is held. */
import { sql } from 'drizzle-orm'
import type { Ctx } from './ctx.ts'
import { heldNow } from './holding.ts'

/** Never throws: what does not answer is not there. */
export async function health({ db }: Pick<Ctx, 'db'>): Promise<{ database: boolean; queue: boolean; held: boolean }> {
  const [database, queue, held] = await Promise.all([
    db.execute(sql`select 1`).then(
      () => true,
      () => false,
    ),
    db.execute(sql`select 1 from pgboss.queue limit 1`).then(
      ({ rows }) => rows.length > 0,
      () => false,
    ),
    heldNow(db).then(Boolean, () => false),
  ])
  return { database, queue, held }
}

/** Whether what everything stands on is there: the database, and the queue in it. */
import { sql } from 'drizzle-orm'
import type { Ctx } from './ctx.ts'

/** Never throws: what does not answer is not there. */
export async function health({ db }: Pick<Ctx, 'db'>): Promise<{ database: boolean; queue: boolean }> {
  const [database, queue] = await Promise.all([
    db.execute(sql`select 1`).then(
      () => true,
      () => false,
    ),
    db.execute(sql`select 1 from pgboss.queue limit 1`).then(
      ({ rows }) => rows.length > 0,
      () => false,
    ),
  ])
  return { database, queue }
}

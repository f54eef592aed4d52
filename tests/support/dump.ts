/** All that a database holds, to look for what must not be in it. */
import { sql } from 'drizzle-orm'
import type { Db } from '#db/database.ts'

/** Every row of every table as text, the queue's too. */
export async function dumpOf(db: Db): Promise<string> {
  const { rows: tables } = await db.execute<{ name: string }>(sql`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'pgboss')`)
  const texts = await Promise.all(
    tables.map(({ name }) => db.execute<{ text: string }>(sql.raw(`select t::text as text from ${name} t`))),
  )
  return texts.flatMap(({ rows }) => rows.map(({ text }) => text)).join('\n')
}

/** Connections of the database that end: what was on them fails, and nothing else does. */
import { sql } from 'drizzle-orm'
import { connect } from '#db/client.ts'
import { expect, test } from '../support/database.ts'

test('a connection that ends within a transaction fails that transaction, and the next one is served', async ({
  database,
}) => {
  const admin = connect(database.url, { max: 1 })
  const { db, close } = connect(database.url, { max: 1 })
  for (let round = 0; round < 5; round++) {
    const broken = db.transaction(async (tx) => {
      const {
        rows: [row],
      } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
      await admin.db.execute(sql`select pg_terminate_backend(${row?.pid})`)
      await tx.execute(sql`select 1`)
    })
    await expect(broken).rejects.toThrow()
    expect(await db.execute(sql`select 1 as one`)).toMatchObject({ rows: [{ one: 1 }] })
  }
  await close()
  await admin.close()
})

/** A Postgres that has to tell a standby of every commit, while there is none: what is only here may be gone with this server. */
import { expect, test } from '@playwright/test'
import postgres from 'postgres'
import { connect } from '#db/client.ts'
import { message } from '#db/schema/index.ts'
import { isUnavailable } from '#domain/base/errors.ts'
import { openQueue } from '#queue/queue.ts'
import { migrate } from '../../src/migrate.ts'
import { Stage } from '../support/make.ts'
import { ownPostgres } from '../support/own-postgres.ts'

/** How long a statement may take, in milliseconds. */
const slowest = 1500

async function stageOf() {
  const own = await ownPostgres()
  await migrate(own.url)
  const { db, load, close: disconnect } = connect(own.url, { slowest })
  const jobs = await openQueue(db)
  const admin = postgres(own.adminUrl, { max: 1, onnotice: () => undefined })
  const stage = new Stage({ url: own.url, db, load, jobs })
  const wait = async (forWhom: string) => {
    await admin.unsafe(`alter system set synchronous_standby_names = '${forWhom}'`)
    await admin`select pg_reload_conf()`
    await expect
      .poll(async () => (await admin`show synchronous_standby_names`)[0])
      .toMatchObject({
        synchronous_standby_names: forWhom,
      })
  }
  const close = async () => {
    await wait('')
    await Promise.all([jobs.close(), disconnect(), admin.end()])
    await own.remove()
  }
  return { stage, admin, wait, close }
}

test('a message that no standby has is not called accepted, however often it is repeated', async () => {
  const { stage, admin, wait, close } = await stageOf()
  try {
    const { asApp } = await stage.ready()
    await wait('nobody')
    const send = () => stage.send(asApp, {}, { idempotencyKey: 'order-1' })
    for (let time = 0; time < 2; time++) {
      const outcome = await send().catch((error: unknown) => error)
      expect(isUnavailable(outcome), JSON.stringify(outcome)).toBe(true)
      // What waited for a standby is there for all to see, and still with this server only.
      await admin`select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'`
    }
    expect(await stage.db.$count(message)).toBe(1)
    await wait('')
    const first = await send()
    expect(await send()).toEqual({ ...first, repeated: true })
  } finally {
    await close()
  }
})

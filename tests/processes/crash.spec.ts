/** Kills the worker and the HTTP API at random moments, and then looks for what was accepted and is not there, or twice. */
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import { eq } from 'drizzle-orm'
import postgres from 'postgres'
import { connect } from '#db/client.ts'
import { message, messageEvent } from '#db/schema/index.ts'
import { startCalling } from '../../scripts/soak/callers.ts'
import { install } from '../../scripts/soak/installation.ts'
import type { Restarting } from '../../scripts/soak/restarting.ts'
import { judge, unfinished } from '../../scripts/soak/verdict.ts'
import { miscounted } from '../support/counted.ts'
import { freshDatabase } from '../support/database.ts'

const total = 500

/** Kills a process, and starts it again, whenever `reached` passes one of so many random numbers of messages. */
async function killAtRandom(process: Restarting, times: number, reached: () => number) {
  const moments = Array.from({ length: times }, () => Math.random() * total).sort((a, b) => a - b)
  for (const moment of moments) {
    while (reached() < moment) await wait(10)
    await wait(Math.random() * 100)
    await process.kill()
    await process.start()
  }
}

/** Everything that a spec here plays with, and its end. */
async function stageOf(workers: number) {
  const database = await freshDatabase()
  const size = { messages: total, webs: 1, workers, web: 'tests/support/api-process.ts' }
  const installation = await install({ url: database.url, settings: {}, troubles: [], remove: database.drop }, size)
  const { db, close: disconnect } = connect(database.url)
  const sql = postgres(database.url, { max: 1 })
  const close = async () => {
    await installation.stop()
    await Promise.all([disconnect(), sql.end()])
    await database.drop()
  }
  const liveMessages = () => db.select().from(message).where(eq(message.kind, 'live'))
  return { ...installation, db, sql, liveMessages, close }
}

test('a worker that is told to stop finishes what providers have in hand, and leaves the rest to others', async () => {
  test.setTimeout(300_000)
  const stage = await stageOf(2)
  const { simulator, urls, key, openid } = stage
  const [worker, other] = stage.workers
  const count = 150
  try {
    await Promise.all([worker?.stop(), other?.stop()])
    await simulator.control({ channel: 'email', kind: 'delay', ms: 700 })
    const calling = startCalling({
      urls: () => urls,
      key,
      openid,
      channels: ['email'],
      total: count,
      senders: count,
      rest: 0,
    })
    await calling.done
    await worker?.start()
    await expect.poll(() => simulator.count(), { timeout: 90_000, intervals: [20] }).toBeGreaterThan(15)
    expect(await worker?.stop()).toBe(0)
    const taken = await simulator.count()
    expect(taken).toBeLessThan(count)
    const stored = await stage.liveMessages()
    expect(stored.filter(({ status }) => status === 'sent')).toHaveLength(taken)
    expect(stored.filter(({ status }) => status === 'queued')).toHaveLength(count - taken)
    await simulator.clear()
    await other?.start()
    await expect.poll(() => simulator.count(), { timeout: 90_000 }).toBe(count)
    for (let n = 0; n < count; n++) expect(await simulator.count(`p${n}@example.com`)).toBe(1)
    const events = await stage.db.select().from(messageEvent)
    expect(events.filter(({ status }) => status === 'unknown')).toEqual([])
  } finally {
    await stage.close()
  }
})

test('500 messages accepted while workers and API are killed are all sent, twice only where an answer was lost', async () => {
  test.setTimeout(600_000)
  const stage = await stageOf(2)
  const { simulator, urls, key, openid, webs, workers } = stage
  try {
    await simulator.control({ channel: 'email', kind: 'delay', ms: 60 })
    const calling = startCalling({ urls: () => urls, key, openid, total, senders: 12, rest: 200 })
    const processes = [...workers, ...webs]
    await Promise.all([calling.done, ...processes.map((process) => killAtRandom(process, 3, calling.tried))])
    expect(processes.map(({ kills }) => kills)).toEqual([3, 3, 3])

    const ids = calling.accepted.map(({ id }) => id)
    expect(new Set(ids).size).toBe(total)
    await expect.poll(() => unfinished(stage.sql), { timeout: 300_000, intervals: [500] }).toEqual([])
    const stored = await stage.liveMessages()
    expect(stored.map(({ id }) => id).sort()).toEqual([...ids].sort())
    // What may not be repeated stays unknown where its answer was lost.
    const other = stored.filter(
      ({ channel, status }) =>
        status !== 'sent' && status !== 'delivered' && !(channel !== 'email' && status === 'unknown'),
    )
    expect(other).toEqual([])
    const lines = await judge(stage.sql, simulator.url, calling)
    expect(lines.map(({ lost, double, stuck }) => ({ lost, double, stuck }))).toEqual(
      lines.map(() => ({ lost: [], double: [], stuck: [] })),
    )
    expect(lines.map(({ accepted }) => accepted)).toEqual([125, 125, 125, 125])
    expect(await miscounted(stage.db)).toEqual([])
  } finally {
    await stage.close()
  }
})

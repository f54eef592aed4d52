/** Many workers, lost workers and slow ones: each message once, each result only from the attempt in charge. */
import { eq, sql } from 'drizzle-orm'
import { message } from '#db/schema/index.ts'
import { deliverer } from '#domain/sending/deliver/deliver.ts'
import { openWorkerQueue, type WorkerQueue } from '#queue/worker-queue.ts'
import { type Call, refusal } from '../support/fake-provider.ts'
import { expect, type Stage, test } from '../support/make.ts'

/** Something that a test lets happen when it is ready for it. */
function gate() {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

/** A worker that takes the next job and hangs in its call to the provider until the gate opens. */
async function hangingWorker(stage: Stage, answer: () => undefined = () => undefined) {
  const { open, opened } = gate()
  const called = gate()
  stage.provider.onSend = async () => {
    called.open()
    await opened
    return answer()
  }
  const jobs = await stage.takeDue()
  const done = Promise.all(stage.newWorker()(jobs))
  await called.opened
  stage.provider.onSend = () => undefined
  const giveAnswer = () => {
    open()
    return done
  }
  return { answer: giveAnswer }
}

/** What the queue does with the jobs in hand of a worker that shows no sign of life. */
const giveBack = (stage: Stage) =>
  stage.db.execute(sql`
    update pgboss.job set state = 'retry'
    where name = 'deliveries' and state = 'active' and data->>'group' = ${`${stage.organizationIds[0]}:email`}`)

test('the attempt of a lost worker is noted and repeated where that is allowed', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  await hangingWorker(stage)
  await giveBack(stage)
  await stage.deliver()
  const stored = await stage.stored(id)
  expect(stored).toMatchObject({ status: 'sent', attempt: 2 })
  expect(stored.events.map(({ status, attempt, code }) => [status, attempt, code])).toEqual([
    ['accepted', 0, null],
    ['sending', 1, null],
    ['unknown', 1, 'worker_lost'],
    ['sending', 2, null],
    ['sent', 2, null],
  ])
})

test('the attempt of a lost worker is not repeated where that is not allowed', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  stage.provider.repeatable = false
  await hangingWorker(stage)
  await giveBack(stage)
  await stage.deliver()
  expect(stage.provider.calls).toHaveLength(1)
  expect(await stage.stored(id)).toMatchObject({ status: 'unknown', problem: true, errorCode: 'worker_lost' })
})

test('a job that comes back after its message was sent sends nothing and ends', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  const [job] = await stage.takeDue()
  if (!job) throw new Error('A message that was accepted has a job.')
  const worker = stage.newWorker()
  await Promise.all(worker([job]))
  await stage.db.execute(sql`update pgboss.job set state = 'active' where id = ${job.id}`)
  await Promise.all(worker([job]))
  expect(stage.provider.accepted).toEqual([id])
  expect(await stage.stored(id)).toMatchObject({ status: 'sent', attempt: 1 })
  const { rows } = await stage.db.execute(sql`select from pgboss.job where id = ${job.id}`)
  expect(rows).toEqual([])
})

for (const [what, late] of [
  ['success', () => undefined],
  [
    'failure',
    () => {
      throw refusal('reject')
    },
  ],
] as const) {
  test(`a late ${what} of a lost attempt changes nothing about a message that was sent since`, async ({ stage }) => {
    const { asApp } = await stage.ready()
    const { id } = await stage.sendAlarm(asApp)
    const lost = await hangingWorker(stage, late)
    await giveBack(stage)
    await stage.deliver()
    const before = await stage.stored(id)
    await lost.answer()
    expect(await stage.stored(id)).toEqual(before)
  })

  test(`a late ${what} of a lost attempt does not end the job of the attempt in charge`, async ({ stage }) => {
    const { asApp } = await stage.ready()
    const { id } = await stage.sendAlarm(asApp)
    const first = await hangingWorker(stage, late)
    await giveBack(stage)
    await hangingWorker(stage)
    await first.answer()
    expect(await stage.stored(id)).toMatchObject({ status: 'sending', attempt: 2, job: { state: 'active' } })
    await giveBack(stage)
    await stage.deliver()
    expect(await stage.stored(id)).toMatchObject({ status: 'sent', attempt: 3, job: undefined })
  })
}

test('late results among others that count are left out alone', async ({ stage }) => {
  const { asApp } = await stage.ready()
  const alarms = (count: number) => Promise.all(Array.from({ length: count }, () => stage.sendAlarm(asApp)))
  const { open, opened } = gate()
  stage.provider.onSend = () => opened.then(() => undefined)
  const worker = stage.newWorker()
  const lost = await alarms(5)
  const first = Promise.all(worker(await stage.takeDue()))
  await expect.poll(() => stage.provider.calls.length).toBe(5)
  await giveBack(stage)
  const others = await alarms(20)
  const second = Promise.all(worker(await stage.takeDue()))
  await expect.poll(() => stage.provider.calls.length).toBe(30)
  open()
  await Promise.all([first, second])
  for (const { id } of lost) expect(await stage.stored(id)).toMatchObject({ status: 'sent', attempt: 2 })
  for (const { id } of others) expect(await stage.stored(id)).toMatchObject({ status: 'sent', attempt: 1 })
})

/** Worker queues on a queue without jobs of other tests; they end with the test. */
async function withQueues(stage: Stage, count: number, play: (queues: WorkerQueue[]) => Promise<void>) {
  await stage.db.execute(
    sql`delete from pgboss.job where name = 'deliveries' and state in ('created', 'retry', 'active')`,
  )
  const queues = await Promise.all(Array.from({ length: count }, () => openWorkerQueue(stage.url, stage.lent.log)))
  try {
    await play(queues)
  } finally {
    await Promise.all(queues.map((queue) => queue.drain(5000)))
    await Promise.all(queues.map((queue) => queue.close()))
  }
}

const never = new AbortController().signal
const delivererOf = (stage: Stage, queue: WorkerQueue) =>
  deliverer({ ...stage.system, jobs: queue }, { stopping: never, cutOff: never })
const work = (stage: Stage, queue: WorkerQueue) => queue.work(delivererOf(stage, queue))

test('a periodic task is not begun again while it is still at work, and is after it has failed', async ({ stage }) => {
  const { open, opened } = gate()
  let begun = 0
  await withQueues(stage, 1, async ([queue]) => {
    queue?.every(0.02, async () => {
      begun++
      await opened
      throw new Error('broken')
    })
    await expect.poll(() => begun).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(begun).toBe(1)
    open()
    await expect.poll(() => begun).toBeGreaterThan(2)
  })
})

test('ten workers over 2,000 messages send each exactly once', async ({ stage }) => {
  const { app, asApp } = await stage.ready()
  await withQueues(stage, 10, async (queues) => {
    const sending = Array.from({ length: 2000 }, (_, n) => stage.sendAlarm(asApp, { to: `p${n}@example.com` }))
    for (const queue of queues) work(stage, queue)
    const ids = (await Promise.all(sending)).map(({ id }) => id)
    const open = () => stage.db.$count(message, sql`${message.appId} = ${app.id} and ${message.status} <> 'sent'`)
    await expect.poll(open, { timeout: 60_000 }).toBe(0)
    expect(stage.provider.calls).toHaveLength(2000)
    expect([...stage.provider.accepted].sort()).toEqual([...ids].sort())
  })
  const stored = await stage.db.select().from(message).where(eq(message.appId, app.id))
  expect(stored.every(({ attempt, problem }) => attempt === 1 && !problem)).toBe(true)
})

test('twenty accounts that do not answer hold up nobody else, nor the codes of their own', async ({ stage }) => {
  test.setTimeout(400_000)
  const slow = await Promise.all(Array.from({ length: 20 }, () => stage.ready()))
  const quick = await stage.ready()
  const { open, opened } = gate()
  const isSlow = ({ to }: Call) => to.startsWith('slow')
  stage.provider.onSend = (call) => (isSlow(call) ? opened.then(() => undefined) : undefined)
  const reached = (prefix: string) =>
    new Set(stage.provider.calls.flatMap(({ to }) => (to.startsWith(prefix) ? to : [])))
  await withQueues(stage, 1, async (queues) => {
    const alarms = slow.flatMap(({ asApp }, org) =>
      Array.from({ length: 20 }, (_, n) => stage.sendAlarm(asApp, { to: `slow-${org}-${n}@example.com` })),
    )
    await Promise.all(alarms)
    for (const queue of queues) work(stage, queue)
    // Nothing of what the slow ones have been given comes back, so this is all that they get.
    await expect.poll(() => reached('slow').size, { timeout: 60_000 }).toBeGreaterThanOrEqual(20 * 10)
    const ids = await Promise.all(
      Array.from({ length: 60 }, (_, n) => stage.send(quick.asApp, { to: `q${n}@example.com` })),
    )
    await expect.poll(() => stage.provider.accepted.length, { timeout: 60_000 }).toBe(ids.length)
    await Promise.all(slow.map(({ asApp }, org) => stage.send(asApp, { to: `slow-code-${org}@example.com` })))
    await expect.poll(() => reached('slow-code').size, { timeout: 60_000 }).toBe(20)
    expect(reached('slow').size).toBeLessThan(400)
    open()
    await expect.poll(() => stage.provider.accepted.length, { timeout: 60_000 }).toBe(20 * 20 + 60 + 20)
  })
})

test('nothing is left in the table of jobs of what is done, and the jobs of a worker that is gone are taken by others', async ({
  stage,
}) => {
  const { asApp } = await stage.ready()
  await withQueues(stage, 1, async ([queue]) => {
    if (!queue) throw new Error('There is a queue.')
    const lost = await Promise.all(Array.from({ length: 5 }, () => stage.sendAlarm(asApp)))
    await stage.takeDue()
    await stage.db.execute(sql`update pgboss.job set heartbeat_on = now() - interval '13 s' where state = 'active'`)
    work(stage, queue)
    await expect.poll(() => [...stage.provider.accepted].sort()).toEqual(lost.map(({ id }) => id).sort())
    await expect.poll(() => stage.db.$count(sql`pgboss.job`)).toBe(0)
  })
})

test('codes go before alarms that were there first', async ({ stage }) => {
  const { asApp } = await stage.ready()
  await withQueues(stage, 1, async ([queue]) => {
    await Promise.all(Array.from({ length: 120 }, () => stage.sendAlarm(asApp)))
    const codes = await Promise.all(Array.from({ length: 10 }, () => stage.send(asApp)))
    const taken: string[] = []
    queue?.work((jobs) => {
      taken.push(...jobs.map(({ messageId }) => messageId))
      return jobs.map(() => Promise.resolve())
    })
    await expect.poll(() => taken.length).toBeGreaterThanOrEqual(50)
    const first = taken.slice(0, 50)
    expect(codes.every(({ id }) => first.includes(id))).toBe(true)
  })
})

test('a job whose delivery breaks off is given back and taken again', async ({ stage }) => {
  const { asApp } = await stage.ready()
  await withQueues(stage, 1, async ([queue]) => {
    if (!queue) throw new Error('There is a queue.')
    const { id } = await stage.sendAlarm(asApp)
    const deliver = delivererOf(stage, queue)
    let breaksOff = true
    queue.work((jobs) => {
      if (!breaksOff) return deliver(jobs)
      breaksOff = false
      return jobs.map(() => Promise.reject(new Error('the database went away')))
    })
    await expect.poll(async () => (await stage.stored(id)).status).toBe('sent')
  })
})

/** A worker whose database goes away between taking a message in hand and writing down what became of it. */
import { connect } from '#db/client.ts'
import { message } from '#db/schema/index.ts'
import { deliverer } from '#domain/sending/deliver/deliver.ts'
import { badLine } from '../support/bad-line.ts'
import { expect, test as onStage, type Stage } from '../support/make.ts'

const test = onStage.extend<{ line: Awaited<ReturnType<typeof badLine>>; worker: ReturnType<Stage['newWorker']> }>({
  line: async ({ world }, use) => {
    const line = await badLine(world.url)
    await use(line)
    await line.close()
  },
  worker: async ({ line, stage }, use) => {
    const { db, close } = connect(line.url, { max: 3 })
    await db.$count(message)
    const { signal } = new AbortController()
    await use(deliverer({ ...stage.system, db }, { stopping: signal, cutOff: signal }))
    await close()
  },
})

for (const [what, goes, comes] of [
  ['cut off', 'cut', undefined],
  ['silent', 'both are silent', 'none'],
] as const) {
  test(`what was sent while the database was away is written down once it is back, and not sent again: ${what}`, async ({
    stage,
    line,
    worker,
  }) => {
    const { asApp } = await stage.ready()
    const { id } = await stage.sendAlarm(asApp)
    stage.provider.onSend = () => {
      if (goes === 'cut') line.cut()
      else line.trouble(goes)
      return undefined
    }
    const delivering = stage.deliver(worker)
    await expect.poll(() => stage.provider.accepted).toEqual([id])
    await untilTried()
    if (comes) line.trouble(comes)
    await delivering
    expect(await stage.stored(id)).toMatchObject({ status: 'sent', attempt: 1 })
    expect(stage.provider.accepted).toEqual([id])
  })
}

test('a message that was taken in hand when the answer was lost is sent as if nothing had been', async ({
  stage,
  line,
  worker,
}) => {
  stage.texts.repeatable = false
  const { asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  // The claim gets through, and its answer does not.
  line.trouble('down is silent')
  const delivering = stage.deliver(worker)
  await expect.poll(async () => (await stage.stored(id)).status).toBe('sending')
  line.trouble('none')
  await delivering
  const { line: told, ...row } = await stage.stored(id)
  expect(row).toMatchObject({ status: 'sent', attempt: 1, unsureSince: null })
  expect(told).toEqual(['accepted', 'sending', 'sent'])
  expect(stage.provider.accepted).toEqual([id])
})

/** Hands jobs to a worker that is never heard of again. */
async function lose(stage: Stage, jobs: Awaited<ReturnType<Stage['takeDue']>>) {
  const before = stage.provider.calls.length
  stage.provider.onSend = () => new Promise(() => undefined)
  void stage.newWorker()(jobs)
  await expect.poll(() => stage.provider.calls.length).toBe(before + 1)
  stage.provider.onSend = () => undefined
}

/** Long enough that a worker has tried in vain. */
const untilTried = () => new Promise((done) => setTimeout(done, 2500))

test('a message of a lost worker is taken over also by one whose first try to take it did not get through', async ({
  stage,
  line,
  worker,
}) => {
  const { asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  const jobs = await stage.takeDue()
  await lose(stage, jobs)
  stage.clock.forward({ seconds: 20 })
  line.trouble('up is silent')
  const delivering = Promise.all(worker(jobs))
  await untilTried()
  line.trouble('none')
  await delivering
  expect(await stage.stored(id)).toMatchObject({ status: 'sent', attempt: 2 })
})

test('a message that another worker has taken meanwhile is left to it, with its job', async ({
  stage,
  line,
  worker,
}) => {
  const { asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  const jobs = await stage.takeDue()
  line.trouble('up is silent')
  const delivering = Promise.all(worker(jobs))
  await untilTried()
  stage.clock.forward({ seconds: 1 })
  await lose(stage, jobs)
  line.trouble('none')
  await delivering
  expect(await stage.stored(id)).toMatchObject({ status: 'sending', attempt: 1, job: { state: 'active' } })
})

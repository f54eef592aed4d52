/**
 * The taking end of the queue: fetches jobs in batches, keeps them alive while they run, and never lets one group fill all
 * places. Jobs of a killed worker come back when their heartbeat lapses.
 */
import { PgBoss } from 'pg-boss'
import { deliveriesQueue, type JobData, type Jobs, jobsOf, listen, type TakenJob } from './queue.ts'

export type WorkerQueue = Jobs & {
  /** Starts taking jobs. `handle` resolves once the job's result is recorded; a rejection gives the job back. */
  work(handle: (jobs: TakenJob[]) => Promise<void>[]): void
  /** Runs `task` about every `seconds`, in one process at a time is not promised: tasks must bear company. */
  every(seconds: number, task: () => Promise<void>): void
  /** Takes no more; resolves when every job in hand is done or `withinMs` is over. */
  drain(withinMs: number): Promise<void>
  close(): Promise<void>
}

const batchSize = 50
const placesPerGroup = 100
const placesInAll = 400

export async function openWorkerQueue(
  databaseUrl: string,
  log: { error(data: object, message: string): void },
): Promise<WorkerQueue> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: 'signet-worker-queue',
    max: 4,
    migrate: false,
    createSchema: false,
    schedule: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  })
  boss.on('error', (error) => log.error({ err: error }, 'queue error'))
  await boss.start()

  const inHand = new Map<string, TakenJob>()
  const timers: NodeJS.Timeout[] = []
  let stopping = false
  let wake: () => void = () => undefined
  const listening = await listen(databaseUrl, () => wake())

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const fullGroups = () => {
    const places = new Map<string, number>()
    for (const job of inHand.values()) places.set(job.group, (places.get(job.group) ?? 0) + 1)
    return [...places].filter(([, taken]) => taken >= placesPerGroup).map(([group]) => group)
  }

  const take = async (handle: (jobs: TakenJob[]) => Promise<void>[]) => {
    const places = Math.min(batchSize, placesInAll - inHand.size)
    if (places <= 0) return 0
    const fetched = await boss.fetch<JobData>(deliveriesQueue, { batchSize: places, ignoreGroups: fullGroups() })
    const jobs = fetched.map((job) => ({ id: job.id, ...job.data }))
    for (const job of jobs) inHand.set(job.id, job)
    handle(jobs).forEach((done, index) => {
      const job = jobs[index]
      if (!job) return
      done
        .catch(async (error) => {
          log.error({ err: error, messageId: job.messageId }, 'a delivery was given back')
          await boss.fail(deliveriesQueue, job.id, { message: 'given back' }).catch(() => undefined)
        })
        .finally(() => {
          inHand.delete(job.id)
          wake()
        })
    })
    return jobs.length
  }

  const loop = async (handle: (jobs: TakenJob[]) => Promise<void>[]) => {
    while (!stopping) {
      try {
        if ((await take(handle)) === 0) await pause(1000)
      } catch (error) {
        log.error({ err: error }, 'jobs could not be fetched')
        await pause(1000)
      }
    }
  }

  const touch = async () => {
    const ids = [...inHand.keys()]
    if (ids.length > 0)
      await boss.touch(deliveriesQueue, ids).catch((error) => log.error({ err: error }, 'heartbeat failed'))
  }

  return {
    ...jobsOf(boss),
    work(handle) {
      timers.push(setInterval(() => void touch(), 4000))
      void loop(handle)
    },
    every(seconds, task) {
      const run = () => void task().catch((error) => log.error({ err: error }, 'a periodic task failed'))
      timers.push(setInterval(run, seconds * 1000))
    },
    async drain(withinMs) {
      stopping = true
      wake()
      const until = Date.now() + withinMs
      while (inHand.size > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 25))
    },
    async close() {
      stopping = true
      for (const timer of timers) clearInterval(timer)
      await listening.close()
      await boss.stop({ graceful: false })
    },
  }
}

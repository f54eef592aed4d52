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
const shortestRestMs = 20

/** Lets a loop wait until it is called. A call that comes while nobody waits counts for the next wait. */
function openBell() {
  let isRung = false
  let wake: () => void = () => undefined
  return {
    ring() {
      isRung = true
      wake()
    },
    async heard(withinMs: number) {
      if (!isRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, withinMs)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      isRung = false
    },
  }
}

/** Counts the places that groups take. A group that has become full stays so until there is room for a whole batch. */
function groupPlaces() {
  const taken = new Map<string, number>()
  const full = new Set<string>()
  return {
    full: () => [...full],
    enter(group: string) {
      const count = (taken.get(group) ?? 0) + 1
      taken.set(group, count)
      if (count >= placesPerGroup) full.add(group)
    },
    /** True when the group was full and is not any more. */
    leave(group: string) {
      const count = (taken.get(group) ?? 1) - 1
      if (count > 0) taken.set(group, count)
      else taken.delete(group)
      return count <= placesPerGroup - batchSize && full.delete(group)
    },
  }
}

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
  const groups = groupPlaces()
  const timers: NodeJS.Timeout[] = []
  let stopping = false
  const news = openBell()
  const room = openBell()
  const listening = await listen(databaseUrl, news.ring)

  const letGo = (job: TakenJob) => {
    inHand.delete(job.id)
    const isRoomAgain = inHand.size === placesInAll - batchSize
    if (groups.leave(job.group) || isRoomAgain) {
      room.ring()
      news.ring()
    }
  }

  const take = async (handle: (jobs: TakenJob[]) => Promise<void>[]) => {
    if (inHand.size > placesInAll - batchSize) return 0
    const fetched = await boss.fetch<JobData>(deliveriesQueue, { batchSize, ignoreGroups: groups.full() })
    if (fetched.length === 0) return 0
    const jobs = fetched.map((job) => ({ id: job.id, ...job.data }))
    for (const job of jobs) {
      inHand.set(job.id, job)
      groups.enter(job.group)
    }
    handle(jobs).forEach((done, index) => {
      const job = jobs[index]
      if (!job) return
      done
        .catch(async (error) => {
          log.error({ err: error, messageId: job.messageId }, 'a delivery was given back')
          await boss.fail(deliveriesQueue, job.id, { message: 'given back' }).catch(() => undefined)
        })
        .finally(() => letGo(job))
    })
    return jobs.length
  }

  const loop = async (handle: (jobs: TakenJob[]) => Promise<void>[]) => {
    let restMs = shortestRestMs
    while (!stopping) {
      // A fetch now would read past all that waits for the full group: the longer that took, the rarer it is done.
      if (groups.full().length > 0) await room.heard(restMs)
      const began = performance.now()
      const count = await take(handle).catch((error) => {
        log.error({ err: error }, 'jobs could not be fetched')
        return 0
      })
      restMs = count > 0 ? shortestRestMs : Math.min(1000, Math.max(shortestRestMs, 10 * (performance.now() - began)))
      if (count === 0 && groups.full().length === 0) await news.heard(1000)
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
      room.ring()
      news.ring()
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

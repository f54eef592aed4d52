/**
 * The taking end of the queue: fetches jobs in batches as places allow, and keeps them alive while they run. Jobs of a
 * killed worker come back when their heartbeat lapses.
 */
import { PgBoss } from 'pg-boss'
import { connect } from '#db/client.ts'
import { listen } from '#db/listening.ts'
import { deliveriesQueue, giveBackSilent, urgently, wakeChannel } from '#db/statements/jobs.ts'
import { openPlaces } from './places.ts'
import { type JobData, type Jobs, jobsOf, type TakenJob } from './queue.ts'

export type WorkerQueue = Jobs & {
  /**
   * Starts taking jobs, while `mayTake` says so. `handle` resolves once the job's result is recorded; a rejection gives the
   * job back.
   */
  work(handle: (jobs: TakenJob[]) => Promise<void>[], mayTake?: () => boolean): void
  /** Runs `task` about every `seconds`, never twice at once here. Other processes run it too: tasks must bear company. */
  every(seconds: number, task: () => Promise<void>): void
  /** Takes no more; resolves when every job in hand is done or `withinMs` is over. */
  drain(withinMs: number): Promise<void>
  close(): Promise<void>
}

const shortestRestMs = 20
/** How long a statement may take here, in milliseconds: some look after the whole table. */
const patience = 120_000
/** Jobs that fall due announce themselves to nobody: they are looked for this often. */
const pollMs = 1000

const givingBackMs = 5000

type Call = 'news' | 'room'

/** Lets a loop wait until it is called. A call that comes while nobody waits for it counts for the next wait. */
function openBell() {
  const rung = new Set<Call>()
  const nobody = () => undefined
  let wake: () => void = nobody
  return {
    ring(call: Call) {
      rung.add(call)
      wake()
    },
    async heard(calls: readonly Call[], withinMs: number) {
      const isHeard = () => calls.filter((call) => rung.delete(call)).length > 0
      if (isHeard()) return
      await new Promise<void>((resolve) => {
        const end = () => {
          clearTimeout(timer)
          wake = nobody
          resolve()
        }
        const timer = setTimeout(end, withinMs)
        wake = () => {
          if (isHeard()) end()
        }
      })
    },
  }
}

export async function openWorkerQueue(
  databaseUrl: string,
  log: { error(data: object, message: string): void },
): Promise<WorkerQueue> {
  const database = connect(databaseUrl, { name: 'signet-worker-queue', max: 4, slowest: patience })
  const boss = new PgBoss({
    db: { executeSql: database.run },
    migrate: false,
    createSchema: false,
    schedule: false,
    // Jobs that ended without us: of earlier versions, or given up by pg-boss.
    maintenanceIntervalSeconds: 600,
  })
  boss.on('error', (error) => log.error({ err: error }, 'queue error'))
  await boss.start()

  const inHand = new Map<string, TakenJob>()
  const places = openPlaces()
  const timers: NodeJS.Timeout[] = []
  let stopping = false
  let mayTake = () => true
  const bell = openBell()
  const listening = listen(databaseUrl, wakeChannel, () => bell.ring('news'))

  const letGo = (job: TakenJob) => {
    inHand.delete(job.id)
    if (places.leave(job.group)) bell.ring('room')
  }

  const fetch = async (batchSize: number) => {
    if (batchSize === 0 || !mayTake()) return []
    const full = places.full()
    const beyond = new Set(places.fullOfUrgent())
    const options = { batchSize, ignoreGroups: full }
    const [any, urgent] = await Promise.all([
      boss.fetch<JobData>(deliveriesQueue, options),
      full.every((group) => beyond.has(group))
        ? []
        : boss.fetch<JobData>(deliveriesQueue, { ...options, ignoreGroups: [...beyond], minPriority: urgently }),
    ])
    return [...any, ...urgent].map((job): TakenJob => ({ id: job.id, ...job.data }))
  }

  const take = async (handle: (jobs: TakenJob[]) => Promise<void>[]) => {
    const jobs = await fetch(places.batch())
    if (jobs.length === 0) return 0
    for (const job of jobs) {
      inHand.set(job.id, job)
      places.enter(job.group)
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

  /** A fetch while a group is full reads past all that waits for it: only for news, and the longer it took the rarer. */
  const pause = async (restMs: number) => {
    if (places.full().length > 0) await bell.heard(['room'], restMs)
    if (places.full().length > 0) await bell.heard(['room', 'news'], pollMs)
  }

  const loop = async (handle: (jobs: TakenJob[]) => Promise<void>[]) => {
    let restMs = shortestRestMs
    while (!stopping) {
      await pause(restMs)
      const began = performance.now()
      const count = await take(handle).catch((error) => {
        log.error({ err: error }, 'jobs could not be fetched')
        return 0
      })
      restMs = Math.min(pollMs, Math.max(shortestRestMs, count > 0 ? 0 : 10 * (performance.now() - began)))
      if (count === 0 && places.full().length === 0) await bell.heard(['room', 'news'], pollMs)
    }
  }

  const touch = async () => {
    const ids = [...inHand.keys()]
    if (ids.length > 0)
      await boss.touch(deliveriesQueue, ids).catch((error) => log.error({ err: error }, 'heartbeat failed'))
  }

  /** Hands the jobs of workers that are gone to those that are there. */
  const giveBack = () =>
    giveBackSilent(database.db, {}).catch((error: unknown) =>
      log.error({ err: error }, 'jobs of silent workers could not be given back'),
    )

  return {
    ...jobsOf(boss),
    work(handle, condition = mayTake) {
      mayTake = condition
      timers.push(setInterval(() => void touch(), 4000))
      timers.push(setInterval(() => void giveBack(), givingBackMs))
      void loop(handle)
    },
    every(seconds, task) {
      let isRunning = false
      const run = async () => {
        if (isRunning) return
        isRunning = true
        await task().catch((error) => log.error({ err: error }, 'a periodic task failed'))
        isRunning = false
      }
      timers.push(setInterval(() => void run(), seconds * 1000))
    },
    async drain(withinMs) {
      stopping = true
      bell.ring('room')
      const until = performance.now() + withinMs
      while (inHand.size > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 25))
    },
    async close() {
      stopping = true
      for (const timer of timers) clearInterval(timer)
      await listening.close()
      await boss.stop({ graceful: false })
      await database.close()
    },
  }
}

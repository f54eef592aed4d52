/** Keeps a service running: what dies is started again, later each time, until it is told to stop. */
import { setTimeout as wait } from 'node:timers/promises'

/** One run of a service. `ended` tells how it ended; it never rejects. */
export type Running = { pid: number; ended: Promise<string>; stop(): Promise<void>; kill(): void }

export type Service = {
  /** Stops it in order; resolves when nothing of it is left. */
  stop(): Promise<void>
  /** Ends it at once, whatever it is doing. */
  kill(): void
  /** Stops it in order and starts it again without delay; resolves once it has stopped. */
  restart(): Promise<void>
}

type ServiceOptions = {
  /** How a line about it begins: `The worker`. */
  name: string
  /** Starts it and resolves when it is ready; gives up, leaving nothing, when the signal is aborted. */
  start(signal: AbortSignal): Promise<Running>
  tell(line: string): void
}

const firstDelay = 500
const longestDelay = 30_000
/** Who has run this long has recovered: the next end is a new story. */
const healthy = 60_000

/** Starts the service and watches over it. Rejects when the first start fails: that is the person's to know at once. */
export async function supervise({ name, start, tell }: ServiceOptions): Promise<Service> {
  const stopping = new AbortController()
  const { signal } = stopping
  let running: Running | undefined = await start(signal)
  /** Aborted when a restart is asked for; the run that follows gets a new one. */
  let asked = new AbortController()

  async function startAgain(): Promise<void> {
    try {
      running = await start(signal)
      tell(`${name} runs again.`)
    } catch (error) {
      running = undefined
      if (!signal.aborted) tell(`${name} could not be started: ${error instanceof Error ? error.message : error}`)
    }
  }

  async function watch(): Promise<void> {
    for (let delay = firstDelay; ; delay = Math.min(delay * 2, longestDelay)) {
      const began = performance.now()
      const how = (await running?.ended) ?? 'it did not start'
      if (signal.aborted) return
      if (performance.now() - began > healthy || asked.signal.aborted) delay = firstDelay
      if (!asked.signal.aborted) {
        tell(`${name} stopped (${how}); starting it again in ${delay / 1000} s.`)
        const sooner = AbortSignal.any([signal, asked.signal])
        await wait(delay, undefined, { signal: sooner }).catch(() => undefined)
      }
      if (signal.aborted) return
      asked = new AbortController()
      await startAgain()
      if (signal.aborted) return
      // Asked for once more while it started: what runs now may be of the state before.
      if (asked.signal.aborted) await running?.stop()
    }
  }

  const watching = watch()
  return {
    async stop() {
      stopping.abort()
      await running?.stop()
      await watching
      await running?.stop()
    },
    kill() {
      stopping.abort()
      running?.kill()
    },
    async restart() {
      asked.abort()
      await running?.stop()
    },
  }
}

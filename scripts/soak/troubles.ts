/** The two hands that make trouble while messages are sent: one for the processes, one for the database. */
import { setTimeout as wait } from 'node:timers/promises'
import { elapsed, say } from '../steps/progress.ts'
import type { SoakDatabase, Trouble } from './database.ts'
import type { Installation } from './installation.ts'
import { pick, type Random } from './random.ts'
import type { Restarting } from './restarting.ts'

/** How long a process is away, and how long everything is left alone, at most, in milliseconds. */
const away = 3000
const restOfProcesses = 6000
const restOfDatabase = 12_000
/** So many messages that are accepted show that all is well again, and have to be before that, in milliseconds. */
const asSign = 10
const patience = 120_000

function troublesOf(processes: readonly Restarting[], random: Random): Trouble[] {
  return processes.flatMap((process) => [
    {
      what: `${process.name} is killed`,
      async make() {
        await process.kill()
        await wait(random() * away)
        await process.start()
      },
    },
    {
      what: `${process.name} is stopped and started`,
      async make() {
        await process.stop()
        await process.start()
      },
    },
  ])
}

/** Resolves once messages are accepted again. @throws Error when none is for too long */
async function untilWell(reached: () => number, signal: AbortSignal): Promise<void> {
  const until = performance.now() + patience
  const enough = reached() + asSign
  while (!signal.aborted && reached() < enough) {
    if (performance.now() > until) throw new Error(`Nothing was accepted for ${patience / 1000} s after that.`)
    await wait(20)
  }
}

export type Made = Map<string, number>

/** Makes trouble until it is told to stop; answers what was made how often. @param reached how many messages are accepted */
export async function makeTrouble(
  { webs, workers }: Installation,
  database: SoakDatabase,
  random: Random,
  reached: () => number,
  signal: AbortSignal,
): Promise<Made> {
  const made: Made = new Map()
  const hand = async (troubles: readonly Trouble[], rest: number, after?: () => Promise<void>) => {
    while (!signal.aborted) {
      await wait(rest / 3 + random() * (2 / 3) * rest, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      const { what, ready, make } = pick(random, troubles)
      if (ready && !(await ready())) continue
      made.set(what, (made.get(what) ?? 0) + 1)
      await make()
      const over = performance.now()
      await after?.()
      say(`  ${what}${after ? `: accepting again after ${elapsed(over)}` : ''}`)
    }
  }
  await Promise.all([
    hand(troublesOf([...webs, ...workers], random), restOfProcesses),
    hand(database.troubles, restOfDatabase, () => untilWell(reached, signal)),
  ])
  return made
}

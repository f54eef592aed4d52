/** A process of Signet that is killed again and again, and started anew each time, as a service manager does. */
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { end, start, untilReady } from '../../tests/support/running-signet.ts'

const mostTries = 30
const restMs = 1000

type Program = ReturnType<typeof start>

export type Restarting = ReturnType<typeof restarting>

const isOver = ({ child }: Program) => child.exitCode !== null || child.signalCode !== null

/** @param file in the project, such as `src/worker.ts` */
export function restarting(name: string, file: string, settings: Record<string, string>) {
  let program: Program | undefined
  let isOurDoing = false
  const state = {
    name,
    /** What it said when it was ready. */
    ready: undefined as unknown,
    kills: 0,
    /** Tries again where it ends before it is ready: the database may be away. */
    async start() {
      isOurDoing = false
      for (let tries = 1; ; tries++) {
        program = start(file, settings)
        try {
          state.ready = (await untilReady(name, program)).ready
          return
        } catch (error) {
          if (tries === mostTries) throw error
          await wait(restMs)
        }
      }
    },
    /** Asks it to stop; its exit code. */
    async stop() {
      isOurDoing = true
      if (program) await end(program)
      return program?.child.exitCode
    },
    async kill() {
      if (!program || isOver(program)) return
      isOurDoing = true
      const exited = once(program.child, 'exit')
      program.child.kill('SIGKILL')
      state.kills += 1
      await exited
    },
    /** The last it said, where it has ended by itself. */
    fallen: () => (program && !isOurDoing && isOver(program) ? program.output() : undefined),
    output: () => program?.output() ?? '',
  }
  return state
}

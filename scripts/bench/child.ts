/** Processes of a measurement: each side runs in its own, is asked questions over IPC, and tells its processor time. */
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { nodeFlags } from '../start/programs.ts'
import { inRoot } from '../steps/places.ts'

export type Child = {
  pid: number
  /** What the process said when it was ready. */
  ready: Record<string, unknown>
  /** Puts a question and resolves with the answer. */
  ask<Answer>(name: string, input?: unknown): Promise<Answer>
  stop(): Promise<void>
}

type Said = { ready?: unknown; answer?: number; value?: unknown; failure?: string }

const running = new Set<ChildProcess>()

/** Makes sure that a process does not outlive this one. */
export function noteChild(child: ChildProcess): void {
  running.add(child)
  child.on('exit', () => running.delete(child))
}

/** Ends every process that is still there; for the way out of a run that failed. */
export function killChildren(): void {
  for (const child of running) child.kill('SIGTERM')
}

/** Starts a program of the project (`src/worker.ts`) and resolves once it says `{ready: …}`. */
export async function startChild(
  file: string,
  environment: Record<string, string> = {},
  flags: string[] = [],
): Promise<Child> {
  const child = fork(inRoot(file), [], {
    env: { ...process.env, NODE_ENV: 'production', ...environment },
    execArgv: [...nodeFlags, ...flags],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  noteChild(child)
  const ended = new Promise<void>((done) => child.on('exit', () => done()))
  const asked = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let last = 0
  const ready = await new Promise<Record<string, unknown>>((resolve, reject) => {
    child.on('message', (message) => {
      const said = message as Said
      if (said.ready !== undefined) resolve(said as Record<string, unknown>)
      const waiting = said.answer === undefined ? undefined : asked.get(said.answer)
      if (!waiting) return
      asked.delete(said.answer ?? 0)
      if (said.failure === undefined) waiting.resolve(said.value)
      else waiting.reject(new Error(`${file}: ${said.failure}`))
    })
    ended.then(() => {
      const error = new Error(`${file} ended.`)
      reject(error)
      for (const waiting of asked.values()) waiting.reject(error)
    })
  })
  return {
    pid: child.pid ?? 0,
    ready,
    ask: <Answer>(name: string, input?: unknown) =>
      new Promise<Answer>((resolve, reject) => {
        last += 1
        asked.set(last, { resolve: (value) => resolve(value as Answer), reject })
        // To a process that has ended nothing can be sent, and it will never answer.
        child.send({ ask: name, number: last, input }, (error) => {
          if (error) reject(new Error(`${file} cannot be asked: ${error.message}`))
        })
      }),
    async stop() {
      child.kill('SIGTERM')
      const hard = setTimeout(() => child.kill('SIGKILL'), 20_000)
      await ended
      clearTimeout(hard)
    },
  }
}

/** In a process of a measurement: answers the questions of the one that started it, and says that it is ready. */
export function answerQuestions(handlers: Record<string, (input: never) => unknown>, ready: object = {}): void {
  process.on('message', async (message) => {
    const { ask, number, input } = message as { ask: string; number: number; input: unknown }
    try {
      process.send?.({ answer: number, value: await handlers[ask]?.(input as never) })
    } catch (error) {
      process.send?.({ answer: number, failure: error instanceof Error ? error.message : String(error) })
    }
  })
  for (const event of ['disconnect', 'SIGTERM'] as const) process.on(event, () => process.exit(0))
  process.send?.({ ready: true, ...ready })
}

/** Milliseconds of processor time that a process has used, children left out; NaN where the system does not tell. */
export function processorTime(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** P12: from the command to the first page, on a data folder that exists. */
import { spawn } from 'node:child_process'
import { freePort } from '../embedded-database.ts'
import { inRoot, root } from '../steps/places.ts'
import { run } from '../steps/run.ts'
import { noteChild } from './child.ts'
import { bareNext, endGroup, type Installation, untilAnswered } from './installation.ts'
import type { Line, Measurement } from './measurement.ts'
import { median, told } from './statistics.ts'

const next = inRoot('node_modules', 'next', 'dist', 'bin', 'next')

/** Builds the bare Next page; quick when nothing has changed. */
export async function buildBare(): Promise<void> {
  const { code, output } = await run(process.execPath, [next, 'build', bareNext], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      DATABASE_URL: 'postgres://x@127.0.0.1/x',
    },
  })
  if (code !== 0) throw new Error(`The bare Next page could not be built:\n${output}`)
}

export type Bare = { port: number; readyAfter: number; stop(): Promise<void> }

/** Starts the bare Next page and resolves once it answers. */
export async function startBare(databaseUrl: string, organization: string): Promise<Bare> {
  const port = await freePort()
  const began = performance.now()
  const child = spawn(process.execPath, [next, 'start', bareNext, '-p', String(port), '-H', '127.0.0.1'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: databaseUrl, BENCH_ORGANIZATION: organization },
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  noteChild(child)
  await untilAnswered(`http://127.0.0.1:${port}/messages`, child)
  return { port, readyAfter: performance.now() - began, stop: () => endGroup(child, 'SIGTERM') }
}

async function timed(installation: Installation): Promise<number> {
  const running = await installation.start()
  await running.stop()
  return running.readyAfter / 1000
}

export const startTime: Measurement = {
  goals: ['P12'],
  how: '`npm start` (the sandbox: database, simulator, web, worker) on a data folder of an earlier start and with nothing to build, until `GET /sign-in` is answered with 200.',
  async run({ installation }, rounds): Promise<Line[]> {
    const installed = await installation()
    const seconds: number[] = []
    for (let round = 0; round < rounds; round++) {
      seconds.push(await timed(installed))
      process.stdout.write('.')
    }
    return [
      {
        goal: 'P12',
        what: 'Start with an existing database until the first page',
        wanted: '≤ 3 s',
        stretch: '≤ 2 s',
        reached: told(seconds, ' s'),
        isMet: median(seconds) <= 3,
        detail: 'npm, database, migrations, simulator, web and worker included',
      },
    ]
  },
}

/** P5: how long it takes from accepting a message until the mail server has all of it. */

import { messageLoad } from './accept.ts'
import { startChild } from './child.ts'
import type { Load, Loaded } from './load.ts'
import type { Line, Measurement } from './measurement.ts'
import type { Stage } from './stage.ts'
import { median, percentile, told } from './statistics.ts'

const seconds = 10
const rate = 100

type Answer = { to: string; created_at: string }

async function run(stage: Stage, rounds: number): Promise<Line[]> {
  const api = await startChild('scripts/bench/api.ts', stage.environment)
  const worker = await startChild('src/worker.ts', stage.environment)
  const generator = await startChild('scripts/bench/load.ts')
  const load = { ...messageLoad(stage.key, Number(api.ready.port)), connections: 20, keep: true }

  const delays = async (paced: Load): Promise<number[]> => {
    await stage.sink.ask('forget')
    const { bodies } = await generator.ask<Loaded>('run', paced)
    const answers = bodies.map((body): Answer => JSON.parse(body))
    const arrivals = new Map<string, number>(
      await stage.sink.ask<[string, number][]>(
        'arrivalsOf',
        answers.map(({ to }) => to),
      ),
    )
    return answers.map(({ to, created_at }) => (arrivals.get(to) ?? Number.NaN) - Date.parse(created_at))
  }

  await delays({ ...load, seconds: 3 })
  await delays({ ...load, seconds: 5, rate })
  const p50: number[] = []
  const p99: number[] = []
  for (let round = 0; round < rounds; round++) {
    const found = await delays({ ...load, seconds, rate })
    p50.push(percentile(found, 0.5))
    p99.push(percentile(found, 0.99))
    process.stdout.write('.')
  }
  await Promise.all([api, worker, generator].map((child) => child.stop()))
  const what = `Accepted until handed to the mail server, ${rate}/s`
  return [
    {
      goal: 'P5',
      what: `${what}: median`,
      wanted: '≤ 30 ms',
      stretch: '≤ 15 ms',
      reached: told(p50, ' ms'),
      isMet: median(p50) <= 30,
      detail: 'from `created_at` of the answer to the last line of the mail at the sink',
    },
    {
      goal: 'P5',
      what: `${what}: 99th percentile`,
      wanted: '≤ 120 ms',
      stretch: '–',
      reached: told(p99, ' ms'),
      isMet: median(p99) <= 120,
      detail: 'the same messages',
    },
  ]
}

export const handover: Measurement = {
  goals: ['P5'],
  how: `HTTP API and worker run warm beside each other. A round is ${seconds} s of ${rate} requests/s. Counted from the moment the API took the request in, its commit included, until the sink has the last line of the mail.`,
  run: async ({ stage }, rounds) => run(await stage(), rounds),
}

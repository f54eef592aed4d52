/** P6: one worker that drains accepted SMS, against a loop over a bare pop-core client with as many connections. */
import { startChild } from './child.ts'
import { type Counts, type Drained, drainWithWorker, lineOf, submitMany, watch } from './draining.ts'
import { interleave, type Line, type Measurement } from './measurement.ts'
import { codeOf, mobileOf } from './short-message.ts'
import type { Stage } from './stage.ts'

const count = 6000
const counts: Counts = { count, first: 2000, last: count - 200 }
/** As many as a worker has under way for one organization at a time. */
const connections = 100

async function drainOurs(stage: Stage): Promise<Drained> {
  await submitMany(stage, count, (number) => ({
    channel: 'sms',
    to: `+86${mobileOf(number)}`,
    variables: { code: codeOf(number) },
  }))
  return drainWithWorker(stage, stage.smsSink, counts)
}

async function drainBare({ smsSink, smsPort }: Stage): Promise<Drained> {
  await smsSink.ask('forget')
  const sender = await startChild('scripts/bench/bare-sms.ts')
  const work = { port: smsPort, count, connections }
  const [drained] = await Promise.all([watch(smsSink, sender.pid, counts), sender.ask('send', work)])
  await sender.stop()
  return drained
}

async function run(stage: Stage, rounds: number): Promise<Line[]> {
  const opened: { ours: number; bare: number } = { ours: 0, bare: 0 }
  const noting = (side: 'ours' | 'bare', drain: (stage: Stage) => Promise<Drained>) => async () => {
    await stage.smsSink.ask('connections')
    const drained = await drain(stage)
    opened[side] = Math.max(opened[side], await stage.smsSink.ask<number>('connections'))
    return drained
  }
  const results = await interleave(rounds, noting('ours', drainOurs), noting('bare', drainBare))
  const what = 'Accepted SMS drained by one worker, over a bare pop-core loop'
  const line = lineOf(results, { goal: 'P6', what, least: 0.9, stretch: '≥ 1×', one: 'an SMS', many: 'SMS' })
  return [{ ...line, detail: `${line.detail}; at most ${opened.ours} against ${opened.bare} connections` }]
}

export const drainSms: Measurement = {
  goals: ['P6'],
  how: `${count} messages are submitted through the domain (a sign-in code each, sealed), then \`src/worker.ts\` is started and the arrivals at the sink are timed, without the first ${counts.first} and the last ${count - counts.last}. The other side is one process with one pop-core client, kept connections and ${connections} SMS in flight, as many as the worker has for one organization. The sink says OK to everything and checks nothing; the simulator would take more of the two cores than either side.`,
  run: async ({ stage }, rounds) => run(await stage(), rounds),
}

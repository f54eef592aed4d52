/** P1: one worker that drains accepted mails, against a loop over a bare nodemailer pool. */
import { startChild } from './child.ts'
import { type Counts, type Drained, drainWithWorker, lineOf, submitMany, watch } from './draining.ts'
import { html, subject } from './mail.ts'
import { interleave, type Line, type Measurement } from './measurement.ts'
import { codeOf } from './short-message.ts'
import type { Stage } from './stage.ts'

const count = 8000
const counts: Counts = { count, first: 3000, last: count - 200 }

async function drainOurs(stage: Stage): Promise<Drained> {
  await submitMany(stage, count, (number) => ({
    channel: 'email',
    to: `u${number}@example.com`,
    variables: { code: codeOf(number) },
  }))
  return drainWithWorker(stage, stage.sink, counts)
}

async function drainBare({ sink, sinkPort }: Stage): Promise<Drained> {
  await sink.ask('forget')
  const mailer = await startChild('scripts/bench/bare-mailer.ts')
  const work = { port: sinkPort, count, html, subject }
  const [drained] = await Promise.all([watch(sink, mailer.pid, counts), mailer.ask('send', work)])
  await mailer.stop()
  return drained
}

async function run(stage: Stage, rounds: number): Promise<Line[]> {
  const results = await interleave(
    rounds,
    () => drainOurs(stage),
    () => drainBare(stage),
  )
  const what = 'Accepted mails drained by one worker, over a bare nodemailer pool loop'
  return [lineOf(results, { goal: 'P1', what, least: 0.95, stretch: '≥ 1.5×', one: 'a mail', many: 'mails' })]
}

export const drain: Measurement = {
  goals: ['P1'],
  how: `${count} messages are submitted through the domain (a sign-in code each, sealed), then \`src/worker.ts\` is started and the arrivals at the sink are timed, without the first ${counts.first} and the last ${count - counts.last}. The other side is one process with a nodemailer pool of 10 connections and 20 mails in flight that fills the same 8 KB HTML for each mail. Ours sends a text part beside the HTML, reads and writes the database and signs in to the same server; the bare loop does none of the first two.`,
  run: async ({ stage }, rounds) => run(await stage(), rounds),
}

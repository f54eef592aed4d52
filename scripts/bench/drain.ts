/** P1: one worker that drains accepted messages, against a loop over a bare nodemailer pool. */
import { processorTime, startChild } from './child.ts'
import { html, subject } from './mail.ts'
import { interleave, type Line, type Measurement } from './measurement.ts'
import type { Stage } from './stage.ts'
import { median, told } from './statistics.ts'

const count = 8000
/** The first mails, while V8 still compiles, and the last ones, when connections run empty, are left out. */
const first = 3000
const last = count - 200
const submittedAtOnce = 400

type Drained = { rate: number; processor: number }

/** Accepts messages the way the HTTP API does. */
async function submitMany({ parts, key }: Stage): Promise<void> {
  const actor = await parts.actorOf(key)
  if (!actor) throw new Error('The key is not known.')
  const ctx = parts.contextFor(actor)
  let next = 0
  const one = async () => {
    while (next < count) {
      const number = next++
      const variables = { code: String(100_000 + (number % 900_000)) }
      await parts.submit(ctx, { channel: 'email', scenario: 'login', to: `u${number}@example.com`, variables })
    }
  }
  await Promise.all(Array.from({ length: submittedAtOnce }, one))
}

/** The steady part: between two arrivals at the sink. */
async function watch({ sink }: Stage, pid: number): Promise<Drained> {
  const began = await sink.ask<number>('arrival', first)
  const processorBefore = processorTime(pid)
  const ended = await sink.ask<number>('arrival', last)
  const processor = processorTime(pid) - processorBefore
  await sink.ask('arrival', count)
  return { rate: ((last - first) / (ended - began)) * 1000, processor: (processor / (last - first)) * 1000 }
}

async function drainOurs(stage: Stage): Promise<Drained> {
  await submitMany(stage)
  await stage.sink.ask('forget')
  const worker = await startChild('src/worker.ts', stage.environment)
  const drained = await watch(stage, worker.pid)
  await worker.stop()
  return drained
}

async function drainBare(stage: Stage, text?: string): Promise<Drained> {
  await stage.sink.ask('forget')
  const mailer = await startChild('scripts/bench/bare-mailer.ts')
  const work = { port: stage.sinkPort, count, html, subject, ...(text ? { text } : {}) }
  const [drained] = await Promise.all([watch(stage, mailer.pid), mailer.ask('send', work)])
  await mailer.stop()
  return drained
}

async function run(stage: Stage, rounds: number): Promise<Line[]> {
  const results = await interleave(
    rounds,
    () => drainOurs(stage),
    () => drainBare(stage),
  )
  const ratios = results.map(({ ours, bare }) => ours.rate / bare.rate)
  const work = results.map(({ ours, bare }) => bare.processor / ours.processor)
  const ours = results.map((result) => result.ours)
  const bare = results.map((result) => result.bare)
  return [
    {
      goal: 'P1',
      what: 'Accepted mails drained by one worker, over a bare nodemailer pool loop',
      wanted: '≥ 0.95×',
      stretch: '≥ 1.5×',
      reached: told(ratios, '×'),
      isMet: median(ratios) >= 0.95,
      detail: `${told(ours.map(({ rate }) => rate))} against ${told(bare.map(({ rate }) => rate))} mails/s; processor time of the process for a mail ${told(ours.map(({ processor }) => processor))} against ${told(bare.map(({ processor }) => processor))} µs, ${told(work, '×')}`,
    },
  ]
}

export const drain: Measurement = {
  goals: ['P1'],
  how: `${count} messages are submitted through the domain (a sign-in code each, sealed), then \`src/worker.ts\` is started and the arrivals at the sink are timed, without the first ${first} and the last ${count - last}. The other side is one process with a nodemailer pool of 10 connections and 20 mails in flight that fills the same 8 KB HTML for each mail. Ours sends a text part beside the HTML, reads and writes the database and signs in to the same server; the bare loop does none of the first two.`,
  run: async ({ stage }, rounds) => run(await stage(), rounds),
}

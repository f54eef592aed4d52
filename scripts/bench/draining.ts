/** What P1 and P6 share: messages that were accepted are drained by one worker, and the steady part of it is timed. */
import { type Child, processorTime, startChild } from './child.ts'
import type { Line } from './measurement.ts'
import type { Stage } from './stage.ts'
import { median, told } from './statistics.ts'

/** How many are sent. The `first`, while V8 still compiles, and those after `last`, when connections run empty, are left out. */
export type Counts = { count: number; first: number; last: number }
export type Drained = { rate: number; processor: number }

type Message = { channel: 'email' | 'sms'; to: string; variables: { code: string } }

const submittedAtOnce = 400

/** Accepts messages the way the HTTP API does. */
export async function submitMany({ parts, key }: Stage, count: number, messageOf: (number: number) => Message) {
  const actor = await parts.actorOf(key)
  if (!actor) throw new Error('The key is not known.')
  const ctx = parts.contextFor(actor)
  let next = 0
  const one = async () => {
    while (next < count) await parts.submit(ctx, { scenario: 'login', ...messageOf(next++) })
  }
  await Promise.all(Array.from({ length: submittedAtOnce }, one))
}

/** The steady part: between two arrivals at the sink. */
export async function watch(sink: Child, pid: number, { count, first, last }: Counts): Promise<Drained> {
  const began = await sink.ask<number>('arrival', first)
  const processorBefore = processorTime(pid)
  const ended = await sink.ask<number>('arrival', last)
  const processor = processorTime(pid) - processorBefore
  await sink.ask('arrival', count)
  return { rate: ((last - first) / (ended - began)) * 1000, processor: (processor / (last - first)) * 1000 }
}

/** Lets one worker send what was accepted. */
export async function drainWithWorker(stage: Stage, sink: Child, counts: Counts): Promise<Drained> {
  await sink.ask('forget')
  const worker = await startChild('src/worker.ts', stage.environment)
  const drained = await watch(sink, worker.pid, counts)
  await worker.stop()
  return drained
}

type Results = { ours: Drained; bare: Drained }[]

/** The line of a goal whose value is the ratio of the rates. */
export function lineOf(
  results: Results,
  { least, one, many, ...line }: Pick<Line, 'goal' | 'what' | 'stretch'> & { least: number; one: string; many: string },
): Line {
  const ratios = results.map(({ ours, bare }) => ours.rate / bare.rate)
  const work = results.map(({ ours, bare }) => bare.processor / ours.processor)
  const each = (side: 'ours' | 'bare', part: keyof Drained) => told(results.map((result) => result[side][part]))
  return {
    ...line,
    wanted: `≥ ${least}×`,
    reached: told(ratios, '×'),
    isMet: median(ratios) >= least,
    detail: `${each('ours', 'rate')} against ${each('bare', 'rate')} ${many}/s; processor time of the process for ${one} ${each('ours', 'processor')} against ${each('bare', 'processor')} µs, ${told(work, '×')}`,
  }
}

/** P2 and P4: the call that accepts a message, at full load against a bare INSERT, and its delay at full and at steady load. */
import { type Child, processorTime, startChild } from './child.ts'
import type { Load, Loaded } from './load.ts'
import { interleave, type Line, type Measurement } from './measurement.ts'
import type { Stage } from './stage.ts'
import { median, percentile, told } from './statistics.ts'

const secondsFull = 5
const secondsSteady = 8

/** The request of the measurements, as an App sends it. */
export function messageLoad(key: string, port: number): Pick<Load, 'port' | 'head' | 'body' | 'expect'> {
  const headers = [`host: 127.0.0.1:${port}`, `authorization: Bearer ${key}`, 'content-type: application/json']
  return {
    port,
    head: `POST /api/v1/messages HTTP/1.1\r\n${headers.join('\r\n')}\r\n`,
    body: '{"channel":"email","scenario":"login","to":"u#@example.com","variables":{"code":"123456"}}',
    expect: 202,
  }
}

type Side = { name: string; child: Child; load: Pick<Load, 'port' | 'head' | 'body' | 'expect'> }
type Full = { rate: number; p50: number; p99: number; processor: number }

async function full(generator: Child, side: Side, seconds = secondsFull): Promise<Full> {
  const before = processorTime(side.child.pid)
  const loaded = await generator.ask<Loaded>('run', { ...side.load, connections: 20, seconds } satisfies Load)
  const processor = processorTime(side.child.pid) - before
  return {
    rate: loaded.requests / loaded.seconds,
    p50: percentile(loaded.latencies, 0.5),
    p99: percentile(loaded.latencies, 0.99),
    processor: (processor / loaded.requests) * 1000,
  }
}

async function steady(generator: Child, side: Side): Promise<{ p50: number; p99: number }> {
  const load: Load = { ...side.load, connections: 20, seconds: secondsSteady, rate: 100 }
  const { latencies } = await generator.ask<Loaded>('run', load)
  return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) }
}

async function run(stage: Stage, rounds: number): Promise<Line[]> {
  await stage.parts.db.execute(
    'create table if not exists bench_message (like message including defaults, primary key (id))',
  )
  const api = await startChild('scripts/bench/api.ts', stage.environment)
  const plain = await startChild('scripts/bench/bare-http.ts', stage.environment)
  const generator = await startChild('scripts/bench/load.ts')
  const sides = {
    ours: { name: 'ours', child: api, load: messageLoad(stage.key, Number(api.ready.port)) },
    bare: { name: 'bare', child: plain, load: messageLoad(stage.key, Number(plain.ready.port)) },
  }
  for (const side of [sides.ours, sides.bare]) await full(generator, side, 3)
  const saturated = await interleave(
    rounds,
    () => full(generator, sides.ours),
    () => full(generator, sides.bare),
  )
  const paced = await interleave(
    rounds,
    () => steady(generator, sides.ours),
    () => steady(generator, sides.bare),
  )
  await Promise.all([api, plain, generator].map((child) => child.stop()))
  return [rateLine(saturated), steadyLine(paced), fullLine(saturated)]
}

type Pairs<Value> = { ours: Value; bare: Value }[]

const each = <Value, Part extends keyof Value>(pairs: Pairs<Value>, part: Part) => ({
  ours: pairs.map(({ ours }) => Number(ours[part])),
  bare: pairs.map(({ bare }) => Number(bare[part])),
})

function rateLine(pairs: Pairs<Full>): Line {
  const ratios = pairs.map(({ ours, bare }) => ours.rate / bare.rate)
  const rate = each(pairs, 'rate')
  const processor = each(pairs, 'processor')
  return {
    goal: 'P2',
    what: '`POST /api/v1/messages`, over `node:http` with one INSERT, 20 connections',
    wanted: '≥ 0.6×',
    stretch: '≥ 1×',
    reached: told(ratios, '×'),
    isMet: median(ratios) >= 0.6,
    detail: `${told(rate.ours)} against ${told(rate.bare)} requests/s; processor time of the process for a request ${told(processor.ours)} against ${told(processor.bare)} µs`,
  }
}

function steadyLine(pairs: Pairs<{ p50: number; p99: number }>): Line {
  const { ours, bare } = each(pairs, 'p99')
  const p50 = each(pairs, 'p50')
  return {
    goal: 'P4',
    what: 'The same at 100 requests/s: 99th percentile',
    wanted: '≤ 15 ms',
    stretch: '≤ 10 ms',
    reached: told(ours, ' ms'),
    isMet: median(ours) <= 15,
    detail: `the bare one ${told(bare)} ms; median ${told(p50.ours)} against ${told(p50.bare)} ms`,
  }
}

function fullLine(pairs: Pairs<Full>): Line {
  const { ours, bare } = each(pairs, 'p99')
  const p50 = each(pairs, 'p50')
  return {
    goal: 'P4',
    what: 'The same with 20 connections at full load: 99th percentile',
    wanted: '≤ 30 ms',
    stretch: '≤ 20 ms',
    reached: told(ours, ' ms'),
    isMet: median(ours) <= 30,
    detail: `the bare one ${told(bare)} ms; median ${told(p50.ours)} against ${told(p50.bare)} ms`,
  }
}

export const accept: Measurement = {
  goals: ['P2', 'P4'],
  how: `The HTTP API runs in a process of its own behind the web process's front door; the other side is \`node:http\`, \`JSON.parse\` and one prepared INSERT of a message's columns into a table without further indexes, also with 10 database connections. Both are warm. ${secondsFull} s a round at full load, ${secondsSteady} s at 100 requests/s, where a request's time begins when it is due. Every message has a key to look up, a code to seal, a job and a first event.`,
  run: async ({ stage }, rounds) => run(await stage(), rounds),
}

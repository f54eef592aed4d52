/** P7 and P9: the delivery log with fifty rows: how many a second against a bare Next page, and what a visit weighs. */
import { gzipSync } from 'node:zlib'
import postgres from 'postgres'
import { type Child, startChild } from './child.ts'
import type { Installation, Running } from './installation.ts'
import type { Load, Loaded } from './load.ts'
import { interleave, type Line, type Measurement } from './measurement.ts'
import { buildBare, startBare } from './start-time.ts'
import { median, percentile, short, told } from './statistics.ts'

const seconds = 4
const page = '/messages'

async function organizationOf(databaseUrl: string): Promise<string> {
  const sql = postgres(databaseUrl, { max: 1 })
  const [row] = await sql`select organization_id as id from message limit 1`
  await sql.end()
  return row?.id
}

const request = (port: number, cookie?: string): Pick<Load, 'port' | 'head' | 'expect'> => ({
  port,
  head: `GET ${page} HTTP/1.1\r\nhost: localhost:${port}\r\naccept: text/html\r\n${cookie ? `cookie: ${cookie}\r\n` : ''}`,
  expect: 200,
})

type Visited = { rate: number; p50: number }

async function visit(
  generator: Child,
  target: Pick<Load, 'port' | 'head' | 'expect'>,
  connections: number,
): Promise<Visited> {
  const loaded = await generator.ask<Loaded>('run', { ...target, connections, seconds } satisfies Load)
  return { rate: loaded.requests / loaded.seconds, p50: percentile(loaded.latencies, 0.5) }
}

async function whileRunning<Result>(
  installed: Installation,
  work: (running: Running, cookie: string) => Promise<Result>,
): Promise<Result> {
  const running = await installed.start()
  try {
    return await work(running, await installed.signIn(running.url))
  } finally {
    await running.stop()
  }
}

async function compare(installed: Installation, rounds: number): Promise<Line[]> {
  await buildBare()
  return whileRunning(installed, async (running, cookie) => {
    const databaseUrl = installed.databaseUrl()
    const bare = await startBare(databaseUrl, await organizationOf(databaseUrl))
    const generator = await startChild('scripts/bench/load.ts')
    const [ours, theirs] = [request(running.port, cookie), request(bare.port)]
    for (const target of [ours, theirs]) await visit(generator, target, 10)
    const lines: Line[] = []
    for (const connections of [1, 20]) {
      const results = await interleave(
        rounds,
        () => visit(generator, ours, connections),
        () => visit(generator, theirs, connections),
      )
      const ratios = results.map((result) => result.ours.rate / result.bare.rate)
      const rates = (side: 'ours' | 'bare') => told(results.map((result) => result[side].rate))
      const delays = (side: 'ours' | 'bare') => told(results.map((result) => result[side].p50))
      lines.push({
        goal: 'P7',
        what: `Signed-in list page of 50 rows, over a bare Next page with the same query, ${connections === 1 ? 'one connection' : `${connections} connections`}`,
        wanted: '≥ 0.6×',
        stretch: '≥ 0.8×',
        reached: told(ratios, '×'),
        isMet: median(ratios) >= 0.6,
        detail: `${rates('ours')} against ${rates('bare')} pages/s; median ${delays('ours')} against ${delays('bare')} ms`,
      })
    }
    await generator.stop()
    await bare.stop()
    return lines
  })
}

export const listPage: Measurement = {
  goals: ['P7'],
  how: `The whole installation runs, with the delivery log of 200 messages; the page is asked for with a session's cookies and without compression. The other side is a Next page in a process of its own (\`scripts/bench/bare-next\`) that reads the same rows with the same query, prepared, and draws them into a plain table: no session, no words in two languages, no style. ${seconds} s a round, both warm.`,
  run: async ({ installation }, rounds) => compare(await installation(), rounds),
}

const weigh = (text: string): number => gzipSync(text).length / 1000

async function weights(running: Running, cookie: string) {
  const html = await (await fetch(running.url + page, { headers: { cookie } })).text()
  const files = [...new Set(html.match(/\/_next\/static\/[^"'\\\s?]+\.(?:js|css)/g) ?? [])]
  const old = new Set(
    [...html.matchAll(/<script[^>]*\bnomodule\b[^>]*>/gi)].flatMap(([tag]) => /src="([^"?]+)/.exec(tag)?.[1] ?? []),
  )
  const total = { html: weigh(html), js: 0, css: 0, old: 0, rows: html.match(/<tr[\s>]/g)?.length ?? 0 }
  for (const file of files) {
    const weight = weigh(await (await fetch(running.url + file)).text())
    if (old.has(file)) total.old += weight
    else if (file.endsWith('.css')) total.css += weight
    else total.js += weight
  }
  return total
}

export const pageWeight: Measurement = {
  goals: ['P9'],
  how: 'The delivery log with 50 rows, signed in: its HTML, and every script and style sheet that is named anywhere in it, each compressed with gzip at its usual level. The script for browsers without modules is listed apart.',
  async run({ installation }): Promise<Line[]> {
    const { html, js, css, old, rows } = await whileRunning(await installation(), weights)
    return [
      {
        goal: 'P9',
        what: 'Weight of a list page, gzip: JavaScript / CSS / HTML',
        wanted: '≤ 230 / ≤ 30 / ≤ 12 KB',
        stretch: '≤ 190 KB',
        reached: `${short(js)} / ${short(css)} / ${short(html)} KB`,
        isMet: js <= 230 && css <= 30 && html <= 12,
        detail: `${rows} table rows; for browsers without modules ${short(old)} KB more`,
      },
    ]
  },
}

/**
 * Two web processes and three workers on a Postgres that is taken from them again and again. `TEST_OUTAGES=50` asks for more
 * rounds than a few, and prints what they showed.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import postgres from 'postgres'
import { channelIds } from '#channels/traits.ts'
import { type Answer, startCalling } from '../../scripts/soak/callers.ts'
import { judge, unfinished } from '../../scripts/soak/verdict.ts'
import { badLine, type Trouble } from '../support/bad-line.ts'
import { type OwnPostgres, ownPostgres } from '../support/own-postgres.ts'
import {
  end,
  freePort,
  type Sandbox,
  sandboxGo,
  sandboxSettings,
  seed,
  start,
  untilReady,
} from '../support/running-signet.ts'
import { startSimulator } from '../support/simulator.ts'

const rounds = Number(process.env.TEST_OUTAGES ?? 5)
const isSoak = rounds > 5
/** With pages it takes a build. */
const hasPages = process.env.TEST_OUTAGES_PAGES === 'on'
type Line = Awaited<ReturnType<typeof badLine>>

type Ground = { database: OwnPostgres; admin: postgres.Sql; lines: Line[] }
const silences: Trouble[] = ['up is silent', 'down is silent', 'both are silent']

/** What is done to them, one after the other. */
const troubles: [string, (ground: Ground, round: number) => Promise<void>][] = [
  [
    'every backend is ended, 20 times',
    async ({ admin }) => {
      for (let time = 0; time < 20; time++) {
        await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`
        await wait(100)
      }
    },
  ],
  [
    'lines are cut',
    async ({ lines }) => {
      for (let time = 0; time < 5; time++) {
        for (const line of lines) line.cut()
        await wait(Math.random() * 400)
      }
    },
  ],
  [
    'lines fall silent',
    async ({ lines }, round) => {
      const [open, all] = [lines.filter((_, n) => n % 2 === 0), lines.filter((_, n) => n % 3 === 1)]
      for (const line of open) line.trouble(silences[round % 3] ?? 'both are silent', 'open')
      for (const line of all) line.trouble(silences[(round + 1) % 3] ?? 'both are silent')
      await wait(4000)
      for (const line of lines) line.trouble('none')
    },
  ],
  ['the server is restarted', ({ database }) => database.restart()],
  ['the server is killed', ({ database }) => database.kill()],
]

const untilWell = (urls: readonly string[]) =>
  expect
    .poll(async () => Promise.all(urls.map(async (url) => (await fetch(`${url}/api/health`)).status)), {
      timeout: 90_000,
      intervals: [50],
    })
    .toEqual(urls.map(() => 200))

/** Everything that plays, and its end. */
async function stageOf() {
  const data = mkdtempSync(join(tmpdir(), 'signet-outages-'))
  const [database, simulator] = await Promise.all([ownPostgres(), startSimulator()])
  const stage = { database: { ...database, drop: database.remove }, simulator, port: 1, data }
  await seed(sandboxSettings(stage), sandboxGo(stage))
  const lines = await Promise.all(Array.from({ length: 5 }, () => badLine(database.url)))
  const ports = await Promise.all(lines.map(freePort))
  const programs = lines.map((line, n) => {
    const file = n > 1 ? 'src/worker.ts' : hasPages ? 'src/server.ts' : 'tests/support/api-process.ts'
    return start(file, { ...sandboxSettings({ ...stage, port: ports[n] ?? 0 }), DATABASE_URL: line.url })
  })
  const urls = ports.map((port) => `http://127.0.0.1:${port}`)
  const admin = postgres(database.url, { max: 1, onnotice: () => undefined })
  const close = async () => {
    await Promise.all(programs.map(end))
    await admin.end()
    await Promise.all(lines.map((line) => line.close()))
    await Promise.all([simulator.stop(), database.remove()])
    rmSync(data, { recursive: true, force: true })
  }
  const sandbox = JSON.parse(readFileSync(join(data, 'sandbox.json'), 'utf8')) as Sandbox
  return { database, simulator, lines, programs, urls, admin, sandbox, close }
}

test('nothing accepted is lost and no text or call is made twice while the database comes and goes', async () => {
  test.setTimeout(600_000 + rounds * 30_000)
  const stage = await stageOf()
  const { simulator, programs, sandbox } = stage
  try {
    const ready = await Promise.all(programs.map((program, n) => untilReady(`process ${n}`, program)))
    const urls = ready
      .slice(0, 2)
      .map(({ ready: port }, n) => (hasPages ? stage.urls[n] : `http://127.0.0.1:${port}`) ?? '')
    const key = sandbox.apps.find((app) => app.key === 'smart-home')?.liveKey ?? ''
    const openid = simulator.wechat.openids.following[0] ?? ''
    await simulator.empty()
    const sending = startCalling({ urls: () => urls, key, openid, senders: 6, rest: 200 })
    await wait(1000)
    const table: object[] = []
    for (let round = 0; round < rounds; round++) {
      const [what, make] = troubles[round % troubles.length] ?? ['', () => Promise.resolve()]
      const from = sending.answers.length
      await make(stage, round)
      const over = performance.now()
      await untilWell(urls)
      const well = performance.now()
      await wait(1500)
      const answers = sending.answers.slice(from)
      const slowest = (of: Answer[]) => Math.round(Math.max(0, ...of.map(({ ms }) => ms)))
      table.push({
        trouble: what,
        'well after (ms)': Math.round(well - over),
        'answers 202': answers.filter(({ status }) => status === 202).length,
        'answers 503': answers.filter(({ status }) => status === 503).length,
        'slowest (ms)': slowest(answers),
        'slowest since well (ms)': slowest(answers.filter(({ began }) => began > well)),
      })
    }
    await sending.stop()
    const open = async () => (await unfinished(stage.admin)).slice()
    await expect.poll(open, { timeout: 300_000, intervals: [500] }).toEqual([])
    const lines = await judge(stage.admin, simulator.url, sending)
    if (isSoak) {
      console.table(table)
      console.table(
        lines.map(({ channel, accepted, unknown, repeated }) => [channel, accepted, unknown.length, repeated.length]),
      )
    }
    expect(lines.map(({ channel, lost, double }) => ({ channel, lost, double }))).toEqual(
      channelIds.map((channel) => ({ channel, lost: [], double: [] })),
    )
    const failures = programs.slice(0, 2).flatMap(({ output }) => output().match(/.*"msg":"a request failed".*/g) ?? [])
    expect(failures).toEqual([])
    expect([...new Set(sending.answers.map(({ status }) => status))].sort()).toEqual([202, 503])
    expect(programs.map(({ child }) => child.exitCode ?? child.signalCode)).toEqual(programs.map(() => null))
    for (const { output } of programs) expect(output()).not.toMatch(/\[object Object\]|nobody caught/)
  } finally {
    await stage.close()
  }
})

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
import { type Simulator, startSimulator } from '../support/simulator.ts'

const rounds = Number(process.env.TEST_OUTAGES ?? 5)
const isSoak = rounds > 5
/** With pages it takes a build. */
const hasPages = process.env.TEST_OUTAGES_PAGES === 'on'
const channels = ['email', 'sms', 'voice'] as const

type Answer = { began: number; ms: number; status: number }
type Accepted = { id: string; channel: (typeof channels)[number]; to: string }
type Line = Awaited<ReturnType<typeof badLine>>

/** Sends messages over all channels, the same call under the same key until it is accepted, until it is told to stop. */
function load(urls: readonly string[], key: string) {
  const answers: Answer[] = []
  const accepted: Accepted[] = []
  let isOver = false
  const ask = async (body: object, idempotencyKey: string) => {
    const began = performance.now()
    const url = urls[Math.floor(Math.random() * urls.length)]
    const response = await fetch(`${url}/api/v1/messages`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${key}`, 'idempotency-key': idempotencyKey },
    })
    const json = (await response.json()) as { id: string }
    answers.push({ began, ms: performance.now() - began, status: response.status })
    return response.status === 202 ? json.id : undefined
  }
  const sendOne = async (n: number) => {
    const channel = channels[n % channels.length] ?? 'email'
    const to = channel === 'email' ? `p${n}@example.com` : `+86139${String(n).padStart(8, '0')}`
    const body = { channel, scenario: 'login', to, variables: { code: '123456' } }
    for (;;) {
      const id = await ask(body, `order-${n}`)
      if (id) return void accepted.push({ id, channel, to })
      await wait(100 + Math.random() * 200)
    }
  }
  let next = 0
  const sender = async () => {
    while (!isOver) {
      await sendOne(next++)
      await wait(Math.random() * 200)
    }
  }
  const sending = Promise.all(Array.from({ length: 6 }, sender))
  return {
    answers,
    accepted,
    async stop() {
      isOver = true
      await sending
    },
  }
}

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

/** How often each message reached the simulator, and where that is wrong. */
async function countAll(simulator: Simulator, accepted: readonly Accepted[], unsure: ReadonlySet<string>) {
  const counted = await Promise.all(
    accepted.map(async (message) => ({ ...message, sent: await simulator.count(message.to, message.channel) })),
  )
  return {
    lost: counted.filter(({ sent, id }) => sent === 0 && !unsure.has(id)),
    twice: counted.filter(({ sent, channel }) => sent > 1 && channel !== 'email'),
    mailsTwice: counted.filter(({ sent, channel }) => sent > 1 && channel === 'email').length,
  }
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
    const sending = load(urls, sandbox.apps[0]?.liveKey ?? '')
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
    const open = async () =>
      (
        await stage.admin`select status, count(*)::int from message where status in ('queued', 'sending') group by 1`
      ).slice()
    await expect.poll(open, { timeout: 300_000, intervals: [500] }).toEqual([])
    const unknown = await stage.admin<{ id: string }[]>`select id from message where status = 'unknown'`
    const counted = await countAll(simulator, sending.accepted, new Set(unknown.map(({ id }) => id)))
    if (isSoak) {
      console.table(table)
      console.info(
        `${sending.accepted.length} accepted, ${unknown.length} of unknown outcome, ${counted.mailsTwice} mails twice`,
      )
    }
    expect(counted).toMatchObject({ lost: [], twice: [] })
    const failures = programs.slice(0, 2).flatMap(({ output }) => output().match(/.*"msg":"a request failed".*/g) ?? [])
    expect(failures).toEqual([])
    expect([...new Set(sending.answers.map(({ status }) => status))].sort()).toEqual([202, 503])
    expect(programs.map(({ child }) => child.exitCode ?? child.signalCode)).toEqual(programs.map(() => null))
    for (const { output } of programs) expect(output()).not.toMatch(/\[object Object\]|nobody caught/)
  } finally {
    await stage.close()
  }
})

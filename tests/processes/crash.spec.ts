/** Kills the worker and the HTTP API at random moments, and then looks for what was accepted and is not there, or twice. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { test } from '@playwright/test'
import { asc, count, inArray } from 'drizzle-orm'
import { message, messageEvent } from '#db/schema/index.ts'
import { saveAccount } from '#domain/accounts/saving.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import { addApp, addKey } from '#domain/apps/apps.ts'
import { createOrganization } from '#domain/people/members.ts'
import { saveTemplate } from '#domain/templates/templates.ts'
import { compose, type Parts } from '#platform/compose.ts'
import { readEnv } from '#platform/env.ts'
import { miscounted } from '../support/counted.ts'
import { freshDatabase } from '../support/database.ts'
import { environmentWith } from '../support/environment.ts'
import { endOf, expect, masterKey } from '../support/make.ts'
import { type Simulator, startSimulator } from '../support/simulator.ts'

const programs = { worker: '../../src/worker.ts', api: '../support/api-process.ts' }
const total = 500

type Settings = Record<string, string>

/** A process that is started again each time it is killed. */
function restarting(program: keyof typeof programs, settings: Settings) {
  const file = fileURLToPath(new URL(programs[program], import.meta.url))
  let child: ChildProcess | undefined
  const state = {
    ready: 0,
    kills: 0,
    async start() {
      child = fork(file, {
        env: environmentWith(settings),
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        execArgv: [],
      })
      const [told] = (await Promise.race([
        once(child, 'message'),
        once(child, 'exit').then(([code]) => Promise.reject(new Error(`The ${program} ended with ${code}.`))),
      ])) as [{ ready: number }]
      state.ready = told.ready
    },
    /** Asks it to stop; its exit code. */
    async stop() {
      const exited = child && once(child, 'exit')
      child?.kill('SIGTERM')
      return (await exited)?.[0]
    },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      state.kills += 1
      await exited
    },
  }
  return state
}

/** An organization that can send through the simulator, and the live key of its App. */
async function setUp(parts: Parts, { smtp }: Simulator): Promise<string> {
  const ownerId = await parts.signIn.addPerson({ name: 'Ann', email: 'ann@example.com', password: 'a long password' })
  if (!ownerId) throw new Error('The database is empty.')
  const now = () => new Date()
  const organizationId = await createOrganization({ db: parts.db, now }, 'Acme', ownerId)
  const owner = {
    kind: 'user',
    id: ownerId,
    name: 'Ann',
    email: 'ann@example.com',
    organizationId,
    role: 'owner',
  } as const
  const ctx = parts.contextFor(owner)
  const { host, plain: port, user: username, password } = smtp
  const config = { host, port, encryption: 'none', username, password, fromAddress: username }
  const saved = await endOf(saveAccount(ctx, { channel: 'email', provider: 'smtp', name: 'Simulator', config }))
  const outcome = await endOf(validateAccount(ctx, { id: saved.saved ? saved.id : '' }))
  expect(outcome.ok).toBe(true)
  const content = { subject: '${alarm_level}', html: '<p>${device_name}</p>' }
  const place = { channel: 'email', scenario: 'device_alarm', appId: null, baseVersion: 0 } as const
  await saveTemplate(ctx, { ...place, content, fallBack: false })
  const app = await addApp(ctx, { key: 'shop', name: 'Shop', language: 'en', codeLifetimeMinutes: 10, logo: null })
  return (await addKey(ctx, { appId: app.id, name: 'backend', kind: 'live', channels: [], expiresInDays: null })).key
}

/** Sends as a careful backend does: the same call under the same key until it is answered. Gives the id of the message. */
async function sendUntilAccepted(port: () => number, key: string, n: number): Promise<string> {
  const variables = { device_name: `Pump ${n}`, alarm_level: 'high' }
  const body = JSON.stringify({ channel: 'email', scenario: 'device_alarm', to: `p${n}@example.com`, variables })
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'idempotency-key': `order-${n}`,
  }
  for (;;) {
    const url = `http://127.0.0.1:${port()}/api/v1/messages`
    const answer = await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(5000) })
      .then(async (response) => ({ status: response.status, text: await response.text() }))
      .catch(() => undefined)
    if (answer?.status === 202) return JSON.parse(answer.text).id
    if (answer && answer.status < 500) throw new Error(`Refused with ${answer.status}: ${answer.text}`)
    await wait(50)
  }
}

/** Kills a process, and starts it again, whenever `reached` passes one of so many random numbers of messages. */
async function killAtRandom(process: ReturnType<typeof restarting>, times: number, reached: () => number) {
  const moments = Array.from({ length: times }, () => Math.random() * total).sort((a, b) => a - b)
  for (const moment of moments) {
    while (reached() < moment) await wait(10)
    await wait(Math.random() * 100)
    await process.kill()
    await process.start()
  }
}

/** Everything that a spec here plays with, and its end. */
async function stageOf() {
  const [simulator, database] = await Promise.all([startSimulator(), freshDatabase()])
  const settings = {
    ...{ DATABASE_URL: database.url, SIGNET_MASTER_KEY: masterKey(7), SIGNET_SMTP_ALLOW: '127.0.0.1/32,::1/128' },
    LOG_LEVEL: 'silent',
  }
  const env = readEnv({ NODE_ENV: 'production', ...settings })
  const ignore = () => undefined
  const log = { debug: ignore, info: ignore, warn: ignore, error: ignore }
  const parts = await compose(env, log as Parts['log'], { name: 'spec' })
  const close = async () => {
    await parts.close()
    await database.drop()
    await simulator.stop()
  }
  return { simulator, settings, parts, close }
}

test('a worker that is told to stop finishes what providers have in hand, and leaves the rest to others', async () => {
  test.setTimeout(300_000)
  const { simulator, settings, parts, close } = await stageOf()
  const [worker, other, api] = [
    restarting('worker', settings),
    restarting('worker', settings),
    restarting('api', settings),
  ]
  const count = 150
  try {
    const key = await setUp(parts, simulator)
    await simulator.control({ channel: 'email', kind: 'delay', ms: 700 })
    await api.start()
    const ids = await Promise.all(Array.from({ length: count }, (_, n) => sendUntilAccepted(() => api.ready, key, n)))
    await worker.start()
    await expect.poll(() => simulator.count(), { timeout: 90_000, intervals: [20] }).toBeGreaterThan(15)
    expect(await worker.stop()).toBe(0)
    const taken = await simulator.count()
    expect(taken).toBeLessThan(count)
    const stored = await parts.db.select().from(message)
    expect(stored.filter(({ status }) => status === 'sent')).toHaveLength(taken)
    expect(stored.filter(({ status }) => status === 'queued')).toHaveLength(count - taken)
    await simulator.clear()
    await other.start()
    await expect.poll(() => simulator.count(), { timeout: 90_000 }).toBe(count)
    for (const n of ids.keys()) expect(await simulator.count(`p${n}@example.com`)).toBe(1)
    const events = await parts.db.select().from(messageEvent)
    expect(events.filter(({ status }) => status === 'unknown')).toEqual([])
  } finally {
    await Promise.all([worker.kill(), other.kill(), api.kill()])
    await close()
  }
})

test('500 messages accepted while worker and API are killed are all sent, twice only where an answer was lost', async () => {
  test.setTimeout(600_000)
  const { simulator, settings, parts, close } = await stageOf()
  const [worker, second, api] = [
    restarting('worker', settings),
    restarting('worker', settings),
    restarting('api', settings),
  ]
  try {
    const key = await setUp(parts, simulator)
    await simulator.control({ channel: 'email', kind: 'delay', ms: 60 })
    await Promise.all([worker.start(), second.start(), api.start()])

    const ids: string[] = []
    let next = 0
    const sender = async () => {
      for (let n = next++; n < total; n = next++) {
        ids[n] = await sendUntilAccepted(() => api.ready, key, n)
        await wait(Math.random() * 200)
      }
    }
    await Promise.all([
      ...Array.from({ length: 12 }, sender),
      ...[worker, second, api].map((process) => killAtRandom(process, 3, () => next)),
    ])
    expect([worker.kills, second.kills, api.kills]).toEqual([3, 3, 3])

    expect(new Set(ids).size).toBe(total)
    const open = () =>
      parts.db
        .select({ status: message.status, waiting: message.waiting, code: message.errorCode, count: count() })
        .from(message)
        .where(inArray(message.status, ['queued', 'sending']))
        .groupBy(message.status, message.waiting, message.errorCode)
    await expect.poll(open, { timeout: 300_000, intervals: [500] }).toEqual([])

    const stored = await parts.db.select().from(message)
    expect(stored.map(({ id }) => id).sort()).toEqual([...ids].sort())
    expect(stored.filter(({ status }) => status !== 'sent')).toEqual([])
    const events = await parts.db.select().from(messageEvent).orderBy(asc(messageEvent.id))
    const mails = await Promise.all(ids.map((_, n) => simulator.count(`p${n}@example.com`)))
    const wrong = ids.flatMap((id, n) => {
      const line = events.filter(({ messageId }) => messageId === id)
      const lost = line.filter(({ status }) => status === 'unknown').length
      const sent = mails[n] ?? 0
      return sent >= 1 && sent <= 1 + lost ? [] : [{ id, sent, line: line.map(({ status }) => status) }]
    })
    expect(wrong).toEqual([])
    expect(await simulator.count()).toBe(mails.reduce((sum, sent) => sum + sent, 0))
    expect(await miscounted(parts.db)).toEqual([])
  } finally {
    await Promise.all([worker.kill(), second.kill(), api.kill()])
    await close()
  }
})

/** Traces by OpenTelemetry: from an App's call over the queue to the provider and the App's webhook, in processes of their own. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { test } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { message } from '#db/schema/index.ts'
import { addKey, appNames } from '#domain/apps/apps.ts'
import { readEnv, SettingsError } from '#platform/env.ts'
import { startCollector } from '../support/collector.ts'
import { emptyDatabase, type TestDatabase } from '../support/database.ts'
import { dumpOf, openLanded } from '../support/landed.ts'
import { expect } from '../support/make.ts'
import { end, freePort, sandboxSettings, start, untilReady } from '../support/running-signet.ts'
import { type Simulator, startSimulator } from '../support/simulator.ts'
import { endpoint, receiver } from '../support/webhook-stage.ts'

/** What they are made with is told as it is loaded. */
const loads =
  "import { registerHooks } from 'node:module'; registerHooks({ load(url, context, next) { if (/@opentelemetry.(?!api)/.test(url)) console.error('loaded', url); return next(url, context) } })"

type Installation = {
  simulator: Simulator
  database: TestDatabase
  settings: Record<string, string>
  parts: Awaited<ReturnType<typeof openLanded>>['parts']
  hooks: Awaited<ReturnType<typeof receiver>>
  key: string
}

async function install(): Promise<Installation> {
  const [simulator, database, hooks] = await Promise.all([startSimulator(), emptyDatabase(dumpOf('0004')), receiver()])
  const settings = {
    ...sandboxSettings({ database, simulator, port: 3999, data: '' }),
    ...{ SIGNET_SANDBOX: 'off', HOST: '127.0.0.1', NODE_OPTIONS: `--import="data:text/javascript,${loads}"` },
  }
  const [code] = await once(start('scripts/prepare.ts', settings).child, 'exit')
  expect(code).toBe(0)
  const { parts, as } = await openLanded(settings, simulator)
  const owner = as('owner')
  const appId = (await appNames(owner)).find((app) => app.key === 'shop')?.id ?? ''
  await endpoint(owner, appId, { url: hooks.url, events: ['message.sent'] })
  const { key } = await addKey(owner, { appId, name: 'backend', kind: 'live', channels: [], expiresInDays: null })
  return { simulator, database, settings, parts, hooks, key }
}

let on: Installation
test.beforeAll(async () => {
  on = await install()
})
test.afterAll(async () => {
  await on.parts.close()
  await Promise.all([on.hooks.close(), on.simulator.stop(), on.database.drop()])
})

/** A web process without its pages and a worker, and how an App calls them. */
async function running(own: Record<string, string>) {
  const settings = { ...on.settings, OTEL_BSP_SCHEDULE_DELAY: '50', ...own }
  const programs = {
    web: start('tests/support/api-process.ts', settings),
    worker: start('src/worker.ts', settings),
  }
  const [web] = await Promise.all([untilReady('web process', programs.web), untilReady('worker', programs.worker)])
  const call = (to: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${web.ready}/api/v1/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${on.key}`, ...headers },
      body: JSON.stringify({ channel: 'email', scenario: 'login', to, variables: { code: '493817' } }),
    })
  const stop = async () => {
    programs.web.child.kill('SIGKILL')
    await end(programs.worker)
  }
  const output = () => programs.web.output() + programs.worker.output()
  return { ...programs, call, stop, output }
}

const rowOf = async (to: string) => (await on.parts.db.select().from(message).where(eq(message.recipient, to)))[0]
/** What the App's webhook was called with about a message. */
const toldOf = async (to: string) => {
  const id = (await rowOf(to))?.id ?? 'none'
  return on.hooks.calls.find(({ body }) => body.includes(id))
}
const traceparent = (traceId: string, flags = '01') => `00-${traceId}-00f067aa0ba902b7-${flags}`
const newTrace = () => randomBytes(16).toString('hex')

test('the call of an App, the attempt, what the provider was asked and the webhook are one trace: the trace of the App', async () => {
  const collector = await startCollector()
  const { call, stop, output } = await running({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })
  try {
    const [traceId, unsampled] = [newTrace(), newTrace()]
    expect((await call('one@example.com', { traceparent: traceparent(traceId) })).status).toBe(202)
    expect((await call('two@example.com', { traceparent: traceparent(unsampled, '00') })).status).toBe(202)
    const namesOf = () => collector.ofTrace(traceId).map(({ name, service }) => `${service}: ${name}`)
    await expect
      .poll(() => namesOf().sort())
      .toEqual([
        'signet-web: POST /api/v1/messages',
        'signet-worker: attempt',
        'signet-worker: send',
        'signet-worker: webhook',
      ])
    const spans = new Map(collector.ofTrace(traceId).map((span) => [span.name, span]))
    const [accept, attempt, send, webhook] = ['POST /api/v1/messages', 'attempt', 'send', 'webhook'].map((name) =>
      spans.get(name),
    )
    expect(accept?.parentSpanId).toBe('00f067aa0ba902b7')
    expect([attempt?.parentSpanId, webhook?.parentSpanId]).toEqual([accept?.spanId, accept?.spanId])
    expect(send?.parentSpanId).toBe(attempt?.spanId)
    const known = { 'signet.channel': 'email', 'signet.scenario': 'login' }
    expect(accept?.attributes).toEqual({ ...known, 'signet.outcome': 'accepted', 'http.response.status_code': 202 })
    const messageId = (await rowOf('one@example.com'))?.id
    expect(attempt?.attributes).toEqual({
      ...known,
      ...{ 'signet.message': messageId, 'signet.attempt': 1, 'signet.outcome': 'sent' },
    })
    expect(send?.attributes).toEqual({ 'signet.provider': 'smtp', 'signet.channel': 'email' })
    expect(webhook?.attributes).toEqual({ 'signet.event': 'message.sent', 'http.response.status_code': 200 })
    const taken = collector
      .spans()
      .filter(({ name }) => name === 'take')
      .map(({ traceId, spanId }) => ({ traceId, spanId }))
    expect(attempt?.links).toHaveLength(1)
    expect(taken).toContainEqual(expect.objectContaining({ traceId: attempt?.links?.[0]?.traceId }))
    expect((await toldOf('one@example.com'))?.headers.traceparent).toBe(`00-${traceId}-${webhook?.spanId}-01`)

    // What the App does not record is not recorded here, and its trace goes on all the same.
    await expect.poll(() => toldOf('two@example.com')).toBeDefined()
    expect((await toldOf('two@example.com'))?.headers.traceparent).toMatch(
      new RegExp(`^00-${unsampled}-[0-9a-f]{16}-00$`),
    )
    expect(collector.ofTrace(unsampled)).toEqual([])
    for (const secret of ['one@example.com', '493817', on.key]) expect(collector.bodies.join()).not.toContain(secret)
    expect(output()).toMatch(/loaded .*sdk-trace/)
  } finally {
    await stop()
    await collector.stop()
  }
})

test('what is no traceparent begins a trace, and who has no key has none made', async () => {
  const collector = await startCollector()
  const { call, stop } = await running({
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/v1/traces`,
    OTEL_SERVICE_NAME: 'notices',
  })
  const trace = newTrace()
  const hostile = [
    ...['', '00', 'x'.repeat(8000), `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, `00-${trace}-${'0'.repeat(16)}-01`],
    ...[
      `ff-${trace}-00f067aa0ba902b7-01`,
      `00-${trace}-00f067aa0ba902b7-01-more`,
      `00-${trace.slice(1)}-00f067aa0ba902b7-01`,
    ],
    ...[`${traceparent(trace)}, ${traceparent(trace)}`, `00-${trace}-00f067aa0ba902b7-zz`, `'; drop table message; --`],
  ]
  try {
    expect(
      (await call('nobody@example.com', { authorization: 'Bearer sk_live_no', traceparent: traceparent(trace) }))
        .status,
    ).toBe(401)
    for (const [n, value] of hostile.entries()) {
      expect((await call(`hostile${n}@example.com`, { traceparent: value })).status).toBe(202)
    }
    expect((await call('not an address', { traceparent: traceparent(newTrace()) })).status).toBe(422)
    const calls = () => collector.spans().filter(({ name }) => name === 'POST /api/v1/messages')
    await expect.poll(() => calls().length).toBe(hostile.length + 1)
    expect(collector.ofTrace(trace)).toEqual([])
    const [refused, ...accepted] = calls().toSorted(
      (a, b) => Number(b.attributes['http.response.status_code']) - Number(a.attributes['http.response.status_code']),
    )
    expect(refused).toMatchObject({ isFailed: false, attributes: { 'signet.outcome': 'recipient_invalid' } })
    expect(new Set(accepted.map(({ traceId }) => traceId)).size).toBe(hostile.length)
    expect(accepted.filter(({ parentSpanId }) => parentSpanId)).toEqual([])
    expect([...new Set(collector.spans().map(({ service }) => service))]).toEqual(['notices'])
  } finally {
    await stop()
    await collector.stop()
  }
})

test('without a collector nothing is loaded, and nothing kept of the trace of an App', async () => {
  const collector = await startCollector()
  const { call, stop, output } = await running({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_SDK_DISABLED: 'TRUE',
  })
  try {
    expect((await call('off@example.com', { traceparent: traceparent(newTrace()) })).status).toBe(202)
    await expect.poll(() => toldOf('off@example.com')).toBeDefined()
    expect((await toldOf('off@example.com'))?.headers).not.toHaveProperty('traceparent')
    expect(await rowOf('off@example.com')).toMatchObject({ status: 'sent', traceparent: null })
  } finally {
    await stop()
    await collector.stop()
  }
  expect(collector.bodies).toEqual([])
  expect(output()).not.toContain('loaded')
})

test('what a process has not handed over yet when it is told to stop is handed over then', async () => {
  const collector = await startCollector()
  const { call, worker, stop } = await running({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '3600000',
  })
  try {
    const traceId = newTrace()
    expect((await call('last@example.com', { traceparent: traceparent(traceId) })).status).toBe(202)
    await expect.poll(() => toldOf('last@example.com')).toBeDefined()
    expect(collector.bodies).toEqual([])
    await end(worker)
    expect(collector.ofTrace(traceId).map(({ name }) => name)).toEqual(expect.arrayContaining(['send', 'attempt']))
  } finally {
    await stop()
    await collector.stop()
  }
})

for (const [what, isThere] of [
  ['away', false],
  ['slow', true],
] as const) {
  test(`a collector that is ${what} keeps nobody waiting, neither Apps nor who stops a worker`, async () => {
    const collector = await startCollector({ answers: false })
    const url = isThere ? collector.url : `http://127.0.0.1:${await freePort()}`
    const timeouts = { OTEL_EXPORTER_OTLP_TIMEOUT: isThere ? '60000' : '200' }
    const { call, worker, stop } = await running({ OTEL_EXPORTER_OTLP_ENDPOINT: url, ...timeouts })
    try {
      const statuses = await Promise.all(
        Array.from({ length: 20 }, async (_, n) => (await call(`${what}${n}@example.com`)).status),
      )
      expect([...new Set(statuses)]).toEqual([202])
      for (let n = 0; n < 20; n++) {
        await expect.poll(async () => (await rowOf(`${what}${n}@example.com`))?.status).toBe('sent')
      }
      if (isThere) await expect.poll(() => collector.bodies.length).toBeGreaterThan(0)
      else await expect.poll(worker.output).toContain('traces could not be handed over')
      const ended = once(worker.child, 'exit')
      worker.child.kill('SIGTERM')
      expect(await ended).toEqual([0, null])
    } finally {
      await stop()
      await collector.stop()
    }
  })
}

test('settings of traces that cannot be followed are named at the start', () => {
  const settings = {
    DATABASE_URL: 'postgres://h/d',
    SIGNET_KEY_FILE: 'k',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel:4318',
  }
  const tracing = (own: Record<string, string>) => readEnv({ NODE_ENV: 'production', ...settings, ...own }).tracing
  expect(tracing({})).toEqual({ sampler: 'parentbased_always_on', ratio: 1, delayMs: 5000 })
  const tenth = { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.1' }
  expect(tracing(tenth)).toMatchObject({ sampler: 'traceidratio', ratio: 0.1 })
  expect(tracing({ OTEL_TRACES_EXPORTER: 'none' })).toBeUndefined()
  expect(tracing({ OTEL_SDK_DISABLED: 'true' })).toBeUndefined()
  // A machine may set them for other programs.
  const others = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_TRACES_SAMPLER: 'xray' }
  expect(tracing({ ...others, OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toBeUndefined()
  expect(tracing({ ...others, OTEL_TRACES_EXPORTER: 'console' })).toBeUndefined()
  expect(tracing({ ...others, OTEL_SDK_DISABLED: 'true' })).toBeUndefined()
  expect(tracing({ OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toBeUndefined()
  for (const [name, value] of [
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'otel:4318'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_TRACES_SAMPLER', 'xray'],
    ['OTEL_TRACES_SAMPLER_ARG', '2'],
  ] as const) {
    expect(() => tracing({ [name]: value })).toThrow(SettingsError)
    expect(() => tracing({ [name]: value })).toThrow(`The setting ${name} must`)
  }
})

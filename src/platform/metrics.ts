/** Metrics in the form of Prometheus: what this process has counted, and the state of the installation when they are asked for. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { PoolLoad } from '#db/connections.ts'
import { incidentKinds, type MessageStatus, messageStatuses } from '#db/schema/index.ts'
import { limitNames } from '#domain/base/codes.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import type { Metrics } from '#domain/base/metrics.ts'
import { watched } from '#domain/overview/watching.ts'
import { verificationAnswers } from '#domain/verifications/checking.ts'

/** In seconds. Ten of the longest is the most that a provider is waited for. */
const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const delays = [1, 3, 10, 30, 60, 300, 1800, 7200, 86_400]
const waits = [0.1, 0.5, 1, 5, 15, 60, 300, 1800, 7200]

type Known = { channels: readonly string[]; providers: readonly string[] }

export type MetricsDoor = {
  metrics: Metrics
  /** What to answer a request with that says so in its `Authorization`. */
  answer(authorization: string | undefined): Promise<{ status: number; contentType: string; body: string }>
}

/**
 * @param load of this process's connections to the database
 * @param token who shows it may read; nobody may where there is none
 * @param channels, providers their ids: what has not happened yet counts as none
 */
export function openMetrics(
  { db, log, load }: Pick<Ctx, 'db' | 'log'> & { load: () => PoolLoad },
  { token, ...known }: { token: string | undefined } & Known,
): MetricsDoor {
  const registry = new Registry()
  if (token) collectDefaultMetrics({ register: registry })
  const makers = metricsIn(registry)
  const metrics = countsOf(makers, known)
  const state = stateOf(makers, known)
  const read = async () => {
    // Looking at the installation takes connections itself.
    const before = load()
    const now = await watched({ db }).catch((error: unknown) => {
      log.warn({ err: error }, 'the state of the installation could not be read')
      return undefined
    })
    state(now, before)
    return registry.metrics()
  }
  return {
    metrics,
    async answer(authorization) {
      const plain = (status: number, body: string) => ({ status, contentType: 'text/plain; charset=utf-8', body })
      if (!token) return plain(404, 'Metrics are off. Set SIGNET_METRICS_TOKEN to have them.\n')
      const shown = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? ''
      if (!timingSafeEqual(digestOf(shown), digestOf(token)))
        return plain(401, 'Metrics need the token of SIGNET_METRICS_TOKEN.\n')
      return { status: 200, contentType: registry.contentType, body: await read() }
    },
  }
}

const isEnd = (status: MessageStatus) => status !== 'queued' && status !== 'sending'
const digestOf = (text: string) => createHash('sha256').update(text).digest()

/** A server with nothing but the metrics, for a process that has no other. */
export function serveMetrics(door: MetricsDoor): Server {
  return createServer(async (request, response) => {
    request.resume()
    if (request.url !== '/api/metrics') return response.writeHead(404).end()
    const { status, contentType, body } = await door.answer(request.headers.authorization)
    return response.writeHead(status, { 'Content-Type': contentType }).end(body)
  })
}

/** Makes metrics in a registry. */
function metricsIn(registry: Registry) {
  const registers = [registry]
  const named = (name: string, help: string) => ({ name: `signet_${name}`, help, registers })
  return {
    counter: <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
      new Counter({ ...named(name, help), labelNames }),
    gauge: <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
      new Gauge({ ...named(name, help), labelNames }),
    histogram: <Label extends string>(name: string, help: string, within: number[], ...labelNames: Label[]) =>
      new Histogram({ ...named(name, help), labelNames, buckets: within }),
  }
}

type Makers = ReturnType<typeof metricsIn>

/** What this process counts of its work. What is known by name begins at none. */
function countsOf({ counter, histogram }: Makers, { channels, providers }: Known): Metrics {
  const accepted = counter('messages_accepted_total', 'Messages that were accepted', 'channel', 'by')
  const refused = counter('calls_refused_total', 'Calls of the HTTP API with a live key that were refused', 'code')
  const limited = counter('limits_hit_total', 'Calls with a live key that were refused for a limit', 'limit')
  const attempts = counter('send_attempts_total', 'Messages that were handed to a provider', 'provider', 'outcome')
  const durations = histogram('provider_request_duration_seconds', 'How long providers took', buckets, 'provider')
  const waited = histogram('message_wait_seconds', 'From accepting to the first attempt', waits, 'channel')
  const finished = counter('messages_finished_total', 'Messages that a worker was done with', 'channel', 'result')
  const receipts = counter('receipts_total', 'What providers reported', 'provider', 'result')
  const reported = histogram('receipt_delay_seconds', 'From sending to the first receipt', delays, 'channel')
  const checks = counter('verification_checks_total', 'Codes that were entered', 'result')
  const told = counter(
    'webhook_deliveries_total',
    'Calls of endpoints that listen for what became of messages',
    'result',
  )

  for (const channel of channels) {
    accepted.inc({ channel, by: 'message' }, 0)
    for (const result of messageStatuses.filter(isEnd)) finished.inc({ channel, result }, 0)
  }
  for (const result of ['2xx', '3xx', '4xx', '5xx', 'timed_out', 'network']) told.inc({ result }, 0)
  for (const limit of limitNames) limited.inc({ limit }, 0)
  for (const result of verificationAnswers) checks.inc({ result }, 0)
  for (const provider of providers) {
    attempts.inc({ provider, outcome: 'ok' }, 0)
    for (const result of ['delivered', 'failed', 'unmatched']) receipts.inc({ provider, result }, 0)
  }

  return {
    accepted: (labels) => accepted.inc(labels),
    refused: (code) => refused.inc({ code }),
    attempted({ provider, outcome, ms }) {
      attempts.inc({ provider, outcome })
      durations.observe({ provider }, ms / 1000)
    },
    begun: ({ channel, waitedMs }) => waited.observe({ channel }, Math.max(0, waitedMs) / 1000),
    finished: (labels) => finished.inc(labels),
    received: (labels) => receipts.inc(labels),
    limited: (limit) => limited.inc({ limit }),
    reported: ({ channel, waitedMs }) => reported.observe({ channel }, Math.max(0, waitedMs) / 1000),
    told: (result) => told.inc({ result }),
    checked: (result) => checks.inc({ result }),
  }
}

/** The state of the installation, and of this process's connections, once it was read. */
function stateOf({ gauge }: Makers, { channels }: Known) {
  const up = gauge('database_up', '1 while the database answers')
  const held = gauge('sending_held', '1 while sending is held')
  const jobs = gauge('queue_messages', 'Jobs of messages, counted up to 100,000', 'state')
  const oldest = gauge('queue_oldest_age_seconds', 'For how long the oldest job has been due that no worker has taken')
  const waiting = gauge(
    'messages_waiting',
    'Messages that wait until their account or template is put right',
    'channel',
  )
  const accounts = gauge('provider_accounts', 'Accounts: in force, failing, or neither', 'provider', 'state')
  const incidents = gauge('incidents_open', 'Incidents that are not over', 'kind')
  const webhooks = gauge('webhooks_waiting', 'Calls of webhooks that wait, counted up to 100,000')
  const oldestWebhook = gauge('webhooks_oldest_age_seconds', 'For how long the oldest call of a webhook has been due')
  const failingWebhooks = gauge('webhook_endpoints_failing', 'Webhooks that do not answer well')
  const tables = gauge('table_bytes', 'What a table takes on disk, with its indexes', 'table')
  const database = gauge('database_bytes', 'What the database takes on disk')
  const connections = gauge('database_connections', 'Connections of this process to the database', 'state')
  const awaited = gauge(
    'database_connections_awaited',
    'How many wait in this process for a connection to the database',
  )

  /** Undefined while the database does not answer: what it would tell is not known then. */
  return (now: Awaited<ReturnType<typeof watched>> | undefined, { inUse, idle, waiting: callers }: PoolLoad) => {
    for (const each of [jobs, waiting, accounts, incidents, tables]) each.reset()
    for (const each of [held, oldest, webhooks, oldestWebhook, failingWebhooks, database]) each.remove()
    connections.set({ state: 'in_use' }, inUse)
    connections.set({ state: 'idle' }, idle)
    awaited.set(callers)
    up.set(now ? 1 : 0)
    if (!now) return
    held.set(now.isHeld ? 1 : 0)
    oldest.set(now.oldestJob)
    webhooks.set(now.webhooks?.waiting ?? 0)
    oldestWebhook.set(now.webhooks?.oldest ?? 0)
    failingWebhooks.set(now.webhooks?.failing ?? 0)
    for (const { table, bytes } of now.sizes) if (table) tables.set({ table }, bytes)
    database.set(now.sizes.find(({ table }) => table === '')?.bytes ?? 0)
    for (const name of ['ready', 'delayed', 'running']) jobs.set({ state: name }, 0)
    for (const kind of incidentKinds) incidents.set({ kind }, 0)
    for (const { kind, count } of now.incidents) incidents.set({ kind }, count)
    for (const channel of channels) waiting.set({ channel }, 0)
    for (const { state: name, count } of now.jobs) jobs.set({ state: name }, count)
    for (const { channel, count } of now.waiting) waiting.set({ channel }, count)
    for (const { provider, state: name, count } of now.accounts) accounts.inc({ provider, state: name }, count)
  }
}

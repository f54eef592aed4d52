/** Metrics in the form of Prometheus: what this process has counted, and the state of the installation when they are asked for. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { type MessageStatus, messageStatuses } from '#db/schema/index.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import type { Metrics } from '#domain/base/metrics.ts'
import { watched } from '#domain/overview/watching.ts'

/** In seconds. Ten of the longest is the most that a provider is waited for. */
const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const waits = [0.1, 0.5, 1, 5, 15, 60, 300, 1800, 7200]

type Known = { channels: readonly string[]; providers: readonly string[] }

export type MetricsDoor = {
  metrics: Metrics
  /** What to answer a request with that says so in its `Authorization`. */
  answer(authorization: string | undefined): Promise<{ status: number; contentType: string; body: string }>
}

/**
 * @param token who shows it may read; nobody may where there is none
 * @param channels, providers their ids: what has not happened yet counts as none
 */
export function openMetrics(
  { db, log }: Pick<Ctx, 'db' | 'log'>,
  { token, ...known }: { token: string | undefined } & Known,
): MetricsDoor {
  const registry = new Registry()
  if (token) collectDefaultMetrics({ register: registry })
  const { metrics, state } = instruments(registry, known)
  const read = async () => {
    try {
      state(await watched({ db }))
    } catch (error) {
      log.warn({ err: error }, 'the state of the installation could not be read')
      state(undefined)
    }
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

function instruments(registry: Registry, { channels, providers }: Known) {
  const registers = [registry]
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name: `signet_${name}`, help, labelNames, registers })
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name: `signet_${name}`, help, labelNames, registers })

  const accepted = counter('messages_accepted_total', 'Messages that were accepted', 'channel', 'by')
  const refused = counter('calls_refused_total', 'Calls of the HTTP API with a live key that were refused', 'code')
  const attempts = counter('send_attempts_total', 'Messages that were handed to a provider', 'provider', 'outcome')
  const durations = new Histogram({
    ...{ name: 'signet_provider_request_duration_seconds', help: 'How long providers took', buckets, registers },
    labelNames: ['provider'],
  })
  const waited = new Histogram({
    ...{ name: 'signet_message_wait_seconds', help: 'From accepting to the first attempt', buckets: waits, registers },
    labelNames: ['channel'],
  })
  const finished = counter('messages_finished_total', 'Messages that a worker was done with', 'channel', 'result')
  const receipts = counter('receipts_total', 'What providers reported', 'provider', 'result')
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
  for (const provider of providers) attempts.inc({ provider, outcome: 'ok' }, 0)

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

  const webhooks = gauge('webhooks_waiting', 'Calls of webhooks that wait, counted up to 100,000')
  const oldestWebhook = gauge('webhooks_oldest_age_seconds', 'For how long the oldest call of a webhook has been due')
  const failingWebhooks = gauge('webhook_endpoints_failing', 'Webhooks that do not answer well')
  const tables = gauge('table_bytes', 'What a table takes on disk, with its indexes', 'table')
  const database = gauge('database_bytes', 'What the database takes on disk')

  const metrics: Metrics = {
    accepted: (labels) => accepted.inc(labels),
    refused: (code) => refused.inc({ code }),
    attempted({ provider, outcome, ms }) {
      attempts.inc({ provider, outcome })
      durations.observe({ provider }, ms / 1000)
    },
    begun: ({ channel, waitedMs }) => waited.observe({ channel }, Math.max(0, waitedMs) / 1000),
    finished: (labels) => finished.inc(labels),
    received: (labels) => receipts.inc(labels),
    told: (result) => told.inc({ result }),
    checked: (result) => checks.inc({ result }),
  }
  /** Undefined while the database does not answer: what it would tell is not known then. */
  const state = (now: Awaited<ReturnType<typeof watched>> | undefined) => {
    for (const each of [jobs, waiting, accounts, tables]) each.reset()
    for (const each of [held, oldest, webhooks, oldestWebhook, failingWebhooks, database]) each.remove()
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
    for (const channel of channels) waiting.set({ channel }, 0)
    for (const { state: name, count } of now.jobs) jobs.set({ state: name }, count)
    for (const { channel, count } of now.waiting) waiting.set({ channel }, count)
    for (const { provider, state: name, count } of now.accounts) accounts.inc({ provider, state: name }, count)
  }
  return { metrics, state }
}

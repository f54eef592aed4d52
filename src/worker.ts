/** The worker: takes messages from the queue and hands them to providers. Any number may run beside each other. */
import { noteUnreadable } from '#domain/accounts/keeping-secrets.ts'
import { recoverAccounts } from '#domain/accounts/recovering.ts'
import { endExpired } from '#domain/verifications/ending.ts'
import { openWorkerQueue } from '#queue/worker-queue.ts'
import { forgetOld } from './domain/base/forgetting.ts'
import { heldNow, holdIfCopied } from './domain/base/holding.ts'
import { bringBack, clockWatch } from './domain/base/set-back.ts'
import { attendant } from './domain/incidents/attending.ts'
import { foldCounters } from './domain/overview/counts.ts'
import { refreshNextTemplates } from './domain/push-rules/cards.ts'
import { dropByRetention } from './domain/retention/dropping.ts'
import { addMonths, dropMonthsThatAreOver } from './domain/retention/months.ts'
import { deliverer } from './domain/sending/deliver/deliver.ts'
import { expireWaiting, releaseWaiting } from './domain/sending/deliver/upkeep.ts'
import { applyEarly } from './domain/sending/receipts/early-receipts.ts'
import { settleDue, stopAsking } from './domain/sending/receipts/settling.ts'
import { refreshNext } from './domain/templates/approvals.ts'
import { teller } from './domain/webhooks/telling.ts'
import { compose } from './platform/compose.ts'
import { readEnv, SettingsError } from './platform/env.ts'
import { freeMemory } from './platform/free-memory.ts'
import { endOnUncaught, openLog } from './platform/log.ts'
import { serveMetrics } from './platform/metrics.ts'

/** How long what providers have in hand may take to finish at shutdown, in milliseconds, and then its being written down. */
const graceMs = 12_000
const lastWordsMs = 2000
/** Receipts that came this long ago are about messages that somebody else sent, or about one whose worker was lost. */
const recentMs = 600_000
/** How long a statement may take here, where nobody waits for an answer, in milliseconds. */
const patience = 120_000

async function main() {
  const env = readEnv(process.env)
  const log = openLog('worker', env.logLevel)
  endOnUncaught(log)
  const parts = await compose(env, log, { name: 'signet-worker', pool: 6, plansAnew: true, slowest: patience })
  const queue = await openWorkerQueue(env.databaseUrl, log)
  const ctx = { ...parts.contextFor({ kind: 'system', name: 'worker' }), jobs: queue }
  const [stop, cutOff] = [new AbortController(), new AbortController()]

  // In the sandbox nothing leaves the machine, copied or not.
  let held = env.sandbox ? await heldNow(ctx.db) : await holdIfCopied(ctx, env.dataId)
  const tell = () => (held ? log.warn({ held }, 'sending is held') : log.info({}, 'sending is not held any more'))
  if (held) tell()

  queue.work(deliverer(ctx, { stopping: stop.signal, cutOff: cutOff.signal }), () => held === null)
  const telling = teller(ctx, parts.post, { cutOff: cutOff.signal, mayTell: () => held === null })
  queue.every(1, telling.tellDue)
  queue.every(2, async () => {
    const before = held
    held = await heldNow(ctx.db)
    if (Boolean(before) !== Boolean(held)) tell()
  })
  const isSetBack = clockWatch()
  queue.every(3, async () => {
    if (isSetBack()) await bringBack(ctx)
    await noteUnreadable(ctx)
    while ((await releaseWaiting(ctx)) > 0);
    while ((await applyEarly(ctx, recentMs)) > 0);
  })
  const attending = attendant(ctx, env)
  queue.every(10, attending.look)
  queue.every(10, async () => void (await settleDue(ctx, stop.signal)))
  queue.every(20, async () => {
    while ((await expireWaiting(ctx)) > 0);
    while ((await endExpired(ctx)) > 0);
  })
  queue.every(5, async () => {
    while (await refreshNext(ctx));
  })
  queue.every(30, async () => {
    while (await refreshNextTemplates(ctx));
  })
  queue.every(60, async () => void (await recoverAccounts(ctx)))
  queue.every(600, async () => {
    await addMonths(ctx)
    while ((await applyEarly(ctx)) > 0);
  })
  queue.every(3600, async () => {
    await forgetOld(ctx)
    await dropMonthsThatAreOver(ctx)
    await dropByRetention(ctx)
    await foldCounters(ctx)
    await stopAsking(ctx)
  })
  const watching = env.metricsToken && env.workerMetricsPort ? serveMetrics(parts.metricsDoor) : undefined
  watching?.on('error', (error) => log.error({ err: error, port: env.workerMetricsPort }, 'metrics cannot be served'))
  watching?.listen(env.workerMetricsPort, env.host)
  log.info({}, 'worker ready')
  process.send?.({ ready: true })
  freeMemory()

  let stopping = false
  const shutDown = async (why: string) => {
    if (stopping) return
    stopping = true
    log.info({ why }, 'worker stops')
    setTimeout(() => process.exit(1), graceMs + 5000).unref()
    stop.abort()
    await Promise.all([queue.drain(graceMs), telling.settled(graceMs), attending.settled(graceMs)])
    cutOff.abort()
    await Promise.all([queue.drain(lastWordsMs), telling.settled(lastWordsMs)])
    watching?.close()
    watching?.closeAllConnections()
    await queue.close()
    await parts.close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void shutDown(signal))
  process.on('disconnect', () => void shutDown('supervisor gone'))
}

main().catch((error: unknown) => {
  console.error(error instanceof SettingsError ? error.message : error)
  process.exit(1)
})

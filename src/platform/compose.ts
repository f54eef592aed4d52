/** Builds the parts that the domain depends on, from the settings. The only reader of env.ts besides the processes themselves. */
import { statSync } from 'node:fs'
import { connect } from '#db/client.ts'
import { tokenStore } from '#domain/accounts/access-tokens.ts'
import { keyAccess, rememberActors } from '#domain/apps/key-access.ts'
import { type RefusalCounter, refusalCounter } from '#domain/apps/refusals.ts'
import type { Actor, AppActor, Ctx, Log } from '#domain/base/ctx.ts'
import { keyring, type Secrets } from '#domain/base/secrets.ts'
import { type Submit, submitter } from '#domain/sending/accept/accept.ts'
import { readAllowList } from '#providers/addresses.ts'
import { catalog as openCatalog } from '#providers/catalog.ts'
import { openPost, type Post } from '#providers/posting.ts'
import { openQueue } from '#queue/queue.ts'
import { type Env, readKeyFile } from './env.ts'
import { type MetricsDoor, openMetrics } from './metrics.ts'
import { trustOwnAuthorities } from './own-authorities.ts'
import { openSetUp, type SetUp } from './set-up.ts'
import { openSignIn, type SignIn } from './sign-in.ts'
import { openTracing } from './tracing.ts'

export type Parts = SetUp & {
  env: Env
  log: Log
  db: Ctx['db']
  signIn: SignIn
  /** What this process tells those who watch it. */
  metricsDoor: MetricsDoor
  /** Calls an address that an App names. */
  post: Post
  submit: Submit
  /** Counts refused calls. */
  refusals: RefusalCounter
  /** The actor of an API key, or undefined. */
  actorOf: (key: string) => Promise<AppActor | undefined>
  /** What an API key stood for a moment ago; see `rememberActors` before using it. */
  presumedActorOf: (key: string) => AppActor | undefined
  contextFor: (actor: Actor) => Ctx
  /** For how long the oldest statement of this process has been under way, in milliseconds. */
  oldestStatementMs: () => number
  /** Whether a statement of this process has failed for want of a database since a moment of `performance.now()`. */
  hasFailedSince: (moment: number) => boolean
  /** Ends connections; waits for queries under way. */
  close: () => Promise<void>
}

/** The keys of this process. A key file is read again when it changes: at most once a second, or when a key is missing. */
function openKeys(env: Env): { load: () => string[]; secrets: Secrets } {
  const path = env.keyFile
  if (!path) {
    const keys = [env.masterKey ?? '', ...env.oldKeys]
    const load = () => keys
    return { load, secrets: keyring(load) }
  }
  let keys: string[] = []
  let readAt = Number.NEGATIVE_INFINITY
  let changedAt = 0
  const load = (anew = false) => {
    const now = performance.now()
    if (!anew && keys.length > 0 && now - readAt < 1000) return keys
    readAt = now
    const modified = statSync(path).mtimeMs
    if (modified !== changedAt) {
      keys = [...readKeyFile(path), ...env.oldKeys]
      changedAt = modified
    }
    return keys
  }
  return { load, secrets: keyring(load) }
}

/** Connections of a process to a copy of the database. */
const mostReaders = 5

/** @param options `pool`: how many database connections this process may hold; `slowest`: see `connect` */
export async function compose(
  env: Env,
  log: Log,
  options: { name: string; pool?: number; plansAnew?: boolean; slowest?: number },
): Promise<Parts> {
  trustOwnAuthorities(env.ownAuthorities)
  const now = () => new Date()
  const { db, close, load, oldestMs, hasFailedSince } = connect(env.databaseUrl, {
    name: options.name,
    max: options.pool ?? 10,
    plansAnew: options.plansAnew ?? false,
    ...(options.slowest === undefined ? {} : { slowest: options.slowest }),
  })
  const copy = env.databaseReadUrl
    ? connect(env.databaseReadUrl, { name: `${options.name}-read`, max: mostReaders })
    : undefined
  const replica = copy && { db: copy.db, restsUntil: 0 }
  const keys = openKeys(env)
  const jobs = await openQueue(db)
  const { secrets } = keys
  const catalog = openCatalog({ ...env, tokens: tokenStore({ db, secrets, now }) })
  const known = { channels: catalog.channels.map(({ id }) => id), providers: catalog.providers.map(({ id }) => id) }
  const metricsDoor = openMetrics({ db, log, load }, { token: env.metricsToken, ...known })
  // In the sandbox nothing leaves the machine.
  const line = openPost({ ...readAllowList(env.webhookAllow), only: env.sandbox })
  const tracing = await openTracing(env, options.name, log)
  const told = { log, metrics: metricsDoor.metrics, ...(tracing ? { trace: tracing.trace } : {}) }
  const deps = { db, replica, catalog, secrets, jobs, now, ...told }
  // The oldest key signs cookies, so that exchanging the master key signs nobody out.
  const lasting = { db, now, url: env.url, masterKey: keys.load().at(-1) ?? '' }
  const signIn = openSignIn({ ...lasting, log })
  const refusals = refusalCounter(deps)
  return {
    env,
    log,
    db,
    signIn,
    metricsDoor,
    post: line.post,
    oldestStatementMs: oldestMs,
    hasFailedSince,
    ...openSetUp({ ...lasting, signIn }),
    submit: submitter(deps),
    refusals,
    ...rememberActors(keyAccess(db, now), now),
    contextFor: (actor) => ({ ...deps, actor }),
    async close() {
      // Beside the rest: a collector that is slow takes no time of its own.
      const traced = tracing?.close()
      await refusals.flush()
      line.close()
      await Promise.all(catalog.providers.map((provider) => provider.close?.()))
      await jobs.close()
      await Promise.all([close(), copy?.close()])
      await traced
    },
  }
}

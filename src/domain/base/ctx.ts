/** All that the outside world lends the domain: the first argument of every verb. */
import type { Db, Tx } from '#db/database.ts'
import type { KeyKind, Role } from '#db/schema/index.ts'
import type { Catalog } from '#providers/catalog.ts'
import type { Jobs } from '#queue/queue.ts'
import type { Metrics } from './metrics.ts'
import type { Secrets } from './secrets.ts'
import type { Trace } from './trace.ts'

export type UserActor = { kind: 'user'; id: string; name: string; email: string; organizationId: string; role: Role }
export type AppActor = {
  kind: 'app'
  organizationId: string
  appId: string
  appName: string
  codeLifetimeMinutes: number
  keyId: string
  keyName: string
  keyKind: KeyKind
  /** Channels the key may use; empty means all. */
  channels: string[]
}
/** The worker, schedules and set-up scripts: trusted, and bound to no organization unless one is named. */
export type SystemActor = { kind: 'system'; name: string; organizationId?: string }
export type Actor = UserActor | AppActor | SystemActor

export type Log = {
  debug(data: object, message: string): void
  info(data: object, message: string): void
  warn(data: object, message: string): void
  error(data: object, message: string): void
}

/** A copy of the database that is read for people. */
export type Replica = {
  db: Db
  /** Until when it is not asked, in milliseconds since the epoch. */
  restsUntil: number
}

export type Ctx = {
  db: Db | Tx
  /** A copy of the database for `reading`, where there is one. */
  replica?: Replica | undefined
  actor: Actor
  catalog: Catalog
  secrets: Secrets
  jobs: Jobs
  now: () => Date
  log: Log
  metrics: Metrics
  /** Where in a trace the call stands; undefined while tracing is off. */
  trace?: Trace
}

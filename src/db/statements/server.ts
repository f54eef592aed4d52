/** What is asked of the database itself. */
import { orNull, statement, value } from '../statement.ts'

/** Answers when the database does. */
export const ping = statement({ takes: {}, gives: {}, sql: () => 'select' })

/** Waits until nobody else has the lock, and keeps it until the transaction ends. */
export const lockUntilCommit = statement({
  takes: { key: value.int },
  gives: {},
  sql: ({ key }) => `select from pg_advisory_xact_lock(${key})`,
})

/** Numbers of the database and of one of its tables. */
const databaseIdentity = `(select oid from pg_database where datname = current_database()) || '/' || 'installation'::regclass::oid`

/** What tells a database from its copies: a dump that is restored has another one, wherever to. */
export const identityWithServer = statement({
  takes: {},
  gives: { identity: value.text },
  sql: () => `select (select system_identifier from pg_control_system()) || '/' || ${databaseIdentity} as identity`,
})
export const identityWithoutServer = statement({
  takes: {},
  gives: { identity: value.text },
  sql: () => `select ${databaseIdentity} as identity`,
})

/**
 * Some backends, and whether they have been at rest for a moment. Of none where the server's own ids are not those that it
 * announces, as behind a connection pooler.
 */
export const backendsAtRest = statement({
  takes: { ids: value.ints, ownId: value.int },
  gives: { isDirect: value.flag, id: orNull(value.int), rests: orNull(value.flag) },
  sql: ({ ids, ownId }) => `
    select pg_backend_pid() = ${ownId} as is_direct, a.pid as id, a.state <> 'active' and a.state_change < now() - interval '300 ms' as rests
    from (select 1) one left join pg_stat_activity a on a.pid = any(${ids})`,
})

export const terminateBackends = statement({
  takes: { ids: value.ints },
  gives: {},
  sql: ({ ids }) => `select from unnest(${ids}) as id cross join lateral pg_terminate_backend(id)`,
})

/** Writing messages that come from something larger, with their first events and their jobs, in the caller's transaction. */
import type { Tx } from '#db/client.ts'
import { runPrepared } from '#db/statement.ts'
import type { Jobs } from '#queue/queue.ts'
import { groupOf, messageColumns, type NewMessage, typedColumns } from './accept.ts'

/** A message and what it comes from: a push rule and a device event, or a verification. */
export type DerivedMessage = NewMessage & {
  push_rule_id?: string | null
  event_id?: string | null
  verification_id?: string | null
  /** How many its rule's damping held back before it. */
  held_before?: number
}

const origins = 'push_rule_id, event_id, verification_id'

const insertion = ({ asSql }: Jobs) => `
  with given as (
    select * from json_to_recordset($1::json) as g(${typedColumns}, push_rule_id uuid, event_id uuid, verification_id uuid,
      job_group text, held_before int)
  ), inserted as (
    insert into message (${messageColumns}, ${origins}, status, updated_at)
    select ${messageColumns}, ${origins}, 'queued', created_at from given
  ), told as (
    insert into message_event (message_id, at, status, attempt, code, detail)
    select id, created_at, 'accepted', 0, case when held_before > 0 then 'held_back' end, nullif(held_before, 0)::text from given
  ), enqueued as (${asSql.insert('(select id, job_id, job_group, expires_at is not null as is_urgent from given)')}
  )
  select ${asSql.wake}`

/** Workers hear of them once the transaction is committed. */
export async function insertMessages(tx: Tx, jobs: Jobs, messages: DerivedMessage[]): Promise<void> {
  if (messages.length === 0) return
  const rows = messages.map((message) => ({ ...message, job_group: groupOf(message) }))
  await runPrepared(tx, insertion(jobs), JSON.stringify(rows))
}

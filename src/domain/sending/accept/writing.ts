/**
 * Writing messages: which columns they bring, in which line their jobs stand, and the statement that makes message, first event
 * and job one commit.
 */
import { v7 } from 'uuid'
import { isSideBySide } from '#channels/traits.ts'
import type { Tx } from '#db/client.ts'
import { message } from '#db/schema/index.ts'
import { columnsOf, runPrepared } from '#db/statement.ts'
import type { Jobs } from '#queue/queue.ts'

type Message = typeof message.$inferSelect

const brought = [
  ...(['id', 'jobId', 'organizationId', 'appId', 'apiKeyId', 'kind', 'channel', 'scenario', 'recipient'] as const),
  ...(['locale', 'templateId', 'templateVersion', 'accountId', 'variables', 'sealedVariables', 'reference'] as const),
  ...(['idempotencyKey', 'bodyHash', 'expiresAt', 'createdAt'] as const),
]
/** A message as it is accepted. One by a push rule has no template; its version is the rule's. */
export type NewMessage = Pick<Message, (typeof brought)[number]>

const origins = ['pushRuleId', 'eventId', 'verificationId'] as const
/** A message and what it comes from: a push rule and a device event, or a verification. */
export type DerivedMessage = NewMessage &
  Partial<Pick<Message, (typeof origins)[number]>> & {
    /** How many its rule's damping held back before it. */
    heldBefore?: number
  }

/** A fresh id for a message; its first job bears it too. */
export function newIds(): { id: string; jobId: string } {
  const id = v7()
  return { id, jobId: id }
}

/** Official accounts are in use side by side, and none of them delays another. */
export const groupOf = ({
  organizationId,
  channel,
  accountId,
}: Pick<Message, 'organizationId' | 'channel' | 'accountId'>) =>
  `${organizationId}:${isSideBySide(channel) && accountId ? accountId : channel}`

/** A message as the statement takes it. */
export const asGiven = <Row extends DerivedMessage>(row: Row) => ({ ...row, jobGroup: groupOf(row) })

/**
 * Begins a statement that writes the rows of `$1` with their first events and jobs. Of a key that was used before nothing is
 * written; `inserted` has the ids of what was.
 * @param ground what else the statement looks at, as further common table expressions
 * @param among which of the rows are written
 */
export function writing({ asSql }: Jobs, names: readonly (keyof Message & string)[], ground = '', among = ''): string {
  const { stored, given, typed } = columnsOf(message, names)
  return `
  with given as (
    select * from json_to_recordset($1::json) as g(${typed}, "jobGroup" text, "heldBefore" int, n int)
  )${ground}, inserted as (
    insert into message (${stored}, status, updated_at)
    select ${given}, 'queued', "createdAt" from given ${among}
    on conflict (app_id, kind, idempotency_key) where idempotency_key is not null do nothing
    returning id
  ), written as (
    select id, "jobId" as job_id, "jobGroup" as job_group, "expiresAt" is not null as is_urgent, "createdAt", "heldBefore"
    from inserted join given using (id)
  ), told as (
    insert into message_event (message_id, at, status, attempt, code, detail)
    select id, "createdAt", 'accepted', 0, case when "heldBefore" > 0 then 'held_back' end, nullif("heldBefore", 0)::text from written
  ), enqueued as (${asSql.insert('written')}
  )`
}

export const acceptedColumns: readonly (keyof Message & string)[] = brought

/**
 * Writes messages that come from something larger, in the caller's transaction. Workers hear of them once that is committed.
 */
export async function insertMessages(tx: Tx, jobs: Jobs, messages: DerivedMessage[]): Promise<void> {
  if (messages.length === 0) return
  const insertion = `${writing(jobs, [...brought, ...origins])} select ${jobs.asSql.wake}`
  await runPrepared(tx, insertion, JSON.stringify(messages.map(asGiven)))
}

/**
 * Accepting: the message, its first event and its job in one transaction, committed before anybody is told. Messages that
 * arrive while a transaction runs share the next one.
 */
import { and, eq, inArray, isNotNull, or } from 'drizzle-orm'
import { v7 } from 'uuid'
import { message } from '#db/schema/index.ts'
import { runPrepared } from '#db/statement.ts'
import { coalesce } from '../coalesce.ts'
import type { Ctx } from '../ctx.ts'
import { DomainError } from '../errors.ts'

/** A message as it is accepted; snake case is how it travels to the database. */
export type NewMessage = {
  id: string
  job_id: string
  organization_id: string
  app_id: string | null
  api_key_id: string | null
  kind: 'live' | 'test' | 'test_send'
  channel: string
  scenario: string
  recipient: string
  locale: string | null
  template_id: string
  template_version: number
  account_id: string | null
  variables: Record<string, string>
  sealed_variables: string | null
  reference: string | null
  idempotency_key: string | null
  body_hash: string | null
  expires_at: string | null
  created_at: string
}

export type Accepted = { id: string; createdAt: Date; repeated: boolean; status: string; recipient: string }
type Outcome = Accepted | DomainError

/** For how long an Idempotency-Key stands, in milliseconds. */
const idempotencyWindow = 24 * 3_600_000

export const groupOf = (of: { organization_id: string; channel: string }) => `${of.organization_id}:${of.channel}`

type Lent = Pick<Ctx, 'db' | 'jobs' | 'now'>

const inserting = `
  with given as (
    select * from json_to_recordset($1::json) as g(
      id uuid, job_id uuid, organization_id uuid, app_id uuid, api_key_id uuid, kind text, channel text, scenario text, recipient text,
      locale text, template_id uuid, template_version int, account_id uuid, variables jsonb, sealed_variables text, reference text,
      idempotency_key text, body_hash text, expires_at timestamptz, created_at timestamptz)
  ), inserted as (
    insert into message (id, job_id, organization_id, app_id, api_key_id, kind, channel, scenario, recipient, status, locale, template_id,
      template_version, account_id, variables, sealed_variables, reference, idempotency_key, body_hash, expires_at, created_at, updated_at)
    select id, job_id, organization_id, app_id, api_key_id, kind, channel, scenario, recipient, 'queued', locale, template_id,
      template_version, account_id, variables, sealed_variables, reference, idempotency_key, body_hash, expires_at, created_at, created_at
    from given
    on conflict (app_id, idempotency_key) where idempotency_key is not null do nothing
    returning id, created_at
  ), told as (
    insert into message_event (message_id, at, status, attempt) select id, created_at, 'accepted', 0 from inserted
  )
  select id from inserted`

/** Two processes that repeat each other's calls must take the keys in one order, or they wait for each other for ever. */
const byKey = (a: NewMessage, b: NewMessage) => {
  const [one, other] = [a.idempotency_key ?? '', b.idempotency_key ?? '']
  return one < other ? -1 : one > other ? 1 : 0
}

async function insertAll({ db, jobs }: Lent, batch: NewMessage[]): Promise<Set<string>> {
  return db.transaction(async (tx) => {
    const rows = await runPrepared<{ id: string }>(tx, inserting, JSON.stringify([...batch].sort(byKey)))
    const inserted = new Set(rows.map(({ id }) => id))
    const accepted = batch.filter(({ id }) => inserted.has(id))
    await jobs.enqueue(
      tx,
      accepted.map((row) => ({
        id: row.job_id,
        messageId: row.id,
        group: groupOf(row),
        urgent: row.expires_at !== null,
      })),
    )
    return inserted
  })
}

/** What a repeat gets: the first answer, or a refusal when its body differs. Keys older than the window are let go first. */
async function answerRepeats(
  { db, now }: Lent,
  repeats: NewMessage[],
): Promise<{ outcomes: Map<string, Outcome>; again: NewMessage[] }> {
  const outcomes = new Map<string, Outcome>()
  const again: NewMessage[] = []
  const sameKey = repeats.map((row) =>
    and(eq(message.appId, row.app_id ?? ''), eq(message.idempotencyKey, row.idempotency_key ?? '')),
  )
  const stored = await db
    .select({
      id: message.id,
      appId: message.appId,
      key: message.idempotencyKey,
      bodyHash: message.bodyHash,
      createdAt: message.createdAt,
      status: message.status,
      recipient: message.recipient,
    })
    .from(message)
    .where(and(isNotNull(message.idempotencyKey), or(...sameKey)))
  const old = stored.filter((row) => row.createdAt.getTime() < now().getTime() - idempotencyWindow)
  if (old.length > 0) {
    await db
      .update(message)
      .set({ idempotencyKey: null })
      .where(
        inArray(
          message.id,
          old.map(({ id }) => id),
        ),
      )
  }
  for (const row of repeats) {
    const first = stored.find((candidate) => candidate.appId === row.app_id && candidate.key === row.idempotency_key)
    if (!first || old.includes(first)) again.push(row)
    else if (first.bodyHash !== row.body_hash)
      outcomes.set(row.id, new DomainError('idempotency_conflict', 'This Idempotency-Key was used with another body.'))
    else
      outcomes.set(row.id, {
        id: first.id,
        createdAt: first.createdAt,
        repeated: true,
        status: first.status,
        recipient: first.recipient,
      })
  }
  return { outcomes, again }
}

async function acceptAll(lent: Lent, batch: NewMessage[], tries = 3): Promise<Outcome[]> {
  const inserted = await insertAll(lent, batch)
  const repeats = batch.filter(({ id }) => !inserted.has(id))
  const { outcomes, again } =
    repeats.length > 0 ? await answerRepeats(lent, repeats) : { outcomes: new Map<string, Outcome>(), again: [] }
  if (again.length > 0) {
    if (tries === 0) throw new Error('An idempotency key could not be settled.')
    const settled = await acceptAll(lent, again, tries - 1)
    again.forEach((row, index) => {
      outcomes.set(row.id, settled[index] as Outcome)
    })
  }
  return batch.map(
    (row) =>
      outcomes.get(row.id) ?? {
        id: row.id,
        createdAt: new Date(row.created_at),
        repeated: false,
        status: 'queued',
        recipient: row.recipient,
      },
  )
}

/** The accepting end, shared by every call of a process. @throws DomainError `idempotency_conflict` */
export function acceptor(lent: Lent): (row: NewMessage) => Promise<Accepted> {
  const accept = coalesce<NewMessage, Outcome>((batch) => acceptAll(lent, batch), { most: 200 })
  return async (row) => {
    const outcome = await accept(row)
    if (outcome instanceof DomainError) throw outcome
    return outcome
  }
}

/** A fresh id for a message and for its first job. */
export const newIds = () => ({ id: v7(), job_id: v7() })

/** The message accepted under a key within the window, if any. */
export async function acceptedUnder({ db, now }: Pick<Ctx, 'db' | 'now'>, appId: string, key: string) {
  const [row] = await db
    .select({ id: message.id, bodyHash: message.bodyHash, createdAt: message.createdAt, recipient: message.recipient })
    .from(message)
    .where(and(eq(message.appId, appId), eq(message.idempotencyKey, key)))
  return row && row.createdAt.getTime() >= now().getTime() - idempotencyWindow ? row : undefined
}

/**
 * Accepting: the message, its first event and its job in one commit, done before anybody is told. Messages that arrive while
 * a commit is under way share the next one.
 */
import { v7 } from 'uuid'
import { pushChannel } from '#channels/contract.ts'
import { message } from '#db/schema/index.ts'
import { runPrepared } from '#db/statement.ts'
import { coalesce } from '#domain/base/coalesce.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { DomainError } from '#domain/base/errors.ts'
import { doneUnder, otherBody, unsettledKey } from '#domain/base/idempotency.ts'
import { asked, askedColumns, type Question, resolving } from '#domain/templates/resolution.ts'
import type { Jobs } from '#queue/queue.ts'

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
  /** Null for a message by a push rule; the version is then the rule's. */
  template_id: string | null
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
/** A message, and what it was checked against: the key it came with and the answer it was given. */
export type Offered = { row: NewMessage; keyId: string; question: Question; proof: string }
/** `outdated`: the resolution changed since it was read. */
type Outcome = Accepted | DomainError | 'outdated'

/** Official accounts are in use side by side, and none of them delays another. */
export const groupOf = (of: { organization_id: string; channel: string; account_id: string | null }) =>
  `${of.organization_id}:${of.channel === pushChannel && of.account_id ? of.account_id : of.channel}`

/** A message as it travels to the database: its columns there, and the same with their types. */
export const messageColumns = `id, job_id, organization_id, app_id, api_key_id, kind, channel, scenario, recipient, locale, template_id,
      template_version, account_id, variables, sealed_variables, reference, idempotency_key, body_hash, expires_at, created_at`
export const typedColumns = `id uuid, job_id uuid, organization_id uuid, app_id uuid, api_key_id uuid, kind text, channel text, scenario text,
      recipient text, locale text, template_id uuid, template_version int, account_id uuid, variables jsonb, sealed_variables text,
      reference text, idempotency_key text, body_hash text, expires_at timestamptz, created_at timestamptz`

type Lent = Pick<Ctx, 'db' | 'jobs' | 'now'>

/**
 * Message, first event and job in one statement, which is one commit. What was read before is read again in it: a message
 * whose key has ended or whose resolution has changed meanwhile is left out, so that those who submit may remember both.
 */
const insertion = ({ asSql }: Jobs) => `
  with given as (
    select * from json_to_recordset($1::json) as g(${typedColumns}, n int)
  ), ground as (
    select q.n, exists (
      select from api_key k where k.id = q.k and k.revoked_at is null and (k.expires_at is null or k.expires_at > $3::timestamptz)
    ) as is_key_good, f::text = q.proof as holds
    from ${resolving(`json_to_recordset($2::json) as q(${askedColumns}, k uuid, proof text)`)}
  ), inserted as (
    insert into message (${messageColumns}, status, updated_at)
    select ${messageColumns}, 'queued', created_at
    from given join ground using (n) where is_key_good and holds
    on conflict (app_id, kind, idempotency_key) where idempotency_key is not null do nothing
    returning id, job_id, organization_id || ':' || channel as job_group, expires_at is not null as is_urgent, created_at
  ), told as (
    insert into message_event (message_id, at, status, attempt) select id, created_at, 'accepted', 0 from inserted
  ), enqueued as (${asSql.insert('inserted')}
  )
  select given.id, is_key_good as "isKeyGood", holds, inserted.id is not null as "isNew", case when inserted.id is not null then ${asSql.wake} end
  from given join ground using (n) left join inserted using (id)`

/** Two processes that repeat each other's calls must take the keys in one order, or they wait for each other for ever. */
const byKey = ({ row: a }: Offered, { row: b }: Offered) => {
  const [one, other] = [a, b].map((row) => `${row.idempotency_key ?? ''} ${row.app_id} ${row.kind}`) as [string, string]
  return one < other ? -1 : one > other ? 1 : 0
}

type Found = { id: string; isKeyGood: boolean; holds: boolean; isNew: boolean }

/** Many messages of a batch stand on the same ground: it travels, and is read again, once. */
async function insertAll({ db, jobs, now }: Lent, batch: Offered[]): Promise<Map<string, Found>> {
  const grounds = new Map<string, object>()
  const rows = [...batch].sort(byKey).map(({ row, keyId, question, proof }) => {
    const place = `${keyId} ${proof} ${question.scenario} ${question.channel} ${question.locale} ${question.audience}`
    const ground = grounds.get(place) ?? { ...asked(question, grounds.size), k: keyId, proof }
    grounds.set(place, ground)
    return { ...row, ...{ n: (ground as { n: number }).n } }
  })
  const found = await runPrepared<Found>(
    db,
    insertion(jobs),
    JSON.stringify(rows),
    JSON.stringify([...grounds.values()]),
    now().toISOString(),
  )
  return new Map(found.map((row) => [row.id, row]))
}

/** What a repeat gets: the first answer, or a refusal when its body differs. `again`: their keys are free by now. */
async function answerRepeats(
  lent: Lent,
  repeats: NewMessage[],
): Promise<{ outcomes: Map<string, Outcome>; again: NewMessage[] }> {
  const outcomes = new Map<string, Outcome>()
  const again: NewMessage[] = []
  const keys = repeats.flatMap(({ app_id: appId, kind, idempotency_key: key }) =>
    appId && key && kind !== 'test_send' ? [{ app: { appId, keyKind: kind }, key }] : [],
  )
  const stored = await doneUnder(lent, message, keys)
  for (const row of repeats) {
    const first = stored.find(
      ({ appId, kind, idempotencyKey }) =>
        appId === row.app_id && kind === row.kind && idempotencyKey === row.idempotency_key,
    )
    if (!first) again.push(row)
    else if (first.bodyHash !== row.body_hash) outcomes.set(row.id, otherBody())
    else {
      const { id, createdAt, status, recipient } = first
      outcomes.set(row.id, { id, createdAt, repeated: true, status, recipient })
    }
  }
  return { outcomes, again }
}

const accepted = (row: NewMessage): Accepted => ({
  id: row.id,
  createdAt: new Date(row.created_at),
  repeated: false,
  status: 'queued',
  recipient: row.recipient,
})

async function acceptAll(lent: Lent, batch: Offered[], tries = 3): Promise<Outcome[]> {
  const found = await insertAll(lent, batch)
  const repeats = batch.flatMap(({ row }) => {
    const { isKeyGood, holds, isNew } = found.get(row.id) ?? {}
    return isKeyGood && holds && !isNew ? [row] : []
  })
  const { outcomes, again } =
    repeats.length > 0 ? await answerRepeats(lent, repeats) : { outcomes: new Map<string, Outcome>(), again: [] }
  if (again.length > 0) {
    if (tries === 0) throw unsettledKey()
    const offeredAgain = batch.filter(({ row }) => again.includes(row))
    const settled = await acceptAll(lent, offeredAgain, tries - 1)
    offeredAgain.forEach(({ row }, index) => {
      outcomes.set(row.id, settled[index] as Outcome)
    })
  }
  return batch.map(({ row }) => {
    const { isKeyGood, holds } = found.get(row.id) ?? {}
    if (!isKeyGood) return new DomainError('unauthorized', 'The API key was revoked or has expired.')
    if (!holds) return 'outdated'
    return outcomes.get(row.id) ?? accepted(row)
  })
}

/**
 * The accepting end, shared by every call of a process.
 * @throws DomainError `idempotency_conflict`, `unauthorized`
 */
export function acceptor(lent: Lent): (offered: Offered) => Promise<Accepted | 'outdated'> {
  const accept = coalesce<Offered, Outcome>((batch) => acceptAll(lent, batch), { most: 200 })
  return async (offered) => {
    const outcome = await accept(offered)
    if (outcome instanceof DomainError) throw outcome
    return outcome
  }
}

/** A fresh id for a message; its first job bears it too. */
export function newIds(): { id: string; job_id: string } {
  const id = v7()
  return { id, job_id: id }
}

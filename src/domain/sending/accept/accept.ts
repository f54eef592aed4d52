/**
 * Accepting: the message, its first event and its job in one commit, done before anybody is told. Messages that arrive while
 * a commit is under way share the next one.
 */
import { message } from '#db/schema/index.ts'
import { runPrepared } from '#db/statement.ts'
import { coalesce } from '#domain/base/coalesce.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { DomainError } from '#domain/base/errors.ts'
import { doneUnder, otherBody, unsettledKey } from '#domain/base/idempotency.ts'
import { asked, askedColumns, type Question, resolving } from '#domain/templates/resolution.ts'
import type { Jobs } from '#queue/queue.ts'
import { acceptedColumns, asGiven, type NewMessage, writing } from './writing.ts'

export type Accepted = { id: string; createdAt: Date; repeated: boolean; status: string; recipient: string }
/** A message, and what it was checked against: the key it came with and the answer it was given. */
export type Offered = { row: NewMessage; keyId: string; question: Question; fingerprint: string }
/** `outdated`: the resolution changed since it was read. */
type Outcome = Accepted | DomainError | 'outdated'

type Lent = Pick<Ctx, 'db' | 'jobs' | 'now'>

/**
 * Message, first event and job in one statement, which is one commit. What was read before is read again in it: a message
 * whose key has ended or whose resolution has changed meanwhile is left out, so that those who submit may remember both.
 */
const insertion = (jobs: Jobs) => `${writing(
  jobs,
  acceptedColumns,
  `, ground as (
    select q.n, exists (
      select from api_key k where k.id = q.k and k.revoked_at is null and (k.expires_at is null or k.expires_at > $3::timestamptz)
    ) as is_key_good, f::text = q.fingerprint as holds
    from ${resolving(`json_to_recordset($2::json) as q(${askedColumns}, k uuid, fingerprint text)`)}
  )`,
  'join ground using (n) where is_key_good and holds',
)}
  select given.id, is_key_good as "isKeyGood", holds, inserted.id is not null as "isNew", case when inserted.id is not null then ${jobs.asSql.wake} end
  from given join ground using (n) left join inserted using (id)`

/** Two processes that repeat each other's calls must take the keys in one order, or they wait for each other for ever. */
const byKey = ({ row: a }: Offered, { row: b }: Offered) => {
  const [one, other] = [a, b].map((row) => `${row.idempotencyKey ?? ''} ${row.appId} ${row.kind}`) as [string, string]
  return one < other ? -1 : one > other ? 1 : 0
}

type Found = { id: string; isKeyGood: boolean; holds: boolean; isNew: boolean }

/** Many messages of a batch stand on the same ground: it travels, and is read again, once. */
async function insertAll({ db, now }: Lent, statement: string, batch: Offered[]): Promise<Map<string, Found>> {
  const grounds = new Map<string, object>()
  const rows = [...batch].sort(byKey).map(({ row, keyId, question, fingerprint }) => {
    const place = `${keyId} ${fingerprint} ${question.scenario} ${question.channel} ${question.locale} ${question.audience}`
    const ground = grounds.get(place) ?? { ...asked(question, grounds.size), k: keyId, fingerprint }
    grounds.set(place, ground)
    return { ...asGiven(row), n: (ground as { n: number }).n }
  })
  const found = await runPrepared<Found>(
    db,
    statement,
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
  const keys = repeats.flatMap(({ appId, kind, idempotencyKey: key }) =>
    appId && key && kind !== 'test_send' ? [{ app: { appId, keyKind: kind }, key }] : [],
  )
  const stored = await doneUnder(lent, message, keys)
  for (const row of repeats) {
    const first = stored.find(
      ({ appId, kind, idempotencyKey }) =>
        appId === row.appId && kind === row.kind && idempotencyKey === row.idempotencyKey,
    )
    if (!first) again.push(row)
    else if (first.bodyHash !== row.bodyHash) outcomes.set(row.id, otherBody())
    else {
      const { id, createdAt, status, recipient } = first
      outcomes.set(row.id, { id, createdAt, repeated: true, status, recipient })
    }
  }
  return { outcomes, again }
}

const accepted = (row: NewMessage): Accepted => ({
  id: row.id,
  createdAt: row.createdAt,
  repeated: false,
  status: 'queued',
  recipient: row.recipient,
})

async function acceptAll(lent: Lent, statement: string, batch: Offered[], tries = 3): Promise<Outcome[]> {
  const found = await insertAll(lent, statement, batch)
  const repeats = batch.flatMap(({ row }) => {
    const { isKeyGood, holds, isNew } = found.get(row.id) ?? {}
    return isKeyGood && holds && !isNew ? [row] : []
  })
  const { outcomes, again } =
    repeats.length > 0 ? await answerRepeats(lent, repeats) : { outcomes: new Map<string, Outcome>(), again: [] }
  if (again.length > 0) {
    if (tries === 0) throw unsettledKey()
    const offeredAgain = batch.filter(({ row }) => again.includes(row))
    const settled = await acceptAll(lent, statement, offeredAgain, tries - 1)
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
  const statement = insertion(lent.jobs)
  const accept = coalesce<Offered, Outcome>((batch) => acceptAll(lent, statement, batch), { most: 200 })
  return async (offered) => {
    const outcome = await accept(offered)
    if (outcome instanceof DomainError) throw outcome
    return outcome
  }
}

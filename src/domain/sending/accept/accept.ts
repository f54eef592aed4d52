/**
 * Accepting: the message, its first event and its job in one commit, done before anybody is told. Messages that arrive while
 * a commit is under way share the next one.
 */
import { message } from '#db/schema/index.ts'
import type { RowOf } from '#db/statement.ts'
import { acceptMessages } from '#db/statements/accepting.ts'
import { coalesce } from '#domain/base/coalesce.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { DomainError } from '#domain/base/errors.ts'
import { doneUnder, otherBody, unsettledKey } from '#domain/base/idempotency.ts'
import { type Question, type QuestionRow, questionRow } from '#domain/templates/resolution.ts'
import { type NewMessage, withGroup } from './writing.ts'

export type Accepted = { id: string; createdAt: Date; repeated: boolean; status: string; recipient: string }
/** A message, and what it was checked against: the key it came with and the answer it was given. */
export type Offered = { row: NewMessage; keyId: string; question: Question; fingerprint: string }
/** `outdated`: the resolution changed since it was read. */
type Outcome = Accepted | DomainError | 'outdated'

type Parts = Pick<Ctx, 'db' | 'now'>

/** Two processes that repeat each other's calls must take the keys in one order, or they wait for each other for ever. */
const byKey = ({ row: a }: Offered, { row: b }: Offered) => {
  const [one, other] = [a, b].map((row) => `${row.idempotencyKey ?? ''} ${row.appId} ${row.kind}`) as [string, string]
  return one < other ? -1 : one > other ? 1 : 0
}

type Written = RowOf<typeof acceptMessages.gives>

/** Many messages of a batch are accepted under the same condition: it travels, and is looked at, once. */
async function writeBatch({ db, now }: Parts, batch: Offered[]): Promise<Map<string, Written>> {
  type Condition = QuestionRow & { keyId: string; fingerprint: string }
  const conditions = new Map<string, Condition>()
  const rows = [...batch].sort(byKey).map(({ row, keyId, question, fingerprint }) => {
    const key = `${keyId} ${fingerprint} ${question.scenario} ${question.channel} ${question.locale} ${question.audience}`
    const condition = conditions.get(key) ?? { ...questionRow(question, conditions.size), keyId, fingerprint }
    conditions.set(key, condition)
    return { ...withGroup(row), condition: condition.number }
  })
  const written = await acceptMessages(db, { message: rows, question: [...conditions.values()], now: now() })
  return new Map(written.map((row) => [row.id, row]))
}

/** What a repeat gets: the first answer, or a refusal when its body differs. `again`: their keys are free by now. */
async function answerRepeats(
  parts: Parts,
  repeats: NewMessage[],
): Promise<{ outcomes: Map<string, Outcome>; again: NewMessage[] }> {
  const outcomes = new Map<string, Outcome>()
  const again: NewMessage[] = []
  const keys = repeats.flatMap(({ appId, kind, idempotencyKey: key }) =>
    appId && key && kind !== 'test_send' ? [{ app: { appId, keyKind: kind }, key }] : [],
  )
  const stored = await doneUnder(parts, message, keys)
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

async function acceptAll(parts: Parts, batch: Offered[], tries = 3): Promise<Outcome[]> {
  const written = await writeBatch(parts, batch)
  const repeats = batch.flatMap(({ row }) => {
    const { isKeyGood, isUnchanged, isNew } = written.get(row.id) ?? {}
    return isKeyGood && isUnchanged && !isNew ? [row] : []
  })
  const { outcomes, again } =
    repeats.length > 0 ? await answerRepeats(parts, repeats) : { outcomes: new Map<string, Outcome>(), again: [] }
  if (again.length > 0) {
    if (tries === 0) throw unsettledKey()
    const offeredAgain = batch.filter(({ row }) => again.includes(row))
    const settled = await acceptAll(parts, offeredAgain, tries - 1)
    offeredAgain.forEach(({ row }, index) => {
      outcomes.set(row.id, settled[index] as Outcome)
    })
  }
  return batch.map(({ row }) => {
    const { isKeyGood, isUnchanged } = written.get(row.id) ?? {}
    if (!isKeyGood) return new DomainError('unauthorized', 'The API key was revoked or has expired.')
    if (!isUnchanged) return 'outdated'
    return outcomes.get(row.id) ?? accepted(row)
  })
}

/**
 * The accepting end, shared by every call of a process.
 * @throws DomainError `idempotency_conflict`, `unauthorized`
 */
export function acceptor(parts: Parts): (offered: Offered) => Promise<Accepted | 'outdated'> {
  const accept = coalesce<Offered, Outcome>((batch) => acceptAll(parts, batch), { most: 200 })
  return async (offered) => {
    const outcome = await accept(offered)
    if (outcome instanceof DomainError) throw outcome
    return outcome
  }
}

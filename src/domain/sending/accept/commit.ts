/** Committing accepted messages, many at a time. See accept.ts. */
import { inArray } from 'drizzle-orm'
import { message, messageKey } from '#db/schema/index.ts'
import type { RowOf } from '#db/statement.ts'
import { acceptMessages } from '#db/statements/accepting.ts'
import { coalesce } from '#domain/base/coalesce.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { DomainError } from '#domain/base/errors.ts'
import { doneUnder, type Keyed, otherBody, unsettledKey } from '#domain/base/idempotency.ts'
import { type Question, type QuestionRow, questionRow } from '#domain/templates/resolution.ts'
import type { NewMessage } from './draft.ts'

export type Accepted = Pick<NewMessage, 'id' | 'createdAt' | 'recipient'> & { isRepeat: boolean }

/** A message, with the API key it came with and the resolution it was made of: it is accepted only while both hold. */
export type Candidate = { row: NewMessage; keyId: string; question: Question; fingerprint: string }

/** `outdated`: the templates resolve to something else by now. */
type Outcome = Accepted | DomainError | 'outdated'

type Parts = Pick<Ctx, 'db' | 'now'>

const accepted = ({ id, createdAt, recipient }: Omit<Accepted, 'isRepeat'>, isRepeat: boolean): Accepted => ({
  ...{ id, createdAt, recipient, isRepeat },
})

/** Writes a batch. What many of its messages are accepted under travels, and is looked at, once. */
async function writeBatch(
  { db, now }: Parts,
  batch: Candidate[],
): Promise<Map<string, RowOf<typeof acceptMessages.gives>>> {
  const conditions = new Map<string, QuestionRow & { keyId: string; fingerprint: string }>()
  const rows = batch.map(({ row, keyId, question, fingerprint }) => {
    const { scenario, channel, locale, audience } = question
    const place = `${keyId} ${fingerprint} ${scenario} ${channel} ${locale} ${audience}`
    const condition = conditions.get(place) ?? { ...questionRow(question, conditions.size), keyId, fingerprint }
    conditions.set(place, condition)
    return { ...row, condition: condition.number }
  })
  const written = await acceptMessages(db, { message: rows, question: [...conditions.values()], now: now() })
  return new Map(written.map((row) => [row.id, row]))
}

/** The messages that were accepted under keys which stand. */
export async function acceptedUnder(parts: Parts, keys: Pick<Keyed, 'app' | 'key'>[]) {
  const kept = await doneUnder(parts, messageKey, keys)
  if (kept.length === 0) return []
  const { id, createdAt, recipient } = message
  const ids = kept.map(({ messageId }) => messageId)
  const rows = await parts.db.select({ id, createdAt, recipient }).from(message).where(inArray(id, ids))
  return rows.flatMap((row) =>
    kept.flatMap(({ messageId, ...key }) => (messageId === row.id ? [{ ...key, ...row }] : [])),
  )
}

/**
 * What a call gets under an Idempotency-Key that was used before: the first answer, or a refusal when its body differs.
 * Undefined where the key is free by now.
 */
async function answerRepeats(parts: Parts, repeats: NewMessage[]): Promise<(Outcome | undefined)[]> {
  const keys = repeats.flatMap(({ appId, kind, idempotencyKey: key }) =>
    appId && key && (kind === 'live' || kind === 'test') ? [{ app: { appId, keyKind: kind }, key }] : [],
  )
  const stored = await acceptedUnder(parts, keys)
  return repeats.map((row) => {
    const first = stored.find(
      ({ appId, kind, idempotencyKey }) =>
        appId === row.appId && kind === row.kind && idempotencyKey === row.idempotencyKey,
    )
    if (!first) return undefined
    return first.bodyHash === row.bodyHash ? accepted(first, true) : otherBody()
  })
}

async function acceptAll(parts: Parts, batch: Candidate[], tries = 3): Promise<Outcome[]> {
  const written = await writeBatch(parts, batch)
  const outcomes = new Map<Candidate, Outcome>()
  const repeats: Candidate[] = []
  for (const candidate of batch) {
    const { isKeyGood, isUnchanged, isNew } = written.get(candidate.row.id) ?? {}
    if (!isKeyGood) outcomes.set(candidate, new DomainError('unauthorized', 'The API key was revoked or has expired.'))
    else if (!isUnchanged) outcomes.set(candidate, 'outdated')
    else if (isNew) outcomes.set(candidate, accepted(candidate.row, false))
    else repeats.push(candidate)
  }
  const answers =
    repeats.length > 0
      ? await answerRepeats(
          parts,
          repeats.map(({ row }) => row),
        )
      : []
  const again = repeats.filter((_, index) => answers[index] === undefined)
  if (again.length > 0 && tries === 0) throw unsettledKey()
  const settled = again.length > 0 ? await acceptAll(parts, again, tries - 1) : []
  repeats.forEach((candidate, index) => {
    outcomes.set(candidate, (answers[index] ?? settled[again.indexOf(candidate)]) as Outcome)
  })
  return batch.map((candidate) => outcomes.get(candidate) as Outcome)
}

/**
 * The accepting end, shared by every call of a process. `outdated`: the caller has to resolve anew.
 * @throws DomainError `idempotency_conflict`, `unauthorized`
 */
export function committer(parts: Parts): (candidate: Candidate) => Promise<Accepted | 'outdated'> {
  const accept = coalesce<Candidate, Outcome>((batch) => acceptAll(parts, batch), { most: 200 })
  return async (candidate) => {
    const outcome = await accept(candidate)
    if (outcome instanceof DomainError) throw outcome
    return outcome
  }
}

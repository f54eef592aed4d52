/**
 * Committing an event: the event itself, what its damping counted, its messages with their first events and their jobs, in one
 * transaction. Promises that an Idempotency-Key makes one event however many calls bring it at once.
 */
import { eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import type { ChannelId } from '#channels/traits.ts'
import type { Tx } from '#db/database.ts'
import { deviceEvent } from '#db/schema/index.ts'
import type { AppActor, Ctx } from '#domain/base/ctx.ts'
import { doneUnder, type Keyed, otherBody, unsettledKey } from '#domain/base/idempotency.ts'
import { damp, dampedAs } from '#domain/push-rules/damping.ts'
import { type Plan, type PlannedMessage, type SkipReason, skipped } from '#domain/push-rules/plan.ts'
import { heldBackVariable } from '#domain/push-rules/rule-variables.ts'
import { type NewMessage, writeMessages } from './draft.ts'

type RuleNamed = { id: string; name: string }

/** What an event is answered with. `recipient` is a place in the event's list, from 0. */
export type EventAnswer = {
  id: string
  type: string
  messages: { id: string; recipient: number; channel: ChannelId; to: string; rule?: RuleNamed; status: 'queued' }[]
  skipped: { recipient: number; channel: ChannelId; rule?: RuleNamed; reason: SkipReason; detail?: string }[]
}

export type EventToCommit = {
  app: AppActor
  type: string
  reference: string | null
  keyed: Keyed | null
  plan: Plan
  /** @param values what the message is made with */
  draft(planned: PlannedMessage, values: Record<string, string>): NewMessage
}

/** What an event was answered under a key. @throws DomainError `idempotency_conflict` when it came with another body */
export async function answeredUnder(ctx: Pick<Ctx, 'db' | 'now'>, keyed: Keyed): Promise<EventAnswer | undefined> {
  const [first] = await doneUnder(ctx, deviceEvent, [keyed])
  if (first && first.bodyHash !== keyed.bodyHash) throw otherBody()
  return first && (first.answer as EventAnswer)
}

/** Splits what is planned into what goes out now, with what its damping held back before, and what is held back. */
async function dampPlan(tx: Tx, now: Date, app: AppActor, { messages, skipped: before }: Plan) {
  const recipientOf = (to: string) => dampedAs(to, app.keyKind === 'test')
  const countOf = await damp(
    tx,
    now,
    messages.flatMap(({ rule, to }) =>
      rule && rule.dampingSeconds > 0
        ? [{ ruleId: rule.id, recipient: recipientOf(to), seconds: rule.dampingSeconds }]
        : [],
    ),
  )
  const counted = messages.map((planned) => ({
    planned,
    heldBefore: planned.rule ? countOf({ ruleId: planned.rule.id, recipient: recipientOf(planned.to) }) : 0,
  }))
  return {
    going: counted.flatMap(({ planned, heldBefore }) => (heldBefore === null ? [] : [{ planned, heldBefore }])),
    skipped: [
      ...before,
      ...counted.flatMap(({ planned, heldBefore }) =>
        heldBefore === null ? [skipped(planned, { reason: 'held_back' }, planned.rule)] : [],
      ),
    ],
  }
}

const named = (rule: RuleNamed | null) => (rule ? { rule: { id: rule.id, name: rule.name } } : {})

function answerOf(
  id: string,
  type: string,
  rows: NewMessage[],
  going: PlannedMessage[],
  left: Plan['skipped'],
): EventAnswer {
  return {
    id,
    type,
    messages: going.map(({ recipient, channel, to, rule }, at) => ({
      ...{ id: rows[at]?.id ?? '', recipient, channel, to },
      ...named(rule),
      status: 'queued',
    })),
    skipped: left.map(({ rule, ...of }) => ({ ...of, ...named(rule) })),
  }
}

/** Undefined when somebody else committed under the key meanwhile. */
async function commitOnce(ctx: Ctx, event: EventToCommit): Promise<EventAnswer | undefined> {
  const { app, type, keyed, reference } = event
  const id = v7()
  return ctx.db.transaction(async (tx) => {
    const now = ctx.now()
    // First of all, so that a repeat waits here for the answer and counts nothing.
    const added = await tx
      .insert(deviceEvent)
      .values({
        ...{ id, organizationId: app.organizationId, appId: app.appId, kind: app.keyKind },
        ...{ scenario: type, reference },
        ...{ idempotencyKey: keyed?.key ?? null, bodyHash: keyed?.bodyHash ?? null, answer: {}, createdAt: now },
      })
      .onConflictDoNothing()
      .returning({ id: deviceEvent.id })
    if (added.length === 0) return undefined
    const { going, skipped: left } = await dampPlan(tx, now, app, event.plan)
    const rows = going.map(({ planned, heldBefore }) => {
      const { rule, values } = planned
      const draft = event.draft(planned, rule ? { ...values, [heldBackVariable]: String(heldBefore) } : values)
      return { ...draft, pushRuleId: rule?.id ?? null, eventId: id, heldBefore }
    })
    await writeMessages(tx, rows)
    const planned = going.map((one) => one.planned)
    const answer = answerOf(id, type, rows, planned, left)
    await tx.update(deviceEvent).set({ answer }).where(eq(deviceEvent.id, id))
    return answer
  })
}

/** Commits an event, or finds the answer it was given before. @throws DomainError `idempotency_conflict` */
export async function commitEvent(ctx: Ctx, event: EventToCommit): Promise<{ answer: EventAnswer; repeated: boolean }> {
  for (let tries = 0; tries < 3; tries++) {
    const answer = await commitOnce(ctx, event)
    if (answer) {
      const isLive = event.app.keyKind === 'live'
      for (const { channel } of isLive ? answer.messages : []) ctx.metrics.accepted({ channel, by: 'event' })
      return { answer, repeated: false }
    }
    const first = event.keyed && (await answeredUnder(ctx, event.keyed))
    if (first) return { answer: first, repeated: true }
  }
  throw unsettledKey()
}

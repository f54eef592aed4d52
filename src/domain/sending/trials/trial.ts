/**
 * A person trying out what they wrote, or Signet telling a person something: one send at once, told as the provider answered,
 * and kept in the log as what it is. Its content and its values are not kept.
 */

import { v7 } from 'uuid'
import { type Channel, ContentError, SendError } from '#channels/contract.ts'
import type { ChannelId } from '#channels/traits.ts'
import { message, messageEvent, providerReference } from '#db/schema/index.ts'
import { type Sender, sendingAs } from '#domain/accounts/sender.ts'
import { person } from '#domain/base/access.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { invalid } from '#domain/base/errors.ts'
import { count } from '#domain/base/limits.ts'
import { followUp } from '../deliver/outcome.ts'

/** How many a person may send in an hour. */
const perHour = { most: 30, seconds: 3600 }

/** Counts one try of the person's. @throws DomainError `rate_limited` */
export const countTrial = (ctx: Ctx): Promise<void> => count(ctx, `test-send:${person(ctx).id}`, perHour)

export type TrialOutcome = { messageId: string; account: string; ms: number } & Answer

type Answer =
  | { ok: true; providerMessageId: string }
  | {
      ok: false
      kind: SendError['kind']
      about: SendError['about']
      code: string
      detail: string
      /** What the code means, a key of `Outcome.*`, where the provider knows its codes better than their words do. */
      cause?: string
    }

export type Trial = {
  /** A notice is what Signet itself tells a person. */
  kind?: 'test_send' | 'notice'
  /** Ends the call. */
  signal?: AbortSignal
  organizationId: string
  appId: string | null
  channel: ChannelId
  scenario: string
  to: string
  pushRuleId?: string | null
}

/** The message for one address. @throws DomainError `invalid_request` where the content has nothing for it */
export async function composeTrial(
  channel: Channel,
  content: unknown,
  values: Record<string, string>,
  declared: readonly string[],
  to: string,
): Promise<unknown> {
  await channel.prepare?.(content, declared)
  try {
    return channel.compose(content, values, declared, to)
  } catch (error) {
    if (error instanceof ContentError) throw invalid({ path: 'to', code: error.reason })
    throw error
  }
}

/** Sends and tells what the provider answered. */
export async function sendTrial(ctx: Ctx, sender: Sender, trial: Trial, composed: unknown): Promise<TrialOutcome> {
  const messageId = v7()
  const startedAt = ctx.now()
  const started = performance.now()
  const answer = await sender.provider
    .send(sender.config, trial.to, composed, {
      ...{ reference: messageId, ...sendingAs(sender) },
      ...(trial.signal ? { signal: trial.signal } : {}),
    })
    .then(({ providerMessageId }) => ({ ok: true, providerMessageId }) as const)
    .catch((error: unknown) => {
      if (!(error instanceof SendError)) throw error
      const { kind, about, code, detail } = error
      const cause = error.reason ?? sender.provider.explain?.(code)
      return { ok: false, kind, about, code, detail, ...(cause ? { cause } : {}) } as const
    })
  const ms = Math.round(performance.now() - started)
  const segments = ctx.catalog.channel(trial.channel).segmentsOf?.(composed) ?? null
  await log(ctx, { ...trial, id: messageId, sender, startedAt, ms, segments }, answer)
  return { ...answer, messageId, account: sender.name, ms }
}

type Logged = Trial & { id: string; sender: Sender; startedAt: Date; ms: number; segments: number | null }

async function log(ctx: Ctx, about: Logged, answer: Answer): Promise<void> {
  const status = answer.ok ? 'sent' : answer.kind === 'unknown' ? 'unknown' : 'failed'
  const outcome = answer.ok
    ? { providerMessageId: answer.providerMessageId }
    : { errorCode: answer.code, errorCause: answer.cause ?? null, errorDetail: answer.detail }
  const event = answer.ok
    ? { providerMessageId: answer.providerMessageId }
    : { code: answer.code, cause: answer.cause ?? null, detail: answer.detail }
  const {
    id,
    organizationId,
    appId,
    channel,
    scenario,
    to: recipient,
    pushRuleId = null,
    kind = 'test_send',
    sender,
    startedAt,
    ms,
    segments,
  } = about
  const { accountId } = sender
  const providerMessageId = answer.ok ? answer.providerMessageId : undefined
  const { settleAt, references = [] } = status === 'failed' ? {} : followUp(sender, id, ctx.now(), providerMessageId)
  const from = { organizationId, appId, channel, scenario, recipient, pushRuleId, accountId }
  await ctx.db.transaction(async (tx) => {
    await tx.insert(message).values({
      id,
      ...from,
      ...{ kind, provider: sender.provider.id, segments },
      status,
      problem: !answer.ok,
      variables: {},
      attempt: 1,
      settleAt: settleAt ?? null,
      ...outcome,
      createdAt: startedAt,
      updatedAt: ctx.now(),
    })
    if (references.length > 0) {
      await tx
        .insert(providerReference)
        .values(references.map((reference) => ({ accountId, reference, messageId: id, createdAt: ctx.now() })))
        .onConflictDoNothing()
    }
    await tx.insert(messageEvent).values([
      { messageId: id, at: startedAt, status: 'accepted', attempt: 0 },
      { messageId: id, at: startedAt, status: 'sending', attempt: 1, accountId },
      { messageId: id, at: ctx.now(), status, attempt: 1, accountId, ms, ...event },
    ])
  })
}

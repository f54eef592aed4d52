/**
 * Accepting messages: checked and resolved now, so that what cannot be sent fails here and not later, and committed before
 * anybody is told.
 *
 * One call waits for one round trip and one commit, and most of what it needs is not read for it alone:
 *
 * 1. What the templates resolve to is remembered between calls (`Resolution`, with its fingerprint). Where nothing is
 *    remembered it is read; calls that arrive together share that query.
 * 2. The message is made of it (`messages.ts`, `draft.ts`): address and variables are checked, a code is sealed.
 * 3. It is committed (`commit.ts`). Calls that arrive while a commit is under way share the next one; one that finds the line
 *    idle goes at once. A single statement writes messages, first events and jobs. It reads the API key and the resolution again
 *    and leaves out what came with a key that has ended, or was made of something that has changed: for that the fingerprints
 *    are compared. So nothing is ever accepted by what was only remembered.
 * 4. What has changed meanwhile is resolved anew and offered again. A refusal that is founded on something remembered is not
 *    answered either: it is looked at with what holds now.
 *
 * Events and verifications are accepted beside it, in transactions of their own (`events.ts`, `verifications/starting.ts`).
 */
import type { ChannelId } from '#channels/traits.ts'
import { coalesce } from '#domain/base/coalesce.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { DomainError } from '#domain/base/errors.ts'
import { keyedCall } from '#domain/base/idempotency.ts'
import { remembering } from '#domain/base/remembering.ts'
import { type Question, type Resolution, resolveAll } from '#domain/templates/resolution.ts'
import { type Accepted, acceptedUnder, committer } from './commit.ts'
import { appOn, audienceAt, bodyOf, messageFrom, type SubmitMessage } from './messages.ts'

export type SubmittedMessage = {
  id: string
  status: 'queued'
  channel: ChannelId
  scenario: string
  to: string
  created_at: string
  /** True when an Idempotency-Key gave back an earlier answer. */
  repeated: boolean
}

export type Submit = (
  ctx: Ctx,
  input: SubmitMessage,
  options?: { idempotencyKey?: string },
) => Promise<SubmittedMessage>

/** Refusals of the key itself: whoever gets one learns nothing of what was accepted. */
const keyRefusals = new Set(['forbidden', 'unauthorized'])

const mostRemembered = 5000

/**
 * The submitting end of a process. The returned function resolves once the message and its job are committed.
 * @throws DomainError `unknown_scenario`, `recipient_invalid`, `channel_not_configured`, `template_not_configured`,
 *   `unknown_variables`, `missing_variables`, `idempotency_conflict`, `forbidden`, `unauthorized`
 */
export function submitter(parts: Pick<Ctx, 'db' | 'now'>): Submit {
  const resolve = coalesce<Question, Resolution>((questions) => resolveAll(parts.db, questions), { most: 100 })
  const commit = committer(parts)
  const remembered = remembering<Resolution>(mostRemembered)

  const submit: Submit = async (ctx, input, { idempotencyKey } = {}) => {
    const app = appOn(ctx, input.channel)
    const { organizationId, appId, keyId } = app
    const { channel, scenario, locale = null } = input
    const audience = audienceAt(ctx, channel, input.to)
    const keyed = keyedCall(ctx, app, idempotencyKey, bodyOf(input))
    const question: Question = { organizationId, appId, channel, scenario, locale, audience }
    const place = `${appId} ${channel} ${scenario} ${locale} ${audience}`
    /** Undefined when the resolution does not hold any more. */
    const attempt = async (resolution: Resolution): Promise<SubmittedMessage | undefined> => {
      const row = messageFrom(ctx, app, resolution, input, keyed)
      const accepted = await commit({ row, keyId, question, fingerprint: resolution.fingerprint })
      if (accepted === 'outdated') return undefined
      if (!accepted.isRepeat && row.kind === 'live') ctx.metrics.accepted({ channel, by: 'message' })
      return submitted(input, accepted)
    }
    const last = remembered.get(place)
    const done = last && (await attempt(last).catch(unlessRefused))
    if (done) return done
    for (let tries = 0; tries < 5; tries++) {
      const resolution = await resolve(question)
      remembered.set(place, resolution)
      const answer = await attempt(resolution)
      if (answer) return answer
    }
    throw new Error('What a message is made of changes faster than the message can be accepted.')
  }
  return async (ctx, input, options) => {
    try {
      return await submit(ctx, input, options)
    } catch (error) {
      // What was accepted once is answered alike for a day, even if its template or account has gone since.
      const first =
        error instanceof DomainError && !keyRefusals.has(error.code) && options?.idempotencyKey
          ? await firstAnswer(ctx, input, options.idempotencyKey)
          : undefined
      if (!first) throw error
      return first
    }
  }
}

const submitted = (
  { channel, scenario }: SubmitMessage,
  { id, recipient: to, createdAt, isRepeat: repeated }: Accepted,
): SubmittedMessage => ({ id, status: 'queued', channel, scenario, to, created_at: createdAt.toISOString(), repeated })

function unlessRefused(error: unknown): undefined {
  if (!(error instanceof DomainError)) throw error
}

async function firstAnswer(ctx: Ctx, input: SubmitMessage, key: string): Promise<SubmittedMessage | undefined> {
  const keyed = ctx.actor.kind === 'app' && keyedCall(ctx, ctx.actor, key, bodyOf(input))
  const [first] = keyed ? await acceptedUnder(ctx, [keyed]) : []
  if (!keyed || first?.bodyHash !== keyed.bodyHash) return undefined
  return submitted(input, { ...first, isRepeat: true })
}

/** Submitting a message: checked and resolved now, so that what cannot be sent fails here and not later. */
import { z } from 'zod'
import { audienceOf } from '#channels/contract.ts'
import { Text } from '#channels/text.ts'
import { type ChannelId, channelIds, isByRules } from '#channels/traits.ts'
import { message } from '#db/schema/index.ts'
import { callingApp } from '#domain/base/access.ts'
import { coalesce } from '#domain/base/coalesce.ts'
import type { ProblemCode } from '#domain/base/codes.ts'
import type { AppActor, Ctx } from '#domain/base/ctx.ts'
import { DomainError, invalid } from '#domain/base/errors.ts'
import { doneUnder, type Keyed, keyedCall } from '#domain/base/idempotency.ts'
import { fillIn } from '#domain/scenarios/scenarios.ts'
import { obstacle, type Question, type Resolution, resolveAll } from '#domain/templates/resolution.ts'
import { acceptor } from './accept.ts'
import { draftMessage } from './draft.ts'
import type { NewMessage } from './writing.ts'

export const SubmitMessage = z.strictObject({
  channel: z.enum(channelIds).describe('What carries it. Official accounts are sent to by events only.'),
  scenario: Text(40).min(1).describe('Key of a scenario, such as `login`.'),
  to: Text(320).min(1).describe('A phone number, such as `+8613800138000`, or a mail address.'),
  variables: z
    .record(Text(40), Text(2000))
    .default({})
    .describe('Values of the scenario’s variables. Some have one of their own when not given, such as `app_name`.'),
  reference: Text(200).optional().describe('A name of your own for it, shown in the log.'),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/, { error: 'invalid_locale' satisfies ProblemCode })
    .optional()
    .describe('Language of the recipient (BCP 47), such as `zh-CN`; the App’s when absent.'),
})
export type SubmitMessage = z.infer<typeof SubmitMessage>

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

const bodyOf = ({ channel, scenario, to, variables, reference, locale }: SubmitMessage) => [
  ...[channel, scenario, to, Object.entries(variables).sort()],
  ...[reference ?? null, locale ?? null],
]

/** Refusals of the key itself: whoever gets one learns nothing of what was accepted. */
const keyRefusals = new Set(['forbidden', 'unauthorized'])

/** @throws DomainError `forbidden` when the key is not scoped to the channel */
export function appOn(ctx: Ctx, channel: ChannelId): AppActor {
  const app = callingApp(ctx)
  if (app.channels.length > 0 && !app.channels.includes(channel)) {
    throw new DomainError('forbidden', `This API key may not send on the channel "${channel}".`, {
      reason: 'channel_scope',
    })
  }
  return app
}

/** The address, once everything that can be wrong with the call has been ruled out. @throws DomainError */
export function checkedAddress(
  ctx: Ctx,
  app: AppActor,
  resolution: Resolution,
  input: Pick<SubmitMessage, 'channel' | 'scenario' | 'to'>,
): string {
  const { scenario } = resolution
  if (!scenario) throw new DomainError('unknown_scenario', `There is no scenario "${input.scenario}".`)
  // What official accounts send is said by push rules: an event, not a message, sets it off.
  const isOffered = !isByRules(input.channel) && scenario.channels.includes(input.channel)
  if (!isOffered || !ctx.catalog.channelIds.includes(input.channel)) {
    throw invalid({ path: 'channel', code: 'channel_not_offered' })
  }
  const to = ctx.catalog.channel(input.channel).recipient.safeParse(input.to)
  if (!to.success)
    throw new DomainError('recipient_invalid', `"to" is not an address of the channel "${input.channel}".`, {
      fields: [{ path: 'to', code: 'recipient_invalid' }],
    })
  const reason = obstacle(resolution, app.keyKind !== 'test')
  if (reason) throw reason
  return to.data
}

/** The message as it is accepted. @throws DomainError for whatever keeps it from being sent */
function messageFrom(
  ctx: Ctx,
  app: AppActor,
  resolution: Resolution,
  input: SubmitMessage,
  keyed: Keyed | null,
): NewMessage {
  const to = checkedAddress(ctx, app, resolution, input)
  const { scenario, template, account } = resolution
  if (!scenario || !template)
    throw new DomainError(
      'template_not_configured',
      'Neither the App nor the default has a template for this scenario.',
    )
  const { name: appName, codeLifetimeMinutes } = resolution.app ?? { ...app, name: app.appName }
  const values = fillIn(scenario, input.variables, template.variables, {
    appName,
    recipient: to,
    codeLifetimeMinutes,
    now: ctx.now(),
  })
  const draft = draftMessage(ctx, app, {
    channel: input.channel,
    scenario,
    recipient: to,
    locale: input.locale ?? null,
    templateId: template.id,
    templateVersion: template.version,
    accountId: account?.id ?? null,
    values,
    codeLifetimeMinutes,
    reference: input.reference ?? null,
  })
  return keyed ? { ...draft, idempotencyKey: keyed.key, bodyHash: keyed.bodyHash } : draft
}

/** A channel that is not offered has no audience; that it is not is found out later. */
export const audienceAt = (ctx: Ctx, channel: ChannelId, to: string) =>
  audienceOf(ctx.catalog.channels.find(({ id }) => id === channel) ?? {}, to)

/** What was resolved for an App's calls. Accepting finds out whether it still holds; a refusal is never founded on it. */
function rememberedResolutions(most: number) {
  const kept = new Map<string, Resolution>()
  const placeOf = ({ appId, channel, scenario, locale, audience }: Question) =>
    `${appId} ${channel} ${scenario} ${locale} ${audience}`
  return {
    get: (question: Question) => kept.get(placeOf(question)),
    set(question: Question, resolution: Resolution) {
      if (kept.size >= most) kept.clear()
      kept.set(placeOf(question), resolution)
    },
  }
}

/**
 * The submitting end of a process: calls that arrive together share their queries and their commit.
 *
 * The returned function resolves once the message and its job are committed. The key that the actor stands for is looked
 * at again in that commit.
 * @throws DomainError `unknown_scenario`, `recipient_invalid`, `channel_not_configured`, `template_not_configured`,
 *   `unknown_variables`, `missing_variables`, `idempotency_conflict`, `forbidden`, `unauthorized`
 */
export function submitter(lent: Pick<Ctx, 'db' | 'jobs' | 'now'>): Submit {
  const resolve = coalesce<Question, Resolution>((questions) => resolveAll(lent.db, questions), { most: 100 })
  const accept = acceptor(lent)
  const remembered = rememberedResolutions(5000)

  const submit: Submit = async (ctx, input, { idempotencyKey } = {}) => {
    const app = appOn(ctx, input.channel)
    const { organizationId, appId, keyId } = app
    const { channel, scenario, locale = null } = input
    const audience = audienceAt(ctx, channel, input.to)
    const keyed = keyedCall(ctx, app, idempotencyKey, bodyOf(input))
    const question: Question = { organizationId, appId, channel, scenario, locale, audience }
    /** Undefined when the resolution does not hold any more. */
    const attempt = async (resolution: Resolution): Promise<SubmittedMessage | undefined> => {
      const row = messageFrom(ctx, app, resolution, input, keyed)
      const accepted = await accept({ row, keyId, question, fingerprint: resolution.fingerprint })
      if (accepted === 'outdated') return undefined
      const { id, recipient: to, createdAt, repeated } = accepted
      return { id, status: 'queued', channel, scenario, to, created_at: createdAt.toISOString(), repeated }
    }
    const known = remembered.get(question)
    const done = known && (await attempt(known).catch(unlessRefused))
    if (done) return done
    for (let tries = 0; tries < 5; tries++) {
      const resolution = await resolve(question)
      remembered.set(question, resolution)
      const accepted = await attempt(resolution)
      if (accepted) return accepted
    }
    throw new Error('What a message stands on changes faster than the message can be accepted.')
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

function unlessRefused(error: unknown): undefined {
  if (!(error instanceof DomainError)) throw error
}

async function firstAnswer(ctx: Ctx, input: SubmitMessage, key: string): Promise<SubmittedMessage | undefined> {
  const keyed = ctx.actor.kind === 'app' && keyedCall(ctx, ctx.actor, key, bodyOf(input))
  const [first] = keyed ? await doneUnder(ctx, message, [keyed]) : []
  if (!keyed || first?.bodyHash !== keyed.bodyHash) return undefined
  const { id, recipient: to, createdAt } = first
  const { channel, scenario } = input
  return { id, status: 'queued', channel, scenario, to, created_at: createdAt.toISOString(), repeated: true }
}

/** A call that sends a message: what it brings, what can be wrong with it, and the message that becomes of it. */
import { z } from 'zod'
import { audienceOf } from '#channels/contract.ts'
import { Text } from '#channels/text.ts'
import { type ChannelId, channelIds, isByRules } from '#channels/traits.ts'
import { callingApp } from '#domain/base/access.ts'
import type { ProblemCode } from '#domain/base/codes.ts'
import type { AppActor, Ctx } from '#domain/base/ctx.ts'
import { DomainError, invalid } from '#domain/base/errors.ts'
import type { Keyed } from '#domain/base/idempotency.ts'
import { fillIn } from '#domain/scenarios/scenarios.ts'
import { obstacle, type Resolution } from '#domain/templates/resolution.ts'
import { draftMessage, type NewMessage } from './draft.ts'

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

/** What makes two calls under one Idempotency-Key the same. */
export const bodyOf = ({ channel, scenario, to, variables, reference, locale }: SubmitMessage) => [
  ...[channel, scenario, to, Object.entries(variables).sort()],
  ...[reference ?? null, locale ?? null],
]

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
export function messageFrom(
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

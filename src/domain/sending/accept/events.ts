/**
 * Device events: one call becomes a message for each push rule and template that applies to each of its recipients. Promises
 * that the answer tells of every message, and for everything that makes none the reason.
 */
import { z } from 'zod'
import { audiencesOf } from '#channels/contract.ts'
import { Moment, Text } from '#channels/text.ts'
import type { ChannelTraits } from '#channels/traits.ts'
import { callingApp } from '#domain/base/access.ts'
import type { ProblemCode } from '#domain/base/codes.ts'
import type { AppActor, Ctx } from '#domain/base/ctx.ts'
import { DomainError } from '#domain/base/errors.ts'
import { keyedCall } from '#domain/base/idempotency.ts'
import { type EventToPlan, plan } from '#domain/push-rules/plan.ts'
import { rulesOfApp } from '#domain/push-rules/rule-state.ts'
import { fillIn, type Scenario } from '#domain/scenarios/scenarios.ts'
import { type Resolution, resolveAll } from '#domain/templates/resolution.ts'
import { draftMessage } from './draft.ts'
import { answeredUnder, commitEvent, type EventAnswer } from './event-commit.ts'

const addresses = {
  openid: Text(64).min(1).optional().describe('Of a follower: gets the cards of push rules.'),
  phone: Text(40).min(1).optional().describe('Gets a call and an SMS.'),
  email: Text(320).min(1).optional().describe('Gets a mail.'),
} satisfies Record<ChannelTraits['address'], z.ZodType>
const addressKinds = Object.keys(addresses) as (keyof typeof addresses)[]

const Recipient = z
  .strictObject(addresses)
  .refine((given) => Object.values(given).some((address) => address !== undefined), {
    error: 'no_address' satisfies ProblemCode,
  })

export const SubmitEvent = z.strictObject({
  type: Text(40).min(1).describe('Key of a notification scenario, such as `device_alarm`.'),
  occurred_at: Moment.optional().describe('With the offset of the place: shown as it is.'),
  variables: z.record(Text(40), Text(2000)).default({}).describe('Values of the scenario’s variables.'),
  recipients: z.array(Recipient).min(1).max(100).describe('Each with at least one address.'),
  reference: Text(200).optional().describe('A name of your own for it, shown in the log.'),
})
export type SubmitEvent = z.infer<typeof SubmitEvent>

const bodyOf = ({ type, occurred_at, variables, recipients, reference }: SubmitEvent) => [
  ...[type, occurred_at ?? null, Object.entries(variables).sort(), reference ?? null],
  recipients.map((given) => addressKinds.map((kind) => given[kind] ?? null)),
]

/** A moment as the clock showed it where it was read: `2026-11-22 10:02:11 UTC`, `2026-11-22 18:02:11+08:00`. */
function clockTime(moment: string): string {
  const [day = '', time = ''] = moment.split('T')
  const [, clock = '', zone = ''] = /^([\d:]+)(?:\.\d+)?(.*)$/.exec(time) ?? []
  return `${day} ${clock}${zone === 'Z' ? ' UTC' : zone}`
}

/** The scenario of an event, its App, and what the templates resolve to on each of its channels. */
async function resolveFor(ctx: Ctx, app: AppActor, type: string) {
  const { organizationId, appId } = app
  const destinations = ctx.catalog.channels.flatMap((channel) =>
    audiencesOf(channel).map((audience) => ({ channel, audience })),
  )
  const resolutions = await resolveAll(
    ctx.db,
    destinations.map(({ channel, audience }) => ({
      organizationId,
      appId,
      channel: channel.id,
      scenario: type,
      audience,
    })),
  )
  const scenario = resolutions[0]?.scenario
  if (scenario?.kind !== 'notification') throw new DomainError('unknown_scenario', `There is no event "${type}".`)
  const channels = scenario.channels.flatMap((id) => {
    const channel = ctx.catalog.channels.find((one) => one.id === id)
    const of = destinations.flatMap(({ channel: { id: at }, audience }, index): [string, Resolution][] => {
      const resolution = resolutions[index]
      return at === id && resolution ? [[audience, resolution]] : []
    })
    return channel ? [{ channel, resolutions: new Map(of) }] : []
  })
  return { scenario, channels, app: resolutions[0]?.app }
}

/** The values for an address. @throws DomainError `unknown_variables` */
function valuesOf(
  ctx: Ctx,
  scenario: Scenario,
  input: SubmitEvent,
  own: { appName: string; codeLifetimeMinutes: number },
) {
  const { occurred_at, variables } = input
  const isTold = occurred_at !== undefined && scenario.variables.includes('occurred_at')
  const given = { ...(isTold ? { occurred_at: clockTime(occurred_at) } : {}), ...variables }
  const now = ctx.now()
  return (recipient: string) => fillIn(scenario, given, [], { ...own, recipient, now })
}

/**
 * Takes an event. It resolves once the event, its messages and their jobs are committed.
 * @throws DomainError `unknown_scenario`, `unknown_variables`, `idempotency_conflict`, `unauthorized`
 */
export async function submitEvent(
  ctx: Ctx,
  input: SubmitEvent,
  { idempotencyKey }: { idempotencyKey?: string } = {},
): Promise<{ answer: EventAnswer; repeated: boolean }> {
  const app = callingApp(ctx)
  const keyed = keyedCall(ctx, app, idempotencyKey, bodyOf(input))
  const first = keyed && (await answeredUnder(ctx, keyed))
  if (first) return { answer: first, repeated: true }
  const { scenario, channels, app: named } = await resolveFor(ctx, app, input.type)
  const { name: appName, codeLifetimeMinutes } = named ?? { ...app, name: app.appName }
  const valuesFor = valuesOf(ctx, scenario, input, { appName, codeLifetimeMinutes })
  valuesFor('')
  const { organizationId, appId } = app
  const rules = await rulesOfApp(ctx.db, { organizationId, appId, event: scenario.key })
  const { recipients, reference = null } = input
  const isTest = app.keyKind === 'test'
  const event: EventToPlan = { recipients, channels, scope: app.channels, isTest, valuesFor }
  return commitEvent(ctx, {
    app,
    type: scenario.key,
    reference,
    keyed,
    plan: plan(rules, event),
    draft: ({ channel, to, rule, template, accountId }, values) =>
      draftMessage(ctx, app, {
        ...{ channel, scenario, recipient: to, locale: null, accountId, values, codeLifetimeMinutes, reference },
        ...{ templateId: template?.id ?? null, templateVersion: rule?.version ?? template?.version ?? 0 },
      }),
  })
}

/**
 * What becomes of an event: the messages it makes, by its App's push rules and templates, and for everything that it does
 * not make the reason. Pure: the same rules and event have the same plan.
 */
import { audienceOf, type Channel } from '#channels/contract.ts'
import { type ChannelId, type ChannelTraits, isByRules, traitsOf } from '#channels/traits.ts'
import { obstacle, type Resolution } from '../templates/resolution.ts'
import type { RuleState } from './rule-state.ts'
import { heldBackVariable } from './rule-variables.ts'

export const skipReasons = [
  'no_openid',
  'no_rule',
  'rule_disabled',
  'rule_invalid',
  'channel_not_configured',
  'template_not_configured',
  'template_not_usable',
  'recipient_invalid',
  'duplicate',
  'missing_variables',
  'key_scope',
  'held_back',
] as const
export type SkipReason = (typeof skipReasons)[number]

export type EventRecipient = { [Kind in ChannelTraits['address']]?: string | undefined }

export type EventToPlan = {
  recipients: readonly EventRecipient[]
  /** The channels that the event is sent on, and what is resolved there for each audience: nothing where rules say it. */
  channels: readonly { channel: Channel; resolutions: ReadonlyMap<string, Resolution> }[]
  /** Channels that the key may use; empty means all. */
  scope: readonly string[]
  /** Nothing reaches a provider, so that no account is needed. */
  isTest: boolean
  /** The values that there are for one address. */
  valuesFor(to: string): Record<string, string>
}

/** Which of the event's recipients, from 0, on which channel. */
type Place = { recipient: number; channel: ChannelId }

export type PlannedMessage = Place & {
  to: string
  values: Record<string, string>
  rule: RuleState | null
  template: { id: string; version: number } | null
  accountId: string | null
}

/** `detail` tells more of the reason: a key of `Reason.*`, or the names of missing variables. */
type Refusal = { reason: SkipReason; detail?: string }
export type Skipped = Place & Refusal & { rule: { id: string; name: string } | null }

export type Plan = { messages: PlannedMessage[]; skipped: Skipped[] }
type Decision = PlannedMessage | Skipped

export const skipped = (place: Place, refusal: Refusal, rule: { id: string; name: string } | null = null): Skipped => ({
  recipient: place.recipient,
  channel: place.channel,
  rule: rule && { id: rule.id, name: rule.name },
  ...refusal,
})

function lacking(used: readonly string[], values: Record<string, string>): Refusal | undefined {
  const missing = used.filter((name) => name !== heldBackVariable && !Object.hasOwn(values, name))
  return missing.length > 0 ? { reason: 'missing_variables', detail: missing.join(', ') } : undefined
}

function faultOf({ enabled, invalid }: RuleState): Refusal | undefined {
  if (invalid !== null) return { reason: 'rule_invalid', detail: invalid }
  return enabled ? undefined : { reason: 'rule_disabled' }
}

function byRules(place: Place, to: string, rules: readonly RuleState[], event: EventToPlan): Decision[] {
  if (rules.length === 0) return [skipped(place, { reason: 'no_rule' })]
  const values = event.valuesFor(to)
  return rules.map((rule) => {
    const refusal = faultOf(rule) ?? lacking(rule.variables, values)
    if (refusal) return skipped(place, refusal, rule)
    return { ...place, to, values, rule, template: null, accountId: rule.account?.id ?? null }
  })
}

function byTemplate(place: Place, to: string, resolution: Resolution | undefined, event: EventToPlan): Decision {
  const template = resolution?.template
  const error = resolution ? obstacle(resolution) : null
  const isOnlyAccount = error?.code === 'channel_not_configured' && event.isTest
  if (error && !(isOnlyAccount && template)) {
    const { reason } = error.data
    return skipped(place, { reason: error.code as SkipReason, ...(reason ? { detail: reason } : {}) })
  }
  if (!template) return skipped(place, { reason: 'template_not_configured' })
  const values = event.valuesFor(to)
  const refusal = lacking(template.variables, values)
  if (refusal) return skipped(place, refusal)
  const { id, version } = template
  return { ...place, to, values, rule: null, template: { id, version }, accountId: resolution.account?.id ?? null }
}

/** Plans an event, in the order of its recipients, of its channels and of the rules. No address gets it twice on a channel. */
export function plan(rules: readonly RuleState[], event: EventToPlan): Plan {
  const seen = new Set<string>()
  const decisions = event.recipients.flatMap((addresses, recipient) =>
    event.channels.flatMap(({ channel, resolutions }): Decision[] => {
      const place = { recipient, channel: channel.id }
      const hasRules = isByRules(channel.id)
      const given = addresses[traitsOf(channel.id)?.address ?? 'phone']
      if (given === undefined) return hasRules && rules.length > 0 ? [skipped(place, { reason: 'no_openid' })] : []
      if (event.scope.length > 0 && !event.scope.includes(channel.id)) return [skipped(place, { reason: 'key_scope' })]
      const { data: to } = channel.recipient.safeParse(given)
      if (to === undefined) return [skipped(place, { reason: 'recipient_invalid' })]
      if (seen.has(`${channel.id} ${to}`)) return [skipped(place, { reason: 'duplicate' })]
      seen.add(`${channel.id} ${to}`)
      if (hasRules) return byRules(place, to, rules, event)
      return [byTemplate(place, to, resolutions.get(audienceOf(channel, to)), event)]
    }),
  )
  return {
    messages: decisions.filter((decision) => 'to' in decision),
    skipped: decisions.filter((decision) => 'reason' in decision),
  }
}

/**
 * How channels differ, as data, so that no code compares a channel's id. Without imports, because the browser and the database's
 * schema read it, too.
 */

export type ChannelTraits = {
  /** How its contents are configured: a template for each scenario, or push rules, which say what becomes of which event. */
  contents: 'templates' | 'rules'
  /** Whose a content is: the organization's, or the account's whose signatures and templates it names. */
  contentOf: 'organization' | 'account'
  /** How its accounts are used: one at a time, the one that was validated last, or all of them side by side. */
  accounts: 'one' | 'side by side'
  /** What an address of it is called in the API. */
  address: 'phone' | 'email' | 'openid'
  /** Its rank among the channels of a built-in scenario, by the scenario's kind; absent where it does not carry that kind. */
  priority: { verification?: number; notification?: number }
  /** How a person tries a content out. */
  trial: 'send' | 'call'
  /** Its part of the addresses of its pages. */
  slug: string
}

const traits = {
  sms: {
    contents: 'templates',
    contentOf: 'account',
    accounts: 'one',
    address: 'phone',
    trial: 'send',
    priority: { verification: 1, notification: 2 },
    slug: 'sms',
  },
  voice: {
    contents: 'templates',
    contentOf: 'account',
    accounts: 'one',
    address: 'phone',
    trial: 'call',
    priority: { verification: 2, notification: 1 },
    slug: 'voice',
  },
  email: {
    contents: 'templates',
    contentOf: 'organization',
    accounts: 'one',
    address: 'email',
    trial: 'send',
    priority: { verification: 3, notification: 3 },
    slug: 'email',
  },
  official_account: {
    contents: 'rules',
    contentOf: 'account',
    accounts: 'side by side',
    address: 'openid',
    trial: 'send',
    priority: { notification: 4 },
    slug: 'official-account',
  },
} as const satisfies Record<string, ChannelTraits>

export type ChannelId = keyof typeof traits
/** In the order in which they are shown. */
export const channelIds = Object.keys(traits) as [ChannelId, ...ChannelId[]]

/** What a channel is like; undefined for what is none. */
export const traitsOf = (channel: string): ChannelTraits | undefined =>
  Object.hasOwn(traits, channel) ? traits[channel as ChannelId] : undefined

/** Whether its recipients are phone numbers. */
export const isByPhone = (channel: string): boolean => traitsOf(channel)?.address === 'phone'

/** Whether its contents are push rules in place of templates. */
export const isByRules = (channel: string): boolean => traitsOf(channel)?.contents === 'rules'

/** Whether all its accounts are in force, side by side. */
export const isSideBySide = (channel: string): boolean => traitsOf(channel)?.accounts === 'side by side'
export const sideBySide = channelIds.filter(isSideBySide)

const channelsByRules = channelIds.filter(isByRules)
/** The channel that push rules are for. */
export const ruleChannel: ChannelId = channelsByRules[0] ?? channelIds[0]

/** The channels of a built-in scenario of a kind, the usual first. */
export function channelsFor(kind: 'verification' | 'notification'): ChannelId[] {
  const placeOf = (channel: ChannelId) => traitsOf(channel)?.priority[kind]
  return channelIds
    .filter((channel) => placeOf(channel) !== undefined)
    .sort((one, other) => (placeOf(one) ?? 0) - (placeOf(other) ?? 0))
}

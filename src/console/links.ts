/** The places of the console in the order of its navigation, and the pages of channels. */
import { isByRules, ruleChannel, traitsOf } from '#channels/traits.ts'
import type { Permission } from '#domain/base/access.ts'

export const places = [
  { href: '/', label: 'overview' },
  { href: '/apps', label: 'apps' },
  { href: '/messages', label: 'messages' },
] as const

export const personalCenter = { href: '/personal-center', label: 'personalCenter' } as const

export const personalPlaces = [
  { href: '/personal-center/third-party-configuration', label: 'thirdParty' },
  { href: '/personal-center/members', label: 'members' },
  { href: '/personal-center/audit-log', label: 'auditLog', needs: 'audit:read' },
  { href: '/personal-center/data', label: 'data', needs: 'data:write' },
  { href: '/personal-center/profile', label: 'profile' },
] as const satisfies readonly { href: string; label: string; needs?: Permission }[]

export const thirdPartyConfiguration = '/personal-center/third-party-configuration'

/** The page of a channel; undefined for what is none. */
export function channelPlace(channel: string): string | undefined {
  const traits = traitsOf(channel)
  return traits && `${thirdPartyConfiguration}/${traits.slug}`
}

/** Push rules: those of an App, an event and an official account, each by its key or id, where given. */
export type RulesOf = { app?: string | undefined; event?: string | undefined; account?: string | undefined }

const queryOf = (of: RulesOf & { state?: string }) =>
  new URLSearchParams(Object.entries(of).filter((entry): entry is [string, string] => Boolean(entry[1]))).toString()

/** The page of the channel that push rules are for. */
export const ruleChannelPlace = `${thirdPartyConfiguration}/${traitsOf(ruleChannel)?.slug}`

/** The list of push rules. */
export function rulesPlace(of: RulesOf & { state?: string } = {}): string {
  const query = queryOf(of)
  return `${ruleChannelPlace}${query ? `?${query}` : ''}#push-rules`
}

/** The form of a push rule that is there, by its id. */
export const rulePlace = (id: string): string => `${ruleChannelPlace}/rules/${id}`

/** The form of a new push rule, begun for these. */
export function newRulePlace(of: RulesOf = {}): string {
  const query = queryOf(of)
  return `${ruleChannelPlace}/rules/new${query ? `?${query}` : ''}`
}

/** An App as it is listed and picked. */
export type AppName = { id: string; key: string; name: string }

/** The page whose table lists the templates of a channel: of the default, unless an App is given. */
export const templatesPlace = (channel: string, app: { key: string } | null): string =>
  `${channelPlace(channel) ?? thirdPartyConfiguration}${app ? `?app=${encodeURIComponent(app.key)}` : ''}`

/** Whose template: the default, unless an App's key is given; of the account in force, unless another one's id is. */
export type TemplateOf = { app?: string | undefined; account?: string | undefined }

/** The form of a template; where push rules say what is sent, those of the scenario. */
export function templatePlace(channel: string, scenario: string, { app, account }: TemplateOf = {}): string {
  if (isByRules(channel)) return rulesPlace({ app, event: scenario })
  const place = channelPlace(channel)
  if (!place) return templatesPlace(channel, app ? { key: app } : null)
  const query = new URLSearchParams({ ...(app ? { app } : {}), ...(account ? { account } : {}) }).toString()
  return `${place}/templates/${encodeURIComponent(scenario)}${query ? `?${query}` : ''}`
}

/** Whether an address is a place or lies within it. */
export const isWithin = (path: string, place: string) =>
  path === place || (place !== '/' && path.startsWith(`${place}/`))

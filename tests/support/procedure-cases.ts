/** Every procedure of the console with an input, made of what belongs to an organization that has one of everything. */
import { TRPCError } from '@trpc/server'
import { eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { incident, invitation } from '#db/schema/index.ts'
import { inviteMember } from '#domain/people/members.ts'
import { addScenario } from '#domain/scenarios/scenarios.ts'
import { tryEndpoint } from '#domain/webhooks/endpoints.ts'
import { caller, signedIn, type Who } from './api-stage.ts'
import { loginHtml } from './make.ts'
import { ann, cardContent, type PushStage } from './push-stage.ts'
import { endpoint } from './webhook-stage.ts'

/** An organization with one of everything, and the ids of it all. */
export async function populated(push: PushStage, name: string) {
  const { stage } = push
  const { org, owner, accountId, app, asApp, officialId, ruleId } = await push.ready(name)
  const scenario = `${name.toLowerCase()}_booking`
  await addScenario(owner, {
    key: scenario,
    kind: 'notification',
    nameEn: `${name} booking`,
    nameZh: name,
    variables: [],
  })
  const content = { subject: `Of ${name}`, html: loginHtml }
  const { id: templateId } = await stage.template(owner, { appId: app.id, content })
  const { id: keyId } = await stage.key(owner, app.id, { name: `Key of ${name}` })
  const { id: endpointId } = await endpoint(owner, app.id)
  const { id: deliveryId } = await tryEndpoint(owner, endpointId)
  const { id: messageId } = await stage.send(asApp, { to: `somebody@${name.toLowerCase()}.example.com` })
  await inviteMember(owner, { email: `new@${name.toLowerCase()}.example.com`, role: 'viewer' })
  const [invited] = await stage.db.select().from(invitation).where(eq(invitation.organizationId, org.id))
  const incidentId = v7()
  const at = stage.clock.now()
  await stage.db.insert(incident).values({
    ...{ id: incidentId, organizationId: org.id, kind: 'account_failing', place: accountId, cause: '' },
    ...{ details: { name: `Account of ${name}` }, openedAt: at, seenAt: at, recoveredAt: at },
  })
  const { sessionId } = await signedIn(stage, org, 'admin')
  const userId = org.person('viewer').id
  const ids = {
    accountId,
    endpointId,
    incidentId,
    deliveryId,
    appId: app.id,
    keyId,
    messageId,
    templateId,
    invitationId: invited?.id ?? '',
    officialId,
    ruleId,
    sessionId,
    userId,
  }
  return { org, name, scenario, appKey: app.key, ...ids }
}
export type Populated = Awaited<ReturnType<typeof populated>>

const app = { name: 'Shop', language: 'en', codeLifetimeMinutes: 10, logo: null }
const account = { channel: 'email', provider: 'fake', name: 'Taken over' }
const config = { host: 'mail.example.com', username: 'signet', password: 'correct horse' }
export const content = { subject: 'Code', html: loginHtml }
const place = (of: Populated) => ({ channel: 'email', scenario: 'login', appId: of.appId })
const official = { provider: 'fake-wechat', name: 'Service' }
const rule = (of: Populated) => ({
  appId: of.appId,
  accountId: of.officialId,
  scenario: 'device_alarm',
  content: cardContent,
})
const webhook = {
  ...{ url: 'https://elsewhere.example.com/', description: '', events: ['message.sent'], enabled: true },
  wholeRecipient: true,
}
const booking = { key: 'booking', kind: 'notification', nameEn: 'Booking', nameZh: '预订', variables: [] }

type Case = {
  /** The input, made of what belongs to an organization. */
  input?: (of: Populated) => unknown
  /** How the call ends for an owner of another organization; an error code, or what is answered. */
  ends: string | Record<string, unknown> | unknown[] | null | 'their own'
}

export const own = 'their own'
export const cases: Record<string, Case> = {
  'accounts.list': { input: () => ({ channel: 'email' }), ends: own },
  'accounts.channels': { ends: own },
  'accounts.forms': { input: () => ({ channel: 'email' }), ends: own },
  'accounts.save': {
    input: ({ accountId }) => ({ ...account, id: accountId, config }),
    ends: 'not_found',
  },
  'accounts.validate': { input: ({ accountId }) => ({ id: accountId }), ends: 'not_found' },
  'accounts.takeable': { input: ({ accountId }) => ({ id: accountId, from: accountId }), ends: 'not_found' },
  'accounts.rotateReceiptAddress': {
    input: ({ accountId }) => ({ id: accountId }),
    ends: 'not_found',
  },
  'accounts.remove': { input: ({ accountId }) => ({ id: accountId }), ends: 'not_found' },
  'apps.list': { input: ({ appKey }) => ({ search: appKey }), ends: { rows: [], newer: null, older: null } },
  'apps.names': { ends: own },
  'apps.get': { input: ({ appKey }) => ({ key: appKey }), ends: 'not_found' },
  'apps.add': { input: () => ({ ...app, key: `app-${v7().slice(-12)}` }), ends: own },
  'apps.change': { input: ({ appId }) => ({ ...app, id: appId }), ends: 'not_found' },
  'apps.remove': { input: ({ appId }) => ({ id: appId }), ends: 'not_found' },
  'apps.coverage': { input: ({ appId }) => ({ appId }), ends: own },
  'apps.refusals': { input: ({ appId }) => ({ appId }), ends: [] },
  'apps.codeSettings': { input: ({ appId }) => ({ appId, locale: 'en' }), ends: 'not_found' },
  'apps.countries': { input: () => ({ locale: 'en' }), ends: own },
  'apps.changeCodeSettings': {
    input: ({ appId }) => ({
      ...{ appId, codeLength: 4, codeCountries: ['852'] },
      ...{ codesPerHour: 1, codesPerCountryHour: 1, codesPerIpHour: 1 },
    }),
    ends: 'not_found',
  },
  'apps.guard': { input: ({ appId }) => ({ appId, locale: 'en' }), ends: 'not_found' },
  'apps.changeGuard': {
    input: ({ appId }) => ({ appId, guardMode: 'block', codesPerDay: { sms: 1 }, stops: { sms: true } }),
    ends: 'not_found',
  },
  'apps.keys': { input: ({ appId }) => ({ appId }), ends: [] },
  'apps.addKey': {
    ends: 'not_found',
    input: ({ appId }) => ({ appId, name: 'backdoor', kind: 'live', channels: [], expiresInDays: null }),
  },
  'apps.revokeKey': { input: ({ keyId }) => ({ id: keyId }), ends: 'not_found' },
  'data.retention': { ends: { messageDays: null, contentDays: null } },
  'data.changeRetention': { input: () => ({ messageDays: 7, contentDays: null, isAgreed: true }), ends: own },
  'data.traces': {
    input: ({ name }) => ({ recipient: `somebody@${name.toLowerCase()}.example.com` }),
    ends: { messages: 0, verifications: 0, others: [] },
  },
  'data.erase': {
    input: ({ name }) => ({ recipient: `somebody@${name.toLowerCase()}.example.com` }),
    ends: { messages: 0, verifications: 0, left: 0 },
  },
  'dependents.of': { input: ({ accountId: id }) => ({ kind: 'account', id }), ends: 'not_found' },
  'incidents.list': { input: () => ({}), ends: own },
  'incidents.latest': { ends: own },
  'incidents.acknowledge': { input: ({ incidentId }) => ({ id: incidentId }), ends: 'not_found' },
  'incidents.notices': { ends: { wanted: true, phone: '' } },
  'incidents.changeNotices': { input: () => ({ wanted: false, phone: '' }), ends: own },
  'messages.overview': { input: () => ({ period: '30d', zone: 'UTC' }), ends: own },
  'messages.list': { input: ({ appId }) => ({ appId }), ends: { rows: [], newer: null, older: null } },
  'messages.countNew': { input: ({ appId, messageId }) => ({ appId, after: messageId }), ends: own },
  'messages.export': { input: ({ appId }) => ({ appId }), ends: 'not_found' },
  'messages.get': { input: ({ messageId }) => ({ id: messageId }), ends: 'not_found' },
  'messages.content': { input: ({ messageId }) => ({ id: messageId }), ends: null },
  'messages.reveal': { input: ({ messageId }) => ({ id: messageId }), ends: 'not_found' },
  'messages.resend': { input: ({ messageId }) => ({ id: messageId }), ends: 'not_found' },
  'messages.release': { ends: own },
  'messages.audit': { input: () => ({}), ends: own },
  'officialAccounts.list': { ends: own },
  'officialAccounts.add': {
    ends: own,
    input: () => ({ ...official, config: { appId: 'wx00000000000000cc', appSecret: 'right' } }),
  },
  'officialAccounts.check': { input: ({ officialId }) => ({ id: officialId }), ends: 'not_found' },
  'officialAccounts.setSecureOnly': {
    input: ({ officialId }) => ({ id: officialId, secureOnly: true }),
    ends: 'not_found',
  },
  'officialAccounts.remove': { input: ({ officialId }) => ({ id: officialId }), ends: 'not_found' },
  'officialAccounts.templates': {
    input: ({ officialId }) => ({ id: officialId }),
    ends: 'not_found',
  },
  'people.shell': { ends: own },
  'people.changeProfile': { input: () => ({ name: 'Ann', language: 'en' }), ends: own },
  'people.changePassword': {
    ends: 'invalid_request',
    input: () => ({ current: 'not the password', next: 'a new long password' }),
  },
  'people.sessions': { ends: own },
  'people.revokeSession': { input: ({ sessionId }) => ({ id: sessionId }), ends: 'not_found' },
  'people.switchOrganization': { input: ({ org }) => ({ id: org.id }), ends: 'not_found' },
  'people.members': { ends: own },
  'people.invite': { input: () => ({ email: 'x@example.com', role: 'viewer' }), ends: own },
  'people.revokeInvitation': {
    input: ({ invitationId }) => ({ id: invitationId }),
    ends: 'not_found',
  },
  'people.changeRole': { input: ({ userId }) => ({ userId, role: 'author' }), ends: 'not_found' },
  'people.removeMember': { input: ({ userId }) => ({ userId }), ends: 'not_found' },
  'people.needsSetUp': { ends: own },
  'people.setUp': {
    ends: 'conflict',
    input: () => ({
      secret: 'guessed',
      organization: 'Third',
      name: 'Eve',
      email: 'eve@example.com',
      password: 'a long password',
    }),
  },
  'people.invitation': { input: ({ invitationId }) => ({ token: invitationId }), ends: 'not_found' },
  'people.acceptInvitation': { input: ({ invitationId }) => ({ token: invitationId }), ends: 'not_found' },
  'pushRules.list': { input: ({ appId }) => ({ appId }), ends: { rows: [], newer: null, older: null } },
  'pushRules.get': { input: ({ ruleId }) => ({ id: ruleId }), ends: 'not_found' },
  'pushRules.save': {
    ends: 'not_found',
    input: (of) => ({ ...rule(of), id: of.ruleId, baseVersion: 1, name: 'Taken over' }),
  },
  'pushRules.setEnabled': {
    input: ({ ruleId }) => ({ id: ruleId, enabled: false }),
    ends: 'not_found',
  },
  'pushRules.remove': { input: ({ ruleId }) => ({ id: ruleId }), ends: 'not_found' },
  'pushRules.restore': { input: () => ({ undo: 'of nobody' }), ends: 'invalid_request' },
  'pushRules.testPush': {
    ends: 'not_found',
    input: (of) => ({ ...rule(of), to: ann }),
  },
  'templates.cells': { input: ({ appId }) => ({ channel: 'email', appId }), ends: own },
  search: {
    input: ({ messageId }) => ({ text: messageId, scenario: 'victim_booking' }),
    ends: { apps: [], accounts: [], scenarios: [], messages: [] },
  },
  'templates.list': { input: ({ appId }) => ({ channel: 'email', appId }), ends: own },
  'templates.get': { input: place, ends: own },
  'templates.versions': { input: place, ends: [] },
  'templates.version': { input: (of) => ({ ...place(of), version: 1 }), ends: 'not_found' },
  'templates.examples': { input: () => ({ scenario: 'login', language: 'en' }), ends: own },
  'templates.proof': { input: ({ accountId }) => ({ accountId, subject: '["TTS_1",""]' }), ends: null },
  'templates.providerLists': {
    input: ({ accountId }) => ({ channel: 'email', accountId }),
    ends: 'not_found',
  },
  'templates.providerDetails': {
    input: ({ accountId }) => ({ channel: 'email', accountId, about: { signature: 'Acme' } }),
    ends: 'not_found',
  },
  'templates.refreshApprovals': {
    input: ({ accountId }) => ({ channel: 'email', accountId }),
    ends: 'not_found',
  },
  'templates.save': {
    ends: 'not_found',
    input: (of) => ({ ...place(of), content, baseVersion: 1 }),
  },
  'templates.testSend': {
    ends: 'not_found',
    input: (of) => ({ ...place(of), content, to: 'me@example.com' }),
  },
  'templates.sampleValues': { input: ({ scenario }) => ({ scenario }), ends: 'unknown_scenario' },
  'templates.saveSampleValues': {
    ends: 'unknown_scenario',
    input: ({ scenario }) => ({ scenario, values: {} }),
  },
  'templates.reset': { input: place, ends: 'not_found' },
  'templates.restore': { input: () => ({ undo: 'of nobody' }), ends: 'invalid_request' },
  'templates.scenarios': { ends: own },
  'templates.addScenario': { input: () => booking, ends: own },
  'templates.removeScenario': {
    input: ({ scenario }) => ({ key: scenario }),
    ends: 'not_found',
  },
  'webhooks.list': { input: ({ appId }) => ({ appId }), ends: [] },
  'webhooks.get': { input: ({ appKey, endpointId: id }) => ({ appKey, id }), ends: 'not_found' },
  'webhooks.add': { input: ({ appId }) => ({ ...webhook, appId }), ends: 'not_found' },
  'webhooks.change': { input: ({ endpointId: id }) => ({ ...webhook, id, version: 1 }), ends: 'not_found' },
  'webhooks.remove': { input: ({ endpointId: id }) => ({ id }), ends: 'not_found' },
  'webhooks.rotate': { input: ({ endpointId: id }) => ({ id, version: 1 }), ends: 'not_found' },
  'webhooks.tryOut': { input: ({ endpointId: id }) => ({ id }), ends: 'not_found' },
  'webhooks.deliveries': { input: ({ endpointId }) => ({ endpointId }), ends: 'not_found' },
  'webhooks.counts': { input: ({ endpointId }) => ({ endpointId }), ends: 'not_found' },
  'webhooks.delivery': { input: ({ deliveryId: id }) => ({ id }), ends: 'not_found' },
  'webhooks.sendAgain': {
    input: ({ endpointId, deliveryId }) => ({ endpointId, which: { ids: [deliveryId] } }),
    ends: 'not_found',
  },
}

type AnyProcedure = (input: unknown) => Promise<unknown>

/** Calls a procedure by its path and gives what it answers, a stream as a list, or the code it was refused with. */
export async function ending(who: Who, path: string, input: unknown): Promise<{ code?: string; answer?: unknown }> {
  const [router = '', name] = path.split('.')
  const procedures = caller(who) as unknown as Record<string, AnyProcedure & Record<string, AnyProcedure>>
  const procedure = name === undefined ? procedures[router] : procedures[router]?.[name]
  try {
    const answer = await procedure?.(input)
    const isStream = typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer
    return { answer: isStream ? await Array.fromAsync(answer as AsyncIterable<unknown>) : answer }
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : undefined
    if (cause && 'code' in cause && typeof cause.code === 'string') return { code: cause.code }
    throw error
  }
}

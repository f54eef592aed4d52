/**
 * Two organizations, and every procedure called with what belongs to the other; and every procedure called in every role. A
 * procedure without a line in the table fails.
 */
import { readFileSync } from 'node:fs'
import { TRPCError } from '@trpc/server'
import { eq, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { appRouter } from '#api/router.ts'
import { invitation, type Role, roles } from '#db/schema/index.ts'
import { coverage } from '#domain/coverage.ts'
import { inviteMember } from '#domain/members.ts'
import { addScenario } from '#domain/scenarios.ts'
import { caller, expect, test as onStage, signedIn, type Who } from '../support/api-stage.ts'
import { loginHtml, type Stage } from '../support/make.ts'
import { ann, cardContent, PushStage } from '../support/push-stage.ts'

const test = onStage.extend<{ push: PushStage }>({
  push: [async ({ stage }, use) => use(new PushStage(stage)), { auto: true }],
})

/** An organization with one of everything, and the ids of it all. */
async function populated(push: PushStage, name: string) {
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
  const { id: messageId } = await stage.send(asApp, { to: `somebody@${name.toLowerCase()}.example.com` })
  await inviteMember(owner, { email: `new@${name.toLowerCase()}.example.com`, role: 'viewer' })
  const [invited] = await stage.db.select().from(invitation).where(eq(invitation.organizationId, org.id))
  const { sessionId } = await signedIn(stage, org, 'admin')
  const userId = org.person('viewer').id
  const ids = {
    accountId,
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
type Populated = Awaited<ReturnType<typeof populated>>

/** The organizations of all these tests: two that nothing may change, and two that calls are made in. */
let organizations: Promise<Record<'victim' | 'eve' | 'refusing' | 'allowing', Populated>> | undefined

async function populateAll(push: PushStage) {
  const [victim, eve] = [await populated(push, 'Victim'), await populated(push, 'Eve')]
  return { victim, eve, refusing: await populated(push, 'Refusing'), allowing: await populated(push, 'Allowing') }
}

function shared(push: PushStage) {
  organizations ??= populateAll(push)
  return organizations
}

const app = { name: 'Shop', language: 'en', codeLifetimeMinutes: 10, logo: null }
const account = { channel: 'email', provider: 'fake', name: 'Taken over' }
const config = { host: 'mail.example.com', username: 'signet', password: 'correct horse' }
const content = { subject: 'Code', html: loginHtml }
const place = (of: Populated) => ({ channel: 'email', scenario: 'login', appId: of.appId })
const official = { provider: 'fake-wechat', name: 'Service' }
const rule = (of: Populated) => ({
  appId: of.appId,
  accountId: of.officialId,
  scenario: 'device_alarm',
  content: cardContent,
})
const booking = { key: 'booking', kind: 'notification', nameEn: 'Booking', nameZh: '预订', variables: [] }

type Case = {
  /** The input, made of what belongs to an organization. */
  input?: (of: Populated) => unknown
  /** How the call ends for an owner of another organization; an error code, or what is answered. */
  ends: string | Record<string, unknown> | unknown[] | null | 'their own'
}

const own = 'their own'
const cases: Record<string, Case> = {
  'accounts.list': { input: () => ({ channel: 'email' }), ends: own },
  'accounts.forms': { input: () => ({ channel: 'email' }), ends: own },
  'accounts.save': {
    input: ({ accountId }) => ({ ...account, id: accountId, config }),
    ends: 'not_found',
  },
  'accounts.validate': { input: ({ accountId }) => ({ id: accountId }), ends: 'not_found' },
  'accounts.dependents': { input: ({ accountId }) => ({ id: accountId }), ends: 'not_found' },
  'accounts.rotateReceiptAddress': {
    input: ({ accountId }) => ({ id: accountId }),
    ends: 'not_found',
  },
  'accounts.remove': { input: ({ accountId }) => ({ id: accountId }), ends: 'not_found' },
  'apps.list': { input: ({ appKey }) => ({ search: appKey }), ends: { rows: [], next: null } },
  'apps.names': { ends: own },
  'apps.get': { input: ({ appKey }) => ({ key: appKey }), ends: 'not_found' },
  'apps.add': { input: () => ({ ...app, key: `app-${v7().slice(-12)}` }), ends: own },
  'apps.change': { input: ({ appId }) => ({ ...app, id: appId }), ends: 'not_found' },
  'apps.dependents': {
    input: ({ appId }) => ({ id: appId }),
    ends: { keys: 0, templates: 0, pushRules: 0, queuedMessages: 0 },
  },
  'apps.remove': { input: ({ appId }) => ({ id: appId }), ends: 'not_found' },
  'apps.coverage': { input: ({ appId }) => ({ appId }), ends: own },
  'apps.codeSettings': { input: ({ appId }) => ({ appId, locale: 'en' }), ends: 'not_found' },
  'apps.countries': { input: () => ({ locale: 'en' }), ends: own },
  'apps.changeCodeSettings': {
    input: ({ appId }) => ({
      ...{ appId, codeLength: 4, codeCountries: ['852'] },
      ...{ codesPerHour: 1, codesPerCountryHour: 1, codesPerIpHour: 1 },
    }),
    ends: 'not_found',
  },
  'apps.keys': { input: ({ appId }) => ({ appId }), ends: [] },
  'apps.addKey': {
    ends: 'not_found',
    input: ({ appId }) => ({ appId, name: 'backdoor', kind: 'live', channels: [], expiresInDays: null }),
  },
  'apps.revokeKey': { input: ({ keyId }) => ({ id: keyId }), ends: 'not_found' },
  'messages.overview': { ends: own },
  'messages.list': { input: ({ appId }) => ({ appId }), ends: { rows: [], newer: null, older: null } },
  'messages.get': { input: ({ messageId }) => ({ id: messageId }), ends: 'not_found' },
  'messages.content': { input: ({ messageId }) => ({ id: messageId }), ends: null },
  'messages.reveal': { input: ({ messageId }) => ({ id: messageId }), ends: 'not_found' },
  'messages.resend': { input: ({ messageId }) => ({ id: messageId }), ends: 'not_found' },
  'messages.audit': { input: () => ({}), ends: own },
  'officialAccounts.list': { ends: own },
  'officialAccounts.add': {
    ends: own,
    input: () => ({ ...official, config: { appId: 'wx00000000000000cc', appSecret: 'right' } }),
  },
  'officialAccounts.check': { input: ({ officialId }) => ({ id: officialId }), ends: 'not_found' },
  'officialAccounts.dependents': {
    input: ({ officialId }) => ({ id: officialId }),
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
    input: () => ({ organization: 'Third', name: 'Eve', email: 'eve@example.com', password: 'a long password' }),
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
  'pushRules.testPush': {
    ends: 'not_found',
    input: (of) => ({ ...rule(of), to: ann }),
  },
  'templates.cells': { input: ({ appId }) => ({ channel: 'email', appId }), ends: own },
  'templates.list': { input: ({ appId }) => ({ channel: 'email', appId }), ends: own },
  'templates.get': { input: place, ends: own },
  'templates.versions': { input: place, ends: [] },
  'templates.version': { input: (of) => ({ ...place(of), version: 1 }), ends: 'not_found' },
  'templates.example': { input: () => ({ scenario: 'login', language: 'en' }), ends: own },
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
  'templates.scenarios': { ends: own },
  'templates.addScenario': { input: () => booking, ends: own },
  'templates.scenarioDependents': {
    input: ({ scenario }) => ({ key: scenario }),
    ends: { templates: 0, pushRules: 0, queuedMessages: 0 },
  },
  'templates.removeScenario': {
    input: ({ scenario }) => ({ key: scenario }),
    ends: 'not_found',
  },
}

type AnyProcedure = (input: unknown) => Promise<unknown>

/** Calls a procedure by its path and gives what it answers, a stream as a list, or the code it was refused with. */
async function ending(who: Who, path: string, input: unknown): Promise<{ code?: string; answer?: unknown }> {
  const [router = '', name = ''] = path.split('.')
  const procedures = caller(who) as unknown as Record<string, Record<string, AnyProcedure>>
  try {
    const answer = await procedures[router]?.[name]?.(input)
    const isStream = typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer
    return { answer: isStream ? await Array.fromAsync(answer as AsyncIterable<unknown>) : answer }
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : undefined
    if (cause && 'code' in cause && typeof cause.code === 'string') return { code: cause.code }
    throw error
  }
}

/** Every row of an organization, as text: the tables that name it, and what hangs on them. */
async function rowsOf(stage: Stage, { id }: { id: string }): Promise<string[]> {
  const { rows: tables } = await stage.db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'organization_id'`,
  )
  const within = (table: string) => sql.raw(`select id from ${table} where organization_id = '${id}'`)
  const people = sql`select user_id from member where organization_id = ${id}`
  const results = await Promise.all([
    ...tables.map(({ name }) =>
      stage.db.execute(sql`select t::text as row from ${sql.identifier(name)} t where organization_id = ${id}`),
    ),
    stage.db.execute(sql`select t::text as row from account_secret t where account_id in (${within('account')})`),
    stage.db.execute(sql`select t::text as row from template_version t where template_id in (${within('template')})`),
    stage.db.execute(sql`select t::text as row from message_event t where message_id in (${within('message')})`),
    stage.db.execute(sql`select t::text as row from "user" t where id in (${people})`),
    stage.db.execute(sql`select t::text as row from session t where user_id in (${people})`),
  ])
  return results.flatMap(({ rows }) => rows.map(({ row }) => String(row))).sort()
}

test('the cases are of every procedure there is, and of none that is not', () => {
  expect(Object.keys(cases).sort()).toEqual(Object.keys(appRouter._def.procedures).sort())
})

for (const [path, { input, ends }] of Object.entries(cases)) {
  test(`${path} with what belongs to another organization reveals and changes nothing`, async ({
    push,
    stage,
    parts: _,
  }) => {
    const { victim, eve } = await shared(push)
    const before = await rowsOf(stage, victim.org)
    const { code, answer } = await ending(await signedIn(stage, eve.org, 'owner'), path, input?.(victim))
    if (code !== undefined || typeof ends === 'string') expect(code ?? own).toBe(ends)
    else expect(answer).toEqual(ends)
    const told = JSON.stringify(answer ?? null)
    const { org, name: _name, ...ids } = victim
    const foreign = [org.id, 'Victim', 'victim.example.com', ...Object.values(ids)]
    expect(foreign.filter((value) => told.includes(value))).toEqual([])
    expect(await rowsOf(stage, victim.org)).toEqual(before)
    expect([...stage.provider.calls, ...push.wechat.calls]).toEqual([])
  })
}

test('not even the language of another organization’s App has an effect', async ({ stage }) => {
  const [victim, eve] = [await stage.ready('Victim'), await stage.ready('Eve')]
  const chinese = await stage.app(victim.owner, { language: 'zh-CN' })
  const variant = { locale: 'zh-CN', content }
  await stage.template(eve.owner, variant)
  await stage.template(eve.owner, { ...variant, baseVersion: 1 })
  expect(await coverage(eve.owner, { appId: chinese.id })).toEqual(await coverage(eve.owner, { appId: null }))
})

/** Which roles may, by procedure, as `docs/roles.md` has it. `open`: anybody at all, a member or not. */
function roleTable(): Record<string, readonly Role[] | 'open'> {
  const lines = readFileSync('docs/roles.md', 'utf8').split('\n')
  const rows = lines.map((line) => line.split('|').map((cell) => cell.trim())).filter(({ length }) => length === 8)
  const entries = rows.flatMap(([, what, procedures = '', ...cells]) => {
    const may = what === 'Whoever comes' ? 'open' : roles.filter((_role, column) => cells[column] === 'yes')
    return [...procedures.matchAll(/`([^`]+)`/g)].map(([, path = '']) => [path, may] as const)
  })
  expect(new Set(entries.map(([path]) => path)).size, 'no procedure stands in two rows').toBe(entries.length)
  return Object.fromEntries(entries)
}

test('the table of roles in docs names every procedure there is, and none that is not', () => {
  expect(Object.keys(roleTable()).sort()).toEqual(Object.keys(appRouter._def.procedures).sort())
})

for (const [path, { input }] of Object.entries(cases)) {
  const may = roleTable()[path]
  if (may === 'open' || may === undefined) continue
  const allowed = roles.filter((role) => may.includes(role))

  test(`${path} is for ${may.join(', ')} and for nobody else`, async ({ push, stage, parts: _ }) => {
    const { refusing, allowing } = await shared(push)
    for (const role of roles.filter((one) => !allowed.includes(one))) {
      const who = await signedIn(stage, refusing.org, role)
      const before = await rowsOf(stage, refusing.org)
      expect(await ending(who, path, input?.(refusing)), role).toEqual({ code: 'forbidden' })
      expect(await rowsOf(stage, refusing.org), role).toEqual(before)
    }
    for (const role of allowed) {
      const who = await signedIn(stage, allowing.org, role)
      expect((await ending(who, path, input?.(allowing))).code, role).not.toBe('forbidden')
    }
    await expect(ending(null, path, input?.(refusing))).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  })
}

/** Switching accounts: templates whose signature and template the new account has approved too go along, once that was agreed to. */
import { and, eq, inArray } from 'drizzle-orm'
import type { ProviderTemplate, Signature } from '#channels/answers.ts'
import { auditEvent, template, templateVersion } from '#db/schema/index.ts'
import { listAccounts } from '#domain/accounts/accounts.ts'
import { findTakeable, type Taking } from '#domain/accounts/taking-along.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import { removeApp } from '#domain/apps/apps.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { addScenario, removeScenario } from '#domain/scenarios/scenarios.ts'
import { resolveAll } from '#domain/templates/resolution.ts'
import { choiceOf, outOfReach, texts } from '../support/fake-carrier.ts'
import { endOf, expect, type Stage, test } from '../support/make.ts'
import { alarmText, codeCall, codeText, texting } from '../support/texting.ts'

const signature = (name: string, state: Signature['state'] = 'approved'): Signature => ({
  ...{ name, state, reason: state === 'approved' ? '' : 'not clear', carriers: [] },
})
const other: ProviderTemplate = { ...texts.alarm, code: 'SMS_9002', text: '${content} at ${device}.' }

/** Two defaults and an override of the account in force; the other one has the alarm's text under another code. */
async function twoAccounts(stage: Stage) {
  const { org, owner, accountId: first, app } = await texting(stage)
  await stage.template(owner, { channel: 'sms', appId: app.id, content: codeText })
  const second = await stage.account(owner, { channel: 'sms', username: 'second' })
  stage.texts.lists = { signatures: [signature('Acme'), signature('Zeta')], templates: [texts.code, other] }
  const agreed = { accountId: first, scenarios: 2, overrides: 1 }
  const validate = (taking?: Taking, given = agreed) =>
    endOf(validateAccount(owner, { id: second, agreed: given, ...(taking ? { taking } : {}) }))
  const inForce = async () => (await listAccounts(owner, 'sms')).find(({ state }) => state === 'validated')?.id
  const found = () => findTakeable(owner, { id: second, from: first })
  const ofSecond = () => stage.db.select().from(template).where(eq(template.accountId, second)).orderBy(template.id)
  return { org, owner, app, first, second, agreed, validate, inForce, found, ofSecond }
}
type Found = Awaited<ReturnType<typeof findTakeable>>

/** What a person agrees to who takes along all that the new account has approved, and for the rest what is chosen. */
function agreeing(
  { fingerprint, pairs }: Found,
  chosen?: { signature: string; template: string; text: string },
): Taking {
  return {
    fingerprint,
    pairs: pairs.flatMap(({ audience, signature: name, template: code, text, blocked }) => {
      const from = { audience, signature: name, template: code, text }
      if (!blocked) return [{ from, to: { signature: name, template: code, text } }]
      return chosen ? [{ from, to: chosen }] : []
    }),
  }
}
const chosenAlarm = { signature: 'Zeta', template: other.code, text: other.text }

const usability = async (stage: Stage, organizationId: string, scenario: string, appId: string | null = null) => {
  const question = { organizationId, appId, channel: 'sms', scenario, audience: 'mainland' } as const
  return (await resolveAll(stage.db, [question]))[0]?.template
}

test('the new account is asked which texts it has approved too, and what speaks against the others is said', async ({
  stage,
}) => {
  const { owner, second, found } = await twoAccounts(stage)
  stage.texts.listed.length = 0
  const { pairs, signatures, templates, more } = await found()
  expect(stage.texts.listed).toEqual(['second'])
  expect(pairs).toMatchObject([
    { signature: 'Acme', template: 'SMS_1001', scenarios: ['login'], overrides: 1, blocked: null },
    {
      template: 'SMS_1002',
      scenarios: ['device_alarm'],
      overrides: 0,
      blocked: 'template_gone',
      variables: ['device', 'content'],
    },
  ])
  expect({ names: signatures.map(({ name }) => name), more }).toEqual({ names: ['Acme', 'Zeta'], more: 0 })
  expect(templates).toMatchObject([
    { code: 'SMS_1001', audiences: ['mainland'], variables: ['code'] },
    { code: 'SMS_9002', audiences: ['mainland'] },
  ])
  expect(await stage.db.$count(template, eq(template.accountId, second))).toBe(0)
  expect((await listAccounts(owner, 'sms')).find(({ id }) => id === second)?.state).toBe('not_validated')
})

test('what both have goes along with the switch, the rest stays, and the account before keeps its own', async ({
  stage,
}) => {
  const { org, app, first, second, validate, inForce, found, ofSecond } = await twoAccounts(stage)
  expect(await validate(agreeing(await found()))).not.toHaveProperty('asks')
  expect(await inForce()).toBe(second)
  const taken = await ofSecond()
  expect(taken).toMatchObject([
    { scenario: 'login', appId: null, content: codeText, version: 1 },
    { scenario: 'login', appId: app.id, content: codeText, version: 1 },
  ])
  expect(await usability(stage, org.id, 'login')).toMatchObject({ origin: 'default', blocked: null })
  expect(await usability(stage, org.id, 'login', app.id)).toMatchObject({ origin: 'app', blocked: null })
  expect(await usability(stage, org.id, 'device_alarm')).toMatchObject({ blocked: expect.anything() })
  expect(await stage.db.$count(template, eq(template.accountId, first))).toBe(3)
  const versions = inArray(
    templateVersion.templateId,
    taken.map(({ id }) => id),
  )
  expect(await stage.db.$count(templateVersion, versions)).toBe(2)
  const [entry] = await stage.db
    .select({ changes: auditEvent.changes })
    .from(auditEvent)
    .where(
      and(eq(auditEvent.organizationId, org.id), eq(auditEvent.subjectId, second), eq(auditEvent.action, 'validated')),
    )
  expect(entry?.changes).toMatchObject({ channel: 'sms', replaced: expect.any(String), templatesTaken: 2 })
})

test('where names differ what a person chose takes the place, filled as before', async ({ stage }) => {
  const { org, validate, found, ofSecond } = await twoAccounts(stage)
  expect(await validate(agreeing(await found(), chosenAlarm))).not.toHaveProperty('asks')
  const alarm = (await ofSecond()).find(({ scenario }) => scenario === 'device_alarm')
  const { mainland } = alarmText
  expect(alarm?.content).toEqual({
    mainland: { ...mainland, signature: 'Zeta', templateCode: other.code, templateText: other.text },
    international: null,
  })
  expect(await usability(stage, org.id, 'device_alarm')).toMatchObject({ blocked: null })
})

test('a part that the new account has not approved is taken along with the rest, and is not used', async ({
  stage,
}) => {
  const { owner, first, validate, found, ofSecond, agreed } = await twoAccounts(stage)
  stage.texts.lists = { ...stage.texts.lists, templates: Object.values(texts) }
  const content = { mainland: choiceOf(texts.code), international: choiceOf(texts.codeAbroad) }
  await stage.template(owner, { channel: 'sms', scenario: 'registration', content, accountId: first })
  stage.texts.lists = { ...stage.texts.lists, templates: [texts.code] }
  await validate(agreeing(await found()), { ...agreed, scenarios: 3 })
  const both = (await ofSecond()).find(({ scenario }) => scenario === 'registration')
  expect(both).toMatchObject({
    content,
    approval: { mainland: { blocked: null }, international: { blocked: 'template_gone' } },
  })
})

test('nothing is taken along without being asked for, and a person may switch without', async ({ stage }) => {
  const { second, validate, inForce, ofSecond } = await twoAccounts(stage)
  stage.texts.listed.length = 0
  expect(await validate()).not.toHaveProperty('asks')
  expect(await inForce()).toBe(second)
  expect(await ofSecond()).toEqual([])
  expect(stage.texts.listed).toEqual([])
})

test.describe('what was agreed to is asked about again, with nothing done,', () => {
  type Two = Awaited<ReturnType<typeof twoAccounts>>
  const changes: Record<string, (stage: Stage, two: Two) => unknown> = {
    'when the new account has lost an approval': (stage) => {
      stage.texts.lists = {
        signatures: [signature('Acme', 'rejected'), signature('Zeta')],
        templates: [texts.code, other],
      }
    },
    'when a text was changed at the provider': (stage) => {
      stage.texts.lists.templates = [{ ...texts.code, text: 'Another ${code}.' }, other]
    },
    'when a template was edited': (stage, { owner, first }) => {
      stage.texts.lists = { signatures: [signature('Acme'), signature('Zeta')], templates: Object.values(texts) }
      const saved = { channel: 'sms', accountId: first, baseVersion: 1 } as const
      return stage.template(owner, {
        ...saved,
        content: { ...codeText, mainland: { ...codeText.mainland, signature: 'Zeta' } },
      })
    },
  }
  for (const [title, change] of Object.entries(changes)) {
    test(title, async ({ stage }) => {
      const two = await twoAccounts(stage)
      const taking = agreeing(await two.found())
      await change(stage, two)
      expect((await two.validate(taking)).asks).toMatchObject({ ...two.agreed, hasChanged: true })
      expect(await two.inForce()).toBe(two.first)
      expect(await two.ofSecond()).toEqual([])
    })
  }

  test('when what was chosen is not filled by the same values', async ({ stage }) => {
    const { validate, found, inForce, first } = await twoAccounts(stage)
    const taking = agreeing(await found(), { signature: 'Acme', template: 'SMS_1001', text: texts.code.text })
    expect((await validate(taking)).asks).toMatchObject({ hasChanged: true })
    expect(await inForce()).toBe(first)
  })
})

test('a provider that does not answer stops what was to be taken along, and not a switch without', async ({
  stage,
}) => {
  const { second, validate, inForce, first, found } = await twoAccounts(stage)
  const taking = agreeing(await found())
  stage.texts.onList = () => {
    throw outOfReach()
  }
  await expect(found()).rejects.toMatchObject({ code: 'provider_unavailable' })
  await expect(validate(taking)).rejects.toMatchObject({ code: 'provider_unavailable' })
  expect(await inForce()).toBe(first)
  await validate()
  expect(await inForce()).toBe(second)
})

test('an account whose provider has no lists says so with its question', async ({ stage }) => {
  const org = await stage.organization()
  const owner = org.as('owner')
  const first = await stage.account(owner, { channel: 'voice', validated: true, username: 'first' })
  await stage.template(owner, { channel: 'voice', content: codeCall })
  const second = await stage.account(owner, { channel: 'voice', username: 'second' })
  const { asks } = await endOf(validateAccount(owner, { id: second }))
  expect(asks).toMatchObject({ accountId: first, notTakeable: 'no_lists' })
  await expect(findTakeable(owner, { id: second, from: first })).rejects.toMatchObject({ code: 'invalid_request' })
})

test('accounts of nobody, of another organization and another channel cannot be asked', async ({ stage }) => {
  const { owner, first, second } = await twoAccounts(stage)
  const stranger = (await stage.organization()).as('owner')
  const mail = await stage.account(owner)
  await expect(findTakeable(stranger, { id: second, from: first })).rejects.toMatchObject({ code: 'not_found' })
  await expect(findTakeable(owner, { id: second, from: mail })).rejects.toMatchObject({ code: 'not_found' })
  const theirs = await stage.account(stranger, { channel: 'sms', username: 'theirs' })
  await expect(findTakeable(stranger, { id: theirs, from: first })).rejects.toMatchObject({ code: 'not_found' })
})

test('ten people who agree at once, while an App and a scenario are deleted, end with one copy of what is left', async ({
  stage,
}) => {
  const { owner, app, second, validate, inForce, found, ofSecond, first, agreed } = await twoAccounts(stage)
  stage.texts.lists = { ...stage.texts.lists, templates: [...Object.values(texts), other] }
  const booking = {
    key: 'booking',
    kind: 'notification',
    nameEn: 'Booking',
    nameZh: '预订',
    variables: ['device_name', 'alarm_content'],
  } as const
  await addScenario(owner, { ...booking, variables: [...booking.variables] })
  await stage.template(owner, { channel: 'sms', scenario: 'booking', content: alarmText, accountId: first })
  const taking = agreeing(await found())
  const given = { ...agreed, scenarios: 3 }
  const outcomes = await Promise.all([
    ...Array.from({ length: 10 }, () => validate(taking, given)),
    removeApp(owner, app.id),
    removeScenario(owner, 'booking'),
  ])
  expect(outcomes).toHaveLength(12)
  if ((await inForce()) === first) await validate(agreeing(await found()), { ...agreed, scenarios: 2, overrides: 0 })
  expect(await inForce()).toBe(second)
  expect((await ofSecond()).map(({ scenario, appId }) => [scenario, appId])).toEqual([
    ['login', null],
    ['device_alarm', null],
  ])
})

test('of very many signatures and templates a hundred are listed, and how many more there are is said', async ({
  stage,
}) => {
  const { org, first, found, second } = await twoAccounts(stage)
  const [row] = await stage.db.select().from(template).where(eq(template.accountId, first)).limit(1)
  if (!row) throw new Error('There is no template.')
  const listed = Array.from({ length: 5000 }, (_, n) => ({ ...texts.code, code: `SMS_7${n}` }))
  stage.texts.lists = { signatures: [signature('Acme')], templates: listed }
  const named = listed.slice(0, 120).map((one, n) => ({
    ...{ ...row, id: crypto.randomUUID(), organizationId: org.id, locale: `zz-${100 + n}` },
    content: { mainland: choiceOf(one), international: null },
  }))
  await stage.db.insert(template).values(named)
  const { pairs, more, templates } = await found()
  expect([pairs.length, more, templates.length]).toEqual([100, 22, 5000])
  expect(await stage.db.$count(template, eq(template.accountId, second))).toBe(0)
})

test('two thousand templates go along in one switch', async ({ stage }) => {
  const { org, owner, first, second, found, validate, agreed } = await twoAccounts(stage)
  const [row] = await stage.db.select().from(template).where(eq(template.accountId, first)).limit(1)
  if (!row) throw new Error('There is no template.')
  const many = Array.from({ length: 2000 }, (_, n) => ({
    ...{
      ...row,
      id: crypto.randomUUID(),
      organizationId: org.id,
      locale: `${'abcdefghij'[n % 10]}${'abcdefghij'[Math.floor(n / 10) % 10]}-${String(100 + Math.floor(n / 100))}`,
    },
  }))
  await stage.db.insert(template).values(many.slice(0, 1000))
  await stage.db.insert(template).values(many.slice(1000))
  const outcome = await validate(agreeing(await found()), { ...agreed, scenarios: 2002 })
  expect(outcome).not.toHaveProperty('asks')
  expect(await stage.db.$count(template, eq(template.accountId, second))).toBe(2002)
  expect((await listAccounts(owner as Ctx, 'sms')).find(({ id }) => id === second)?.state).toBe('validated')
})

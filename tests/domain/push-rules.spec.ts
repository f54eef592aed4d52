/** Push rules: what may be saved, who was first, what makes one invalid and valid again, and the list of them. */

import { eq } from 'drizzle-orm'
import { account, pushRule } from '#db/schema/index.ts'
import { removeOfficialAccount } from '#domain/accounts/official-accounts.ts'
import { senderFor } from '#domain/accounts/sender.ts'
import { listAudit } from '#domain/base/audit.ts'
import { dependentsOf } from '#domain/dependents/dependents.ts'
import { readTemplates } from '#domain/push-rules/cards.ts'
import { getPushRule, listPushRules, removePushRule, setPushRuleEnabled } from '#domain/push-rules/push-rules.ts'
import { addScenario, removeScenario } from '#domain/scenarios/scenarios.ts'
import { masterKey } from '../support/make.ts'
import {
  alarmTemplate,
  cardContent,
  expect,
  otherTemplate,
  type PushStage,
  test,
  unanswered,
} from '../support/push-stage.ts'

type Ready = Awaited<ReturnType<PushStage['ready']>>
const stateOf = async ({ owner, ruleId }: Ready) => {
  const { state, invalidReason } = await getPushRule(owner, ruleId)
  return invalidReason ? `${state}: ${invalidReason}` : state
}

test('a rule is saved with its account’s name, its variables and the provider’s own text', async ({ push, stage }) => {
  const { owner, of, org } = await push.ready()
  const typed = { ...cardContent, title: 'Typed', templateText: '{{thing1.DATA}}' }
  const { id, version, hints } = await push.rule(owner, of, { name: ' Alarms ', content: typed, dampingSeconds: 60 })
  expect([version, hints.map(({ severity }) => severity)]).toEqual([1, expect.not.arrayContaining(['error'])])
  expect(await getPushRule(org.as('viewer'), id)).toMatchObject({
    ...{ name: 'Alarms', state: 'enabled', invalidReason: null, enabled: true, dampingSeconds: 60, version: 1 },
    ...{ content: cardContent, variables: ['device_name', 'alarm_content', 'occurred_at'], headline: '设备告警通知' },
    ...{ app: { id: of.appId, name: 'Shop' }, account: { id: of.accountId, failing: false }, scenario: 'device_alarm' },
    ...{ updatedAt: stage.clock.now(), updatedBy: 'Acme owner' },
  })
})

test('every rule may say how many were held back', async ({ push }) => {
  const { owner, of } = await push.ready()
  const values = { ...cardContent.values, thing2: '${alarm_content} +${held_back}' }
  const { id } = await push.rule(owner, of, { content: { ...cardContent, values } })
  expect((await getPushRule(owner, id)).variables).toContain('held_back')
})

type Refused = [what: string, given: (of: Ready) => Parameters<PushStage['rule']>[2], error: Record<string, unknown>]
const field = (path: string, code: string) => ({ code: 'invalid_request', data: { fields: [{ path, code }] } })
const withValues = (values: object) => ({ content: { ...cardContent, values: { ...cardContent.values, ...values } } })
const nobodys = '00000000-0000-7000-8000-000000000000'

const refused: Refused[] = [
  ['an event that is none', () => ({ scenario: 'nothing' }), { code: 'unknown_scenario' }],
  ['a code', () => ({ scenario: 'login' }), field('scenario', 'channel_not_offered')],
  ['an App of nobody’s', () => ({ appId: nobodys }), { code: 'not_found' }],
  ['an account of nobody’s', () => ({ accountId: nobodys }), { code: 'not_found' }],
  ['an account of another channel', ({ accountId }) => ({ accountId }), { code: 'not_found' }],
  ['a rule of nobody’s', () => ({ id: nobodys, baseVersion: 1 }), { code: 'not_found' }],
  ['a value that is missing', () => withValues({ thing1: '' }), field('content.values.thing1', 'required')],
  [
    'a variable that the event does not have',
    () => withValues({ thing1: '${colour}' }),
    { code: 'invalid_request', data: { fields: [{ path: 'content.values.thing1' }] } },
  ],
  [
    'a template that the account does not have',
    () => ({ content: { ...cardContent, templateId: 'TM00000003-none' } }),
    field('content.templateId', 'template_gone'),
  ],
  [
    'a template whose real text has other fields',
    () => ({ content: { ...cardContent, templateText: '{{thing1.DATA}}', values: { thing1: '${device_name}' } } }),
    {
      code: 'invalid_request',
      data: { fields: [{ path: 'content.values.thing2' }, { path: 'content.values.time3' }] },
    },
  ],
  ['a name that is taken', () => ({ name: 'Taken' }), field('name', 'taken')],
]

for (const [what, given, error] of refused) {
  test(`${what} is refused, and nothing is kept`, async ({ push, stage }) => {
    const ready = await push.ready('Acme', { name: 'Taken' })
    await expect(push.rule(ready.owner, ready.of, given(ready))).rejects.toMatchObject(error)
    expect(await stage.db.$count(pushRule, eq(pushRule.organizationId, ready.org.id))).toBe(1)
  })
}

test('a template is entered by hand only where the account lists none', async ({ push }) => {
  const { owner, of } = await push.ready()
  const byHand = { content: { ...cardContent, templateId: 'TM00000003-hand' } }
  await expect(push.rule(owner, of, byHand)).rejects.toMatchObject(field('content.templateId', 'template_gone'))
  push.wechat.list = () => []
  const { id } = await push.rule(owner, of, byHand)
  expect(await getPushRule(owner, id)).toMatchObject({ state: 'enabled', content: byHand.content })
})

test('while the provider does not answer a rule can be renamed, and be given no other template', async ({ push }) => {
  const { owner, of, ruleId: id } = await push.ready()
  push.wechat.list = () => {
    throw unanswered()
  }
  expect(await push.rule(owner, of, { id, baseVersion: 1, name: 'Renamed', dampingSeconds: 5 })).toMatchObject({
    version: 2,
  })
  const content = { ...cardContent, templateId: otherTemplate.code }
  await expect(push.rule(owner, of, { id, baseVersion: 2, content })).rejects.toMatchObject({
    code: 'provider_unavailable',
  })
  await expect(push.rule(owner, of)).rejects.toMatchObject({ code: 'provider_unavailable' })
})

test('of ten who change a rule at once one does, and the others learn which version is stored', async ({ push }) => {
  const { owner, of, ruleId: id } = await push.ready()
  const changes = Array.from({ length: 10 }, (_, n) =>
    push.rule(owner, of, { id, baseVersion: 1, name: `Number ${n}` }),
  )
  const outcomes = await Promise.allSettled(changes)
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') continue
    expect(outcome.reason).toMatchObject({ code: 'conflict', data: { reason: 'push_rule_changed', currentVersion: 2 } })
  }
})

test('switching a rule off is a version, so that a form opened before does not switch it on again', async ({
  push,
}) => {
  const { org, owner, of, ruleId: id } = await push.ready()
  await setPushRuleEnabled(org.as('admin'), { id, enabled: false })
  expect(await getPushRule(owner, id)).toMatchObject({ state: 'disabled', version: 2, updatedBy: 'Acme admin' })
  await expect(push.rule(owner, of, { id, baseVersion: 1 })).rejects.toMatchObject({ code: 'conflict' })
})

test('an event of an App has fifty rules at most', async ({ push, stage }) => {
  const { owner, of, ruleId } = await push.ready()
  const [row] = await stage.db.select().from(pushRule).where(eq(pushRule.id, ruleId))
  if (!row) throw new Error('The rule is stored.')
  const copies = Array.from({ length: 49 }, (_, n) => ({ ...row, id: crypto.randomUUID(), name: `Copy ${n}` }))
  await stage.db.insert(pushRule).values(copies)
  await expect(push.rule(owner, of)).rejects.toMatchObject(field('scenario', 'too_many_rules'))
  expect(await push.rule(owner, of, { id: ruleId, baseVersion: 1 })).toMatchObject({ version: 2 })
  expect(await push.rule(owner, of, { scenario: 'device_offline' })).toMatchObject({ version: 1 })
})

test('a template that is gone makes its rules invalid, and valid again once it is back', async ({ push, stage }) => {
  const ready = await push.ready()
  const { officialId } = ready
  push.wechat.list = () => [otherTemplate]
  stage.clock.forward({ minutes: 29 })
  expect([await push.refresh(officialId), await stateOf(ready)]).toEqual([0, 'enabled'])
  stage.clock.forward({ minutes: 1 })
  expect([await push.refresh(officialId), await stateOf(ready)]).toEqual([1, 'invalid: template_gone'])
  push.wechat.list = () => [alarmTemplate]
  stage.clock.forward({ minutes: 30 })
  expect([await push.refresh(officialId), await stateOf(ready)]).toEqual([1, 'enabled'])
})

test('neither an empty list nor a provider that does not answer makes a rule invalid', async ({ push, stage }) => {
  const ready = await push.ready()
  const unavailable = () => {
    throw unanswered()
  }
  for (const list of [() => [], unavailable]) {
    push.wechat.list = list
    stage.clock.forward({ minutes: 30 })
    expect([await push.refresh(ready.officialId), await stateOf(ready)]).toEqual([1, 'enabled'])
  }
})

test('an account without rules is not asked for its templates', async ({ push, stage }) => {
  const { owner } = await push.ready()
  const id = await push.account(owner)
  stage.clock.forward({ minutes: 30 })
  expect(await push.refresh(id)).toBe(0)
})

test('an account whose secret cannot be opened is passed over, and asked again later', async ({ push, stage }) => {
  const { officialId } = await push.ready()
  const right = stage.keys.splice(0, 1, masterKey(8))
  stage.lent.secrets.seal('anything', 'anywhere')
  stage.clock.forward({ minutes: 30 })
  expect(await push.refresh(officialId)).toBe(0)
  expect(stage.log).toContainEqual(expect.objectContaining({ level: 'warn' }))
  stage.keys.push(...right)
  stage.clock.forward({ minutes: 30 })
  expect(await push.refresh(officialId)).toBe(1)
})

test('a list that was asked for before a rule was given another template says nothing about it', async ({
  push,
  stage,
}) => {
  const ready = await push.ready()
  const { owner, of, ruleId: id, org, officialId } = ready
  const sender = await senderFor(owner, org.id, officialId)
  if (!sender) throw new Error('The account is there.')
  const slow = {
    ...sender.provider,
    templates: async () => {
      const content = { ...cardContent, templateId: otherTemplate.code, templateText: otherTemplate.text }
      await push.rule(owner, of, { id, baseVersion: 1, content: { ...content, values: { thing1: 'x' } } })
      return [alarmTemplate, otherTemplate]
    },
  }
  await readTemplates(stage.system, { ...sender, provider: slow })
  expect(await stateOf(ready)).toBe('enabled')
})

test('an invalid rule is made valid by giving it another account and template', async ({ push, stage }) => {
  const ready = await push.ready()
  const { owner, of, officialId, ruleId: id } = ready
  await removeOfficialAccount(owner, officialId)
  expect(await stateOf(ready)).toBe('invalid: account_deleted')
  await setPushRuleEnabled(owner, { id, enabled: true })
  expect(await stateOf(ready)).toBe('invalid: account_deleted')
  const accountId = await push.account(owner, { name: 'Second' })
  await push.rule(owner, { ...of, accountId }, { id, baseVersion: 2 })
  expect(await getPushRule(owner, id)).toMatchObject({ state: 'enabled', account: { id: accountId, name: 'Second' } })
  const [row] = await stage.db.select().from(account).where(eq(account.id, accountId))
  expect(row?.templateCount).toBe(2)
})

test('an account that is deleted while its rule is saved leaves no rule that points nowhere', async ({
  push,
  stage,
}) => {
  for (let round = 0; round < 10; round++) {
    const { owner, of, ruleId: id } = await push.ready()
    const [added, changed] = await Promise.allSettled([
      push.rule(owner, of),
      push.rule(owner, of, { id, baseVersion: 1 }),
      removeOfficialAccount(owner, of.accountId),
    ])
    for (const saved of [added, changed]) {
      if (saved.status === 'rejected') expect(saved.reason).toMatchObject({ code: 'not_found' })
    }
    expect(await stage.db.$count(pushRule, eq(pushRule.accountId, of.accountId))).toBe(0)
  }
})

test('the list is filtered by App, event, account and state, and paged', async ({ push, stage }) => {
  const { owner, of, ruleId, officialId, app } = await push.ready('Acme', { name: 'First' })
  const second = await push.account(owner)
  await push.rule(owner, { ...of, accountId: second }, { name: 'Off', enabled: false, scenario: 'device_offline' })
  const other = await stage.app(owner, { name: 'Other' })
  await push.rule(owner, { appId: other.id, accountId: second }, { name: 'Of another App' })
  await push.ready('Neighbours', { name: 'Not ours' })
  const names = async (filter: object) => (await listPushRules(owner, filter)).rows.map(({ name }) => name)
  expect(await names({})).toEqual(['Of another App', 'Off', 'First'])
  expect(await names({ appId: app.id })).toEqual(['Off', 'First'])
  expect(await names({ scenario: 'device_offline' })).toEqual(['Off'])
  expect(await names({ accountId: officialId })).toEqual(['First'])
  await removeOfficialAccount(owner, officialId)
  expect(await names({ state: 'invalid' })).toEqual(['First'])
  expect(await names({ state: 'enabled' })).toEqual(['Of another App'])
  expect(await names({ state: 'disabled' })).toEqual(['Off'])
  const [row] = await stage.db.select().from(pushRule).where(eq(pushRule.id, ruleId))
  if (!row) throw new Error('The rule is stored.')
  const copies = Array.from({ length: 60 }, (_, n) => ({ ...row, id: crypto.randomUUID(), name: `Copy ${n}` }))
  await stage.db.insert(pushRule).values(copies)
  const first = await listPushRules(owner, { state: 'invalid' })
  const next = await listPushRules(owner, { state: 'invalid', cursor: first.older ?? '' })
  expect([first.rows.length, next.rows.length, next.older]).toEqual([50, 11, null])
  for (const sort of ['name', '-name'] as const) {
    const top = await listPushRules(owner, { sort })
    const on = (sort === 'name' ? top.newer : top.older) ?? ''
    const rest = await listPushRules(owner, { sort, cursor: on })
    const back = (sort === 'name' ? rest.older : rest.newer) ?? ''
    const all = [...top.rows, ...rest.rows].map(({ name }) => name)
    expect(new Set(all).size).toBe(63)
    expect([all[0], all.at(-1)].sort()).toEqual(['Copy 0', 'Off'])
    expect((await listPushRules(owner, { sort, cursor: back })).rows.map(({ name }) => name)).toEqual(all.slice(0, 50))
  }
})

test('rules go with their App and with their own event, after being named', async ({ push, stage }) => {
  const { owner, of, app, org } = await push.ready()
  const named = { key: 'door_open', nameEn: 'Door', nameZh: '门' }
  await addScenario(owner, { ...named, kind: 'notification', variables: ['device_name'] })
  const values = { thing1: '${device_name}' }
  const content = { ...cardContent, templateId: otherTemplate.code, templateText: otherTemplate.text, values }
  await push.rule(owner, of, { scenario: 'door_open', content })
  expect(await dependentsOf(owner, { kind: 'scenario', key: 'door_open' })).toMatchObject([
    { code: 'rules_deleted', count: 1, rules: [{ app: 'Shop', scenario: 'door_open', enabled: true }] },
  ])
  expect(await dependentsOf(owner, { kind: 'app', id: app.id })).toContainEqual(
    expect.objectContaining({ code: 'rules_deleted', count: 2, rules: [expect.anything(), expect.anything()] }),
  )
  await removeScenario(owner, 'door_open')
  expect(await stage.db.$count(pushRule, eq(pushRule.organizationId, org.id))).toBe(1)
})

test('what is done to a rule is in the audit trail', async ({ push }) => {
  const { owner, of, ruleId: id } = await push.ready('Acme', { name: 'Alarms' })
  await setPushRuleEnabled(owner, { id, enabled: false })
  await push.rule(owner, of, { id, baseVersion: 2, name: 'Alarms' })
  await removePushRule(owner, id)
  const { rows } = await listAudit(owner, { subject: 'push_rule' })
  expect(rows.map(({ action, subjectName }) => `${action} ${subjectName}`)).toEqual([
    ...['deleted Alarms', 'changed Alarms', 'changed Alarms', 'added Alarms'],
  ])
  await expect(removePushRule(owner, id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(setPushRuleEnabled(owner, { id, enabled: true })).rejects.toMatchObject({ code: 'not_found' })
})

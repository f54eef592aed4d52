/** Official accounts: proved before they are stored, never changed, several side by side, and what is left when one goes. */

import { eq, sql } from 'drizzle-orm'
import { account, accountSecret } from '#db/schema/index.ts'
import { listChannelStates, removeAccount } from '#domain/accounts/accounts.ts'
import {
  addOfficialAccount,
  checkOfficialAccount,
  listOfficialAccounts,
  removeOfficialAccount,
} from '#domain/accounts/official-accounts.ts'
import { saveAccount } from '#domain/accounts/saving.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import { listAudit } from '#domain/base/audit.ts'
import { dependentsOf } from '#domain/dependents/dependents.ts'
import { overview } from '#domain/overview/overview.ts'
import { messageTemplates } from '#domain/push-rules/cards.ts'
import { getPushRule } from '#domain/push-rules/push-rules.ts'
import { coverage } from '#domain/templates/coverage.ts'
import { endOf } from '../support/make.ts'
import { alarmTemplate, expect, test, unanswered } from '../support/push-stage.ts'

const config = { appId: 'wx00000000000000aa', appSecret: 'right' }
const input = { provider: 'fake-wechat', name: 'Service', config }

test('an account is stored once its provider has accepted it, its secret sealed', async ({ stage }) => {
  const owner = (await stage.organization()).as('owner')
  const stages: string[] = []
  const adding = addOfficialAccount(owner, input)
  let step = await adding.next()
  for (; !step.done; step = await adding.next()) stages.push(step.value.stage)
  expect(stages).toEqual(['token'])
  expect(step.value).toMatchObject({ added: true, checked: { ok: true } })
  const [row] = await listOfficialAccounts(owner)
  expect(row).toMatchObject({
    ...{ name: 'Service', state: 'in_use', identity: config.appId, rules: 0, templates: 2, failing: null },
    ...{ lastCheckAt: stage.clock.now(), lastCheck: [{ stage: 'token', ok: true }] },
  })
  expect(row?.callback).toEqual({
    path: expect.stringMatching(/^\/api\/receipts\/fake-wechat\/[\w-]{32}$/),
    keys: { token: expect.stringMatching(/^key of [\w-]{32}$/) },
    secureOnly: null,
  })
  expect(await stage.dump()).not.toContain('"right"')
  const [secret] = await stage.db
    .select()
    .from(accountSecret)
    .where(eq(accountSecret.accountId, row?.id ?? ''))
  expect(secret).toMatchObject({ field: 'appSecret' })
})

test('an account that its provider refuses is not stored, and the fault lands on its field', async ({ stage }) => {
  const owner = (await stage.organization()).as('owner')
  const outcome = await endOf(addOfficialAccount(owner, { ...input, config: { ...config, appSecret: 'wrong' } }))
  expect(outcome).toMatchObject({
    ...{ added: false, checked: { ok: false, stages: [{ stage: 'token', code: '40125' }] } },
    fields: [{ path: 'config.appSecret', code: 'refused_by_provider' }],
  })
  expect(await listOfficialAccounts(owner)).toEqual([])
})

test('a form that is not filled in is refused before anybody is asked', async ({ push, stage }) => {
  const owner = (await stage.organization()).as('owner')
  push.wechat.onCheck = () => {
    throw new Error('asked')
  }
  const adding = (given: object) => endOf(addOfficialAccount(owner, { ...input, ...given }))
  await expect(adding({ config: { appId: config.appId } })).rejects.toMatchObject({
    data: { fields: [{ path: 'config.appSecret', code: 'required' }] },
  })
  await expect(adding({ provider: 'fake' })).rejects.toMatchObject({ data: { fields: [{ path: 'provider' }] } })
})

test('an AppID and a name are taken once in an organization, and free in another', async ({ push, stage }) => {
  const [one, two] = [(await stage.organization()).as('owner'), (await stage.organization()).as('owner')]
  await push.account(one, { name: 'Service', appId: config.appId })
  await expect(endOf(addOfficialAccount(one, input))).rejects.toMatchObject({
    data: {
      fields: [
        { path: 'name', code: 'taken' },
        { path: 'config.appId', code: 'taken' },
      ],
    },
  })
  expect(await endOf(addOfficialAccount(two, input))).toMatchObject({ added: true })
})

test('of twenty who add the same AppID at once one does, and the others are told', async ({ stage }) => {
  const owner = (await stage.organization()).as('owner')
  const adding = Array.from({ length: 20 }, (_, n) =>
    endOf(addOfficialAccount(owner, { ...input, name: `Number ${n}` })),
  )
  const outcomes = await Promise.allSettled(adding)
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') continue
    expect(outcome.reason).toMatchObject({ data: { fields: [{ path: 'config.appId', code: 'taken' }] } })
  }
})

test('no verb of other accounts changes, validates or deletes an official one', async ({ push, stage }) => {
  const owner = (await stage.organization()).as('owner')
  const id = await push.account(owner)
  const change = { id, channel: 'official_account', provider: 'fake-wechat', name: 'Other', config } as const
  await expect(endOf(saveAccount(owner, change))).rejects.toMatchObject({ code: 'invalid_request' })
  const { id: _, ...another } = change
  await expect(endOf(saveAccount(owner, another))).rejects.toMatchObject({ code: 'invalid_request' })
  await expect(endOf(validateAccount(owner, { id }))).rejects.toMatchObject({ code: 'not_found' })
  await expect(removeAccount(owner, id)).rejects.toMatchObject({ code: 'not_found' })
  const [row] = await stage.db.select().from(account).where(eq(account.id, id))
  expect(row).toMatchObject({ validated: false, config: { appId: expect.stringMatching(/^wx/) } })
})

test('each channel is told with its account in force, and of several side by side one that fails', async ({
  push,
  stage,
}) => {
  const owner = (await stage.organization()).as('owner')
  await stage.account(owner, { name: 'Spare' })
  await stage.account(owner, { name: 'Mail', validated: true })
  await push.account(owner, { name: 'First' })
  const second = await push.account(owner, { name: 'Second' })
  await push.account(owner, { name: 'Third' })
  const stateOf = async (of: string) => (await listChannelStates(owner)).find(({ channel }) => channel === of)
  expect(await stateOf('email')).toMatchObject({ state: 'validated', account: 'Mail', others: 0 })
  expect(await stateOf('sms')).toMatchObject({ state: 'missing', account: null, others: 0 })
  expect(await stateOf('official_account')).toMatchObject({ state: 'validated', account: 'First', others: 2 })
  await stage.db.update(account).set({ failingSince: stage.clock.now() }).where(eq(account.id, second))
  expect(await stateOf('official_account')).toMatchObject({ state: 'failing', account: 'Second', others: 2 })
})

test('a check that fails takes an account out of use, and one that passes puts it back', async ({ push, stage }) => {
  const owner = (await stage.organization()).as('owner')
  const id = await push.account(owner)
  const fails = async (passing?: true) => {
    push.wechat.onCheck = async function* () {
      yield { stage: 'token', ok: false, ms: 1, cause: 'temporary', detail: '203.0.113.9', ...(passing && { passing }) }
    }
    return endOf(checkOfficialAccount(owner, id))
  }
  expect(await fails(true)).toMatchObject({ ok: false })
  expect(await listOfficialAccounts(owner)).toMatchObject([{ state: 'in_use', lastCheck: [{ ok: false }] }])
  await fails()
  const since = stage.clock.now()
  stage.clock.forward({ minutes: 1 })
  await fails()
  expect(await listOfficialAccounts(owner)).toMatchObject([
    { state: 'failing', failing: { since, code: 'temporary', detail: '203.0.113.9' }, lastCheckAt: stage.clock.now() },
  ])
  push.wechat.onCheck = async function* () {
    yield { stage: 'token', ok: true, ms: 1 }
  }
  await endOf(checkOfficialAccount(owner, id))
  expect(await listOfficialAccounts(owner)).toMatchObject([{ state: 'in_use', failing: null }])
})

test('an account that is deleted while it is checked stays deleted', async ({ push, stage }) => {
  const owner = (await stage.organization()).as('owner')
  const id = await push.account(owner)
  push.wechat.onCheck = async function* () {
    await removeOfficialAccount(owner, id)
    yield { stage: 'token', ok: true, ms: 1 }
  }
  await expect(endOf(checkOfficialAccount(owner, id))).rejects.toMatchObject({ code: 'conflict' })
  expect(await listOfficialAccounts(owner)).toEqual([])
})

test('an author sees name and state of an account, a viewer no keys of it', async ({ push, stage }) => {
  const org = await stage.organization()
  await push.account(org.as('owner'), { name: 'Service', appId: config.appId })
  const [seen] = await listOfficialAccounts(org.as('author'))
  expect(seen).toMatchObject({ name: 'Service', state: 'in_use', identity: null, lastCheck: null, callback: null })
  expect(await listOfficialAccounts(org.as('viewer'))).toMatchObject([{ identity: config.appId, callback: null }])
})

test('deleting an account names its rules, and leaves them as invalid', async ({ push }) => {
  const { org, owner, officialId, ruleId, of } = await push.ready()
  await push.rule(owner, of, { name: 'Off', enabled: false })
  const rules = expect.arrayContaining([
    expect.objectContaining({ id: ruleId, app: 'Shop', scenario: 'device_alarm', enabled: true }),
    expect.objectContaining({ name: 'Off', enabled: false }),
  ])
  const named = { code: 'rules_without_account', count: 2, rules }
  expect(await dependentsOf(owner, { kind: 'account', id: officialId })).toEqual([named])
  const [{ name = '' } = {}] = await listOfficialAccounts(owner)
  await removeOfficialAccount(owner, officialId)
  expect(await getPushRule(org.as('viewer'), ruleId)).toMatchObject({
    ...{ state: 'invalid', invalidReason: 'account_deleted', enabled: true, account: { id: null, name } },
  })
  await expect(removeOfficialAccount(owner, officialId)).rejects.toMatchObject({ code: 'not_found' })
  const { rows } = await listAudit(owner, { subject: 'account' })
  expect(rows[0]).toMatchObject({ action: 'deleted', changes: { channel: 'official_account', rules: 2 } })
})

test('the templates of an account are asked for now, and its failure is the provider’s', async ({ push }) => {
  const { org, owner, officialId } = await push.ready()
  expect(await messageTemplates(org.as('admin'), officialId)).toMatchObject([{ code: alarmTemplate.code }, {}])
  push.wechat.list = () => {
    throw unanswered()
  }
  await expect(messageTemplates(owner, officialId)).rejects.toMatchObject({
    ...{ code: 'provider_unavailable', data: { reason: 'temporary', provider: { code: '-1' } } },
  })
})

test('an official account is a channel of the first page, and the matrix tells what its rules do', async ({
  push,
  stage,
}) => {
  const { owner, app, officialId, of } = await push.ready()
  const state = async () => {
    const { cells } = await coverage(owner, { appId: app.id })
    const [alarm, offline] = ['device_alarm', 'device_offline'].map((key) =>
      cells.find(({ channel, scenario }) => channel === 'official_account' && scenario === key),
    )
    return { alarm, offline }
  }
  const channel = async () => (await overview(owner)).channels.find((one) => one.channel === 'official_account')
  expect(await channel()).toMatchObject({ state: 'validated' })
  expect(await state()).toMatchObject({
    ...{ alarm: { state: 'usable', origin: 'app', version: 1, audience: 'all' } },
    ...{ offline: { state: 'template_not_configured', origin: null } },
  })
  expect((await coverage(owner, { appId: null })).cells).toContainEqual(
    expect.objectContaining({ channel: 'official_account', scenario: 'login', state: 'not_offered' }),
  )
  await stage.db.update(account).set({ failingSince: sql`now()` }).where(eq(account.id, officialId))
  expect(await channel()).toMatchObject({ state: 'failing' })
  expect(await state()).toMatchObject({ alarm: { state: 'failing' } })
  const second = await push.account(owner)
  expect(await channel()).toMatchObject({ state: 'failing' })
  await push.rule(owner, { ...of, accountId: second })
  expect(await state()).toMatchObject({ alarm: { state: 'usable' } })
  await removeOfficialAccount(owner, officialId)
  await removeOfficialAccount(owner, second)
  expect(await channel()).toMatchObject({ state: 'missing' })
  expect(await state()).toMatchObject({
    alarm: { state: 'template_not_usable', blocked: { reason: 'account_deleted' } },
    offline: { state: 'channel_not_configured' },
  })
})

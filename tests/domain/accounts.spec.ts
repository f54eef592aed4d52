/** Accounts: at most one in force on a channel, secrets that never come back, and checks that change nothing when they fail. */

import { and, eq } from 'drizzle-orm'
import type { Provider } from '#channels/contract.ts'
import { account, accountSecret, type Role, roles } from '#db/schema/index.ts'
import { listAccounts, removeAccount } from '#domain/accounts/accounts.ts'
import { type SaveAccount, saveAccount } from '#domain/accounts/saving.ts'
import { senderFor } from '#domain/accounts/sender.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { dependentsOf } from '#domain/dependents/dependents.ts'
import { aliyunSms } from '#providers/aliyun/sms.ts'
import { catalogOf } from '#providers/catalog.ts'
import { endOf, expect, type Org, type Stage, test } from '../support/make.ts'

const validate = (ctx: Ctx, id: string) => endOf(validateAccount(ctx, { id }))
const config = { host: 'mail.example.com', username: 'signet', password: 'correct horse', pin: '4711' }

const save = (ctx: Ctx, given: Partial<SaveAccount>) =>
  endOf(saveAccount(ctx, { channel: 'email', provider: 'fake', name: 'Mail', config, ...given }))

/** Every account of an organization as it is stored, secrets included: what "nothing changed" is measured against. */
async function everything(stage: Stage, org: Org) {
  const rows = await stage.db.select().from(account).where(eq(account.organizationId, org.id)).orderBy(account.id)
  const secrets = await Promise.all(
    rows.map(({ id }) => stage.db.select().from(accountSecret).where(eq(accountSecret.accountId, id))),
  )
  return { rows, secrets }
}

const validated = async (stage: Stage, org: Org) =>
  stage.db
    .select({ id: account.id })
    .from(account)
    .where(and(eq(account.organizationId, org.id), eq(account.validated, true)))

for (const [validations, accounts] of [
  [20, 4],
  [300, 3],
] as const) {
  test(`${validations} validations of ${accounts} accounts at once end with exactly one validated and without an error`, async ({
    stage,
  }) => {
    const org = await stage.organization()
    const ids = await Promise.all(Array.from({ length: accounts }, () => stage.account(org.as('owner'))))
    const outcomes = await Promise.all(
      Array.from({ length: validations }, (_, n) => validate(org.as('owner'), ids[n % accounts] ?? '')),
    )
    expect(outcomes.every(({ ok }) => ok)).toBe(true)
    expect(await validated(stage, org)).toHaveLength(1)
  })
}

test('passing the check puts an account in force in place of the one before', async ({ stage }) => {
  const org = await stage.organization()
  const owner = org.as('owner')
  await stage.account(owner, { name: 'first', validated: true })
  const second = await stage.account(owner, { name: 'second' })
  expect(await validate(owner, second)).toMatchObject({ ok: true, stages: [{ stage: 'connect' }, { stage: 'login' }] })
  const states = (await listAccounts(owner, 'email')).map(({ name, state }) => [name, state])
  expect(states).toEqual([
    ['second', 'validated'],
    ['first', 'not_validated'],
  ])
})

test('the database refuses a second validated account even to hand-written SQL', async ({ stage }) => {
  const org = await stage.organization()
  await stage.account(org.as('owner'), { validated: true })
  const other = await stage.account(org.as('owner'))
  const byHand = stage.db.update(account).set({ validated: true }).where(eq(account.id, other))
  await expect(byHand).rejects.toMatchObject({ cause: { constraint: 'one_validated_account_per_channel' } })
  expect(await validated(stage, org)).toHaveLength(1)
})

test('a failed check is remembered and leaves the account in force as it is', async ({ stage }) => {
  const org = await stage.organization()
  const inForce = await stage.account(org.as('owner'), { validated: true })
  const wrong = await stage.account(org.as('owner'), { name: 'wrong', password: 'wrong' })
  const outcome = await validate(org.as('owner'), wrong)
  expect(outcome.ok).toBe(false)
  expect(await validated(stage, org)).toEqual([{ id: inForce }])
  const view = (await listAccounts(org.as('owner'), 'email')).find(({ id }) => id === wrong)
  expect(view).toMatchObject({ state: 'check_failed', lastCheckAt: stage.clock.now(), lastCheck: outcome.stages })
  expect(outcome.stages.at(-1)).toMatchObject({ stage: 'login', ok: false, cause: 'login_rejected', code: '535' })
})

test('a failed check of the validated account marks it as failing until a check passes', async ({ stage }) => {
  const org = await stage.organization()
  const owner = org.as('owner')
  const id = await stage.account(owner, { validated: true })
  stage.provider.onCheck = async function* () {
    yield { stage: 'login', ok: false, ms: 1, cause: 'login_rejected' }
  }
  await validate(owner, id)
  expect(await listAccounts(owner, 'email')).toMatchObject([{ state: 'failing', failing: { code: 'login_rejected' } }])
  stage.provider.onCheck = async function* () {
    yield { stage: 'login', ok: true, ms: 1 }
  }
  await validate(owner, id)
  expect(await listAccounts(owner, 'email')).toMatchObject([{ state: 'validated', failing: null }])
})

test('the recipient of a test goes through the check of the channel before anything is sent', async ({ stage }) => {
  const owner = (await stage.organization()).as('owner')
  const id = await stage.account(owner)
  const given: (string | undefined)[] = []
  stage.provider.onCheck = async function* (_, { testRecipient }) {
    given.push(testRecipient)
    yield { stage: 'login', ok: true, ms: 1 }
  }
  for (const wrong of ['somebody', 'a@b.example, c@d.example', 'a@b.example\r\nRCPT TO:<c@d.example>', 'a@b']) {
    await expect(endOf(validateAccount(owner, { id, testRecipient: wrong }))).rejects.toMatchObject({
      ...{ code: 'invalid_request', data: { fields: [{ path: 'testRecipient', code: 'invalid_email' }] } },
    })
  }
  await endOf(validateAccount(owner, { id, testRecipient: 'Somebody@Shop.EXAMPLE' }))
  expect(given).toEqual(['Somebody@shop.example'])
})

test('a check that fails for a fault of the moment does not hold back the messages of the validated account', async ({
  stage,
}) => {
  const org = await stage.organization()
  const owner = org.as('owner')
  const id = await stage.account(owner, { validated: true })
  stage.provider.onCheck = async function* () {
    yield { stage: 'connect', ok: false, ms: 1, cause: 'connect_timeout', passing: true }
  }
  expect((await validate(owner, id)).ok).toBe(false)
  expect(await listAccounts(owner, 'email')).toMatchObject([{ state: 'validated', failing: null }])
})

test('a check without a single stage proves nothing', async ({ stage }) => {
  const org = await stage.organization()
  const id = await stage.account(org.as('owner'))
  stage.provider.onCheck = async function* () {
    yield* []
  }
  expect(await validate(org.as('owner'), id)).toEqual({ ok: false, stages: [] })
  expect(await validated(stage, org)).toEqual([])
})

for (const destination of ['host', 'username'] as const) {
  test(`a changed ${destination} asks for every stored secret again and changes nothing`, async ({ stage }) => {
    const org = await stage.organization()
    const id = await stage.account(org.as('owner'), config)
    const before = await everything(stage, org)
    const changed = { ...config, [destination]: 'elsewhere', password: '', pin: '' }
    await expect(save(org.as('owner'), { id, config: changed })).rejects.toMatchObject({
      code: 'invalid_request',
      data: {
        fields: [
          { path: 'config.password', code: 'type_again' },
          { path: 'config.pin', code: 'type_again' },
        ],
      },
    })
    expect(await everything(stage, org)).toEqual(before)
  })
}

test('one secret typed again does not take the other along to a changed destination', async ({ stage }) => {
  const org = await stage.organization()
  const id = await stage.account(org.as('owner'), config)
  const half = { ...config, host: 'elsewhere.example.com', pin: undefined }
  await expect(save(org.as('owner'), { id, config: half })).rejects.toMatchObject({
    data: { fields: [{ path: 'config.pin', code: 'type_again' }] },
  })
})

test('a destination that only looks different keeps its secrets', async ({ stage }) => {
  const org = await stage.organization()
  const id = await stage.account(org.as('owner'), config)
  await save(org.as('owner'), { id, config: { ...config, host: ' MAIL.example.com ', password: '', pin: '' } })
  expect((await senderFor(org.as('owner'), org.id, id))?.config).toMatchObject(config)
})

test('a changed name is just saved, without a check and with its secrets', async ({ stage }) => {
  const org = await stage.organization()
  const id = await stage.account(org.as('owner'), { ...config, validated: true })
  stage.provider.onCheck = () => {
    throw new Error('A changed name is no reason for a check.')
  }
  const { password: _, pin: __, ...open } = config
  expect(await save(org.as('owner'), { id, name: 'Renamed', config: open })).toEqual({ saved: true, id, checked: null })
  expect(await listAccounts(org.as('owner'), 'email')).toMatchObject([{ name: 'Renamed', state: 'validated' }])
  expect((await senderFor(org.as('owner'), org.id, id))?.config).toMatchObject(config)
})

test('two accounts of a channel cannot have one name', async ({ stage }) => {
  const org = await stage.organization()
  await stage.account(org.as('owner'), { name: 'Mail' })
  await expect(save(org.as('owner'), {})).rejects.toMatchObject({ data: { fields: [{ path: 'name', code: 'taken' }] } })
})

test('editing the validated account checks the new values first and saves nothing when they fail', async ({
  stage,
}) => {
  const org = await stage.organization()
  const id = await stage.account(org.as('owner'), { ...config, validated: true })
  const before = await everything(stage, org)
  const outcome = await save(org.as('owner'), { id, name: 'Other', config: { ...config, password: 'wrong' } })
  expect(outcome).toMatchObject({ saved: false, checked: { ok: false } })
  expect(await everything(stage, org)).toEqual(before)
})

test('editing the validated account saves what passed and leaves it in force', async ({ stage }) => {
  const org = await stage.organization()
  const id = await stage.account(org.as('owner'), { ...config, validated: true })
  stage.clock.forward({ seconds: 5 })
  const outcome = await save(org.as('owner'), { id, config: { ...config, password: 'new battery' } })
  expect(outcome).toMatchObject({ saved: true, checked: { ok: true } })
  expect(await validated(stage, org)).toEqual([{ id }])
  expect((await senderFor(org.as('owner'), org.id, id))?.config).toMatchObject({ password: 'new battery', pin: '4711' })
})

test('an account that is changed while it is checked is not put in force', async ({ stage }) => {
  const org = await stage.organization()
  const id = await stage.account(org.as('owner'), config)
  const validation = validateAccount(org.as('owner'), { id })
  await validation.next()
  stage.clock.forward({ ms: 1 })
  await save(org.as('owner'), { id, config: { ...config, password: 'new battery' } })
  await expect(endOf(validation)).rejects.toMatchObject({ code: 'conflict', data: { reason: 'account_changed' } })
  expect(await validated(stage, org)).toEqual([])
})

test('a failed check of values that were replaced meanwhile says nothing about the new ones', async ({ stage }) => {
  const org = await stage.organization()
  const id = await stage.account(org.as('owner'), { ...config, validated: true })
  stage.provider.onCheck = async function* ({ password }) {
    yield { stage: 'connect', ok: true, ms: 1 }
    yield { stage: 'login', ok: password === 'new battery', ms: 1, cause: 'login_rejected' }
  }
  const validation = validateAccount(org.as('owner'), { id })
  await validation.next()
  stage.clock.forward({ ms: 1 })
  await save(org.as('owner'), { id, config: { ...config, password: 'new battery' } })
  await expect(endOf(validation)).rejects.toMatchObject({ code: 'conflict', data: { reason: 'account_changed' } })
  expect(await listAccounts(org.as('owner'), 'email')).toMatchObject([{ state: 'validated', failing: null }])
})

test('two edits from the same start: the second is told and overwrites nothing', async ({ stage }) => {
  const org = await stage.organization()
  const id = await stage.account(org.as('owner'), { ...config, validated: true })
  const slow = saveAccount(org.as('owner'), {
    ...{ channel: 'email', provider: 'fake', name: 'Slow', id },
    config: { ...config, password: 'slow' },
  })
  await slow.next()
  stage.clock.forward({ ms: 1 })
  await save(org.as('owner'), { id, name: 'Quick', config: { ...config, password: 'quick' } })
  await expect(endOf(slow)).rejects.toMatchObject({ code: 'conflict', data: { reason: 'account_changed' } })
  expect((await senderFor(org.as('owner'), org.id, id))?.config).toMatchObject({ password: 'quick' })
})

test('deleting the validated account leaves the channel without one and names what depends on it first', async ({
  stage,
}) => {
  const { org, owner, accountId, asApp } = await stage.ready()
  await stage.account(owner, { name: 'spare' })
  await stage.send(asApp)
  expect(await dependentsOf(owner, { kind: 'account', id: accountId })).toEqual([
    { code: 'no_sender', count: 1 },
    { code: 'scenarios_without_sender', count: 2, scenarios: expect.arrayContaining(['device_alarm', 'login']) },
    { code: 'apps_without_sender', count: 1, names: ['Shop'] },
    { code: 'messages_without_sender', count: 1 },
  ])
  await removeAccount(owner, accountId)
  expect(await validated(stage, org)).toEqual([])
  expect(await stage.db.select().from(accountSecret).where(eq(accountSecret.accountId, accountId))).toEqual([])
  await expect(stage.send(asApp)).rejects.toMatchObject({ code: 'channel_not_configured' })
})

test('nothing depends on an account that is not in force', async ({ stage }) => {
  const { owner } = await stage.ready()
  const spare = await stage.account(owner)
  expect(await dependentsOf(owner, { kind: 'account', id: spare })).toEqual([])
})

test('no view of an account holds a secret, sealed or open, for any role', async ({ stage }) => {
  const org = await stage.organization()
  const id = await stage.account(org.as('owner'), { ...config, validated: true })
  const sealed = await stage.db.select().from(accountSecret).where(eq(accountSecret.accountId, id))
  expect(sealed).toHaveLength(2)
  for (const role of roles) {
    const seen = JSON.stringify([await listAccounts(org.as(role), 'email')])
    for (const secret of [config.password, config.pin, ...sealed.map((row) => row.sealed)]) {
      expect(seen).not.toContain(secret)
    }
  }
  const shownTo = (role: Role) => listAccounts(org.as(role), 'email')
  expect(await shownTo('viewer')).toMatchObject([{ secrets: [{ field: 'password' }, { field: 'pin' }] }])
})

test('a viewer sees who an account is, shortened, and its settings only those who may change them', async ({
  stage,
}) => {
  const org = await stage.organization()
  const provider = aliyunSms({})
  stage.lent.catalog = catalogOf(stage.lent.catalog.channels, [
    ...stage.lent.catalog.providers,
    provider as unknown as Provider,
  ])
  const settings = {
    accessKeyId: 'LTAI5tFakeAccessKey34Kq',
    accessKeySecret: 'abcdefghijklmnopqrstuvwxyz0123',
    region: 'mainland',
  }
  const given = { channel: 'sms' as const, provider: provider.id, name: 'Texts', config: settings }
  await endOf(saveAccount(org.as('owner'), given))
  const [seen] = await listAccounts(org.as('viewer'), 'sms')
  expect(seen).toMatchObject({ identity: provider.identity(provider.config.parse(settings) as never), config: null })
  expect(JSON.stringify(seen)).not.toContain('LTAI5tFakeAccessKey')
  expect(await listAccounts(org.as('admin'), 'sms')).toMatchObject([{ config: { accessKeyId: settings.accessKeyId } }])
})

test('an author sees the name and the state of an account and nothing else', async ({ stage }) => {
  const org = await stage.organization()
  const id = await stage.account(org.as('owner'), { ...config, name: 'Mail', validated: true })
  const hidden = { identity: null, config: null, secrets: [], lastCheck: null, failing: null, receiptPath: null }
  expect(await listAccounts(org.as('author'), 'email')).toEqual([
    {
      id,
      channel: 'email',
      provider: 'fake',
      name: 'Mail',
      state: 'validated',
      isInForce: true,
      lastCheckAt: expect.any(Date),
      ...hidden,
    },
  ])
})

test('a provider of another channel and fields that do not fit are refused by name', async ({ stage }) => {
  const owner = (await stage.organization()).as('owner')
  await expect(save(owner, { provider: 'fake-sms' })).rejects.toMatchObject({
    data: { fields: [{ path: 'provider' }] },
  })
  await expect(save(owner, { config: { host: ' ' } })).rejects.toMatchObject({
    data: {
      fields: [
        { path: 'config.host', code: 'required' },
        { path: 'config.password', code: 'required' },
      ],
    },
  })
})

test('a provider that nobody knows is refused by name', async ({ stage }) => {
  const owner = (await stage.organization()).as('owner')
  await expect(save(owner, { provider: 'nobody' })).rejects.toMatchObject({
    code: 'invalid_request',
    data: { fields: [{ path: 'provider', code: 'invalid_value' }] },
  })
})

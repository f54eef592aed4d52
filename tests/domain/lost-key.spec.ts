/** A master key that is missing: what it sealed waits, is told, can be entered again, and works again once the key is back. */
import { eq } from 'drizzle-orm'
import { accountSecret } from '#db/schema/index.ts'
import { listAccounts } from '#domain/accounts/accounts.ts'
import { noteUnreadable, resealAccounts } from '#domain/accounts/keeping-secrets.ts'
import { type SaveAccount, saveAccount } from '#domain/accounts/saving.ts'
import { secretPlace, senderFor } from '#domain/accounts/sender.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { releaseWaiting, resealMessages } from '#domain/sending/deliver/upkeep.ts'
import { endOf, expect, masterKey, type Stage, test } from '../support/make.ts'

/** Puts another master key in place of the one there is, and takes it up: sealing asks for the keys as they are now. */
function loseKey(stage: Stage): string[] {
  const lost = stage.keys.splice(0, 1, masterKey(8))
  stage.lent.secrets.seal('anything', 'anywhere')
  return lost
}

const failing = { state: 'failing', failing: { code: 'secret_unreadable', cause: 'secret_unreadable' } }
const config = { host: 'mail.example.com', username: 'signet', password: 'correct horse' }
const save = (ctx: Ctx, given: Partial<SaveAccount>) =>
  endOf(saveAccount(ctx, { channel: 'email', provider: 'fake', name: 'Mail', config, ...given }))

test('a message whose key is not at hand is tried again later and sent once the key is there', async ({ stage }) => {
  const { asApp, accountId } = await stage.ready()
  const { id } = await stage.send(asApp)
  const right = loseKey(stage)
  const sealed = stage.lent.secrets.seal('correct horse', secretPlace(accountId, 'password'))
  await stage.db.update(accountSecret).set({ sealed }).where(eq(accountSecret.accountId, accountId))
  await stage.deliver()
  const stored = await stage.stored(id)
  expect(stored).toMatchObject({ status: 'queued', waiting: false, attempt: 1, errorCode: 'secret_unreadable' })
  expect((stored.job?.due.getTime() ?? 0) - stage.clock.now().getTime()).toBeGreaterThan(3000)
  stage.keys.push(...right)
  stage.clock.forward({ seconds: 6 })
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
})

test('an account whose key is not at hand holds its messages back, and sends them by itself once the key is there', async ({
  stage,
}) => {
  const { asApp, owner } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  const right = loseKey(stage)
  await stage.deliver(stage.newWorker())
  expect(await stage.stored(id)).toMatchObject({ status: 'queued', waiting: true, errorCode: 'secret_unreadable' })
  expect(await listAccounts(owner, 'email')).toMatchObject([failing])
  await noteUnreadable(stage.system)
  expect(await listAccounts(owner, 'email')).toMatchObject([failing])
  stage.keys.push(...right)
  await noteUnreadable(stage.system)
  expect(await listAccounts(owner, 'email')).toMatchObject([{ state: 'validated', failing: null }])
  await releaseWaiting(stage.system)
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
})

test('an account whose key is not at hand counts as failing before anything is sent, and the log names the key', async ({
  stage,
}) => {
  const { owner } = await stage.ready()
  const [, keyId = ''] = stage.lent.secrets.seal('anything', 'anywhere').split('.')
  loseKey(stage)
  await noteUnreadable(stage.system)
  expect(await listAccounts(owner, 'email')).toMatchObject([failing])
  expect(JSON.stringify(stage.log)).toContain(keyId)
})

test('an account whose secret was tampered with stays failing although its key is at hand', async ({ stage }) => {
  const { asApp, accountId, owner } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  const sealed = stage.lent.secrets.seal('another', 'elsewhere')
  await stage.db.update(accountSecret).set({ sealed }).where(eq(accountSecret.accountId, accountId))
  await stage.deliver(stage.newWorker())
  await noteUnreadable(stage.system)
  expect(await listAccounts(owner, 'email')).toMatchObject([failing])
  expect(await stage.stored(id)).toMatchObject({ waiting: true })
})

test('checking an account whose secret cannot be opened says so and changes nothing', async ({ stage }) => {
  const { owner, accountId } = await stage.ready()
  loseKey(stage)
  await expect(endOf(validateAccount(owner, { id: accountId }))).rejects.toMatchObject({
    code: 'conflict',
    data: { reason: 'secret_unreadable' },
  })
  expect(await listAccounts(owner, 'email')).toMatchObject([{ state: 'validated' }])
})

test('a secret that cannot be opened is entered again, after which the account works as before', async ({ stage }) => {
  const { owner, org, accountId: id } = await stage.ready()
  loseKey(stage)
  await noteUnreadable(stage.system)
  const { password: _, ...open } = config
  await expect(save(owner, { id, name: 'Renamed', config: open })).rejects.toMatchObject({
    data: { fields: [{ path: 'config.password', code: 'unreadable' }] },
  })
  expect(await save(owner, { id, config: { ...open, password: 'battery staple' } })).toMatchObject({ saved: true })
  expect((await senderFor(owner, org.id, id))?.config).toMatchObject({ password: 'battery staple' })
  expect(await listAccounts(owner, 'email')).toMatchObject([{ state: 'validated', failing: null }])
})

test('sealing everything again passes over what cannot be opened, and names it', async ({ stage }) => {
  const { asApp, owner } = await stage.ready('Lost')
  await stage.send(asApp)
  const name = (await listAccounts(owner, 'email'))[0]?.name
  loseKey(stage)
  const { accountId: another, org, owner: other } = await stage.ready('Found')
  const { asApp: sender } = await stage.key(other, (await stage.app(other)).id)
  await stage.send(sender)
  stage.keys.unshift(masterKey(9))
  const accounts = await resealAccounts(stage.system)
  const messages = await resealMessages(stage.system)
  expect(accounts.unreadable).toContainEqual({ organization: 'Lost', account: name, field: 'password' })
  expect(accounts.unreadable.filter(({ organization }) => organization === 'Found')).toEqual([])
  expect(messages.unreadable).toBeGreaterThan(0)
  stage.keys.splice(1)
  expect((await senderFor(other, org.id, another))?.config).toMatchObject({ password: 'correct horse' })
})

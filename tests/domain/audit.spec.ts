/** The audit trail: every change leaves its entry, in the same transaction, and none of them holds a secret. */
import { eq } from 'drizzle-orm'
import { invitation } from '#db/schema/index.ts'
import { removeAccount } from '#domain/accounts/accounts.ts'
import { saveAccount } from '#domain/accounts/saving.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import { changeApp, removeApp, revokeKey } from '#domain/apps/apps.ts'
import { listAudit, record } from '#domain/base/audit.ts'
import { changeRole, inviteMember, removeMember, revokeInvitation } from '#domain/people/members.ts'
import { addScenario, removeScenario } from '#domain/scenarios/scenarios.ts'
import { resetTemplate } from '#domain/templates/resetting.ts'
import { endOf, expect, test } from '../support/make.ts'

const secrets = { password: 'correct horse 7Qx', pin: '4711-9Zk' }
const mail = { channel: 'email', provider: 'fake', name: 'Mail' } as const

test('every change is recorded with who, what and when, and no entry holds a secret', async ({ stage }) => {
  const org = await stage.organization()
  const owner = org.as('owner')
  const config = { host: 'mail.example.com', username: 'signet', ...secrets }
  const added = await endOf(saveAccount(owner, { ...mail, config }))
  const accountId = added.saved ? added.id : ''
  await endOf(validateAccount(owner, { id: accountId }))
  stage.clock.forward({ seconds: 1 })
  const changed = { ...config, password: `${secrets.password}2`, host: 'new.example.com' }
  await endOf(saveAccount(owner, { ...mail, id: accountId, name: 'Post', config: changed }))
  const app = await stage.app(owner)
  const key = await stage.key(owner, app.id)
  await changeApp(owner, { id: app.id, name: 'Store', language: 'en', codeLifetimeMinutes: 10, logo: null })
  await stage.template(org.as('author'))
  await stage.template(org.as('author'), { baseVersion: 1 })
  await resetTemplate(owner, { channel: 'email', scenario: 'login', appId: null })
  await addScenario(owner, { key: 'booking', kind: 'notification', nameEn: 'Booking', nameZh: '预订', variables: [] })
  await removeScenario(owner, 'booking')
  const { token } = await inviteMember(owner, { email: 'new@example.com', role: 'viewer' })
  const [open] = await stage.db.select().from(invitation).where(eq(invitation.organizationId, org.id))
  await revokeInvitation(owner, open?.id ?? '')
  await changeRole(owner, { userId: org.person('viewer').id, role: 'author' })
  await removeMember(owner, org.person('author').id)
  await revokeKey(owner, key.id)
  await removeAccount(owner, accountId)
  await removeApp(owner, app.id)

  const { rows } = await listAudit(owner, {})
  expect(rows.map(({ action, subject }) => `${subject} ${action}`).reverse()).toEqual([
    ...['account added', 'account validated', 'account changed', 'app added', 'api_key added', 'app changed'],
    ...['template added', 'template changed', 'template deleted', 'scenario added', 'scenario deleted'],
    ...['invitation invited', 'invitation revoked', 'member changed', 'member removed'],
    ...['api_key revoked', 'account deleted', 'app deleted'],
  ])
  const written = JSON.stringify(rows)
  for (const secret of [...Object.values(secrets), key.key, key.key.slice(12), token]) {
    expect(written).not.toContain(secret)
  }
  expect(rows.find(({ action, subject }) => subject === 'account' && action === 'changed')).toMatchObject({
    ...{ actorName: 'Acme owner', subjectId: accountId, subjectName: 'Post', at: stage.clock.now() },
    changes: { channel: 'email', fields: ['name', 'host', 'password'] },
  })
  expect(rows.find(({ subject }) => subject === 'template')).toMatchObject({ subjectName: 'login' })
})

test('a change that does not happen leaves no entry', async ({ stage }) => {
  const org = await stage.organization()
  await stage.app(org.as('owner'), { key: 'shop' })
  await expect(stage.app(org.as('owner'), { key: 'shop' })).rejects.toMatchObject({ code: 'invalid_request' })
  const { id } = org.person('owner')
  await expect(changeRole(org.as('owner'), { userId: id, role: 'viewer' })).rejects.toMatchObject({ code: 'conflict' })
  const rolledBack = stage.db.transaction(async (tx) => {
    await record(org.as('owner'), tx, { action: 'deleted', subject: 'app' })
    throw new Error('something else went wrong')
  })
  await expect(rolledBack).rejects.toThrow(/something else/)
  expect((await listAudit(org.as('owner'), {})).rows.map(({ action }) => action)).toEqual(['added'])
})

test('entries are listed by subject, for those who may read them', async ({ stage }) => {
  const { org } = await stage.ready()
  const { rows } = await listAudit(org.as('viewer'), { subject: 'account' })
  expect(rows.map(({ action }) => action)).toEqual(['validated', 'added'])
  await expect(listAudit(org.as('author'), {})).rejects.toMatchObject({ code: 'forbidden' })
})

test('an App and the system are named in what they do', async ({ stage }) => {
  const { org, asApp } = await stage.ready()
  await record(asApp, stage.db, { action: 'resent', subject: 'message' })
  const system = stage.ctx({ kind: 'system', name: 'set-up', organizationId: org.id })
  await record(system, stage.db, { action: 'resent', subject: 'message' })
  const { rows } = await listAudit(org.as('owner'), { subject: 'message' })
  expect(rows.map(({ actorName }) => actorName)).toEqual(['set-up', 'backend'])
})

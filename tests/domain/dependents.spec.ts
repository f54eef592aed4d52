/** What depends on something that is about to be deleted: named and counted, in bounds, and for nobody else to see. */
import { v7 } from 'uuid'
import { app } from '#db/schema/index.ts'
import { type Deletable, dependentsOf } from '#domain/dependents/dependents.ts'
import { addScenario } from '#domain/scenarios/scenarios.ts'
import { expect, test } from '../support/push-stage.ts'

test('a push rule names the messages of it that still wait, and not those of others', async ({ push }) => {
  const { owner, asApp, of, ruleId } = await push.ready()
  const { id: otherId } = await push.rule(owner, of, { name: 'Other', enabled: false })
  expect(await dependentsOf(owner, { kind: 'push_rule', id: ruleId })).toEqual([])
  await push.tell(asApp)
  expect(await dependentsOf(owner, { kind: 'push_rule', id: ruleId })).toEqual([{ code: 'rule_messages', count: 1 }])
  expect(await dependentsOf(owner, { kind: 'push_rule', id: otherId })).toEqual([])
})

test('of very many the first twenty are named, and all are counted', async ({ push, stage }) => {
  const { owner, of, org, officialId, app: shop } = await push.ready()
  for (let n = 0; n < 24; n++) await push.rule(owner, of, { name: `Rule ${String(n).padStart(2, '0')}` })
  const [rules] = await dependentsOf(owner, { kind: 'account', id: officialId })
  expect(rules).toMatchObject({ code: 'rules_without_account', count: 25 })
  expect(rules?.rules).toHaveLength(20)
  expect(await dependentsOf(owner, { kind: 'app', id: shop.id })).toContainEqual(
    expect.objectContaining({ code: 'rules_deleted', count: 25 }),
  )
  const accountId = await stage.account(owner, { validated: true })
  const [given] = await stage.db.select().from(app).limit(1)
  if (!given) throw new Error('There is no App.')
  const many = Array.from({ length: 30 }, (_, n) => ({ ...given, id: v7(), organizationId: org.id, key: `app-${n}` }))
  await stage.db.insert(app).values(many)
  const apps = (await dependentsOf(owner, { kind: 'account', id: accountId })).find(({ names }) => names)
  expect(apps).toMatchObject({ code: 'apps_without_sender', count: 31 })
  expect(apps?.names).toHaveLength(20)
})

test('nobody else learns what depends on what, in this organization or another', async ({ push, stage }) => {
  const { org, owner, officialId, ruleId, app: shop } = await push.ready()
  await addScenario(owner, { key: 'booking', kind: 'notification', nameEn: 'Booking', nameZh: '预订', variables: [] })
  const all: Deletable[] = [
    { kind: 'account', id: officialId },
    { kind: 'app', id: shop.id },
    { kind: 'push_rule', id: ruleId },
    { kind: 'scenario', key: 'booking' },
  ]
  const stranger = (await stage.organization()).as('owner')
  for (const of of all) {
    await expect(dependentsOf(owner, of)).resolves.toEqual(expect.any(Array))
    await expect(dependentsOf(stranger, of)).rejects.toMatchObject({ code: 'not_found' })
    for (const role of ['author', 'viewer'] as const)
      await expect(dependentsOf(org.as(role), of)).rejects.toMatchObject({ code: 'forbidden' })
  }
})

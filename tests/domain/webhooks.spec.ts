/** What endpoints of Apps are told of, and in which words. */
import { and, eq, sql } from 'drizzle-orm'
import { account, app, pushRule, template, webhookEndpoint } from '#db/schema/index.ts'
import { markFailing } from '#domain/accounts/sender.ts'
import { endExpired } from '#domain/verifications/ending.ts'
import { listDeliveries, readDelivery } from '#domain/webhooks/deliveries.ts'
import { refusal } from '../support/fake-provider.ts'
import { expect, test } from '../support/make.ts'
import { failure, outcomeOf, push, sendText, texting } from '../support/texting.ts'
import { arrived, check, start, started, wrong } from '../support/verifying.ts'
import { endpoint, endpointsOff, listener, only, rows, tell, typesOf, verified } from '../support/webhook-stage.ts'

test.beforeEach(({ stage }) => endpointsOff(stage))

test('an App is told in signed words what became of its message, without the code and with the recipient masked', async ({
  stage,
}) => {
  const line = listener()
  const { owner, app: of, asApp } = await stage.ready()
  const { key } = await stage.db
    .select()
    .from(app)
    .where(eq(app.id, of.id))
    .then(([row]) => row ?? { key: '' })
  const { id: endpointId, secret } = await endpoint(owner, of.id)
  const { id } = await stage.send(asApp, { reference: 'order of ann@example.com' })
  await stage.deliver()
  await tell(stage, line)
  const [call] = line.heard
  if (!call) throw new Error('Nothing was told.')
  const { headers } = call
  const row = await only(stage, endpointId)
  const body = (await readDelivery(owner, row.id)).body
  expect(verified(secret, body, headers)).toEqual({
    type: 'message.sent',
    timestamp: row.at.toISOString(),
    data: {
      ...{
        app: key,
        id,
        test: false,
        channel: 'email',
        scenario: 'login',
        to: 'a•••@example.com',
      },
      ...{ reference: 'order of a•••@example.com', status: 'sent', attempt: 1, sequence: 3 },
    },
  })
  expect(body).not.toContain('493817')
  expect(headers['webhook-id']).toBe(row.id)
  expect(row).toMatchObject({ state: 'delivered', attempts: 1, answerStatus: 200, answer: 'ok', error: null })
  expect(await listDeliveries(owner, { endpointId })).toMatchObject({
    rows: [{ id: row.id, type: 'message.sent', state: 'delivered', attempts: 1, nextAt: null, answerStatus: 200 }],
  })
})

test('only an endpoint whose owner chose so is told whole recipients, and the console shows them masked all the same', async ({
  stage,
}) => {
  const line = listener()
  const { owner, app: of, asApp } = await stage.ready()
  const { id } = await endpoint(owner, of.id, { wholeRecipient: true })
  await stage.send(asApp)
  await stage.deliver()
  await tell(stage, line)
  expect(line.heard).toMatchObject([{ data: { to: 'ann@example.com' } }])
  expect((await readDelivery(owner, (await only(stage, id)).id)).body).toContain('a•••@example.com')
})

test('an endpoint is told what it asked for, of its own App, while it is on; test keys too, and no test send', async ({
  stage,
}) => {
  const { owner, app: of, asApp } = await stage.ready()
  const other = await stage.app(owner)
  const [all, some, off, others] = [
    await endpoint(owner, of.id),
    await endpoint(owner, of.id, { events: ['message.failed'] }),
    await endpoint(owner, of.id, { enabled: false }),
    await endpoint(owner, other.id),
  ]
  const { asApp: trying } = await stage.key(owner, of.id, { kind: 'test' })
  await stage.send(asApp)
  await stage.deliver()
  await stage.send(trying)
  stage.provider.failNext(refusal('reject', '550'))
  await stage.send(asApp)
  await stage.deliver()
  expect((await typesOf(stage, all.id)).toSorted()).toEqual(['message.delivered', 'message.failed', 'message.sent'])
  expect(await typesOf(stage, some.id)).toEqual(['message.failed'])
  expect(await typesOf(stage, off.id)).toEqual([])
  expect(await typesOf(stage, others.id)).toEqual([])
  const [failed] = await rows(stage, some.id)
  expect(failed?.details).toEqual({ status: 'failed', attempt: 1, error_code: '550' })
})

test('of two things about one message the later has the greater sequence, and what was refused leaves nothing', async ({
  stage,
}) => {
  const { owner, app: of, asApp, accountId } = await texting(stage)
  const { id: endpointId } = await endpoint(owner, of.id)
  const reference = await sendText(stage, asApp)
  await stage.deliver()
  await push(stage, accountId, [failure({ reference })])
  await push(stage, accountId, [outcomeOf({ reference })])
  await push(stage, accountId, [outcomeOf({ reference })])
  expect(await typesOf(stage, endpointId)).toEqual(['message.sent', 'message.failed', 'message.delivered'])
  const numbers = (await rows(stage, endpointId)).map(({ sequence }) => sequence ?? 0)
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b))
  await stage.db
    .transaction(async (tx) => {
      await tx.execute(sql`update message set status = 'failed' where id = ${reference}`)
      tx.rollback()
    })
    .catch(() => undefined)
  expect(await typesOf(stage, endpointId)).toHaveLength(3)
})

test('a verification is told of once: approved, exhausted, or expired', async ({ stage }) => {
  const { owner, app: of, asApp } = await stage.ready()
  const { id: endpointId } = await endpoint(owner, of.id)
  const line = listener()
  const first = await started(asApp)
  const [code = ''] = await arrived(stage)
  await check(asApp, first.id, code)
  const second = await started(asApp, { to: 'ben@example.com' })
  for (let tries = 0; tries < 5; tries++) await check(asApp, second.id, wrong(code))
  const { answer: third } = await start(asApp, { to: 'cem@example.com' })
  stage.clock.forward({ minutes: 31 })
  await endExpired(stage.system)
  await endExpired(stage.system)
  const of3 = (await rows(stage, endpointId)).filter(({ type }) => type.startsWith('verification.'))
  expect(of3.map(({ type, subjectId }) => [type, subjectId])).toEqual([
    ['verification.approved', first.id],
    ['verification.exhausted', second.id],
    ['verification.expired', third.id],
  ])
  await tell(stage, line)
  expect(line.heard.find(({ type }) => type === 'verification.approved')?.data).toMatchObject({
    ...{ id: first.id, test: false, scenario: 'login', to: 'a•••@example.com', status: 'approved' },
  })
  expect(JSON.stringify(line.heard)).not.toContain(code)
})

test('every App of the organization is told of an account that fails and recovers, once each', async ({ stage }) => {
  const { owner, app: of, accountId } = await stage.ready()
  const elsewhere = await stage.ready()
  const other = await stage.app(owner)
  const ids = [(await endpoint(owner, of.id)).id, (await endpoint(owner, other.id)).id]
  const foreign = await endpoint(elsewhere.owner, elsewhere.app.id)
  const at = stage.clock.now()
  for (let twice = 0; twice < 2; twice++)
    await markFailing(stage.system, accountId, at, { code: '535', cause: 'login_rejected' })
  await stage.db
    .update(account)
    .set({ failingSince: null, failingCode: null, failingCause: null })
    .where(eq(account.id, accountId))
  for (const id of ids) {
    expect(await typesOf(stage, id)).toEqual(['account.failing', 'account.recovered'])
    expect((await only(stage, id)).details).toMatchObject({
      channel: 'email',
      provider: 'fake',
      code: '535',
      cause: 'login_rejected',
    })
  }
  expect(await typesOf(stage, foreign.id)).toEqual([])
})

test('a template is told of for each audience that is blocked or free again, an override to its App only', async ({
  stage,
}) => {
  const { owner, app: of } = await texting(stage)
  const other = await stage.app(owner)
  await stage.db
    .update(template)
    .set({ approval: {} })
    .where(eq(template.organizationId, owner.actor.organizationId ?? ''))
  const [own, others] = [(await endpoint(owner, of.id)).id, (await endpoint(owner, other.id)).id]
  const set = (approval: typeof template.$inferSelect.approval, appId: string | null) =>
    stage.db
      .update(template)
      .set({ approval, appId })
      .where(and(eq(template.scenario, 'login'), eq(template.organizationId, owner.actor.organizationId ?? '')))
  const blocked = (reason: string | null) => ({ blocked: reason, detail: '', remarks: [] })
  await set({ mainland: blocked('template_gone'), international: blocked(null) }, null)
  await set({ mainland: blocked('template_gone'), international: blocked('signature_gone') }, of.id)
  await set({ mainland: blocked('signature_gone'), international: blocked(null) }, of.id)
  const told = (list: Awaited<ReturnType<typeof rows>>) =>
    list.map(({ type, details }) => [type, details.audience, details.reason])
  expect(told(await rows(stage, others))).toEqual([['template.blocked', 'mainland', 'template_gone']])
  expect(told(await rows(stage, own))).toEqual([
    ['template.blocked', 'mainland', 'template_gone'],
    ['template.blocked', 'international', 'signature_gone'],
    ['template.restored', 'international', undefined],
  ])
})

test('a push rule is told of as it becomes invalid', async ({ stage }) => {
  const { owner, app: of } = await stage.ready()
  const { id } = await endpoint(owner, of.id)
  const organizationId = owner.actor.organizationId ?? ''
  const { accountId } = { accountId: await stage.account(owner) }
  const base = {
    organizationId,
    appId: of.id,
    scenario: 'device_alarm',
    accountId,
    accountName: 'A',
    content: {},
    variables: [],
  }
  const dates = { version: 1, createdAt: stage.clock.now(), updatedAt: stage.clock.now() }
  await stage.db.insert(pushRule).values({ ...base, ...dates, id, name: 'Alarms' })
  await stage.db.update(pushRule).set({ invalidReason: 'template_gone' }).where(eq(pushRule.id, id))
  await stage.db.update(pushRule).set({ invalidReason: 'refused_at_send' }).where(eq(pushRule.id, id))
  await stage.db.update(pushRule).set({ invalidReason: null }).where(eq(pushRule.id, id))
  await stage.db.delete(account).where(eq(account.id, accountId))
  expect((await rows(stage, id)).map(({ details }) => details.reason)).toEqual(['template_gone', 'account_deleted'])
})

test('an endpoint that is deleted meanwhile, or being changed, hinders no outcome', async ({ stage, world }) => {
  const { owner, app: of, asApp } = await stage.ready()
  const { id } = await endpoint(owner, of.id)
  const { id: messageId } = await stage.send(asApp)
  const goOn = Promise.withResolvers<void>()
  const deleting = world.db.transaction(async (tx) => {
    await tx.delete(webhookEndpoint).where(eq(webhookEndpoint.id, id))
    await goOn.promise
  })
  // Ends although the deletion has not.
  await stage.deliver()
  expect(await stage.stored(messageId)).toMatchObject({ status: 'sent', attempt: 1 })
  goOn.resolve()
  await deleting
  await expect(listDeliveries(owner, { endpointId: id })).rejects.toMatchObject({ code: 'not_found' })
  const line = listener()
  await tell(stage, line)
  expect(line.heard).toEqual([])
})

/** What an organization does not keep any more: messages and what they said go once their time is over, and nothing under way. */
import { eq, sql } from 'drizzle-orm'
import { auditEvent, message, messageCount, messageEvent, overdueContent, providerReference } from '#db/schema/index.ts'
import { dropByRetention } from '#domain/retention/dropping.ts'
import { changeRetention, Retention, retention } from '#domain/retention/retention.ts'
import { messageContent } from '#domain/sending/log/content.ts'
import { listMessages } from '#domain/sending/log/log.ts'
import { getMessage, resendMessage } from '#domain/sending/log/message.ts'
import { refusal } from '../support/fake-provider.ts'
import { expect, type Stage, test } from '../support/make.ts'
import { failure, push, sendTextAlarm, texting } from '../support/texting.ts'
import { endpoint, endpointsOff, listener, tell } from '../support/webhook-stage.ts'

const keep = (owner: Parameters<typeof changeRetention>[0], messageDays: number | null, contentDays: number | null) =>
  changeRetention(owner, { messageDays, contentDays, isAgreed: true })

const isThere = async (stage: Stage, id: string) => (await stage.db.$count(message, eq(message.id, id))) > 0

/** A message that its provider refused, with words of its own. */
async function failed(stage: Stage) {
  const given = await stage.ready()
  stage.provider.failNext(refusal('reject', '550', 'No such user ann@example.com'))
  const { id } = await stage.sendAlarm(given.asApp)
  await stage.deliver()
  return { ...given, id }
}

test('everything is kept for ever, unless an owner says otherwise', async ({ stage }) => {
  const { owner, id } = await failed(stage)
  expect(await retention(owner)).toEqual({ messageDays: null, contentDays: null })
  stage.clock.forward({ days: 4000 })
  await dropByRetention(stage.lent)
  expect(await stage.stored(id)).toMatchObject({ contentDropped: false, variables: { device_name: 'Pump 3' } })
})

test('a message goes with all that hangs on it once its time is over, is unknown then, and stays counted', async ({
  stage,
}) => {
  stage.areMessagesGone = true
  const { owner, asApp, accountId, org, id } = await failed(stage)
  const of = { accountId, messageId: id, createdAt: stage.clock.now() }
  await stage.db.insert(providerReference).values({ ...of, reference: `name of ${id}` })
  const foreign = await failed(stage)
  await keep(owner, 7, null)
  stage.clock.forward({ days: 6.99 })
  await dropByRetention(stage.lent)
  expect(await isThere(stage, id)).toBe(true)
  stage.clock.forward({ days: 0.02 })
  await dropByRetention(stage.lent)
  expect(await isThere(stage, id)).toBe(false)
  expect(await stage.db.$count(messageEvent, eq(messageEvent.messageId, id))).toBe(0)
  expect(await stage.db.$count(providerReference, eq(providerReference.messageId, id))).toBe(0)
  const counted = await stage.db.select().from(messageCount).where(eq(messageCount.organizationId, org.id))
  expect(counted.map(({ outcome, messages }) => `${outcome} ${messages}`).sort()).toEqual(['accepted 1', 'failed 1'])
  for (const ctx of [owner, asApp]) await expect(getMessage(ctx, id)).rejects.toMatchObject({ code: 'not_found' })
  expect((await listMessages(owner, {})).rows).toEqual([])
  expect(await isThere(stage, foreign.id)).toBe(true)
})

test('what is queued, waits or is still asked about stays until it has ended', async ({ stage }) => {
  stage.areMessagesGone = true
  const { owner, asApp, accountId } = await texting(stage)
  const [sent, queued, waiting] = [
    await sendTextAlarm(stage, asApp),
    await sendTextAlarm(stage, asApp),
    await sendTextAlarm(stage, asApp),
  ]
  await stage.db
    .update(message)
    .set({ status: 'sent', accountId, settleAt: stage.clock.now() })
    .where(eq(message.id, sent))
  await stage.db.update(message).set({ waiting: true }).where(eq(message.id, waiting))
  await keep(owner, 7, 1)
  stage.clock.forward({ days: 8 })
  await dropByRetention(stage.lent)
  for (const id of [sent, queued, waiting]) {
    expect(await stage.stored(id)).toMatchObject({ contentDropped: false, variables: { device_name: 'Pump 3' } })
  }
  expect((await listMessages(owner, {})).rows).toHaveLength(3)
  await stage.db.update(message).set({ settleAt: null }).where(eq(message.id, sent))
  await dropByRetention(stage.lent)
  expect(await isThere(stage, sent)).toBe(false)
  expect(await isThere(stage, waiting)).toBe(true)
})

test('of what a message said nothing is left once that time is over; its outcome is', async ({ stage }) => {
  const { owner, asApp, id } = await failed(stage)
  await resendMessage(owner, id)
  stage.provider.failNext(refusal('reject', '550', 'No such user ann@example.com'))
  await stage.deliver()
  await keep(owner, 30, 1)
  stage.clock.forward({ days: 2 })
  await dropByRetention(stage.lent)
  const stored = await stage.stored(id)
  expect(stored).toMatchObject({
    status: 'failed',
    errorCode: '550',
    errorDetail: null,
    variables: {},
    contentDropped: true,
  })
  expect(stored.events.map(({ code, detail }) => [code, detail])).toEqual([
    [null, null],
    [null, null],
    ['550', null],
    [null, owner.actor.kind === 'user' ? owner.actor.name : ''],
    [null, null],
    ['550', null],
  ])
  expect(await messageContent(owner, id)).toBeNull()
  expect(await getMessage(owner, id)).toMatchObject({ contentDropped: true, canResend: false, errorDetail: null })
  expect(await getMessage(asApp, id)).toMatchObject({ status: 'failed', errorCode: '550', errorDetail: null })
  const reason = { code: 'conflict', data: { reason: 'content_dropped' } }
  await expect(resendMessage(owner, id)).rejects.toMatchObject(reason)
})

test('content whose time was over while its message was under way goes once that has ended', async ({ stage }) => {
  const { owner, asApp } = await stage.ready()
  const { id } = await stage.sendAlarm(asApp)
  await keep(owner, null, 1)
  stage.clock.forward({ days: 2 })
  await dropByRetention(stage.lent)
  expect(await stage.stored(id)).toMatchObject({ contentDropped: false })
  await stage.deliver()
  expect(stage.provider.calls).toHaveLength(1)
  await dropByRetention(stage.lent)
  expect(await stage.stored(id)).toMatchObject({ status: 'sent', contentDropped: true, variables: {} })
  expect(await stage.db.$count(overdueContent, eq(overdueContent.messageId, id))).toBe(0)
})

test('a receipt that comes after that tells its outcome, and not in which words', async ({ stage }) => {
  const { owner, asApp, accountId } = await texting(stage)
  const id = await sendTextAlarm(stage, asApp)
  await stage.deliver()
  await stage.db.update(message).set({ settleAt: null }).where(eq(message.id, id))
  await keep(owner, null, 1)
  stage.clock.forward({ days: 2 })
  await dropByRetention(stage.lent)
  await push(stage, accountId, [failure({ reference: id, providerMessageId: 'fake-1' })])
  const stored = await stage.stored(id)
  expect(stored).toMatchObject({ status: 'failed', errorCode: 'MOBILE_IN_BLACK', errorDetail: null })
  expect(stored.events.at(-1)).toMatchObject({ status: 'failed', code: 'MOBILE_IN_BLACK', detail: null })
})

test('what an endpoint is still to be told of a message that is gone is told without what is not known any more', async ({
  stage,
}) => {
  stage.areMessagesGone = true
  await endpointsOff(stage)
  const { owner, app, asApp } = await stage.ready()
  await endpoint(owner, app.id)
  const { id } = await stage.sendAlarm(asApp)
  await stage.deliver()
  await keep(owner, 7, null)
  stage.clock.forward({ days: 8 })
  await dropByRetention(stage.lent)
  const line = listener()
  await tell(stage, line)
  expect(line.heard.map(({ data }) => data)).toEqual([
    { app: expect.any(String), id, status: 'sent', attempt: 1, sequence: 3 },
  ])
})

/** Sent messages without App or content, `count` of them, a second apart and before all others. */
const fill = (stage: Stage, organizationId: string, count: number) =>
  stage.db.execute(sql`
    insert into message (id, organization_id, kind, channel, scenario, recipient, status, variables, created_at, updated_at)
    select (lpad(to_hex(1700000000000 + n * 1000), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid,
      ${organizationId}, 'test', 'email', 'login', 'ann@example.com', 'sent', '{"a":"b"}', now(), now()
    from generate_series(1, ${count}::int) n`)

test('more than one batch goes at once, and several workers drop side by side', async ({ stage }) => {
  const { org, owner } = await stage.ready()
  await fill(stage, org.id, 5000)
  const ofOrganization = eq(message.organizationId, org.id)
  await keep(owner, null, 7)
  await Promise.all([1, 2, 3].map(() => dropByRetention(stage.lent)))
  expect(await stage.db.$count(message, sql`${ofOrganization} and not content_dropped`)).toBe(0)
  await keep(owner, 7, 7)
  await Promise.all([1, 2, 3].map(() => dropByRetention(stage.lent)))
  expect(await stage.db.$count(message, ofOrganization)).toBe(0)
})

test('of messages that are sent again while contents go, each is sent as it was or refused', async ({ stage }) => {
  const { owner, asApp } = await stage.ready()
  stage.provider.onSend = () => {
    throw refusal('reject')
  }
  const ids = await Promise.all(Array.from({ length: 40 }, async () => (await stage.sendAlarm(asApp)).id))
  await stage.deliver()
  await keep(owner, null, 1)
  stage.clock.forward({ days: 2 })
  const [, ...ends] = await Promise.allSettled([
    dropByRetention(stage.lent),
    ...ids.map((id) => resendMessage(owner, id)),
  ])
  const wrong: string[] = []
  for (const [at, id] of ids.entries()) {
    const { status, variables } = await stage.stored(id)
    const isWhole = 'device_name' in variables
    if ((ends[at]?.status === 'fulfilled') !== (status === 'queued' && isWhole)) wrong.push(id)
  }
  expect(wrong).toEqual([])
})

test('what would go is asked about first, and what was decided is audited', async ({ stage }) => {
  const { org, owner } = await stage.ready()
  const [less, more] = [
    { messageDays: 30, contentDays: 7 },
    { messageDays: 60, contentDays: null },
  ]
  expect(await changeRetention(owner, { ...less, isAgreed: false })).toEqual({ isSaved: false })
  expect(await retention(owner)).toEqual({ messageDays: null, contentDays: null })
  expect(await changeRetention(owner, { ...less, isAgreed: true })).toEqual({ isSaved: true })
  expect(await changeRetention(owner, { ...more, isAgreed: false })).toEqual({ isSaved: true })
  expect(await retention(owner)).toEqual(more)
  const entries = await stage.db.select().from(auditEvent).where(eq(auditEvent.organizationId, org.id))
  const told = entries.filter(({ subject }) => subject === 'retention').map(({ changes }) => changes)
  expect(told).toEqual([less, { messageDays: 60, contentDays: 'unlimited' }])
})

test('content is kept no longer than its message, and neither for a time that makes no sense', async ({ stage }) => {
  const { owner } = await stage.ready()
  const fields = [{ path: 'contentDays', code: 'content_outlasts_message' }]
  await expect(keep(owner, 7, 8)).rejects.toMatchObject({ code: 'invalid_request', data: { fields } })
  const accepted = (messageDays: unknown, contentDays: unknown) =>
    Retention.safeParse({ messageDays, contentDays }).success
  expect([accepted(6, null), accepted(3651, null), accepted(7.5, null), accepted(null, 0)]).not.toContain(true)
  expect([accepted(7, 1), accepted(3650, 3650), accepted(null, null)]).not.toContain(false)
})

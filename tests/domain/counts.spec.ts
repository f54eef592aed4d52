/**
 * Counters of messages: exact for every way in which a message ends, whenever that is known and however many are at work. That
 * they agree with the log is looked at after every spec on this stage, too.
 */
import { and, eq } from 'drizzle-orm'
import { messageCount } from '#db/schema/index.ts'
import { removeAccount } from '#domain/accounts/accounts.ts'
import { forgetOld } from '#domain/base/forgetting.ts'
import { foldCounters } from '#domain/overview/counts.ts'
import { submitter } from '#domain/sending/accept/accept.ts'
import { SubmitMessage } from '#domain/sending/accept/messages.ts'
import { expireWaiting } from '#domain/sending/deliver/upkeep.ts'
import { resendMessage } from '#domain/sending/log/message.ts'
import { settleDue } from '#domain/sending/receipts/settling.ts'
import { testSend } from '#domain/sending/trials/test-send.ts'
import { miscounted } from '../support/counted.ts'
import { refusal } from '../support/fake-provider.ts'
import { expect, loginHtml, type Org, type Stage, test } from '../support/make.ts'
import { failure, mobile, outcomeOf, push, sendTextAlarm, texting } from '../support/texting.ts'

/** What is counted of an organization, by provider and outcome: `fake sent`, and without provider `accepted`. */
async function counts(stage: Stage, { id }: Org): Promise<Record<string, number>> {
  const rows = await stage.db.select().from(messageCount).where(eq(messageCount.organizationId, id))
  const sums = Map.groupBy(rows, ({ provider, outcome }) => `${provider} ${outcome}`.trim())
  const summed = [...sums].map(([name, of]) => [name, of.reduce((sum, row) => sum + row.messages, 0)] as const)
  return Object.fromEntries(summed.filter(([, sum]) => sum !== 0))
}

const segmentsOf = async (stage: Stage, { id }: Org, outcome: 'sent' | 'delivered') => {
  const of = and(eq(messageCount.organizationId, id), eq(messageCount.outcome, outcome))
  const rows = await stage.db.select().from(messageCount).where(of)
  return rows.reduce((sum, { segments }) => sum + segments, 0)
}

test('a message is counted in the hour in which it was accepted, however late it is sent', async ({ stage }) => {
  const { org, asApp, app } = await stage.ready()
  await stage.sendAlarm(asApp)
  expect(await counts(stage, org)).toEqual({ accepted: 1 })
  const hour = new Date(Math.floor(stage.clock.now().getTime() / 3_600_000) * 3_600_000)
  stage.clock.forward({ minutes: 150 })
  await stage.deliver()
  expect(await counts(stage, org)).toEqual({ accepted: 1, 'fake sent': 1 })
  const rows = await stage.db.select().from(messageCount).where(eq(messageCount.organizationId, org.id))
  const place = { hour, appId: app.id, channel: 'email', scenario: 'device_alarm' }
  expect(rows).toEqual(rows.map((row) => ({ ...row, ...place })))
})

test('what is tried again, and what waits, is open until it has ended', async ({ stage }) => {
  const { org, owner, accountId, asApp } = await stage.ready()
  stage.provider.failNext(refusal('retry'))
  await stage.sendAlarm(asApp)
  await stage.deliver()
  expect(await counts(stage, org)).toEqual({ accepted: 1 })
  stage.clock.forward({ minutes: 1 })
  await stage.deliver()
  expect(await counts(stage, org)).toEqual({ accepted: 1, 'fake sent': 1 })
  await stage.send(asApp)
  await removeAccount(owner, accountId)
  await stage.deliver()
  expect(await counts(stage, org)).toEqual({ accepted: 2, 'fake sent': 1 })
  stage.clock.forward({ minutes: 11 })
  expect(await expireWaiting(stage.system)).toBeGreaterThan(0)
  expect(await counts(stage, org)).toEqual({ accepted: 2, 'fake sent': 1, expired: 1 })
})

test('a receipt moves its message to what it says, once, also against an earlier one', async ({ stage }) => {
  const { org, accountId, asApp } = await texting(stage)
  const reference = await sendTextAlarm(stage, asApp)
  await stage.deliver()
  expect(await counts(stage, org)).toEqual({ accepted: 1, 'fake-sms sent': 1 })
  await push(stage, accountId, [failure({ reference })])
  expect(await counts(stage, org)).toEqual({ accepted: 1, 'fake-sms failed': 1 })
  for (const _ of ['first', 'repeat']) await push(stage, accountId, [outcomeOf({ reference })])
  expect(await counts(stage, org)).toEqual({ accepted: 1, 'fake-sms delivered': 1 })
  await push(stage, accountId, [failure({ reference })])
  expect(await counts(stage, org)).toEqual({ accepted: 1, 'fake-sms delivered': 1 })
})

test('a message of unknown outcome moves once its provider has told what became of it', async ({ stage }) => {
  const { org, asApp } = await texting(stage)
  stage.texts.failNext(refusal('unknown'))
  await sendTextAlarm(stage, asApp)
  await stage.deliver()
  expect(await counts(stage, org)).toEqual({ accepted: 1, 'fake-sms unknown': 1 })
  stage.texts.onSettle = () => ({ state: 'delivered', code: 'DELIVERED', detail: '' })
  stage.clock.forward({ minutes: 2 })
  await settleDue(stage.system)
  expect(await counts(stage, org)).toEqual({ accepted: 1, 'fake-sms delivered': 1 })
})

test('a message that is sent again is open until it has ended again, whoever carried it first', async ({ stage }) => {
  const { org, owner, accountId, asApp } = await stage.ready()
  stage.provider.failNext(refusal('reject'))
  const { id } = await stage.sendAlarm(asApp)
  await stage.deliver()
  expect(await counts(stage, org)).toEqual({ accepted: 1, 'fake failed': 1 })
  await removeAccount(owner, accountId)
  await resendMessage(owner, id)
  expect(await counts(stage, org)).toEqual({ accepted: 1 })
  await stage.account(owner, { validated: true })
  await stage.deliver()
  expect(await counts(stage, org)).toEqual({ accepted: 1, 'fake sent': 1 })
})

test('neither messages of test keys nor test sends count', async ({ stage }) => {
  const { org, owner, app } = await stage.ready()
  const { asApp } = await stage.key(owner, app.id, { kind: 'test' })
  await stage.send(asApp)
  await stage.deliver()
  expect(await counts(stage, org)).toEqual({})
  const content = { subject: 'Code ${code}', html: loginHtml }
  const trial = { channel: 'email', scenario: 'login', appId: null, content, to: 'me@example.com', values: {} } as const
  await testSend(owner, trial)
  stage.provider.failNext(refusal('reject'))
  await testSend(owner, trial)
  expect(await counts(stage, org)).toEqual({})
})

test('the segments that an SMS is billed in are counted with it, and move with it', async ({ stage }) => {
  const { org, accountId, asApp } = await texting(stage)
  const reference = await sendTextAlarm(stage, asApp)
  const variables = { device_name: 'Pump 3', alarm_content: '热'.repeat(100), alarm_level: 'high' }
  await stage.sendAlarm(asApp, { channel: 'sms', to: mobile, variables })
  await stage.deliver()
  expect(await segmentsOf(stage, org, 'sent')).toBe(1 + 2)
  await push(stage, accountId, [outcomeOf({ reference })])
  expect(await segmentsOf(stage, org, 'sent')).toBe(2)
  expect(await segmentsOf(stage, org, 'delivered')).toBe(1)
})

test('a call that is repeated under its Idempotency-Key counts once', async ({ stage }) => {
  const { org, asApp } = await stage.ready()
  await Promise.all(Array.from({ length: 20 }, () => stage.send(asApp, {}, { idempotencyKey: 'order-1' })))
  expect(await counts(stage, org)).toEqual({ accepted: 1 })
})

test('twenty batches at once, accepted, sent and delivered beside each other, add up exactly', async ({ stage }) => {
  const { org, accountId, asApp } = await texting(stage)
  const texts = 20 * 15
  const message = SubmitMessage.parse({
    ...{ channel: 'sms', scenario: 'device_alarm', to: mobile },
    variables: { device_name: 'Pump 3', alarm_content: 'Too hot', alarm_level: 'high' },
  })
  stage.texts.onSend = () => {
    if (stage.texts.calls.length % 3 === 0) throw refusal('reject')
    return undefined
  }
  let left = texts
  const accepting = Array.from({ length: 20 }, async () => {
    const submit = submitter(stage.lent)
    await Promise.all(Array.from({ length: 15 }, () => submit(asApp, message)))
  })
  const delivering = Array.from({ length: 5 }, async () => {
    const worker = stage.newWorker()
    while (left > 0) {
      const jobs = await stage.takeDue()
      left -= jobs.length
      await Promise.all(worker(jobs))
      const receipts = jobs.map(({ messageId }) => outcomeOf({ reference: messageId }))
      if (jobs.length > 0) await push(stage, accountId, receipts.slice(0, receipts.length / 2))
    }
  })
  await Promise.all([...accepting, ...delivering])
  const { accepted, ...ended } = await counts(stage, org)
  expect(accepted).toBe(texts)
  expect(Object.values(ended).reduce((sum, count) => sum + count, 0)).toBe(texts)
  expect(await miscounted(stage.db, [org.id])).toEqual([])
})

test('a busy counter has several rows, which become one when its hour is over, and lose nothing of what comes meanwhile', async ({
  stage,
}) => {
  const { org, asApp } = await stage.ready()
  const about = { channel: 'email', scenario: 'login', to: 'ann@example.com', variables: { code: '123456' } }
  const code = SubmitMessage.parse(about)
  const sending = () => Promise.all(Array.from({ length: 10 }, () => submitter(stage.lent)(asApp, code)))
  await sending()
  const of = eq(messageCount.organizationId, org.id)
  expect(await stage.db.$count(messageCount, of)).toBeGreaterThan(1)
  await foldCounters(stage.system)
  expect(await stage.db.$count(messageCount, of)).toBeGreaterThan(1)
  const later = { ...stage.system, now: () => new Date(stage.clock.now().getTime() + 3 * 3_600_000) }
  await Promise.all([sending(), foldCounters(later), foldCounters(later), sending(), foldCounters(later)])
  await foldCounters(later)
  expect(await stage.db.$count(messageCount, of)).toBe(1)
  expect(await counts(stage, org)).toEqual({ accepted: 30 })
})

test('counters are kept for 400 days', async ({ stage }) => {
  const { id: organizationId } = await stage.organization()
  const now = Math.floor(stage.clock.now().getTime() / 3_600_000) * 3_600_000
  const about = { channel: 'email', scenario: 'login', provider: '', outcome: 'accepted' as const, slot: 0 }
  const rows = [399, 401].map((days) => ({
    ...{ ...about, organizationId, appId: organizationId, messages: 0, segments: 0 },
    hour: new Date(now - days * 86_400_000),
  }))
  await stage.db.insert(messageCount).values(rows)
  await forgetOld(stage.system)
  const left = await stage.db.select().from(messageCount).where(eq(messageCount.organizationId, organizationId))
  expect(left).toEqual([rows[0]])
})

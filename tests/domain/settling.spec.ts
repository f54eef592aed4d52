/** Settling: what providers are asked about messages that no receipt came for, when, and what follows from their answers. */
import { eq } from 'drizzle-orm'
import type { Settlement } from '#channels/answers.ts'
import { message } from '#db/schema/index.ts'
import { removeAccount } from '#domain/accounts/accounts.ts'
import { saveAccount } from '#domain/accounts/saving.ts'
import { resendMessage } from '#domain/sending/log/message.ts'
import { settleDue, stopAsking } from '#domain/sending/receipts/settling.ts'
import { outOfReach } from '../support/fake-carrier.ts'
import { refusal } from '../support/fake-provider.ts'
import { endOf, expect, type Stage, test } from '../support/make.ts'
import { failure, mobile, push, sendTextAlarm, texting } from '../support/texting.ts'

const answer = (state: Settlement['state'], more: Partial<Settlement> = {}): Settlement => ({
  ...{ state, code: '', detail: '', ...more },
})

async function sentText(stage: Stage) {
  const given = await texting(stage)
  const id = await sendTextAlarm(stage, given.asApp)
  await stage.deliver()
  return { ...given, id }
}

/** A text whose answer never came. */
async function lostText(stage: Stage) {
  const given = await texting(stage)
  const id = await sendTextAlarm(stage, given.asApp)
  stage.texts.failNext(refusal('unknown', 'ETIMEDOUT', ''))
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'unknown', providerMessageId: null })
  return { ...given, id }
}

test('a message is asked about ten minutes after its sending, by what the provider calls it', async ({ stage }) => {
  const { id, accountId } = await sentText(stage)
  const sentAt = stage.clock.now()
  stage.clock.forward({ minutes: 9 })
  expect(await settleDue(stage.system)).toBe(0)
  stage.clock.forward({ minutes: 1 })
  const at = new Date(sentAt.getTime() + 7000)
  stage.texts.onSettle = () => answer('delivered', { code: 'DELIVERED', at })
  expect(await settleDue(stage.system)).toBe(1)
  expect(stage.texts.asked).toEqual([
    { to: mobile, sentAt, providerMessageId: 'fake-1', reference: id, username: 'first' },
  ])
  const stored = await stage.stored(id)
  expect(stored).toMatchObject({ status: 'delivered', problem: false, settleAt: null })
  expect(stored.line).toEqual(['accepted', 'sending', 'sent', 'delivered'])
  expect(stored.events.at(-1)).toMatchObject({ at, code: 'DELIVERED', accountId, providerMessageId: 'fake-1' })
  stage.clock.forward({ days: 10 })
  expect(await settleDue(stage.system)).toBe(0)
})

test('a failure found by asking fails the message, and a receipt of it later is a repeat', async ({ stage }) => {
  const { id, accountId } = await sentText(stage)
  stage.clock.forward({ minutes: 10 })
  stage.texts.onSettle = () => answer('failed', { code: 'MOBILE_IN_BLACK', detail: 'a\0b' })
  await settleDue(stage.system)
  const stored = await stage.stored(id)
  expect(stored).toMatchObject({ status: 'failed', problem: true, errorCode: 'MOBILE_IN_BLACK', errorDetail: 'ab' })
  await push(stage, accountId, [failure({ reference: id, providerMessageId: 'fake-1' })])
  expect(await stage.stored(id)).toEqual(stored)
})

test('while nothing is known it is asked again after ten minutes, 1, 6, 24 and 72 hours, and then given up', async ({
  stage,
}) => {
  const { id } = await sentText(stage)
  const sentAt = stage.clock.now().getTime()
  const askedAt: number[] = []
  stage.texts.onSettle = () => {
    askedAt.push(Math.round((stage.clock.now().getTime() - sentAt) / 60_000))
    return answer('pending')
  }
  for (let quarter = 0; quarter < 4 * 80; quarter++) {
    await settleDue(stage.system)
    stage.clock.forward({ minutes: 15 })
  }
  expect(askedAt).toEqual([15, 60, 360, 1440, 4320])
  expect(await stage.stored(id)).toMatchObject({
    ...{ status: 'sent', problem: false, settleAt: null },
    line: ['accepted', 'sending', 'sent', 'no_receipt'],
  })
})

test('a message that the provider has no record of was not taken, once it may not have been asked too early', async ({
  stage,
}) => {
  const { id, owner } = await lostText(stage)
  stage.texts.onSettle = () => answer('absent')
  stage.clock.forward({ minutes: 1 })
  expect(await settleDue(stage.system)).toBe(1)
  expect(await stage.stored(id)).toMatchObject({ status: 'unknown' })
  stage.clock.forward({ minutes: 9 })
  expect(await settleDue(stage.system)).toBe(1)
  expect(await stage.stored(id)).toMatchObject({
    ...{ status: 'failed', problem: true, errorCode: 'not_taken', settleAt: null },
    line: ['accepted', 'sending', 'unknown', 'failed'],
  })
  await resendMessage(owner, id)
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent', errorCode: null })
})

test('a message of unknown outcome that the provider has is what the provider says', async ({ stage }) => {
  const { id } = await lostText(stage)
  stage.clock.forward({ minutes: 1 })
  stage.texts.onSettle = () => answer('delivered', { code: 'DELIVERED' })
  await settleDue(stage.system)
  expect(stage.texts.asked).toMatchObject([{ reference: id, providerMessageId: null }])
  expect(await stage.stored(id)).toMatchObject({ status: 'delivered', problem: false, errorCode: null })
})

test('that nothing is recorded of a message the provider took says nothing', async ({ stage }) => {
  const { id } = await sentText(stage)
  stage.texts.onSettle = () => answer('absent')
  stage.clock.forward({ days: 1 })
  await settleDue(stage.system)
  expect(await stage.stored(id)).toMatchObject({ status: 'sent', line: ['accepted', 'sending', 'sent'] })
})

test('an account that was changed since may ask elsewhere, so that it not knowing a message says nothing', async ({
  stage,
}) => {
  const { id, accountId, owner } = await lostText(stage)
  stage.clock.forward({ minutes: 1 })
  const config = { host: 'mail.example.com', username: 'elsewhere', password: 'another one' }
  const agreed = { accountId, scenarios: 2, overrides: 0 }
  await endOf(
    saveAccount(owner, { id: accountId, channel: 'sms', provider: 'fake-sms', name: 'Texts', config, agreed }),
  )
  stage.clock.forward({ days: 1 })
  stage.texts.onSettle = () => answer('absent')
  await settleDue(stage.system)
  expect(await stage.stored(id)).toMatchObject({ status: 'unknown', errorCode: 'ETIMEDOUT' })
})

test('a text that was sent again is not asked about by what the provider called it before', async ({ stage }) => {
  const { id, owner, accountId } = await sentText(stage)
  await push(stage, accountId, [failure({ reference: id, providerMessageId: 'fake-1' })])
  stage.clock.forward({ minutes: 1 })
  await resendMessage(owner, id)
  stage.texts.failNext(refusal('unknown', 'ETIMEDOUT', ''))
  await stage.deliver()
  const sentAt = stage.clock.now()
  stage.clock.forward({ minutes: 1 })
  await settleDue(stage.system)
  expect(stage.texts.asked).toMatchObject([{ reference: id, providerMessageId: null, sentAt }])
})

test('what stays unknown to the end stays so, and is not asked about for ever', async ({ stage }) => {
  const { id } = await lostText(stage)
  for (let hour = 0; hour < 100; hour++) {
    stage.clock.forward({ minutes: 60 })
    await settleDue(stage.system)
  }
  expect(await stage.stored(id)).toMatchObject({
    ...{ status: 'unknown', settleAt: null },
    line: ['accepted', 'sending', 'unknown'],
  })
})

test('the attempt of a lost worker is asked about, from the time it was made', async ({ stage }) => {
  const { asApp } = await texting(stage)
  const id = await sendTextAlarm(stage, asApp)
  const sentAt = stage.clock.now()
  const [job] = await stage.takeDue()
  if (!job) throw new Error('A message that was accepted has a job.')
  stage.texts.onSend = () => new Promise(() => undefined)
  void stage.newWorker()([job])
  await expect.poll(() => stage.texts.calls.length).toBe(1)
  stage.clock.forward({ minutes: 30 })
  await Promise.all(stage.newWorker()([job]))
  expect(await stage.stored(id)).toMatchObject({ status: 'unknown', errorCode: 'worker_lost', attempt: 2 })
  expect(stage.texts.calls).toHaveLength(1)
  stage.clock.forward({ minutes: 1 })
  stage.texts.onSettle = () => answer('delivered', { code: 'DELIVERED' })
  await settleDue(stage.system)
  expect(stage.texts.asked).toMatchObject([{ sentAt, reference: id }])
  expect(await stage.stored(id)).toMatchObject({ status: 'delivered', problem: false })
})

test('an account that cannot be asked holds up no other, and is tried again later', async ({ stage }) => {
  const [broken, fine] = [await texting(stage), await texting(stage)]
  const ids = await Promise.all(Array.from({ length: 60 }, () => sendTextAlarm(stage, broken.asApp)))
  const good = await sendTextAlarm(stage, fine.asApp)
  while ((await stage.deliver()) > 0);
  await renamed(stage, broken.owner, broken.accountId)
  stage.clock.forward({ minutes: 10 })
  stage.texts.onSettle = (_, { username }) => {
    if (username === 'broken') throw outOfReach('misconfigured')
    return answer('delivered', { code: 'DELIVERED' })
  }
  await settleDue(stage.system)
  expect(await stage.stored(good)).toMatchObject({ status: 'delivered' })
  const ofBroken = () => stage.texts.asked.filter(({ username }) => username === 'broken')
  expect(ofBroken().length).toBeLessThan(5)
  expect(stage.log.filter(({ level }) => level === 'error')).toEqual([])
  stage.texts.onSettle = () => answer('delivered', { code: 'DELIVERED' })
  stage.clock.forward({ minutes: 10 })
  await settleDue(stage.system)
  for (const id of ids) expect(await stage.stored(id)).toMatchObject({ status: 'delivered' })
})

/** Gives the first account another key, so that it can be told apart where it is asked. */
async function renamed(stage: Stage, owner: Parameters<typeof saveAccount>[0], id: string) {
  const config = { host: 'mail.example.com', username: 'broken', password: 'correct horse' }
  const agreed = { accountId: id, scenarios: 2, overrides: 0 }
  const saved = await endOf(
    saveAccount(owner, { id, channel: 'sms', provider: 'fake-sms', name: 'Texts', config, agreed }),
  )
  expect(saved).toMatchObject({ saved: true })
  expect(stage.texts.asked).toEqual([])
}

test('a question that is refused for one message keeps no other from being asked about', async ({ stage }) => {
  const { asApp } = await texting(stage)
  const ids = await Promise.all(Array.from({ length: 12 }, () => sendTextAlarm(stage, asApp)))
  while ((await stage.deliver()) > 0);
  stage.clock.forward({ minutes: 10 })
  stage.texts.onSettle = ({ reference }) => {
    if (reference === ids[3]) throw outOfReach('reject')
    return answer('delivered', { code: 'DELIVERED' })
  }
  await settleDue(stage.system)
  const statuses = await Promise.all(ids.map(async (id) => (await stage.stored(id)).status))
  expect(statuses.filter((status) => status === 'delivered')).toHaveLength(11)
  expect(statuses[3]).toBe('sent')
})

test('two workers ask about each message once', async ({ stage }) => {
  const { asApp, app } = await texting(stage)
  await Promise.all(Array.from({ length: 120 }, () => sendTextAlarm(stage, asApp)))
  while ((await stage.deliver()) > 0);
  stage.clock.forward({ minutes: 10 })
  stage.texts.onSettle = async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    return answer('delivered', { code: 'DELIVERED' })
  }
  await Promise.all([settleDue(stage.system), settleDue(stage.system), settleDue(stage.system)])
  expect(stage.texts.asked).toHaveLength(120)
  expect(new Set(stage.texts.asked.map(({ reference }) => reference)).size).toBe(120)
  const statuses = await stage.db
    .selectDistinct({ status: message.status })
    .from(message)
    .where(eq(message.appId, app.id))
  expect(statuses).toEqual([{ status: 'delivered' }])
})

test('an answer that was overtaken by a receipt, or by a person, changes nothing', async ({ stage }) => {
  const { id, accountId } = await lostText(stage)
  stage.clock.forward({ minutes: 10 })
  stage.texts.onSettle = async () => {
    await push(stage, accountId, [failure({ reference: id, providerMessageId: 'biz-7' })])
    return answer('absent')
  }
  await settleDue(stage.system)
  const stored = await stage.stored(id)
  expect(stored).toMatchObject({ status: 'failed', errorCode: 'MOBILE_IN_BLACK', settleAt: null })
  const other = await lostText(stage)
  stage.clock.forward({ minutes: 10 })
  stage.texts.onSettle = async () => {
    await resendMessage(other.owner, other.id)
    return answer('absent')
  }
  await settleDue(stage.system)
  expect(await stage.stored(other.id)).toMatchObject({ status: 'queued', settleAt: null, errorCode: 'ETIMEDOUT' })
})

test('at shutdown nothing more is asked, and what is left comes up again', async ({ stage }) => {
  const { id } = await sentText(stage)
  stage.clock.forward({ minutes: 10 })
  const stop = new AbortController()
  stage.texts.onSettle = () => {
    stop.abort()
    throw outOfReach()
  }
  await settleDue(stage.system, stop.signal)
  expect(stage.log.filter(({ level }) => level === 'warn')).toEqual([])
  stage.clock.forward({ minutes: 3 })
  stage.texts.onSettle = () => answer('delivered', { code: 'DELIVERED' })
  await settleDue(stage.system)
  expect(await stage.stored(id)).toMatchObject({ status: 'delivered' })
})

test('messages of an account that is gone stay as they are and are not looked for again', async ({ stage }) => {
  const { id, owner, accountId } = await sentText(stage)
  await removeAccount(owner, accountId)
  stage.clock.forward({ minutes: 10 })
  expect(await settleDue(stage.system)).toBe(0)
  await stopAsking(stage.system)
  expect(await stage.stored(id)).toMatchObject({ status: 'sent', settleAt: null })
})

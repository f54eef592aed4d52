/** Receipts: each counts once, whenever and however often it comes, and only for messages of its account. */
import { eq, sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { message, messageEvent, template } from '#db/schema/index.ts'
import { removeAccount } from '#domain/accounts/accounts.ts'
import { rotateReceiptAddress } from '#domain/accounts/receipt-address.ts'
import { forgetOld } from '#domain/base/forgetting.ts'
import { resendMessage } from '#domain/sending/log/message.ts'
import { applyEarly } from '#domain/sending/receipts/early-receipts.ts'
import { takeReceipts } from '#domain/sending/receipts/receipts.ts'
import { testSend } from '#domain/sending/trials/test-send.ts'
import { refusal } from '../support/fake-provider.ts'
import { expect, type Stage, test } from '../support/make.ts'
import {
  codeCall,
  codeText,
  failure,
  kept,
  mobile,
  outcomeOf,
  push,
  sendText,
  sendTextAlarm,
  texting,
  tokenOf,
} from '../support/texting.ts'

/** A text that was sent, under the provider's id `fake-1`. */
async function sentText(stage: Stage) {
  const given = await texting(stage)
  const id = await sendTextAlarm(stage, given.asApp)
  await stage.deliver()
  return { ...given, id }
}

test('a receipt delivers its message, with the carrier’s code and time in the time line', async ({ stage }) => {
  const { accountId, id } = await sentText(stage)
  stage.clock.forward({ seconds: 9 })
  const at = new Date(stage.clock.now().getTime() - 2000)
  const answer = await push(stage, accountId, [outcomeOf({ reference: id, providerMessageId: 'fake-1', at })])
  expect(answer).toEqual({ status: 200, contentType: 'application/json', body: '{"code":0}' })
  const stored = await stage.stored(id)
  expect(stored).toMatchObject({ status: 'delivered', problem: false, settleAt: null, errorCode: null })
  expect(stored.line).toEqual(['accepted', 'sending', 'sent', 'delivered'])
  expect(stored.events.at(-1)).toMatchObject({
    ...{ at, attempt: 1, accountId, code: 'DELIVERED', providerMessageId: 'fake-1' },
  })
})

test('a receipt of a failure fails its message and says why', async ({ stage }) => {
  const { accountId, id } = await sentText(stage)
  await push(stage, accountId, [failure({ reference: id, providerMessageId: 'fake-1' })])
  expect(await stage.stored(id)).toMatchObject({
    ...{ status: 'failed', problem: true, settleAt: null, errorCode: 'MOBILE_IN_BLACK', errorDetail: 'on a list' },
    line: ['accepted', 'sending', 'sent', 'failed'],
  })
})

for (const [what, item] of [
  ['that nothing is known yet', outcomeOf({ state: 'pending', code: 'REQUEST_SUCCESS' })],
  ['what a person answered', { kind: 'reply', from: mobile, text: 'TD' }],
] as const) {
  test(`a receipt that says ${what} changes nothing`, async ({ stage }) => {
    const { accountId, id } = await sentText(stage)
    const before = await stage.stored(id)
    await push(stage, accountId, [{ ...item, ...(item.kind === 'outcome' ? { reference: id } : {}) }])
    expect(await stage.stored(id)).toEqual(before)
    expect(await kept(stage, accountId)).toEqual([])
  })
}

test('a repeat changes nothing, in the same push, in a later one, or in twenty at once', async ({ stage }) => {
  const { accountId, id } = await sentText(stage)
  const item = failure({ reference: id, providerMessageId: 'fake-1' })
  await Promise.all(Array.from({ length: 20 }, () => push(stage, accountId, [item, item])))
  const first = await stage.stored(id)
  expect(first.line).toEqual(['accepted', 'sending', 'sent', 'failed'])
  stage.clock.forward({ minutes: 5 })
  await push(stage, accountId, [item, { ...item, code: 'OTHER' } as typeof item])
  expect(await stage.stored(id)).toEqual(first)
})

for (const [order, line] of [
  [['delivered', 'failed'], 'a failure after it'],
  [['failed', 'delivered'], 'a failure before it'],
] as const) {
  test(`a delivery counts whatever else is said: ${line} stands in the time line only`, async ({ stage }) => {
    const { accountId, id } = await sentText(stage)
    const items = { delivered: outcomeOf, failed: failure }
    for (const state of order) {
      await push(stage, accountId, [items[state]({ reference: id, providerMessageId: 'fake-1' })])
    }
    const stored = await stage.stored(id)
    expect(stored).toMatchObject({ status: 'delivered', problem: false, errorCode: null, errorDetail: null })
    expect(stored.line).toEqual(['accepted', 'sending', 'sent', ...order])
    for (const state of order) {
      await push(stage, accountId, [items[state]({ reference: id, providerMessageId: 'fake-1' })])
    }
    expect(await stage.stored(id)).toEqual(stored)
  })

  test(`the same in one push: ${line}`, async ({ stage }) => {
    const { accountId, id } = await sentText(stage)
    const about = { reference: id, providerMessageId: 'fake-1' }
    const items = { delivered: outcomeOf(about), failed: failure(about) }
    await push(
      stage,
      accountId,
      order.map((state) => items[state]),
    )
    expect(await stage.stored(id)).toMatchObject({
      status: 'delivered',
      line: ['accepted', 'sending', 'sent', ...order],
    })
  })
}

for (const [state, item] of [
  ['delivered', outcomeOf],
  ['failed', failure],
] as const) {
  test(`a message of unknown outcome is ${state} once a receipt says so`, async ({ stage }) => {
    const { accountId, asApp } = await texting(stage)
    const id = await sendTextAlarm(stage, asApp)
    stage.texts.failNext(refusal('unknown', 'ETIMEDOUT', ''))
    await stage.deliver()
    expect(await stage.stored(id)).toMatchObject({ status: 'unknown', problem: true, providerMessageId: null })
    await push(stage, accountId, [item({ reference: id, providerMessageId: 'biz-7' })])
    const problem = state === 'failed'
    expect(await stage.stored(id)).toMatchObject({ status: state, problem, providerMessageId: 'biz-7' })
  })
}

test('nobody’s address, another provider’s and a replaced one are not found, and what is not a push is refused', async ({
  stage,
}) => {
  const { owner, accountId, id } = await sentText(stage)
  const before = await stage.stored(id)
  const token = await tokenOf(stage, accountId)
  const body = JSON.stringify([outcomeOf({ reference: id })])
  const given = { provider: 'fake-sms', token, body, query: {}, headers: {} }
  for (const wrong of [
    ...[{ token: `${token}x` }, { token: token.slice(1) }, { token: '' }, { token: 'a\0b' }, { token: '%' }],
    ...[{ provider: 'fake-voice' }, { provider: 'fake' }, { provider: 'nothing' }, { provider: 'a\0b' }],
  ]) {
    await expect(takeReceipts(stage.system, { ...given, ...wrong })).rejects.toMatchObject({ code: 'not_found' })
  }
  for (const wrong of ['', '{}', 'null', 'hello']) {
    await expect(takeReceipts(stage.system, { ...given, body: wrong })).rejects.toMatchObject({
      code: 'invalid_request',
    })
  }
  await rotateReceiptAddress(owner, accountId)
  await expect(takeReceipts(stage.system, given)).rejects.toMatchObject({ code: 'not_found' })
  expect(await stage.stored(id)).toEqual(before)
})

test('a provider is told with each message where to push, from a new address on the new one, and when it is of no use', async ({
  stage,
}) => {
  const { owner, accountId, asApp, id } = await sentText(stage)
  const call = (reference: string) => stage.texts.calls.find((one) => one.reference === reference)
  const before = await tokenOf(stage, accountId)
  expect(call(id)).toMatchObject({ receiptToken: before })
  expect(call(id)).not.toHaveProperty('expiresAt')
  stage.clock.forward({ seconds: 1 })
  await rotateReceiptAddress(owner, accountId)
  const code = await sendText(stage, asApp)
  const { expiresAt } = await stage.stored(code)
  await stage.deliver()
  const after = await tokenOf(stage, accountId)
  expect(after).not.toBe(before)
  expect(call(code)).toMatchObject({ receiptToken: after, expiresAt })
  expect(expiresAt).not.toBeNull()
  const tried = await testSend(owner, {
    ...{ channel: 'sms', scenario: 'login', appId: null, content: codeText, to: mobile },
  })
  expect(call(tried.messageId)).toMatchObject({ receiptToken: after })
})

test('an account’s receipts touch no message of another account, of its organization or of any other', async ({
  stage,
}) => {
  const { owner, id } = await sentText(stage)
  const sibling = await stage.account(owner, { channel: 'sms', username: 'second' })
  const stranger = await texting(stage)
  const before = await stage.stored(id)
  for (const accountId of [sibling, stranger.accountId]) {
    await push(stage, accountId, [failure({ reference: id, providerMessageId: 'fake-1' })])
  }
  expect(await kept(stage, sibling)).toEqual([])
  await applyEarly(stage.system)
  expect(await stage.stored(id)).toEqual(before)
})

test('what others send with the account is passed over, and the rest of the push is not', async ({ stage }) => {
  const { accountId, id } = await sentText(stage)
  const old = v7({ msecs: stage.clock.now().getTime() - 3_600_000 })
  const foreign = ['', 'order-17', old, 'f47ac10b-58cc-4372-a567-0e02b2c3d479', 'x'.repeat(5000), 'a\0b\ud83d']
  await push(stage, accountId, [
    ...foreign.map((reference) => failure({ reference, providerMessageId: `${reference}^0` })),
    outcomeOf({ reference: id, providerMessageId: 'fake-1', code: 'D\0', at: new Date('2999-01-01') }),
  ])
  expect(await stage.stored(id)).toMatchObject({ status: 'delivered' })
  expect(await kept(stage, accountId)).toEqual([])
})

test('pushes of the same hundreds at once, in opposite order, count once and do not wait for each other for ever', async ({
  stage,
}) => {
  const { accountId, app, asApp } = await texting(stage)
  const to = (n: number) => `+86138${String(n).padStart(8, '0')}`
  const ids = await Promise.all(Array.from({ length: 600 }, (_, n) => sendTextAlarm(stage, asApp, to(n))))
  while ((await stage.deliver()) > 0);
  const items = ids.map((reference, n) => (n % 3 === 0 ? failure({ reference }) : outcomeOf({ reference })))
  await Promise.all(Array.from({ length: 6 }, (_, n) => push(stage, accountId, n % 2 ? items : items.toReversed())))
  const ended = await stage.db
    .select({ status: message.status, events: sql<number>`count(*)::int` })
    .from(message)
    .innerJoin(messageEvent, eq(messageEvent.messageId, message.id))
    .where(eq(message.appId, app.id))
    .groupBy(message.status)
  expect(ended.sort((a, b) => a.status.localeCompare(b.status))).toEqual([
    { status: 'delivered', events: 400 * 4 },
    { status: 'failed', events: 200 * 4 },
  ])
})

/** A call of the provider that does not return before the test says so. */
function held(stage: Stage) {
  let answer: () => void = () => undefined
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  const called = new Promise<void>((resolve) => {
    stage.texts.onSend = async () => {
      resolve()
      await answered
      return undefined
    }
  })
  return { called, answer }
}

test('a receipt that is faster than the answer to the sending is applied once the sending is recorded', async ({
  stage,
}) => {
  const { accountId, asApp } = await texting(stage)
  const id = await sendTextAlarm(stage, asApp)
  const { called, answer } = held(stage)
  const delivering = stage.deliver()
  await called
  const item = outcomeOf({ reference: id, providerMessageId: 'fake-1' })
  await push(stage, accountId, [item, item])
  expect(await stage.stored(id)).toMatchObject({ status: 'sending' })
  expect(await applyEarly(stage.system)).toBe(0)
  expect(await kept(stage, accountId)).toHaveLength(1)
  answer()
  await delivering
  expect(await stage.stored(id)).toMatchObject({ status: 'sent', providerMessageId: 'fake-1' })
  expect(await Promise.all([applyEarly(stage.system), applyEarly(stage.system)])).toContain(1)
  expect(await stage.stored(id)).toMatchObject({
    ...{ status: 'delivered', settleAt: null, providerMessageId: 'fake-1' },
    line: ['accepted', 'sending', 'sent', 'delivered'],
  })
  expect(await kept(stage, accountId)).toEqual([])
})

test('receipts that arrive while their messages are being recorded are lost neither way', async ({ stage }) => {
  const { accountId, app, asApp } = await texting(stage)
  const to = (n: number) => `+86138${String(n).padStart(8, '0')}`
  const ids = await Promise.all(Array.from({ length: 200 }, (_, n) => sendTextAlarm(stage, asApp, to(n))))
  const pushes: Promise<unknown>[] = []
  stage.texts.onSend = ({ reference }) => {
    pushes.push(push(stage, accountId, [outcomeOf({ reference, providerMessageId: `biz-${reference}` })]))
    return { providerMessageId: `biz-${reference}` }
  }
  await stage.deliver()
  await Promise.all(pushes)
  while ((await applyEarly(stage.system)) > 0);
  expect(pushes).toHaveLength(ids.length)
  expect(await stage.db.$count(message, sql`${message.appId} = ${app.id} and ${message.status} = 'delivered'`)).toBe(
    200,
  )
  for (const id of ids.slice(0, 5)) {
    expect((await stage.stored(id)).line).toEqual(['accepted', 'sending', 'sent', 'delivered'])
  }
})

test('a receipt of a test send that is not in the log yet is not lost', async ({ stage }) => {
  const { accountId, owner } = await texting(stage)
  const { called, answer } = held(stage)
  const place = { channel: 'sms', scenario: 'login', appId: null } as const
  const sending = testSend(owner, { ...place, content: codeText, to: mobile })
  await called
  const reference = stage.texts.calls[0]?.reference ?? ''
  await push(stage, accountId, [outcomeOf({ reference, providerMessageId: 'fake-1' })])
  answer()
  const { messageId } = await sending
  await applyEarly(stage.system)
  expect(await stage.stored(messageId)).toMatchObject({ kind: 'test_send', status: 'delivered' })
})

test('a receipt that names only what the provider calls the message finds it, early or late', async ({ stage }) => {
  const org = await stage.organization()
  const owner = org.as('owner')
  const accountId = await stage.account(owner, { channel: 'voice', validated: true })
  const place = { channel: 'voice', scenario: 'login', appId: null } as const
  const call = (item: object) => push(stage, accountId, [outcomeOf({ to: '', code: '200000', ...item })], 'fake-voice')
  const one = await testSend(owner, { ...place, content: codeCall, to: mobile })
  await call({ providerMessageId: 'fake-1' })
  expect(await stage.stored(one.messageId)).toMatchObject({ status: 'delivered' })
  stage.calls.failNext(refusal('unknown', 'ETIMEDOUT', ''))
  const two = await testSend(owner, { ...place, content: codeCall, to: mobile })
  await call({ providerMessageId: 'call-2', reference: stage.calls.vendorReference?.(two.messageId) })
  expect(await stage.stored(two.messageId)).toMatchObject({ status: 'delivered', providerMessageId: 'call-2' })
  await call({ providerMessageId: 'fake-3' })
  expect(await kept(stage, accountId)).toHaveLength(1)
  const three = await testSend(owner, { ...place, content: codeCall, to: mobile })
  await applyEarly(stage.system)
  expect(await stage.stored(three.messageId)).toMatchObject({ status: 'delivered', providerMessageId: 'fake-3' })
})

test('what was kept for nothing is forgotten after three days', async ({ stage }) => {
  const { accountId, asApp } = await texting(stage)
  const id = await sendTextAlarm(stage, asApp)
  await push(stage, accountId, [outcomeOf({ reference: id })])
  stage.clock.forward({ days: 2.9 })
  await forgetOld(stage.system)
  expect(await kept(stage, accountId)).toHaveLength(1)
  stage.clock.forward({ days: 0.2 })
  await forgetOld(stage.system)
  expect(await kept(stage, accountId)).toEqual([])
})

test('a failure of an earlier attempt says nothing of the one that a person has made since', async ({ stage }) => {
  const { accountId, owner, id } = await sentText(stage)
  const first = failure({ reference: id, providerMessageId: 'fake-1' })
  await push(stage, accountId, [first])
  await resendMessage(owner, id)
  await push(stage, accountId, [first])
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent', providerMessageId: 'fake-2' })
  await applyEarly(stage.system)
  await push(stage, accountId, [first, { ...first, providerMessageId: 'fake-0' } as typeof first])
  expect(await stage.stored(id)).toMatchObject({ status: 'sent', problem: false, errorCode: null })
  await push(stage, accountId, [failure({ reference: id, providerMessageId: 'fake-2' })])
  expect(await stage.stored(id)).toMatchObject({ status: 'failed', providerMessageId: 'fake-2' })
})

test('a code is delivered after it has expired, and its text stays erased', async ({ stage }) => {
  const { accountId, asApp } = await texting(stage)
  const id = await sendText(stage, asApp)
  await stage.deliver()
  stage.clock.forward({ minutes: 30 })
  await push(stage, accountId, [outcomeOf({ reference: id })])
  expect(await stage.stored(id)).toMatchObject({ status: 'delivered', sealedVariables: null })
})

test('a review of a signature or a template has the account’s approvals asked for anew', async ({ stage }) => {
  const { accountId } = await texting(stage)
  const other = await texting(stage)
  const asked = (id: string) =>
    stage.db.$count(template, sql`${template.accountId} = ${id} and ${template.approvalAt} is not null`)
  expect(await asked(accountId)).toBe(2)
  await push(stage, accountId, [{ kind: 'signature_review', name: 'Acme', state: 'rejected', reason: '' }])
  expect([await asked(accountId), await asked(other.accountId)]).toEqual([0, 2])
  await push(stage, other.accountId, [{ kind: 'template_review', code: 'SMS_1', state: 'approved', reason: '' }])
  expect(await asked(other.accountId)).toBe(0)
})

test('what was kept for an account that is gone is forgotten like the rest', async ({ stage }) => {
  const { accountId, owner, asApp } = await texting(stage)
  const id = await sendTextAlarm(stage, asApp)
  await push(stage, accountId, [outcomeOf({ reference: id })])
  await stage.deliver()
  await removeAccount(owner, accountId)
  expect(await applyEarly(stage.system)).toBe(0)
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
})

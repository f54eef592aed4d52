/** Device events: one answer for each, nothing twice, and damping that counts right however many come at once. */
import { and, eq } from 'drizzle-orm'
import { deviceEvent, message, pushDamping } from '#db/schema/index.ts'
import { removeAccount } from '#domain/accounts/accounts.ts'
import { forgetOld } from '#domain/base/forgetting.ts'
import { getPushRule, removePushRule, setPushRuleEnabled } from '#domain/push-rules/push-rules.ts'
import { addScenario } from '#domain/scenarios/scenarios.ts'
import type { Stage } from '../support/make.ts'
import { alarm, ann, bob, cardContent, expect, test } from '../support/push-stage.ts'

const messagesOf = (stage: Stage, { id }: { id: string }) => stage.db.$count(message, eq(message.appId, id))
const eventsOf = (stage: Stage, { id }: { id: string }) => stage.db.$count(deviceEvent, eq(deviceEvent.appId, id))
const values = { ...cardContent.values, thing2: '${held_back}' }
const counting = { content: { ...cardContent, values }, dampingSeconds: 60 }

test('an event makes a message for each rule and template, and is answered with all of them', async ({
  push,
  stage,
}) => {
  const { asApp, ruleId, app, officialId, accountId } = await push.ready('Acme', { name: 'Alarms' })
  const recipients = [
    { openid: ann, email: 'Ann@EXAMPLE.com' },
    { openid: bob, phone: '+8613800138000' },
  ]
  const answer = await push.tell(asApp, { recipients, reference: 'alarm-17' })
  const rule = { id: ruleId, name: 'Alarms' }
  expect(answer).toEqual({
    ...{ id: answer.id, type: 'device_alarm', repeated: false },
    messages: [
      { id: expect.any(String), recipient: 0, channel: 'email', to: 'Ann@example.com', status: 'queued' },
      { id: expect.any(String), recipient: 0, channel: 'official_account', to: ann, rule, status: 'queued' },
      { id: expect.any(String), recipient: 1, channel: 'official_account', to: bob, rule, status: 'queued' },
    ],
    skipped: [
      { recipient: 1, channel: 'voice', reason: 'channel_not_configured' },
      { recipient: 1, channel: 'sms', reason: 'channel_not_configured' },
    ],
  })
  const [mail, card] = await Promise.all(answer.messages.map(({ id }) => stage.stored(id)))
  const shared = {
    appId: app.id,
    kind: 'live',
    status: 'queued',
    reference: 'alarm-17',
    eventId: answer.id,
    attempt: 0,
  }
  expect(mail).toMatchObject({
    ...shared,
    recipient: 'Ann@example.com',
    pushRuleId: null,
    accountId,
    templateVersion: 1,
  })
  expect(card).toMatchObject({
    ...{ ...shared, recipient: ann, pushRuleId: ruleId, accountId: officialId, templateId: null, templateVersion: 1 },
    ...{ expiresAt: null, line: ['accepted'], job: { state: 'created' }, scenario: 'device_alarm' },
    variables: { ...alarm, app_name: 'Shop', held_back: '0', occurred_at: expect.stringMatching(/ UTC$/) },
  })
  expect(card?.events[0]).toMatchObject({ code: null, detail: null })
  expect(mail?.variables).not.toHaveProperty('held_back')
  expect(await push.deliver()).toBe(3)
  expect(push.wechat.calls.map(({ to }) => to).sort()).toEqual([ann, bob])
})

for (const [given, value] of [
  ['2026-11-22T10:02:11.031Z', '2026-11-22 10:02:11 UTC'],
  ['2026-11-22T18:02:11+08:00', '2026-11-22 18:02:11+08:00'],
] as const) {
  test(`when it happened is a variable, in the time it was told in: ${given}`, async ({ push, stage }) => {
    const { asApp } = await push.ready()
    const variableOf = async (event: Parameters<typeof push.tell>[1]) =>
      (await stage.stored((await push.tell(asApp, event)).messages[0]?.id ?? '')).variables.occurred_at
    expect(await variableOf({ occurred_at: given })).toBe(value)
    expect(await variableOf({ occurred_at: given, variables: { ...alarm, occurred_at: 'yesterday' } })).toBe(
      'yesterday',
    )
    await push.deliver()
    // Both went out together, in either order.
    const times = push.wechat.calls.map(({ message }) => (message as { data: { time3: string } }).data.time3)
    expect(times.sort()).toEqual(['2026-11-22 18:02:11', 'yesterday'])
  })
}

test('an event without a moment of its own does not mind being told one', async ({ push }) => {
  const { owner, asApp } = await push.ready()
  await addScenario(owner, { key: 'restock', kind: 'notification', nameEn: 'Restock', nameZh: '补货', variables: [] })
  expect(await push.tell(asApp, { type: 'restock', variables: {}, occurred_at: '2026-11-22T10:02:11Z' })).toMatchObject(
    {
      skipped: [{ reason: 'no_rule' }],
    },
  )
})

for (const [what, event, error] of [
  ['an event that is none', { type: 'nothing' }, { code: 'unknown_scenario' }],
  ['a code', { type: 'login' }, { code: 'unknown_scenario' }],
  [
    'variables that the event does not have',
    { variables: { ...alarm, colour: 'red', held_back: '9' } },
    { code: 'unknown_variables', data: { variables: ['colour', 'held_back'] } },
  ],
] as const) {
  test(`${what} is refused and nothing is kept`, async ({ push, stage }) => {
    const { asApp, app } = await push.ready()
    await expect(push.tell(asApp, event)).rejects.toMatchObject(error)
    expect([await eventsOf(stage, app), await messagesOf(stage, app)]).toEqual([0, 0])
  })
}

test('an event is for Apps only', async ({ push }) => {
  const { owner } = await push.ready()
  await expect(push.tell(owner)).rejects.toMatchObject({ code: 'unauthorized' })
})

test('fifty identical calls at once make one event and are answered alike', async ({ push, stage }) => {
  const { asApp, app } = await push.ready('Acme', { dampingSeconds: 60 })
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => push.tell(asApp, {}, { idempotencyKey: 'alarm-17' })),
  )
  expect(new Set(answers.map(({ repeated: _, ...answer }) => JSON.stringify(answer))).size).toBe(1)
  expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1)
  expect([await eventsOf(stage, app), await messagesOf(stage, app)]).toEqual([1, 1])
})

test('a key stands for one body, for a day, and for its App', async ({ push, stage }) => {
  const { owner, of, asApp, app } = await push.ready()
  const keyed = { idempotencyKey: 'alarm-17' }
  const first = await push.tell(asApp, {}, keyed)
  await expect(push.tell(asApp, { recipients: [{ openid: bob }] }, keyed)).rejects.toMatchObject({
    code: 'idempotency_conflict',
  })
  await expect(push.tell(asApp, { occurred_at: '2026-11-22T10:02:11Z' }, keyed)).rejects.toMatchObject({
    code: 'idempotency_conflict',
  })
  const sibling = await stage.app(owner)
  await push.rule(owner, { ...of, appId: sibling.id })
  expect(await push.tell((await stage.key(owner, sibling.id)).asApp, {}, keyed)).toMatchObject({ repeated: false })
  stage.clock.forward({ days: 1 })
  expect(await push.tell(asApp, {}, keyed)).toEqual({ ...first, repeated: true })
  stage.clock.forward({ ms: 1 })
  const again = await Promise.all(Array.from({ length: 10 }, () => push.tell(asApp, {}, keyed)))
  expect(again.filter(({ repeated }) => !repeated)).toHaveLength(1)
  expect(await messagesOf(stage, app)).toBe(2)
})

test('what was answered once is answered alike, even when its rule and its event are gone', async ({ push }) => {
  const { owner, asApp, ruleId } = await push.ready()
  const first = await push.tell(asApp, {}, { idempotencyKey: 'alarm-17' })
  await removePushRule(owner, ruleId)
  expect(await push.tell(asApp, {}, { idempotencyKey: 'alarm-17' })).toEqual({ ...first, repeated: true })
  expect(await push.tell(asApp)).toMatchObject({ messages: [], skipped: [{ reason: 'no_rule' }] })
})

test('of a thousand events at once one makes a message and 999 are counted', async ({ push, stage }) => {
  const { owner, asApp, app, ruleId } = await push.ready('Acme', counting)
  const answers = await Promise.all(Array.from({ length: 1000 }, () => push.tell(asApp)))
  expect(answers.flatMap(({ messages }) => messages)).toHaveLength(1)
  const reasons = answers.flatMap(({ skipped }) => skipped.map(({ reason, rule }) => `${reason} ${rule?.id}`))
  expect(reasons).toEqual(Array.from({ length: 999 }, () => `held_back ${ruleId}`))
  expect(await messagesOf(stage, app)).toBe(1)
  await push.deliver()
  const heldBack = async () => (await getPushRule(owner, ruleId)).heldBack
  expect(await heldBack()).toBe(999)
  stage.clock.forward({ seconds: 60 })
  const [next] = (await push.tell(asApp)).messages
  expect(await heldBack()).toBe(0)
  const stored = await stage.stored(next?.id ?? '')
  expect(stored.variables.held_back).toBe('999')
  expect(stored.events[0]).toMatchObject({ status: 'accepted', code: 'held_back', detail: '999' })
  await push.deliver()
  expect(push.wechat.calls.map(({ message: card }) => (card as { data: object }).data)).toMatchObject([
    { thing2: '0' },
    { thing2: '999' },
  ])
})

test('each recipient and each rule has a window of its own, which begins with its first message', async ({
  push,
  stage,
}) => {
  const { owner, asApp, of } = await push.ready('Acme', counting)
  const heldBack = async (openid: string) => {
    const { messages } = await push.tell(asApp, { recipients: [{ openid }] })
    const stored = await Promise.all(messages.map(({ id }) => stage.stored(id)))
    return stored.map(({ variables }) => variables.held_back)
  }
  expect(await heldBack(ann)).toEqual(['0'])
  stage.clock.forward({ seconds: 30 })
  expect([await heldBack(ann), await heldBack(bob)]).toEqual([[], ['0']])
  await push.rule(owner, of)
  expect(await heldBack(ann)).toEqual(['0'])
  stage.clock.forward({ seconds: 30 })
  expect([await heldBack(ann), await heldBack(bob)]).toEqual([['2', '0'], ['0']])
  stage.clock.forward({ seconds: 60 })
  expect(await heldBack(ann)).toEqual(['0', '0'])
})

test('events with the same recipients in another order do not stop each other', async ({ push }) => {
  const { asApp } = await push.ready('Acme', counting)
  const openids = Array.from({ length: 20 }, (_, n) => `oNobody${String(n).padStart(21, '0')}`)
  const recipients = openids.map((openid) => ({ openid }))
  const both = [recipients, [...recipients].reverse()]
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => push.tell(asApp, { recipients: both[n % 2] ?? [] })),
  )
  expect(answers.flatMap(({ messages }) => messages)).toHaveLength(20)
})

test('events that come while their rule is deleted are answered all the same', async ({ push, stage }) => {
  for (let round = 0; round < 5; round++) {
    const { owner, asApp, ruleId, app } = await push.ready('Acme', counting)
    const telling = Array.from({ length: 10 }, () => push.tell(asApp))
    await Promise.all([
      ...telling,
      removePushRule(owner, ruleId),
      ...Array.from({ length: 10 }, () => push.tell(asApp)),
    ])
    await push.deliver()
    expect(await stage.db.$count(message, and(eq(message.appId, app.id), eq(message.status, 'queued')))).toBe(0)
  }
})

test('what could not be sent is not counted as the message of its window', async ({ push }) => {
  const { owner, asApp, ruleId } = await push.ready('Acme', counting)
  await setPushRuleEnabled(owner, { id: ruleId, enabled: false })
  expect(await push.tell(asApp)).toMatchObject({ messages: [], skipped: [{ reason: 'rule_disabled' }] })
  await setPushRuleEnabled(owner, { id: ruleId, enabled: true })
  expect(await push.tell(asApp)).toMatchObject({ messages: [{ to: ann }], skipped: [] })
})

test('a test key plans, damps and simulates, and takes nothing from the people it is for', async ({ push, stage }) => {
  const { owner, app, asApp, accountId, ruleId } = await push.ready('Acme', counting)
  const { asApp: asTest } = await stage.key(owner, app.id, { kind: 'test' })
  await removeAccount(owner, accountId)
  const openid = 'oTest0000000000000000_failed'
  const recipients = [{ openid: ann, email: 'sent@example.com' }, { openid }]
  const { messages } = await push.tell(asTest, { recipients })
  expect(await push.tell(asTest, { recipients: [{ openid: ann }] })).toMatchObject({
    skipped: [{ reason: 'held_back' }],
  })
  expect(await getPushRule(owner, ruleId)).toMatchObject({ heldBack: 0 })
  expect(await push.tell(asApp)).toMatchObject({ messages: [{ to: ann }] })
  await push.deliver()
  const ended = await Promise.all(messages.map(({ id }) => stage.stored(id)))
  expect(ended.map(({ channel, kind, status }) => `${channel} ${kind} ${status}`)).toEqual([
    ...['email test sent', 'official_account test delivered', 'official_account test failed'],
  ])
  expect(push.wechat.calls).toMatchObject([{ to: ann }])
})

test('a key for one channel gets the reason for the others', async ({ push, stage }) => {
  const { owner, app } = await push.ready()
  const { asApp } = await stage.key(owner, app.id, { channels: ['email'] })
  const recipients = [{ openid: ann, email: 'ann@example.com' }]
  expect(await push.tell(asApp, { recipients })).toMatchObject({
    ...{ messages: [{ channel: 'email' }], skipped: [{ channel: 'official_account', reason: 'key_scope' }] },
  })
})

test('a code of an event is sealed like any other', async ({ push, stage }) => {
  const { owner, asApp, of } = await push.ready()
  const named = { key: 'pick_up', nameEn: 'Pick up', nameZh: '取件' }
  await addScenario(owner, { ...named, kind: 'notification', variables: ['code'] })
  const content = { ...cardContent, values: { ...cardContent.values, thing1: '${code}', thing2: 'x', time3: '10:00' } }
  await push.rule(owner, of, { scenario: 'pick_up', content })
  const { messages } = await push.tell(asApp, { type: 'pick_up', variables: { code: '73-92-51' } })
  expect(await stage.dump()).not.toContain('73-92-51')
  await push.deliver()
  expect(push.wechat.calls[0]?.message).toMatchObject({ data: { thing1: '73-92-51' } })
  expect(await stage.stored(messages[0]?.id ?? '')).toMatchObject({ status: 'sent', sealedVariables: null })
})

test('old events and windows are let go, and what is still needed stays', async ({ push, stage }) => {
  const { asApp, app, ruleId } = await push.ready('Acme', counting)
  await push.tell(asApp)
  const left = async () => [
    await eventsOf(stage, app),
    await stage.db.$count(pushDamping, and(eq(pushDamping.ruleId, ruleId))),
    await messagesOf(stage, app),
  ]
  const forget = () => forgetOld(stage.system)
  stage.clock.forward({ days: 2 })
  await forget()
  expect(await left()).toEqual([1, 1, 1])
  stage.clock.forward({ ms: 1 })
  await forget()
  expect(await left()).toEqual([0, 1, 1])
  stage.clock.forward({ days: 29 })
  await forget()
  expect(await left()).toEqual([0, 0, 1])
})

test('a window that was opened before the clock was set back is over', async ({ push, stage }) => {
  const { asApp } = await push.ready('Acme', counting)
  const made = async () => (await push.tell(asApp)).messages.length
  stage.clock.forward({ days: 1 })
  expect([await made(), await made()]).toEqual([1, 0])
  stage.clock.forward({ days: -1 })
  expect([await made(), await made()]).toEqual([1, 0])
})

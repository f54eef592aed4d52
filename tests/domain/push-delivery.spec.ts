/** Cards on their way: what each attempt looks up anew, what they wait for, and what ends them. */

import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import { SendError } from '#channels/contract.ts'
import { account, providerReference } from '#db/schema/index.ts'
import { checkOfficialAccount, removeOfficialAccount } from '#domain/accounts/official-accounts.ts'
import { dependentsOf } from '#domain/dependents/dependents.ts'
import { getPushRule, removePushRule, setPushRuleEnabled } from '#domain/push-rules/push-rules.ts'
import { addScenario, removeScenario } from '#domain/scenarios/scenarios.ts'
import { releaseWaiting } from '#domain/sending/deliver/upkeep.ts'
import { messageContent } from '#domain/sending/log/content.ts'
import { getMessage, resendMessage } from '#domain/sending/log/message.ts'
import { refusal } from '../support/fake-provider.ts'
import { endOf } from '../support/make.ts'
import {
  alarmTemplate,
  ann,
  cardContent,
  expect,
  otherTemplate,
  type PushStage,
  test,
  unanswered,
} from '../support/push-stage.ts'

type Ready = Awaited<ReturnType<PushStage['ready']>>

/** An alarm to Ann; the id of its card. */
async function told(push: PushStage, { asApp }: Ready): Promise<string> {
  const { messages } = await push.tell(asApp)
  return messages[0]?.id ?? ''
}

/** Gives back what may go on, and delivers it; how many that was. */
async function goOn(push: PushStage): Promise<number> {
  push.stage.clock.forward({ seconds: 3 })
  await releaseWaiting(push.stage.system)
  return push.deliver()
}

const templateGone = () => new SendError('misconfigured', '40037', 'invalid template_id', undefined, 'approval')

test('a card is sent by its rule, with its names for receipts and the version it was made with', async ({
  push,
  stage,
}) => {
  const ready = await push.ready('Acme', { name: 'Alarms' })
  const id = await told(push, ready)
  await push.deliver()
  expect(push.wechat.calls).toMatchObject([
    {
      ...{ to: ann, reference: id, config: { appSecret: 'right' } },
      message: { templateId: alarmTemplate.code, data: { thing1: 'Pump 3', thing2: 'Too hot' } },
    },
  ])
  const stored = await stage.stored(id)
  expect(stored).toMatchObject({ status: 'sent', accountId: ready.officialId, templateId: null, templateVersion: 1 })
  expect(await stage.db.select().from(providerReference).where(eq(providerReference.messageId, id))).toMatchObject([
    { accountId: ready.officialId, reference: stored.providerMessageId },
  ])
  expect(await getMessage(ready.owner, id)).toMatchObject({
    pushRule: { id: ready.ruleId, name: 'Alarms' },
    ...{ eventId: stored.eventId, recipient: 'oAnn••••00_1' },
  })
  expect(await messageContent(ready.owner, id)).toMatchObject({ card: { lines: [{ value: 'Pump 3' }, {}, {}] } })
})

test('a changed rule is what queued messages are sent by, and every card is shown as it went out', async ({ push }) => {
  const ready = await push.ready()
  const { owner, of, ruleId: id } = ready
  const sent = await told(push, ready)
  await push.deliver()
  const queued = await told(push, ready)
  const values = { ...cardContent.values, thing1: 'Look at ${device_name}' }
  await push.rule(owner, of, { id, baseVersion: 1, content: { ...cardContent, values } })
  await push.deliver()
  expect(push.wechat.calls.map(({ message }) => message)).toMatchObject([
    { data: { thing1: 'Pump 3' } },
    { data: { thing1: 'Look at Pump 3' } },
  ])
  const shown = async () =>
    Promise.all([sent, queued].map(async (message) => (await messageContent(owner, message)) as object))
  const asSent = [
    { templateId: alarmTemplate.code, data: { thing1: 'Pump 3' } },
    { templateId: alarmTemplate.code, data: { thing1: 'Look at Pump 3' } },
  ]
  expect(await shown()).toMatchObject(asSent)
  await setPushRuleEnabled(owner, { id, enabled: false })
  await removePushRule(owner, id)
  expect(await shown()).toMatchObject(asSent)
})

test('a card is shown even when its event is gone with its rule, with a code as dots', async ({ push }) => {
  const { owner, asApp, of } = await push.ready()
  const named = { key: 'pick_up', kind: 'notification', nameEn: 'Pick up', nameZh: '取件' } as const
  await addScenario(owner, { ...named, variables: ['code', 'locker'] })
  const values = { thing1: '${locker}', thing2: '${code} +${held_back}', time3: '10:00' }
  await push.rule(owner, of, { scenario: 'pick_up', content: { ...cardContent, values } })
  const { messages } = await push.tell(asApp, { type: 'pick_up', variables: { code: '739251', locker: 'B 12' } })
  await push.deliver()
  await removeScenario(owner, 'pick_up')
  expect(await messageContent(owner, messages[0]?.id ?? '')).toMatchObject({
    data: { thing1: 'B 12', thing2: '•••••• +0', time3: '10:00' },
  })
})

test('deleting the account holds cards back until the rule is given another one, and they say why', async ({
  push,
  stage,
}) => {
  const ready = await push.ready()
  const { owner, of, officialId, ruleId } = ready
  const id = await told(push, ready)
  await removeOfficialAccount(owner, officialId)
  expect(await push.tell(ready.asApp)).toMatchObject({
    ...{ messages: [], skipped: [{ reason: 'rule_invalid', detail: 'account_deleted', rule: { id: ruleId } }] },
  })
  await push.deliver()
  expect(await stage.stored(id)).toMatchObject({
    ...{ status: 'queued', waiting: true, waitsFor: 'template', errorCode: 'template_not_usable' },
    errorDetail: 'account_deleted',
  })
  expect(await goOn(push)).toBe(0)
  const accountId = await push.account(owner, { appId: 'wx00000000000000bb' })
  await push.rule(owner, { ...of, accountId }, { id: ruleId, baseVersion: 1 })
  expect(await goOn(push)).toBe(1)
  expect(await stage.stored(id)).toMatchObject({ status: 'sent', accountId, waiting: false, waitsFor: null })
  expect(push.wechat.calls).toMatchObject([{ config: { appId: 'wx00000000000000bb' } }])
})

test('a rule that is switched off holds its cards back until it is switched on', async ({ push, stage }) => {
  const ready = await push.ready()
  const { owner, ruleId: id } = ready
  const message = await told(push, ready)
  await setPushRuleEnabled(owner, { id, enabled: false })
  await push.deliver()
  expect(await stage.stored(message)).toMatchObject({ waiting: true, errorDetail: 'rule_disabled' })
  expect(await goOn(push)).toBe(0)
  await setPushRuleEnabled(owner, { id, enabled: true })
  expect(await goOn(push)).toBe(1)
  expect(await stage.stored(message)).toMatchObject({ status: 'sent' })
})

test('a rule that was switched on by a clock that is behind sets its cards free all the same', async ({
  push,
  stage,
}) => {
  const ready = await push.ready()
  const { owner, ruleId: id } = ready
  const message = await told(push, ready)
  await setPushRuleEnabled(owner, { id, enabled: false })
  await push.deliver()
  await setPushRuleEnabled(
    { ...owner, now: () => new Date(stage.clock.now().getTime() - 60_000) },
    { id, enabled: true },
  )
  expect(await goOn(push)).toBe(1)
  expect(await stage.stored(message)).toMatchObject({ status: 'sent' })
})

test('a card whose rule is deleted has failed, waiting or not', async ({ push, stage }) => {
  const ready = await push.ready()
  const { owner, ruleId: id } = ready
  const waiting = await told(push, ready)
  await setPushRuleEnabled(owner, { id, enabled: false })
  await push.deliver()
  await setPushRuleEnabled(owner, { id, enabled: true })
  const later = await told(push, ready)
  await removePushRule(owner, id)
  expect(await goOn(push)).toBe(2)
  for (const message of [waiting, later]) {
    expect(await stage.stored(message)).toMatchObject({ status: 'failed', problem: true, errorCode: 'push_rule_gone' })
  }
  expect(await getMessage(owner, later)).toMatchObject({ pushRule: null })
  await resendMessage(owner, later)
  expect(await push.deliver()).toBe(1)
  expect(await stage.stored(later)).toMatchObject({ status: 'failed', errorCode: 'push_rule_gone' })
  expect(push.wechat.calls).toEqual([])
})

test('a card of a rule that is for another event by now is not sent by it', async ({ push, stage }) => {
  const ready = await push.ready()
  const id = await told(push, ready)
  await push.rule(ready.owner, ready.of, { id: ready.ruleId, baseVersion: 1, scenario: 'device_offline' })
  await push.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'failed', errorCode: 'push_rule_gone' })
})

test('a template that is refused at a send makes the rule invalid, not the account, until it is listed again', async ({
  push,
  stage,
}) => {
  const ready = await push.ready()
  const { owner, ruleId, officialId } = ready
  const id = await told(push, ready)
  push.wechat.failNext(templateGone())
  push.wechat.list = () => [otherTemplate]
  await push.deliver()
  expect(await stage.stored(id)).toMatchObject({ waiting: true, waitsFor: 'template', errorCode: '40037' })
  expect(await getPushRule(owner, ruleId)).toMatchObject({ state: 'invalid', invalidReason: 'template_gone' })
  const [row] = await stage.db.select().from(account).where(eq(account.id, officialId))
  expect(row?.failingSince).toBeNull()
  expect(await push.tell(ready.asApp)).toMatchObject({ skipped: [{ reason: 'rule_invalid', detail: 'template_gone' }] })
  expect(await goOn(push)).toBe(0)
  push.wechat.list = () => [alarmTemplate]
  stage.clock.forward({ minutes: 30 })
  await push.refresh(officialId)
  expect(await goOn(push)).toBe(1)
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
})

test('one refusal of a template that is listed stops nothing, and the card is tried again', async ({ push, stage }) => {
  const ready = await push.ready()
  const id = await told(push, ready)
  push.wechat.failNext(templateGone())
  await push.deliver()
  expect(await getPushRule(ready.owner, ready.ruleId)).toMatchObject({ state: 'enabled' })
  expect(await stage.stored(id)).toMatchObject({ status: 'queued', waiting: false, errorCode: '40037' })
  stage.clock.forward({ minutes: 1 })
  await push.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
})

test('a refusal that could not be asked about stops the rule until its template is listed', async ({ push, stage }) => {
  const ready = await push.ready()
  const id = await told(push, ready)
  const { list } = push.wechat
  push.wechat.list = () => {
    throw unanswered()
  }
  push.wechat.failNext(templateGone())
  await push.deliver()
  const invalid = { state: 'invalid', invalidReason: 'refused_unconfirmed' }
  expect(await getPushRule(ready.owner, ready.ruleId)).toMatchObject(invalid)
  push.wechat.list = list
  stage.clock.forward({ minutes: 30 })
  await push.refresh(ready.officialId)
  expect(await goOn(push)).toBe(1)
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
})

test('what a card says and is refused for stays refused until the rule is saved', async ({ push, stage }) => {
  const ready = await push.ready()
  const { owner, of, ruleId: id, officialId } = ready
  const message = await told(push, ready)
  push.wechat.failNext(new SendError('misconfigured', '40165', 'invalid mini program', undefined, 'template'))
  await push.deliver()
  expect(await getPushRule(owner, id)).toMatchObject({ state: 'invalid', invalidReason: 'refused_at_send' })
  stage.clock.forward({ minutes: 30 })
  await push.refresh(officialId)
  expect(await goOn(push)).toBe(0)
  await push.rule(owner, of, { id, baseVersion: 1 })
  expect(await goOn(push)).toBe(1)
  expect(await stage.stored(message)).toMatchObject({ status: 'sent' })
})

test('a template that is entered by hand and refused is taken for gone', async ({ push }) => {
  const ready = await push.ready()
  push.wechat.list = () => []
  await told(push, ready)
  push.wechat.failNext(templateGone())
  await push.deliver()
  expect(await getPushRule(ready.owner, ready.ruleId)).toMatchObject({ invalidReason: 'template_gone' })
})

test('a refusal of what was replaced meanwhile does not make the rule invalid', async ({ push, stage }) => {
  const ready = await push.ready()
  const { owner, of, ruleId: id } = ready
  const message = await told(push, ready)
  push.wechat.onSend = async () => {
    push.wechat.onSend = () => undefined
    stage.clock.forward({ seconds: 1 })
    const content = { ...cardContent, templateId: otherTemplate.code, templateText: otherTemplate.text }
    await push.rule(owner, of, { id, baseVersion: 1, content: { ...content, values: { thing1: '${device_name}' } } })
    throw templateGone()
  }
  await push.deliver()
  expect(await getPushRule(owner, id)).toMatchObject({ state: 'enabled' })
  expect(await goOn(push)).toBe(1)
  expect(await stage.stored(message)).toMatchObject({ status: 'sent' })
})

test('an account that fails holds the cards of all its rules until it passes a check, and no others', async ({
  push,
  stage,
}) => {
  const ready = await push.ready()
  const { owner, of, officialId, asApp } = ready
  const otherId = await push.account(owner)
  await push.rule(owner, { ...of, accountId: otherId })
  push.wechat.onSend = () => {
    push.wechat.onSend = () => undefined
    throw refusal('misconfigured', '40164', '203.0.113.9')
  }
  await told(push, ready)
  await push.deliver()
  const { messages } = await push.tell(asApp)
  await push.deliver()
  const states = async (ids: string[]) =>
    (await Promise.all(ids.map((id) => stage.stored(id)))).map(({ status }) => status)
  const failing = await stage.db
    .select({ id: account.id })
    .from(account)
    .where(and(isNotNull(account.failingSince), inArray(account.id, [officialId, otherId])))
  expect(failing).toHaveLength(1)
  const failingId = failing[0]?.id ?? ''
  expect((await states(messages.map(({ id }) => id))).sort()).toEqual(['queued', 'sent'])
  expect(await goOn(push)).toBe(0)
  expect(await dependentsOf(owner, { kind: 'account', id: failingId })).toContainEqual({
    ...{ code: 'cards_without_account', count: 2 },
  })
  await endOf(checkOfficialAccount(owner, failingId))
  expect(await goOn(push)).toBe(2)
  expect(await states(messages.map(({ id }) => id))).toEqual(['sent', 'sent'])
})

test('the jobs of official accounts stand in a line for each account', async ({ push, stage }) => {
  const ready = await push.ready()
  const { owner, of, officialId, asApp, org } = ready
  const second = await push.account(owner)
  await push.rule(owner, { ...of, accountId: second })
  await push.tell(asApp, { recipients: [{ openid: ann, email: 'ann@example.com' }] })
  const groups = async () => (await stage.takeDue()).map(({ group }) => group).sort()
  expect(await groups()).toEqual([`${org.id}:${officialId}`, `${org.id}:${second}`, `${org.id}:email`].sort())
})

test('a repeat goes to the line of its account', async ({ push, stage }) => {
  const ready = await push.ready()
  const { officialId, org } = ready
  await told(push, ready)
  push.wechat.failNext(refusal('retry', '-1'))
  await push.deliver()
  stage.clock.forward({ minutes: 1 })
  expect((await stage.takeDue()).map(({ group }) => group)).toEqual([`${org.id}:${officialId}`])
})

test('cards and mails that are delivered together each stand on their own ground', async ({ push, stage }) => {
  const [one, two] = [await push.ready('One'), await push.ready('Two')]
  const recipients = [{ openid: ann, email: 'ann@example.com' }]
  const ids = (await Promise.all([one, two].map(({ asApp }) => push.tell(asApp, { recipients })))).flatMap(
    ({ messages }) => messages.map(({ id }) => id),
  )
  await removeOfficialAccount(two.owner, two.officialId)
  expect(await push.deliver()).toBe(4)
  const stored = await Promise.all(ids.map((id) => stage.stored(id)))
  expect(stored.map(({ channel, status }) => `${channel} ${status}`)).toEqual([
    ...['email sent', 'official_account sent', 'email sent', 'official_account queued'],
  ])
})

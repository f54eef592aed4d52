/** Approvals: what a provider has not approved is not sent, and is again once it has been. */
import { eq } from 'drizzle-orm'
import { SendError } from '#channels/contract.ts'
import { account, message, template } from '#db/schema/index.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { releaseWaiting } from '#domain/sending/deliver/upkeep.ts'
import { refreshAccount, refreshNext } from '#domain/templates/approvals.ts'
import { coverage } from '#domain/templates/coverage.ts'
import { refreshApprovals } from '#domain/templates/provider-lists.ts'
import { listTemplates } from '#domain/templates/reading.ts'
import { resetTemplate } from '#domain/templates/resetting.ts'
import { choiceOf, outOfReach, texts } from '../support/fake-carrier.ts'
import { endOf, expect, type Stage, test } from '../support/make.ts'
import { alarmText, mobile, sendTextAlarm, texting } from '../support/texting.ts'

const abroad = '+85291234567'

// What the specs before this one left would be refreshed and released as well.
test.beforeEach(async ({ stage }) => {
  await stage.db.delete(template)
  await stage.db.update(message).set({ waiting: false })
})

const cellOf = async (ctx: Ctx, appId: string, scenario = 'login', audience = 'mainland') =>
  (await coverage(ctx, { appId })).cells.find(
    (cell) => cell.scenario === scenario && cell.channel === 'sms' && cell.audience === audience,
  )

type Lists = Stage['texts']['lists']
const signatureIs = (change: object) => (lists: Lists) =>
  void lists.signatures.splice(0, 1, { ...(lists.signatures[0] as Lists['signatures'][0]), ...change })
const templateIs = (change: object) => (lists: Lists) =>
  void lists.templates.splice(0, 1, { ...(lists.templates[0] as Lists['templates'][0]), ...change })

for (const [change, reason, detail] of [
  [signatureIs({ name: 'Gone' }), 'signature_gone', ''],
  [signatureIs({ state: 'in_review' }), 'signature_in_review', ''],
  [signatureIs({ state: 'rejected', reason: '资质不符' }), 'signature_rejected', '资质不符'],
  [signatureIs({ state: 'cancelled' }), 'signature_cancelled', ''],
  [signatureIs({ state: 'unknown' }), 'signature_unknown', ''],
  [templateIs({ code: 'SMS_9' }), 'template_gone', ''],
  [templateIs({ state: 'in_review' }), 'template_in_review', ''],
  [templateIs({ state: 'rejected', reason: 'x'.repeat(400) }), 'template_rejected', 'x'.repeat(300)],
  [templateIs({ state: 'cancelled' }), 'template_cancelled', ''],
  [templateIs({ state: 'unknown' }), 'template_unknown', ''],
  [templateIs({ type: 'international' }), 'template_for_others', ''],
  [templateIs({ text: 'Another ${code}.' }), 'template_text_changed', ''],
] as const) {
  test(`a template whose approval is lost is not used, and says why: ${reason}`, async ({ stage }) => {
    const { owner, org, app, accountId, asApp } = await texting(stage)
    const lists = structuredClone(stage.texts.lists)
    change(stage.texts.lists)
    await refreshAccount(stage.system, org.id, accountId)
    expect(await cellOf(owner, app.id)).toMatchObject({ state: 'template_not_usable', blocked: { reason, detail } })
    await expect(stage.send(asApp, { channel: 'sms', to: mobile })).rejects.toMatchObject({
      ...{ code: 'template_not_usable', data: { reason } },
    })
    stage.texts.lists = lists
    await refreshAccount(stage.system, org.id, accountId)
    expect(await cellOf(owner, app.id)).toMatchObject({ state: 'usable', blocked: null })
    await stage.send(asApp, { channel: 'sms', to: mobile })
  })
}

test('a signature and a template count for the audiences that they are approved for, each apart', async ({ stage }) => {
  const { owner, org, app, accountId } = await texting(stage)
  const { lists } = stage.texts
  const [signature, template] = [lists.signatures[0], lists.templates[0]]
  if (!signature || !template) throw new Error('There is nothing to choose.')
  const inReview = { ...signature, state: 'in_review' as const, audiences: ['international'] }
  lists.signatures.splice(0, 1, inReview, { ...signature, audiences: ['mainland'] })
  lists.templates.splice(0, 1, { ...template, type: 'international', audiences: ['mainland', 'international'] })
  await refreshAccount(stage.system, org.id, accountId)
  expect(await cellOf(owner, app.id)).toMatchObject({ state: 'usable', blocked: null })
  lists.templates.splice(0, 1, { ...template, audiences: ['international'] })
  await refreshAccount(stage.system, org.id, accountId)
  expect(await cellOf(owner, app.id)).toMatchObject({ blocked: { reason: 'template_for_others' } })
  lists.signatures.splice(0, 2, { ...signature, audiences: ['international'] })
  await refreshAccount(stage.system, org.id, accountId)
  expect(await cellOf(owner, app.id)).toMatchObject({ blocked: { reason: 'signature_gone' } })
})

test('carriers that have not registered a signature are remarked on and block nothing', async ({ stage }) => {
  const { owner, org, app, accountId } = await texting(stage)
  const carriers = (['registered', 'failed', 'unproven'] as const).map((state, n) => ({
    ...{ carrier: ['mobile', 'unicom', 'telecom'][n] ?? '', state, reason: n === 1 ? '资料不一致' : '' },
  }))
  signatureIs({ carriers })(stage.texts.lists)
  await refreshAccount(stage.system, org.id, accountId)
  expect(await cellOf(owner, app.id)).toMatchObject({ state: 'usable' })
  const [row] = await stage.db.select().from(template).where(eq(template.accountId, accountId))
  expect(row?.approval.mainland?.remarks).toEqual([
    { code: 'carrier_failed', params: { carrier: 'unicom', reason: '资料不一致' } },
    { code: 'carrier_unproven', params: { carrier: 'telecom', reason: '' } },
  ])
})

test('each audience stands by itself, and one that nothing was chosen for is refused', async ({ stage }) => {
  const { owner, org, app, accountId, asApp } = await texting(stage)
  await expect(stage.send(asApp, { channel: 'sms', to: abroad })).rejects.toMatchObject({
    data: { reason: 'no_international_template' },
  })
  const content = { mainland: choiceOf(texts.code), international: choiceOf(texts.codeAbroad) }
  await stage.template(owner, { channel: 'sms', content, baseVersion: 1 })
  await stage.send(asApp, { channel: 'sms', to: abroad })
  templateIs({ state: 'rejected' })(stage.texts.lists)
  await refreshAccount(stage.system, org.id, accountId)
  expect(await cellOf(owner, app.id)).toMatchObject({ state: 'template_not_usable' })
  expect(await cellOf(owner, app.id, 'login', 'international')).toMatchObject({ state: 'usable' })
  const sent = await stage.send(asApp, { channel: 'sms', to: abroad })
  await stage.deliver()
  expect(await stage.stored(sent.id)).toMatchObject({ status: 'sent' })
  expect(stage.texts.calls.at(-1)).toMatchObject({ to: abroad, message: { templateCode: 'SMS_2001' } })
})

/** A message in the queue whose template has lost its approval, and which waits therefore. */
async function waitingText(stage: Stage) {
  const given = await texting(stage)
  const id = await sendTextAlarm(stage, given.asApp)
  const lists = structuredClone(stage.texts.lists)
  stage.texts.lists.signatures = []
  await refreshAccount(stage.system, given.org.id, given.accountId)
  stage.clock.forward({ minutes: 1 })
  await stage.deliver()
  const refused = { status: 'queued', waiting: true, waitsFor: 'template', errorCode: 'template_not_usable' }
  expect(await stage.stored(id)).toMatchObject({ ...refused, errorDetail: 'signature_gone' })
  expect(stage.texts.calls).toEqual([])
  stage.clock.forward({ seconds: 30 })
  expect(await releaseWaiting(stage.system)).toBe(0)
  return { ...given, id, lists }
}

test('a message whose template loses its approval waits, and goes out once when it is back', async ({ stage }) => {
  const { org, accountId, id, lists } = await waitingText(stage)
  stage.texts.lists = lists
  await refreshAccount(stage.system, org.id, accountId)
  expect((await Promise.all([1, 2, 3].map(() => releaseWaiting(stage.system)))).sort()).toEqual([0, 0, 1])
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({
    ...{ status: 'sent', waitsFor: null },
    line: ['accepted', 'sending', 'waiting', 'sending', 'sent'],
  })
  expect(await releaseWaiting(stage.system)).toBe(0)
})

test('a message that waits is looked at again when its template is changed, and waits on where that is no help', async ({
  stage,
}) => {
  const { owner, id, lists } = await waitingText(stage)
  stage.texts.lists = lists
  const place = { channel: 'sms', scenario: 'device_alarm' } as const
  const abroadOnly = { mainland: null, international: choiceOf({ ...texts.alarm, code: 'SMS_3' }) }
  stage.texts.lists.templates.push({ ...texts.alarm, code: 'SMS_3', type: 'international' })
  await stage.template(owner, { ...place, content: abroadOnly, baseVersion: 1 })
  for (let tries = 0; tries < 5; tries++) {
    while ((await releaseWaiting(stage.system)) > 0) await stage.deliver()
    stage.clock.forward({ seconds: 2 })
  }
  const stored = await stage.stored(id)
  expect(stored).toMatchObject({ waiting: true, errorDetail: 'no_mainland_template' })
  expect(stored.attempt).toBeLessThan(4)
  await stage.template(owner, { ...place, content: alarmText, baseVersion: 2 })
  await releaseWaiting(stage.system)
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent', templateVersion: 3 })
})

test('a template that is put right between the look at it and the record of that is not waited for in vain', async ({
  stage,
}) => {
  for (const put of ['saved', 'approved'] as const) {
    const { owner, org, accountId, asApp } = await texting(stage)
    const lists = structuredClone(stage.texts.lists)
    const id = await sendTextAlarm(stage, asApp)
    stage.texts.onSend = async () => {
      stage.clock.forward({ ms: 1 })
      if (put === 'saved') {
        await stage.template(owner, { channel: 'sms', scenario: 'device_alarm', content: alarmText, baseVersion: 1 })
      } else {
        stage.texts.lists.signatures = []
        await refreshAccount(stage.system, org.id, accountId)
        stage.clock.forward({ ms: 1 })
        stage.texts.lists = lists
        await refreshAccount(stage.system, org.id, accountId)
      }
      stage.texts.onSend = () => undefined
      throw new SendError('misconfigured', 'isv.SMS_SIGNATURE_ILLEGAL', '', undefined, 'template')
    }
    await stage.deliver()
    expect(await stage.stored(id)).toMatchObject({ waiting: true, waitsFor: 'template' })
    stage.clock.forward({ seconds: 3 })
    expect(await releaseWaiting(stage.system)).toBe(1)
    await stage.deliver()
    expect(await stage.stored(id), put).toMatchObject({ status: 'sent' })
  }
})

test('what was put right by a clock that is behind, or took long to be stored, is not waited for in vain', async ({
  stage,
}) => {
  for (const [put, behind] of [
    ['saved', 60],
    ['approved', 1],
  ] as const) {
    const { owner, org, accountId, id, lists } = await waitingText(stage)
    stage.clock.forward({ seconds: -30 - behind })
    stage.texts.lists = lists
    if (put === 'approved') await refreshAccount(stage.system, org.id, accountId)
    else await stage.template(owner, { channel: 'sms', scenario: 'device_alarm', content: alarmText, baseVersion: 1 })
    stage.clock.forward({ seconds: 90 })
    expect(await releaseWaiting(stage.system), put).toBe(1)
    await stage.deliver()
    expect(await stage.stored(id), put).toMatchObject({ status: 'sent' })
    stage.texts.calls.splice(0)
  }
})

test('a message that waits for an App’s template goes out by the default once the App has none', async ({ stage }) => {
  const { owner, app, asApp } = await texting(stage)
  const place = { channel: 'sms', scenario: 'device_alarm' } as const
  const other = { mainland: choiceOf(texts.alarm, 'Beta'), international: null }
  await stage.template(owner, { ...place, appId: app.id, content: other })
  const id = await sendTextAlarm(stage, asApp)
  stage.texts.lists.signatures.pop()
  await refreshApprovals(owner, { channel: 'sms', accountId: null })
  stage.clock.forward({ minutes: 1 })
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ waiting: true, waitsFor: 'template' })
  stage.clock.forward({ minutes: 1 })
  const [bound] = await stage.db.select().from(template).where(eq(template.appId, app.id))
  await resetTemplate(owner, { ...place, appId: app.id, accountId: bound?.accountId ?? null })
  expect(await releaseWaiting(stage.system)).toBe(1)
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
  expect(stage.texts.calls).toMatchObject([{ message: { signName: 'Acme' } }])
})

test('a refusal for the template’s sake stops that template alone, until somebody saves it again', async ({
  stage,
}) => {
  const { owner, org, app, accountId, asApp } = await texting(stage)
  const [alarm, code] = [
    await sendTextAlarm(stage, asApp),
    (await stage.send(asApp, { channel: 'sms', to: mobile })).id,
  ]
  stage.texts.onSend = ({ message }) => {
    if ((message as { templateCode: string }).templateCode === 'SMS_1001') return undefined
    throw new SendError('misconfigured', 'isv.SMS_TEMPLATE_ILLEGAL', '该账号下找不到对应模板', undefined, 'template')
  }
  await stage.deliver()
  expect(await stage.stored(code)).toMatchObject({ status: 'sent' })
  expect(await stage.stored(alarm)).toMatchObject({ waiting: true, errorCode: 'isv.SMS_TEMPLATE_ILLEGAL' })
  const detail = '该账号下找不到对应模板 · isv.SMS_TEMPLATE_ILLEGAL'
  const refused = { state: 'template_not_usable', blocked: { reason: 'refused_by_provider', detail } }
  expect(await cellOf(owner, app.id, 'device_alarm')).toMatchObject(refused)
  expect(await cellOf(owner, app.id)).toMatchObject({ state: 'usable' })
  const [row] = await stage.db.select().from(account).where(eq(account.id, accountId))
  expect(row?.failingSince).toBeNull()
  stage.clock.forward({ minutes: 10 })
  await refreshAccount(stage.system, org.id, accountId)
  expect(await cellOf(owner, app.id, 'device_alarm')).toMatchObject(refused)
  stage.texts.onSend = () => undefined
  await stage.template(owner, { channel: 'sms', scenario: 'device_alarm', content: alarmText, baseVersion: 1 })
  await releaseWaiting(stage.system)
  await stage.deliver()
  expect(await stage.stored(alarm)).toMatchObject({ status: 'sent' })
})

test('a refusal that comes while the lists are read is not forgotten over them', async ({ stage }) => {
  const { owner, org, app, accountId, asApp } = await texting(stage)
  await sendTextAlarm(stage, asApp)
  stage.texts.onSend = () => {
    throw new SendError('misconfigured', 'isv.SMS_TEMPLATE_ILLEGAL', '', undefined, 'template')
  }
  stage.texts.onList = async () => void (await stage.deliver())
  await refreshAccount(stage.system, org.id, accountId)
  expect(await cellOf(owner, app.id, 'device_alarm')).toMatchObject({ blocked: { reason: 'refused_by_provider' } })
})

test('a template that is saved while the lists are read stands as it was saved', async ({ stage }) => {
  const { owner, org, app, accountId } = await texting(stage)
  const lists = structuredClone(stage.texts.lists)
  stage.texts.lists = { signatures: [], templates: [] }
  stage.texts.onList = async () => {
    stage.texts.onList = () => undefined
    const gone = stage.texts.lists
    stage.texts.lists = lists
    await stage.template(owner, { channel: 'sms', scenario: 'device_alarm', content: alarmText, baseVersion: 1 })
    stage.texts.lists = gone
  }
  await refreshAccount(stage.system, org.id, accountId)
  expect(await cellOf(owner, app.id, 'device_alarm')).toMatchObject({ state: 'usable', version: 2 })
  expect(await cellOf(owner, app.id)).toMatchObject({ blocked: { reason: 'signature_gone' } })
})

test('a look that began with the access that the account had before counts for nothing', async ({ stage }) => {
  const { owner, app, accountId } = await texting(stage)
  stage.clock.forward({ minutes: 10 })
  stage.texts.onList = async () => {
    stage.texts.onList = () => undefined
    // As saving another access does, which has none of them.
    await stage.db.update(template).set({ approvalAt: null }).where(eq(template.accountId, accountId))
  }
  expect(await refreshNext(stage.system)).toBe(true)
  stage.texts.lists = { signatures: [], templates: [] }
  expect(await refreshNext(stage.system)).toBe(true)
  expect(await cellOf(owner, app.id)).toMatchObject({ blocked: { reason: 'signature_gone' } })
})

test('an account is asked again every ten minutes, by one of the workers, whether it answers or not', async ({
  stage,
}) => {
  const [one, two] = [await texting(stage), await texting(stage)]
  stage.texts.listed = []
  const all = async () => {
    const turn = async () => {
      while (await refreshNext(stage.system));
    }
    await Promise.all([turn(), turn(), turn()])
    return stage.texts.listed.splice(0).length
  }
  expect(await all()).toBe(0)
  stage.clock.forward({ minutes: 10 })
  stage.texts.onList = () => new Promise((resolve) => setTimeout(resolve, 50))
  expect(await all()).toBe(2)
  expect(await all()).toBe(0)
  await stage.db.update(template).set({ approvalAt: null }).where(eq(template.accountId, one.accountId))
  expect(await all()).toBe(1)
  stage.clock.forward({ minutes: 10 })
  stage.texts.lists.signatures = []
  stage.texts.onList = () => {
    throw outOfReach()
  }
  expect(await all()).toBe(2)
  expect(await all()).toBe(0)
  expect(stage.log.filter(({ level }) => level === 'warn')).toHaveLength(2)
  for (const { owner, app } of [one, two]) expect(await cellOf(owner, app.id)).toMatchObject({ state: 'usable' })
})

test('a catalog without anything to approve asks nobody', async ({ stage }) => {
  stage.lent.catalog = { ...stage.lent.catalog, channels: stage.lent.catalog.channels.filter(({ named }) => !named) }
  expect(await refreshNext(stage.system)).toBe(false)
})

test('a template of an account that is not in force is not used, and is again once the account is', async ({
  stage,
}) => {
  const { owner, app, accountId, asApp } = await texting(stage)
  const id = await sendTextAlarm(stage, asApp)
  const keptFor = async () => (await listTemplates(owner, 'sms')).map((listed) => listed.keptFor)
  expect(new Set(await keptFor())).toEqual(new Set([null]))
  const second = await stage.account(owner, { channel: 'sms', username: 'second', validated: true })
  expect((await keptFor()).every((name) => name?.startsWith('Account '))).toBe(true)
  expect(await cellOf(owner, app.id)).toMatchObject({ blocked: { reason: 'other_account' } })
  await expect(stage.send(asApp, { channel: 'sms', to: mobile })).rejects.toMatchObject({
    data: { reason: 'other_account' },
  })
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ waiting: true, errorDetail: 'other_account' })
  await stage.template(owner, { channel: 'sms', content: { mainland: choiceOf(texts.code), international: null } })
  expect(await cellOf(owner, app.id)).toMatchObject({ state: 'usable', version: 1 })
  stage.clock.forward({ minutes: 1 })
  await endOf(validateAccount(owner, { id: accountId }))
  expect(await releaseWaiting(stage.system)).toBe(1)
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent', accountId })
  expect(stage.texts.calls).toMatchObject([{ config: { username: 'first' } }])
  expect(second).not.toBe(accountId)
})

for (const fallBack of [false, true]) {
  const ends = fallBack
    ? 'gives way to the default where its owner said so'
    : 'does not give way to the default unasked'
  test(`an App’s template that is not approved ${ends}`, async ({ stage }) => {
    const { owner, app, asApp } = await texting(stage)
    const own = { mainland: choiceOf(texts.code, 'Beta'), international: null }
    await stage.template(owner, { channel: 'sms', appId: app.id, content: own, fallBack })
    expect(await cellOf(owner, app.id)).toMatchObject({ state: 'usable', origin: 'app' })
    stage.texts.lists.signatures.pop()
    await refreshApprovals(owner, { channel: 'sms', accountId: null })
    const send = () => stage.send(asApp, { channel: 'sms', to: mobile })
    if (fallBack) {
      expect(await cellOf(owner, app.id)).toMatchObject({ state: 'usable', origin: 'default' })
      await send()
      await stage.deliver()
      expect(stage.texts.calls).toMatchObject([{ message: { signName: 'Acme' } }])
    } else {
      expect(await cellOf(owner, app.id)).toMatchObject({ state: 'template_not_usable', origin: 'app' })
      await expect(send()).rejects.toMatchObject({ data: { reason: 'signature_gone' } })
    }
  })
}

/** Saving what lives with a provider: with its word, or once a call has proven it. */
import { eq } from 'drizzle-orm'
import { SendError } from '#channels/contract.ts'
import { template } from '#db/schema/index.ts'
import { validateAccount } from '#domain/accounts/validation.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { releaseWaiting } from '#domain/sending/deliver/upkeep.ts'
import { testSend } from '#domain/sending/trials/test-send.ts'
import { coverage } from '#domain/templates/coverage.ts'
import { providerLists } from '#domain/templates/provider-lists.ts'
import { choiceOf, outOfReach, texts } from '../support/fake-carrier.ts'
import { endOf, expect, type Stage, test } from '../support/make.ts'
import { codeCall, codeText, mobile, texting } from '../support/texting.ts'

const place = { channel: 'sms', scenario: 'login', appId: null, baseVersion: 1 } as const
const storedOf = async (stage: Stage, accountId: string) =>
  (await stage.db.select().from(template).where(eq(template.accountId, accountId)).orderBy(template.id))[0]

for (const [what, choice, path, code] of [
  ['a signature that is not there', choiceOf(texts.code, 'Gone'), 'signature', 'signature_gone'],
  ['a signature in review', choiceOf(texts.code, 'New'), 'signature', 'signature_in_review'],
  ['a template that is not there', choiceOf({ ...texts.code, code: 'SMS_9' }), 'templateCode', 'template_gone'],
  ['a template that was rejected', choiceOf({ ...texts.code, code: 'SMS_8' }), 'templateCode', 'template_rejected'],
  ['a template for abroad', choiceOf(texts.codeAbroad), 'templateCode', 'template_for_others'],
] as const) {
  test(`${what} is refused at its field, and nothing is stored`, async ({ stage }) => {
    const { owner, accountId } = await texting(stage)
    stage.texts.lists.signatures.push({ name: 'New', state: 'in_review', reason: '', carriers: [] })
    stage.texts.lists.templates.push({ ...texts.code, code: 'SMS_8', state: 'rejected', reason: '含营销内容' })
    const before = await storedOf(stage, accountId)
    const content = { mainland: choice, international: null }
    await expect(stage.template(owner, { ...place, content })).rejects.toMatchObject({
      ...{ code: 'invalid_request', data: { fields: [{ path: `content.mainland.${path}`, code }] } },
    })
    expect(await storedOf(stage, accountId)).toEqual(before)
  })
}

test('a reason that the provider gave comes with the field, and every field that is wrong is named', async ({
  stage,
}) => {
  const { owner } = await texting(stage)
  stage.texts.lists.templates.push({ ...texts.code, code: 'SMS_8', state: 'rejected', reason: '含营销内容' })
  const content = {
    mainland: choiceOf({ ...texts.code, code: 'SMS_8' }),
    international: choiceOf({ ...texts.codeAbroad, code: 'SMS_9' }),
  }
  await expect(stage.template(owner, { ...place, content })).rejects.toMatchObject({
    data: {
      fields: [
        { path: 'content.mainland.templateCode', code: 'template_rejected', params: { detail: '含营销内容' } },
        { path: 'content.international.templateCode', code: 'template_gone' },
      ],
    },
  })
})

test('what is stored is the provider’s own text, whatever the browser sent', async ({ stage }) => {
  const { owner, accountId } = await texting(stage)
  const content = { mainland: { ...choiceOf(texts.code), templateText: 'Send ${code} to me.' }, international: null }
  await stage.template(owner, { ...place, content })
  expect(await storedOf(stage, accountId)).toMatchObject({
    ...{ version: 2, accountId, approvalAt: stage.clock.now(), content: codeText },
    approval: { mainland: { blocked: null }, international: { blocked: 'no_international_template' } },
  })
})

test('a mapping that the provider’s own text does not fit is refused', async ({ stage }) => {
  const { owner } = await texting(stage)
  stage.texts.lists.templates[0] = { ...texts.code, text: 'Code ${code}, valid ${ttl} minutes.' }
  await expect(stage.template(owner, { ...place, content: codeText })).rejects.toMatchObject({
    data: { fields: [{ path: 'content.mainland.mapping.ttl', code: 'not_mapped' }] },
  })
})

test('while the provider does not answer nothing is stored, and the reason is told', async ({ stage }) => {
  const { owner, accountId } = await texting(stage)
  stage.texts.onList = () => {
    throw outOfReach()
  }
  await expect(stage.template(owner, { ...place, content: codeText })).rejects.toMatchObject({
    ...{ code: 'provider_unavailable', data: { reason: 'aliyun_no_answer', provider: { code: 'ETIMEDOUT' } } },
  })
  expect(await storedOf(stage, accountId)).toMatchObject({ version: 1 })
})

test('a template belongs to the account in force unless another of its channel and organization is named', async ({
  stage,
}) => {
  const { owner, org, accountId } = await texting(stage)
  const second = await stage.account(owner, { channel: 'sms', username: 'second' })
  const content = { mainland: choiceOf(texts.code, 'Beta'), international: null }
  await stage.template(owner, { ...place, content, accountId: second, baseVersion: 0 })
  expect(stage.texts.listed.at(-1)).toBe('second')
  expect(await storedOf(stage, second)).toMatchObject({ version: 1, content })
  expect(await storedOf(stage, accountId)).toMatchObject({ version: 1, content: codeText })
  const mail = await stage.account(owner)
  const stranger = await texting(stage)
  for (const wrong of [mail, stranger.accountId]) {
    const saving = stage.template(owner, { ...place, content, accountId: wrong, baseVersion: 0 })
    await expect(saving).rejects.toMatchObject({ code: 'not_found' })
    const asking = providerLists(owner, { channel: 'sms', accountId: wrong })
    await expect(asking).rejects.toMatchObject({ code: 'not_found' })
  }
  await expect(stage.template(org.as('viewer'), { ...place, content })).rejects.toMatchObject({ code: 'forbidden' })
})

test('without an account there is nothing to choose from', async ({ stage }) => {
  const owner = (await stage.organization()).as('owner')
  const saving = stage.template(owner, { ...place, content: codeText, baseVersion: 0 })
  await expect(saving).rejects.toMatchObject({ code: 'channel_not_configured' })
})

const callPlace = { channel: 'voice', scenario: 'login', appId: null } as const
const trial = { ...callPlace, content: codeCall, to: mobile } as const
const refusedCall = () => {
  throw new SendError('misconfigured', 'isv.TTS_TEMPLATE_ILLEGAL', '未找到审核通过的模板', undefined, 'template')
}

async function calling(stage: Stage) {
  const owner = (await stage.organization()).as('owner')
  const accountId = await stage.account(owner, { channel: 'voice', validated: true })
  const app = await stage.app(owner)
  return { owner, accountId, app, ...(await stage.key(owner, app.id)) }
}

const blockedCall = async (ctx: Ctx) =>
  (await coverage(ctx, { appId: null })).cells.find((one) => one.channel === 'voice' && one.scenario === 'login')
    ?.blocked ?? null

test('a call’s template is saved, and is not used before a call has proven it', async ({ stage }) => {
  const { owner, asApp } = await calling(stage)
  await stage.template(owner, { ...callPlace, content: codeCall })
  expect(await blockedCall(owner)).toEqual({ reason: 'not_proven', detail: '' })
  await expect(stage.send(asApp, { channel: 'voice', to: mobile })).rejects.toMatchObject({
    data: { reason: 'not_proven' },
  })
  expect(await testSend(owner, trial)).toMatchObject({ ok: true })
  expect(await blockedCall(owner)).toBeNull()
  const { id } = await stage.send(asApp, { channel: 'voice', to: mobile })
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
})

test('a call proves what depends on the provider, and nothing that does not', async ({ stage }) => {
  const { owner } = await calling(stage)
  await testSend(owner, { ...trial, content: { ...codeCall, playTimes: 1 } })
  await stage.template(owner, { ...callPlace, content: { ...codeCall, volume: 50 } })
  expect(await blockedCall(owner)).toBeNull()
  await stage.template(owner, { ...callPlace, content: { ...codeCall, ttsCode: 'TTS_2' }, baseVersion: 1 })
  expect(await blockedCall(owner)).toMatchObject({ reason: 'not_proven' })
  await stage.template(owner, {
    ...callPlace,
    content: { ...codeCall, calledShowNumber: '057100000000' },
    baseVersion: 2,
  })
  expect(await blockedCall(owner)).toMatchObject({ reason: 'not_proven' })
})

test('a call that the provider refuses for its template disproves it; one that fails otherwise says nothing', async ({
  stage,
}) => {
  const { owner } = await calling(stage)
  await stage.template(owner, { ...callPlace, content: codeCall })
  stage.calls.failNext(new SendError('reject', 'isv.MOBILE_NUMBER_ILLEGAL', ''))
  await testSend(owner, trial)
  expect(await blockedCall(owner)).toMatchObject({ reason: 'not_proven' })
  stage.calls.onSend = refusedCall
  expect(await testSend(owner, trial)).toMatchObject({ ok: false, about: 'template' })
  const detail = '未找到审核通过的模板 · isv.TTS_TEMPLATE_ILLEGAL'
  expect(await blockedCall(owner)).toEqual({ reason: 'refused_by_provider', detail })
  await stage.template(owner, { ...callPlace, content: codeCall, baseVersion: 1 })
  expect(await blockedCall(owner)).toMatchObject({ reason: 'refused_by_provider' })
})

test('a proven template that is refused later is not used until a call proves it again, and its messages wait', async ({
  stage,
}) => {
  const { owner, asApp } = await calling(stage)
  await stage.template(owner, { ...callPlace, content: codeCall })
  await testSend(owner, trial)
  const { id } = await stage.send(asApp, { channel: 'voice', to: mobile })
  stage.clock.forward({ minutes: 1 })
  stage.calls.onSend = refusedCall
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ waiting: true, waitsFor: 'template' })
  expect(await blockedCall(owner)).toMatchObject({ reason: 'refused_by_provider' })
  stage.clock.forward({ minutes: 1 })
  expect(await releaseWaiting(stage.system)).toBe(0)
  stage.calls.onSend = () => undefined
  await testSend(owner, trial)
  expect(await releaseWaiting(stage.system)).toBe(1)
  await stage.deliver()
  expect(await stage.stored(id)).toMatchObject({ status: 'sent' })
})

test('a refusal that is older than the proof does not undo it', async ({ stage }) => {
  const { owner, asApp } = await calling(stage)
  await stage.template(owner, { ...callPlace, content: codeCall })
  await testSend(owner, trial)
  await stage.send(asApp, { channel: 'voice', to: mobile })
  stage.calls.onSend = async ({ reference }) => {
    stage.calls.onSend = () => undefined
    stage.clock.forward({ seconds: 1 })
    await testSend(owner, trial)
    return reference ? refusedCall() : undefined
  }
  await stage.deliver()
  expect(await blockedCall(owner)).toBeNull()
})

test('of two calls at once the one that was taken counts, although the other was refused after it', async ({
  stage,
}) => {
  const { owner } = await calling(stage)
  await stage.template(owner, { ...callPlace, content: codeCall })
  stage.calls.onSend = async () => {
    stage.calls.onSend = () => undefined
    stage.clock.forward({ seconds: 1 })
    await testSend(owner, trial)
    return refusedCall()
  }
  expect(await testSend(owner, trial)).toMatchObject({ ok: false })
  expect(await blockedCall(owner)).toBeNull()
})

test('a call and a saving at once miss neither each other nor anything else', async ({ stage }) => {
  const { owner } = await calling(stage)
  for (let n = 0; n < 15; n++) {
    const content = { ...codeCall, ttsCode: `TTS_${n}` }
    await Promise.all([
      stage.template(owner, { ...callPlace, content, baseVersion: n }),
      testSend(owner, { ...trial, content }),
    ])
    expect(await blockedCall(owner), String(n)).toBeNull()
  }
})

test('a proof is of one account', async ({ stage }) => {
  const { owner, accountId } = await calling(stage)
  await testSend(owner, trial)
  const second = await stage.account(owner, { channel: 'voice', username: 'second', validated: true })
  await stage.template(owner, { ...callPlace, content: codeCall })
  expect(await blockedCall(owner)).toMatchObject({ reason: 'not_proven' })
  await stage.template(owner, { ...callPlace, content: codeCall, accountId })
  await endOf(validateAccount(owner, { id: accountId }))
  expect(await blockedCall(owner)).toBeNull()
  expect(second).not.toBe(accountId)
})

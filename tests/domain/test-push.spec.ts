/** Test push: what a person tries out before, or without, saving it. */
import { eq } from 'drizzle-orm'
import { message, pushRule } from '#db/schema/index.ts'
import { testPush } from '#domain/sending/trials/test-push.ts'
import { refusal } from '../support/fake-provider.ts'
import { ann, cardContent, expect, type PushStage, test } from '../support/push-stage.ts'

type Ready = Awaited<ReturnType<PushStage['ready']>>
const nobodys = '00000000-0000-7000-8000-000000000000'

const tryOut = ({ org, of }: Ready, given: object = {}) =>
  testPush(org.as('admin'), { ...of, scenario: 'device_alarm', content: cardContent, to: ann, ...given })

test('exactly this content is sent, with sample values where none is given, and logged as a test', async ({
  push,
  stage,
}) => {
  const ready = await push.ready()
  const values = { ...cardContent.values, thing2: 'Held back: ${held_back}' }
  const content = { ...cardContent, values }
  const outcome = await tryOut(ready, { content, id: ready.ruleId, values: { device_name: 'Pump 9' } })
  expect(outcome).toMatchObject({ ok: true, providerMessageId: 'fake-1' })
  expect(push.wechat.calls).toMatchObject([
    {
      ...{ to: ann, reference: outcome.messageId },
      message: { data: { thing1: 'Pump 9', thing2: 'Held back: 0', time3: '2026-11-22 10:02:11' } },
    },
  ])
  expect(await stage.stored(outcome.messageId)).toMatchObject({
    ...{ kind: 'test_send', status: 'sent', channel: 'official_account', recipient: ann, variables: {} },
    ...{ pushRuleId: ready.ruleId, accountId: ready.officialId, appId: ready.app.id },
  })
  const [stored] = await stage.db.select().from(pushRule).where(eq(pushRule.id, ready.ruleId))
  expect(stored).toMatchObject({ version: 1, content: cardContent })
})

test('a refusal is told as the provider said it', async ({ push, stage }) => {
  const ready = await push.ready()
  push.wechat.failNext(refusal('reject', '43004', 'require subscribe'))
  const outcome = await tryOut(ready)
  expect(outcome).toMatchObject({ ok: false, kind: 'reject', code: '43004', detail: 'require subscribe' })
  expect(await stage.stored(outcome.messageId)).toMatchObject({ status: 'failed', errorCode: '43004' })
})

for (const [what, given, error] of [
  ['an openid that is none', { to: 'ann' }, { data: { fields: [{ path: 'to', code: 'recipient_invalid' }] } }],
  [
    'a content with errors',
    { content: { ...cardContent, values: {} } },
    { data: { fields: [{ path: 'content.values.thing1' }, {}, {}] } },
  ],
  ['an App of nobody’s', { appId: nobodys }, { code: 'not_found' }],
  ['an account of nobody’s', { accountId: nobodys }, { code: 'not_found' }],
  ['a rule of nobody’s', { id: nobodys }, { code: 'not_found' }],
  ['an event that is none', { scenario: 'nothing' }, { code: 'unknown_scenario' }],
] as const) {
  test(`${what} is refused, and nothing is sent or logged`, async ({ push, stage }) => {
    const ready = await push.ready()
    await expect(tryOut(ready, given)).rejects.toMatchObject(error)
    expect(push.wechat.calls).toEqual([])
    expect(await stage.db.$count(message, eq(message.organizationId, ready.org.id))).toBe(0)
  })
}

test('a person may try thirty times an hour, whatever they try', async ({ push, stage }) => {
  const ready = await push.ready()
  for (let n = 0; n < 30; n++) await tryOut(ready)
  await expect(tryOut(ready)).rejects.toMatchObject({ code: 'rate_limited' })
  expect(push.wechat.calls).toHaveLength(30)
  stage.clock.forward({ minutes: 60 })
  expect(await tryOut(ready)).toMatchObject({ ok: true })
})

/** Official accounts, rules and events with the real provider, against WeChat's service as the simulator has it. */

import { checkOfficialAccount, listOfficialAccounts } from '#domain/accounts/official-accounts.ts'
import { refreshNextTemplates } from '#domain/push-rules/cards.ts'
import { getPushRule } from '#domain/push-rules/push-rules.ts'
import { releaseWaiting } from '#domain/sending/deliver/upkeep.ts'
import { endOf, expect, test as onStage } from '../support/make.ts'
import type { WechatService } from '../support/wechat-service.ts'
import { add, deliver, ready, tell, wechatOn } from '../support/wechat-stage.ts'

const test = onStage.extend<{ service: WechatService }>({ service: wechatOn })

test('what WeChat finds fault with lands on its field, and an address to allow is shown', async ({
  stage,
  service,
}) => {
  const owner = (await stage.organization()).as('owner')
  const wrong = { ...service, appSecret: 'f'.repeat(32) }
  expect(await add(owner, wrong)).toMatchObject({ added: false, fields: [{ path: 'config.appSecret' }] })
  const unknown = { ...service, appId: 'wxffffffffffffffff' }
  expect(await add(owner, unknown)).toMatchObject({ added: false, fields: [{ path: 'config.appId' }] })
  await service.control('ip_allow_list', { allowed: '198.51.100.7', caller: '203.0.113.9' })
  expect(await add(owner, service)).toMatchObject({
    ...{ added: false, fields: [] },
    checked: { stages: [{ ok: false, cause: 'wechat_ip', code: '40164', detail: '203.0.113.9' }] },
  })
  expect(await listOfficialAccounts(owner)).toEqual([])
  service.clear()
  expect(await add(owner, service)).toMatchObject({ added: true })
  expect(await listOfficialAccounts(owner)).toMatchObject([
    {
      identity: service.appId,
      templates: 6,
      callback: { keys: { token: expect.stringMatching(/^\w{32}$/), aesKey: expect.stringMatching(/^\w{43}$/) } },
    },
  ])
})

test('an account that cannot be asked just now is not taken for a failing one', async ({ stage, service }) => {
  const { owner, officialId } = await ready(stage, service)
  await service.control('system_error', { api: '*' })
  expect(await endOf(checkOfficialAccount(owner, officialId))).toMatchObject({ ok: false })
  expect(await listOfficialAccounts(owner)).toMatchObject([
    { state: 'in_use', lastCheck: [{ ok: false, passing: true }] },
  ])
})

test('an event arrives as the card that its rule says', async ({ stage, service }) => {
  const { asApp } = await ready(stage, service)
  const [openid = ''] = service.openids.following
  const { messages } = await tell(asApp, openid)
  await deliver(stage)
  expect(await stage.stored(messages[0]?.id ?? '')).toMatchObject({ status: 'sent', errorDetail: null })
  expect(await service.cards()).toMatchObject([
    {
      to: openid,
      content: {
        ...{ title: '设备告警通知', appId: service.appId, jump: { to: 'url', url: 'https://example.com/dev-7f3a91' } },
        fields: [
          { value: '锅炉房 2 号' },
          { value: 'dev-7f3a91' },
          { value: '紧急' },
          { value: expect.stringMatching(/^温度 93 °C，.*…$/) },
          { value: '2026-11-22 18:02:11' },
        ],
      },
    },
  ])
})

test('who does not follow the account gets nothing, and the message says so', async ({ stage, service }) => {
  const { asApp } = await ready(stage, service)
  const { messages } = await tell(asApp, service.openids.not_following)
  await deliver(stage)
  expect(await stage.stored(messages[0]?.id ?? '')).toMatchObject({ status: 'failed', errorCode: '43004' })
})

test('a template that disappears at WeChat makes the rule invalid, and its messages wait until it is back', async ({
  stage,
  service,
}) => {
  const { owner, asApp, ruleId, templateId } = await ready(stage, service)
  const [openid = ''] = service.openids.following
  const { messages } = await tell(asApp, openid)
  await service.control('template_state', { id: templateId, state: 'removed' })
  await deliver(stage)
  expect(await stage.stored(messages[0]?.id ?? '')).toMatchObject({ waiting: true, errorCode: '40037' })
  expect(await getPushRule(owner, ruleId)).toMatchObject({ state: 'invalid', invalidReason: 'template_gone' })
  expect(await tell(asApp, openid)).toMatchObject({ skipped: [{ reason: 'rule_invalid', detail: 'template_gone' }] })
  service.clear()
  stage.clock.forward({ minutes: 30 })
  while (await refreshNextTemplates(stage.system));
  expect(await getPushRule(owner, ruleId)).toMatchObject({ state: 'enabled' })
  await releaseWaiting(stage.system)
  await deliver(stage)
  expect(await stage.stored(messages[0]?.id ?? '')).toMatchObject({ status: 'sent' })
})

test('fifty cards at once go out on one token', async ({ stage, service }) => {
  const { asApp } = await ready(stage, service)
  const before = (await service.calls()).stable_token ?? 0
  const [openid = ''] = service.openids.following
  await Promise.all(Array.from({ length: 50 }, () => tell(asApp, openid)))
  expect(await deliver(stage)).toBe(50)
  expect(await service.cards(openid)).toHaveLength(50)
  expect(((await service.calls()).stable_token ?? 0) - before).toBeLessThanOrEqual(1)
})

/** Official accounts, rules and events with the real provider, against WeChat's service as the simulator has it. */
import { tokenStore } from '#domain/access-tokens.ts'
import { catalogOf } from '#domain/channels/catalog.ts'
import type { Channel, Provider } from '#domain/channels/contract.ts'
import { officialAccount } from '#domain/channels/official-account.ts'
import { wechat } from '#domain/channels/providers/wechat.ts'
import type { Ctx } from '#domain/ctx.ts'
import { messageTemplates, refreshNextTemplates } from '#domain/message-templates.ts'
import { SubmitEvent, submitEvent } from '#domain/messages/events.ts'
import { releaseWaiting } from '#domain/messages/upkeep.ts'
import { addOfficialAccount, checkOfficialAccount, listOfficialAccounts } from '#domain/official-accounts.ts'
import { getPushRule } from '#domain/push-rules/push-rules.ts'
import { savePushRule } from '#domain/push-rules/saving.ts'
import { endOf, expect, test as onStage, type Stage } from '../support/make.ts'
import { startWechat, type WechatService } from '../support/wechat-service.ts'

const test = onStage.extend<{ service: WechatService }>({
  service: async ({ stage }, use) => {
    const service = await startWechat()
    const { channels, providers } = stage.lent.catalog
    const provider = wechat({ tokens: tokenStore(stage.lent), endpoint: service.endpoint }) as unknown as Provider
    stage.lent.catalog = catalogOf([...channels, officialAccount as unknown as Channel], [...providers, provider])
    await use(service)
    await provider.close?.()
    await service.close()
  },
})

const add = (ctx: Ctx, { appId, appSecret }: { appId: string; appSecret: string }) =>
  endOf(addOfficialAccount(ctx, { provider: 'wechat', name: 'Service', config: { appId, appSecret } }))

const values = {
  thing1: '${device_name}',
  character_string2: '${device_key}',
  const3: '紧急',
  thing4: '${alarm_content}',
  time5: '${occurred_at}',
}
const variables = {
  device_name: '锅炉房 2 号',
  device_key: 'dev-7f3a91',
  alarm_content: '温度 93 °C，超过上限 85 °C，请立即处理',
}

/** An account of the service's, and a rule for alarms with the account's own template. */
async function ready(stage: Stage, service: WechatService) {
  const made = await stage.ready()
  const { owner, app } = made
  const added = await add(owner, service)
  if (!added.added) throw new Error(JSON.stringify(added))
  const template = (await messageTemplates(owner, added.id)).find(({ name }) => name === '设备告警通知')
  if (!template) throw new Error('The account has the template.')
  const content = { templateId: template.code, title: template.name, templateText: template.text, values }
  const jump = { kind: 'url', url: 'https://example.com/${device_key}' }
  const place = { name: 'Alarms', appId: app.id, scenario: 'device_alarm', accountId: added.id, baseVersion: 0 }
  const { id: ruleId } = await savePushRule(owner, { ...place, content: { ...content, jump } })
  return { ...made, officialId: added.id, ruleId, templateId: template.code }
}

const tell = async (ctx: Ctx, openid: string) => {
  const event = { type: 'device_alarm', occurred_at: '2026-11-22T10:02:11Z', variables, recipients: [{ openid }] }
  return (await submitEvent(ctx, SubmitEvent.parse(event))).answer
}

const deliver = (stage: Stage) => stage.deliver(stage.newWorker())

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

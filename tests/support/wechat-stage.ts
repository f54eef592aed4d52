/** A stage with WeChat's service as the simulator has it, the real provider for it, and an organization with a push rule. */

import type { Channel, Provider } from '#channels/contract.ts'
import { officialAccount } from '#channels/official-account/official-account.ts'
import { tokenStore } from '#domain/accounts/access-tokens.ts'
import { addOfficialAccount } from '#domain/accounts/official-accounts.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { messageTemplates } from '#domain/push-rules/cards.ts'
import { savePushRule } from '#domain/push-rules/saving.ts'
import { SubmitEvent, submitEvent } from '#domain/sending/accept/events.ts'
import { catalogOf } from '#providers/catalog.ts'
import { wechat } from '#providers/wechat/wechat.ts'
import { endOf, type Stage } from './make.ts'
import { startWechat, type WechatService } from './wechat-service.ts'

/** A fixture: the service, for which the stage's catalog has the real provider. */
export async function wechatOn({ stage }: { stage: Stage }, use: (service: WechatService) => Promise<void>) {
  const service = await startWechat()
  const { channels, providers } = stage.lent.catalog
  const provider = wechat({ tokens: tokenStore(stage.lent), endpoint: service.endpoint }) as unknown as Provider
  stage.lent.catalog = catalogOf([...channels, officialAccount as unknown as Channel], [...providers, provider])
  await use(service)
  await provider.close?.()
  await service.close()
}

export const add = (ctx: Ctx, { appId, appSecret }: { appId: string; appSecret: string }) =>
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
export async function ready(stage: Stage, service: WechatService) {
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

export const tell = async (ctx: Ctx, openid: string) => {
  const event = { type: 'device_alarm', occurred_at: '2026-11-22T10:02:11Z', variables, recipients: [{ openid }] }
  return (await submitEvent(ctx, SubmitEvent.parse(event))).answer
}

/** Delivers what is due by a worker that knows the provider. */
export const deliver = (stage: Stage) => stage.deliver(stage.newWorker())

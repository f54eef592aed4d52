/**
 * The official account of the sandbox, with push rules for the device events of one App, and the address that the simulator
 * tells results to.
 */

import { addOfficialAccount, listOfficialAccounts } from '#domain/accounts/official-accounts.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { messageTemplates } from '#domain/push-rules/cards.ts'
import { listPushRules } from '#domain/push-rules/push-rules.ts'
import { savePushRule } from '#domain/push-rules/saving.ts'
import { endOf } from './accounts.ts'
import type { OfficialAccount } from './sandbox-file.ts'

const name = 'Sandbox official account'

/** By event: a template that the simulated account has, and what is said in each of its fields. */
const rules = [
  {
    ...{ name: 'Alarms', scenario: 'device_alarm', title: '设备告警' },
    values: {
      thing1: '${device_name}',
      character_string2: '${device_key}',
      const3: '重要',
      thing4: '${alarm_content}',
      time5: '${occurred_at}',
    },
  },
  {
    ...{ name: 'Offline', scenario: 'device_offline', title: '设备离线' },
    values: {
      thing1: '${device_name}',
      character_string2: '${device_key}',
      time3: '${occurred_at}',
      phrase4: '网络中断',
    },
  },
]

const findAccount = async (ctx: Ctx) => (await listOfficialAccounts(ctx)).find((account) => account.name === name)

async function ensureAccount(ctx: Ctx, { appId, appSecret }: OfficialAccount): Promise<string> {
  const known = await findAccount(ctx)
  if (known) return known.id
  const outcome = await endOf(addOfficialAccount(ctx, { provider: 'wechat', name, config: { appId, appSecret } }))
  if (!outcome.added) throw new Error(`"${name}" did not pass its check: ${JSON.stringify(outcome.checked.stages)}`)
  return outcome.id
}

/** @param appId of the App whose events the rules are for */
export async function addOfficial(ctx: Ctx, official: OfficialAccount, appId: string | undefined): Promise<void> {
  const accountId = await ensureAccount(ctx, official)
  if (!appId) return
  const templates = await messageTemplates(ctx, accountId)
  const { rows } = await listPushRules(ctx, { accountId })
  for (const { title, values, ...rule } of rules) {
    const template = templates.find((candidate) => candidate.name.startsWith(title))
    if (!template || rows.some((row) => row.name === rule.name)) continue
    const content = {
      templateId: template.code,
      title: template.name,
      templateText: template.text,
      values,
      jump: { kind: 'none' },
    }
    await savePushRule(ctx, { ...rule, appId, accountId, content, baseVersion: 0, enabled: true, dampingSeconds: 0 })
  }
}

/** Tells the simulator where results are taken, as one enters address, Token and EncodingAESKey at WeChat. */
export async function registerResults(ctx: Ctx, { port, simulatorUrl }: { port: number; simulatorUrl: string }) {
  const callback = (await findAccount(ctx))?.callback
  if (!callback) return
  const url = `http://127.0.0.1:${port}${callback.path}`
  const body = { channel: 'official_account', kind: 'callback', url, mode: 'secure', ...callback.keys }
  const answer = await fetch(`${simulatorUrl}/control`, { method: 'POST', body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`The simulator did not take an address for results: ${await answer.text()}`)
}

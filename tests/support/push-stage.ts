/** Official accounts of a provider that lives in the test, the real channel of theirs, and organizations with push rules. */
import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { z } from 'zod'
import type { ProviderTemplate } from '#channels/answers.ts'
import { type Channel, LookupError, type StageResult } from '#channels/contract.ts'
import { field } from '#channels/fields.ts'
import { officialAccount } from '#channels/official-account/official-account.ts'
import { account } from '#db/schema/index.ts'
import { addOfficialAccount } from '#domain/accounts/official-accounts.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { refreshNextTemplates } from '#domain/push-rules/cards.ts'
import { type SavePushRule, savePushRule } from '#domain/push-rules/saving.ts'
import { SubmitEvent, submitEvent } from '#domain/sending/accept/events.ts'
import { catalogOf } from '#providers/catalog.ts'
import { fakeProvider } from './fake-provider.ts'
import { test as base, endOf, type Stage } from './make.ts'

export { expect } from './make.ts'

const OfficialConfig = z.object({
  appId: field(z.string().min(1), { label: 'appId', destination: true }),
  appSecret: field(z.string().min(1), { label: 'appSecret', secret: true }),
})

export const alarmTemplate: ProviderTemplate = {
  ...{ code: 'TM00000001-alarm', name: '设备告警通知', state: 'approved', reason: '', type: 'notice', variables: [] },
  text: '设备名称:{{thing1.DATA}}\n告警内容:{{thing2.DATA}}\n告警时间:{{time3.DATA}}\n',
}
export const otherTemplate: ProviderTemplate = {
  ...alarmTemplate,
  ...{ code: 'TM00000002-other', name: '设备离线提醒', text: '设备名称:{{thing1.DATA}}\n' },
}

export const unanswered = () =>
  new LookupError({ reason: 'temporary', kind: 'retry', code: '-1', detail: 'system error' })

/** Like WeChat: an AppSecret of "wrong" is refused. */
async function* check(config: unknown): AsyncGenerator<StageResult> {
  const isWrong = OfficialConfig.parse(config).appSecret === 'wrong'
  if (isWrong) yield { stage: 'token', ok: false, ms: 1, cause: 'login_rejected', field: 'appSecret', code: '40125' }
  else yield { stage: 'token', ok: true, ms: 1 }
}

/** The provider of official accounts; what `list` holds may be changed at any time. */
export function fakeWechat() {
  const fake = fakeProvider({ id: 'fake-wechat', channel: 'official_account' })
  const list: (config: { appId: string }) => ProviderTemplate[] = () => [alarmTemplate, otherTemplate]
  const wechat = Object.assign(fake, {
    config: OfficialConfig,
    identity: (config: unknown) => (config as { appId: string }).appId,
    list,
    receiptsByTheirId: true,
    readReceipts: () => [],
    callbackKeys: (token: string) => ({ token: `key of ${token}` }),
    templates: async (config: unknown) => wechat.list(config as { appId: string }),
  })
  wechat.onCheck = check
  return wechat
}

export const ann = 'oAnn0000000000000000000000_1'
export const bob = 'oBob0000000000000000000000_2'

export const cardContent = {
  ...{ templateId: alarmTemplate.code, title: alarmTemplate.name, templateText: alarmTemplate.text },
  values: { thing1: '${device_name}', thing2: '${alarm_content}', time3: '${occurred_at}' },
}

export const alarm = { device_name: 'Pump 3', alarm_content: 'Too hot', alarm_level: 'high' }

type GivenRule = Partial<z.input<typeof SavePushRule>>

/** The stage with official accounts on it. */
export class PushStage {
  readonly stage: Stage
  readonly wechat = fakeWechat()

  constructor(stage: Stage) {
    this.stage = stage
    const { channels, providers } = stage.lent.catalog
    stage.lent.catalog = catalogOf([...channels, officialAccount as unknown as Channel], [...providers, this.wechat])
  }

  /** An official account; its id. */
  async account(ctx: Ctx, given: { name?: string; appId?: string; appSecret?: string } = {}): Promise<string> {
    const fresh = `wx${randomBytes(8).toString('hex')}`
    const { name = `Official ${fresh}`, appId = fresh, appSecret = 'right' } = given
    const added = await endOf(addOfficialAccount(ctx, { provider: 'fake-wechat', name, config: { appId, appSecret } }))
    if (!added.added) throw new Error(`Not added: ${JSON.stringify(added)}`)
    return added.id
  }

  rule(ctx: Ctx, of: { appId: string; accountId: string }, given: GivenRule = {}) {
    const place = { name: `Rule ${v7()}`, scenario: 'device_alarm', baseVersion: 0, content: cardContent }
    return savePushRule(ctx, { ...place, appId: of.appId, accountId: of.accountId, ...given })
  }

  /** An organization with everything that a message by mail needs, an official account and a rule for alarms. */
  async ready(name?: string, given: GivenRule = {}) {
    const made = await this.stage.ready(name)
    const officialId = await this.account(made.owner)
    const of = { appId: made.app.id, accountId: officialId }
    const { id: ruleId } = await this.rule(made.owner, of, given)
    return { ...made, officialId, ruleId, of }
  }

  /** Tells of an alarm: to Ann unless told otherwise. */
  async tell(asApp: Ctx, given: Partial<z.input<typeof SubmitEvent>> = {}, options: { idempotencyKey?: string } = {}) {
    const event = { type: 'device_alarm', variables: alarm, recipients: [{ openid: ann }], ...given }
    const { answer, repeated } = await submitEvent(asApp, SubmitEvent.parse(event), options)
    return { ...answer, repeated }
  }

  /** Lets the workers ask for the templates of every account that is due, and tells how often an account was asked. */
  async refresh(accountId: string): Promise<number> {
    const [row] = await this.stage.db.select().from(account).where(eq(account.id, accountId))
    const { list } = this.wechat
    let asked = 0
    this.wechat.list = (config) => {
      if (config.appId === row?.config.appId) asked += 1
      return list(config)
    }
    const worker = async () => {
      while (await refreshNextTemplates(this.stage.system));
    }
    await Promise.all([worker(), worker(), worker()])
    this.wechat.list = list
    return asked
  }

  /** Delivers what is due, once, by a worker that knows official accounts. */
  deliver(): Promise<number> {
    return this.stage.deliver(this.stage.newWorker())
  }
}

export const test = base.extend<{ push: PushStage }>({
  push: [async ({ stage }, use) => use(new PushStage(stage)), { auto: true }],
})

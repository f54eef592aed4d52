/** An organization that sends texts, and what its provider pushes about them. */
import { eq } from 'drizzle-orm'
import type { Receipt } from '#channels/answers.ts'
import { account, earlyReceipt } from '#db/schema/index.ts'
import type { Ctx } from '#domain/base/ctx.ts'
import { takeReceipts } from '#domain/sending/receipts/receipts.ts'
import { choiceOf, texts } from './fake-carrier.ts'
import type { Stage } from './make.ts'

export const mobile = '+8613800138000'
export const codeText = { mainland: choiceOf(texts.code), international: null }
export const alarmText = { mainland: choiceOf(texts.alarm), international: null }
export const codeCall = {
  ttsCode: 'TTS_1001',
  templateText: '您的验证码是${code}。',
  mapping: { code: { variable: 'code' } },
}

/** A validated account, default templates for a code and an alarm, an App and its key. */
export async function texting(stage: Stage) {
  const org = await stage.organization()
  const owner = org.as('owner')
  const accountId = await stage.account(owner, { channel: 'sms', username: 'first', validated: true })
  await stage.template(owner, { channel: 'sms', content: codeText })
  await stage.template(owner, { channel: 'sms', scenario: 'device_alarm', content: alarmText })
  const app = await stage.app(owner)
  return { org, owner, accountId, app, ...(await stage.key(owner, app.id)) }
}

/** Texts a code, and an alarm; their ids. */
export const sendText = async (stage: Stage, asApp: Ctx, to = mobile) =>
  (await stage.send(asApp, { channel: 'sms', to })).id
export const sendTextAlarm = async (stage: Stage, asApp: Ctx, to = mobile) =>
  (await stage.sendAlarm(asApp, { channel: 'sms', to })).id

export async function tokenOf(stage: Stage, accountId: string): Promise<string> {
  const [row] = await stage.db.select().from(account).where(eq(account.id, accountId))
  if (!row?.receiptToken) throw new Error('The account takes no receipts.')
  return row.receiptToken
}

export type Outcome = Partial<Extract<Receipt, { kind: 'outcome' }>>
export const outcomeOf = (given: Outcome): Receipt => ({
  ...{ kind: 'outcome', providerMessageId: '', reference: '', to: mobile, state: 'delivered', code: 'DELIVERED' },
  ...{ detail: '', ...given },
})
export const failure = (given: Outcome): Receipt =>
  outcomeOf({ state: 'failed', code: 'MOBILE_IN_BLACK', detail: 'on a list', ...given })

/** What comes to the address of an account. */
export async function push(stage: Stage, accountId: string, items: Receipt[], provider = 'fake-sms') {
  const token = await tokenOf(stage, accountId)
  return takeReceipts(stage.system, { provider, token, body: JSON.stringify(items), query: {}, headers: {} })
}

export const kept = (stage: Stage, accountId: string) =>
  stage.db.select().from(earlyReceipt).where(eq(earlyReceipt.accountId, accountId))

/** SMS of Tencent Cloud in the inbox: for programs, and as a person reads them. */
import type { Channel, Delivery, DeliveryView, Language } from '../channel.ts'
import type { PushState } from '../push-records.ts'
import { rules } from './fault-rules.ts'
import type { Records } from './records.ts'
import type { SmsContent } from './send.ts'

const en = {
  smsFrom: (signature: string) => (signature ? `SMS from ${signature} (Tencent Cloud)` : 'SMS (Tencent Cloud)'),
  ...{ signature: 'Signature', template: 'Template', receipt: 'Receipt', neverSettled: 'No result, ever' },
  ...{ length: 'Length', characters: (length: number, segments: number) => `${length} characters, ${segments} SMS` },
  pushes: {
    waiting: 'not pushed yet',
    accepted: 'pushed',
    given_up: 'pushed, never accepted',
    no_address: 'no push address set',
    off: 'not pushed',
  } satisfies Record<PushState | 'off', string>,
}
const zh: typeof en = {
  smsFrom: (signature) => (signature ? `${signature} 的短信（腾讯云）` : '短信（腾讯云）'),
  ...{ signature: '签名', template: '模板', receipt: '回执', neverSettled: '始终没有结果' },
  ...{ length: '字数', characters: (length: number, segments: number) => `${length} 字，计 ${segments} 条` },
  pushes: {
    waiting: '尚未推送',
    accepted: '已推送',
    given_up: '推送多次未被接收',
    no_address: '未设置推送地址',
    off: '不推送',
  },
}

const read = ({ body }: Delivery): SmsContent => JSON.parse(body.toString('utf8')) as SmsContent

/** What the cloud will say, or has said, about it later. */
function receiptOf(records: Records, { id }: Delivery) {
  const sent = records.get(id)
  if (!sent) return null
  const settledAt = sent.settledAt === null ? null : new Date(sent.settledAt).toISOString()
  const push: PushState | 'off' = sent.repeat === null ? 'off' : records.pushState(id)
  return { code: sent.code, settledAt, push }
}

function view(records: Records, delivery: Delivery, language: Language): DeliveryView {
  const words = language === 'zh' ? zh : en
  const content = read(delivery)
  const { serialNo = '', session = '', secretId = '', segments = '1' } = delivery.meta
  const receipt = receiptOf(records, delivery)
  const code = receipt?.settledAt === null ? words.neverSettled : (receipt?.code ?? '')
  return {
    title: words.smsFrom(content.signature),
    content: { form: 'sms', text: content.text },
    facts: [
      [words.signature, content.signature],
      [words.template, content.template],
      ...content.values.map((value, index): [string, string] => [`{${index + 1}}`, value]),
      [words.length, words.characters([...content.text].length, Number(segments))],
      ...(receipt ? [[words.receipt, `${code} · ${words.pushes[receipt.push]}`] as [string, string]] : []),
      ['SerialNo', serialNo],
      ['SessionContext', session],
      ['SecretId', secretId],
    ],
    raw: JSON.stringify({ ...delivery.meta, ...content }, undefined, 2),
  }
}

/** The channel as the inbox, the control surface and the pages need it. */
export const smsChannel = (records: Records): Channel => ({
  ...{ id: 'sms', vendor: 'tencent', faults: rules },
  // Our reference where the sender gave one: it is how both logs are joined.
  summarize: (delivery) => ({
    title: read(delivery).text,
    messageId: delivery.meta.session || delivery.meta.serialNo || '',
  }),
  content: async (delivery) => ({ ...read(delivery), ...delivery.meta, receipt: receiptOf(records, delivery) }),
  view: async (delivery, language) => view(records, delivery, language),
})

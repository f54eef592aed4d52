/** Messages of Twilio's in the inbox: for programs, and as a person reads them. */
import type { Channel, Delivery, DeliveryView, Language } from '../channel.ts'
import type { PushState } from '../push-records.ts'
import { twilioFaults } from './fault-rules.ts'
import { vendor } from './messages.ts'
import type { Records } from './records.ts'

const en = {
  smsFrom: (sender: string) => `SMS from ${sender}`,
  from: 'From',
  length: 'Length',
  lengthAndSegments: (length: number, segments: number) =>
    `${length} characters, ${segments === 1 ? '1 segment' : `${segments} segments`}`,
  receipt: 'Status callback',
  neverSettled: 'No result, ever',
  pushes: {
    waiting: 'not pushed yet',
    accepted: 'pushed',
    given_up: 'pushed, never accepted',
    no_address: 'no address given',
  } satisfies Record<PushState, string>,
  off: 'not pushed',
}

const zh: typeof en = {
  smsFrom: (sender) => `${sender} 的短信`,
  from: '发送方',
  length: '字数',
  lengthAndSegments: (length, segments) => `${length} 字，计 ${segments} 条`,
  receipt: '状态回调',
  neverSettled: '始终没有结果',
  pushes: { waiting: '尚未推送', accepted: '已推送', given_up: '推送多次未被接收', no_address: '未指定地址' },
  off: '不推送',
}

/** What will be, or was, pushed about it. */
function receiptOf(records: Records, { id }: Delivery) {
  const sent = records.get(id)
  if (!sent) return null
  const { status, errorCode, settledAt, repeat } = sent
  const push: PushState | 'off' = repeat === null ? 'off' : records.pushState(id)
  return { status, errorCode, settledAt: settledAt === null ? null : new Date(settledAt).toISOString(), push }
}

function view(records: Records, delivery: Delivery, language: Language): DeliveryView {
  const words = language === 'zh' ? zh : en
  const text = delivery.body.toString('utf8')
  const { from = '', segments = '1', sid = '', reference = '', accountSid = '' } = delivery.meta
  const receipt = receiptOf(records, delivery)
  const status = receipt && (receipt.settledAt === null ? words.neverSettled : receipt.status)
  const pushed = receipt && (receipt.push === 'off' ? words.off : words.pushes[receipt.push])
  return {
    title: words.smsFrom(from),
    content: { form: 'sms', text },
    facts: [
      [words.from, from],
      [words.length, words.lengthAndSegments([...text].length, Number(segments))],
      ...(receipt ? ([[words.receipt, `${status} · ${pushed}`]] as [string, string][]) : []),
      ['MessageSid', sid],
      ['message', reference],
      ['AccountSid', accountSid],
    ],
    raw: JSON.stringify({ ...delivery.meta, text }, undefined, 2),
  }
}

export const twilioChannel = (records: Records): Channel => ({
  id: 'sms',
  vendor,
  faults: twilioFaults,
  summarize: ({ body, meta }) => ({ title: body.toString('utf8'), messageId: meta.reference || (meta.sid ?? '') }),
  content: async (delivery) => ({
    ...{ text: delivery.body.toString('utf8'), ...delivery.meta, receipt: receiptOf(records, delivery) },
  }),
  view: async (delivery, language) => view(records, delivery, language),
})

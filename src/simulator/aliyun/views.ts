/** SMS and calls in the inbox: for programs, and as a person reads them. */
import type { Channel, Delivery, DeliveryView, Language } from '../channel.ts'
import type { PushState } from '../push-records.ts'
import { smsFaults, voiceFaults } from './fault-rules.ts'
import type { Keys } from './keys.ts'
import type { Records } from './records.ts'
import type { SmsContent } from './sms-send.ts'
import { type ViewWords, viewWordsOf } from './view-words.ts'
import type { CallContent } from './voice-calls.ts'

type Fact = [name: string, value: string]

const read = <T>({ body }: Delivery): T => JSON.parse(body.toString('utf8')) as T

const raw = (delivery: Delivery, content: object): string =>
  JSON.stringify({ ...delivery.meta, ...content }, undefined, 2)

/** What the cloud will say, or has said, about it later. */
type ReceiptView = { code: string; settledAt: string | null; push: PushState | 'off' }

function receiptOf(records: Records, { id }: Delivery): ReceiptView | null {
  const sent = records.get(id)
  if (!sent) return null
  const settledAt = sent.settledAt === null ? null : new Date(sent.settledAt).toISOString()
  return { code: sent.code, settledAt, push: sent.push === null ? 'off' : records.pushState(id) }
}

function receiptFact(records: Records, delivery: Delivery, words: ViewWords): Fact[] {
  const receipt = receiptOf(records, delivery)
  if (!receipt) return []
  const code = receipt.settledAt === null ? words.neverSettled : receipt.code
  return [[words.receipt, `${code} · ${words.pushes[receipt.push]}`]]
}

const parameterFacts = (parameters: Readonly<Record<string, string>>): Fact[] =>
  Object.entries(parameters).map(([name, value]) => [`\${${name}}`, value])

/** Our reference where the sender gave one: it is how both logs are joined. */
const reference = ({ meta }: Delivery): string => meta.outId || meta.bizId || meta.callId || ''

function smsView(records: Records, delivery: Delivery, language: Language): DeliveryView {
  const words = viewWordsOf(language)
  const content = read<SmsContent>(delivery)
  const { bizId = '', outId = '', accessKeyId = '', segments = '1' } = delivery.meta
  return {
    title: words.smsFrom(content.signature),
    content: { form: 'sms', text: content.text },
    facts: [
      [words.signature, content.signature],
      [words.template, content.template],
      ...parameterFacts(content.parameters),
      [words.length, words.lengthAndSegments([...content.text].length, Number(segments))],
      ...receiptFact(records, delivery, words),
      ['BizId', bizId],
      ['OutId', outId],
      ['AccessKey ID', accessKeyId],
    ],
    raw: raw(delivery, content),
  }
}

function callView(records: Records, delivery: Delivery, language: Language): DeliveryView {
  const words = viewWordsOf(language)
  const content = read<CallContent>(delivery)
  const { callId = '', outId = '', accessKeyId = '' } = delivery.meta
  const source: Fact = content.ttsCode ? ['TtsCode', content.ttsCode] : ['VoiceCode', content.voiceCode ?? '']
  return {
    title: content.ttsCode ? words.spokenCall(content.ttsCode) : words.recordedCall,
    content: { form: 'call', text: content.text || words.recording(content.voiceCode ?? '') },
    facts: [
      source,
      ...parameterFacts(content.parameters),
      [words.calledShowNumber, content.calledShowNumber || words.sharedNumber],
      [words.playTimes, String(content.playTimes)],
      [words.volume, String(content.volume)],
      [words.speed, String(content.speed)],
      ...receiptFact(records, delivery, words),
      ['CallId', callId],
      ['OutId', outId],
      ['AccessKey ID', accessKeyId],
    ],
    raw: raw(delivery, content),
  }
}

/** The two channels as the inbox, the control surface and the pages need them. */
export function phoneChannels(records: Records, keys: Keys): Channel[] {
  const content = async (delivery: Delivery) => ({
    ...read<object>(delivery),
    ...delivery.meta,
    receipt: receiptOf(records, delivery),
  })
  return [
    {
      id: 'sms',
      faults: smsFaults(keys),
      summarize: (delivery) => ({ title: read<SmsContent>(delivery).text, messageId: reference(delivery) }),
      content,
      view: async (delivery, language) => smsView(records, delivery, language),
    },
    {
      id: 'voice',
      faults: voiceFaults(keys),
      summarize: (delivery) => {
        const { text, voiceCode } = read<CallContent>(delivery)
        return { title: text || (voiceCode ?? ''), messageId: reference(delivery) }
      },
      content,
      view: async (delivery, language) => callView(records, delivery, language),
    },
  ]
}

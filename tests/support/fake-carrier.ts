/**
 * A provider of texts or calls that lives in the test. What it has approved, what it records of messages and what it pushes
 * is what the test says, in our own words: those of a vendor are other specs' matter.
 */
import type { ProviderTemplate, Push, Receipt, SentMessage, Settlement, Signature } from '#channels/answers.ts'
import { LookupError, type Provider, type SendErrorKind } from '#channels/contract.ts'
import type { ChannelId } from '#channels/traits.ts'
import { FakeConfig, type FakeProvider, fakeProvider } from './fake-provider.ts'

type Told = {
  /** What it has: may be changed at any time. */
  lists: { signatures: Signature[]; templates: ProviderTemplate[] }
  /** Whose lists were read, in order. */
  listed: string[]
  /** Throws when the lists cannot be read. */
  onList: (config: FakeConfig) => void | Promise<void>
  /** What it was asked about, in order. */
  asked: (SentMessage & { username: string })[]
  /** What it answers; unless changed, that nothing is known yet. */
  onSettle: (message: SentMessage, config: FakeConfig) => Settlement | Promise<Settlement>
}
export type FakeCarrier = FakeProvider & Provider & Told

const signature = (name: string): Signature => ({ name, state: 'approved', reason: '', carriers: [] })
const template = (code: string, type: ProviderTemplate['type'], text: string): ProviderTemplate => ({
  ...{ code, name: code, text, state: 'approved', reason: '', type, variables: [] },
})

export const texts = {
  code: template('SMS_1001', 'verification', 'Your code is ${code}.'),
  alarm: template('SMS_1002', 'notice', 'Device ${device}: ${content}.'),
  codeAbroad: template('SMS_2001', 'international', 'Code ${code}.'),
}

/** The choice of a content that names one of these, as its author would have made it. */
export const choiceOf = ({ code, text }: ProviderTemplate, signatureName = 'Acme') => ({
  signature: signatureName,
  templateCode: code,
  templateText: text,
  mapping: text.includes('${code}')
    ? { code: { variable: 'code' } }
    : { device: { variable: 'device_name' }, content: { variable: 'alarm_content' } },
})

export const outOfReach = (kind: SendErrorKind = 'retry') =>
  new LookupError({ reason: 'aliyun_no_answer', kind, code: 'ETIMEDOUT', detail: '' })

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** Receipts come as a list of our own, in JSON. */
function receiptsOf(body: string): Receipt[] | undefined {
  const items = parsed(body)
  if (!Array.isArray(items)) return undefined
  return items.map((item) => ('at' in item ? { ...item, at: new Date(item.at) } : item) as Receipt)
}

/** A carrier without lists: those are of texts only. */
function fakeCarrier(options: { id: string; channel: ChannelId }): FakeCarrier {
  const told: Told = {
    lists: { signatures: [signature('Acme'), signature('Beta')], templates: Object.values(texts) },
    ...{ listed: [], onList: () => undefined, asked: [] },
    onSettle: () => ({ state: 'pending', code: '', detail: '' }),
  }
  const carrier = Object.assign(fakeProvider({ ...options, repeatable: false }), told)
  return Object.assign(carrier, {
    async settle(config: unknown, message: SentMessage) {
      carrier.asked.push({ ...message, username: FakeConfig.parse(config).username })
      return carrier.onSettle(message, FakeConfig.parse(config))
    },
    readReceipts: ({ body }: Push) => receiptsOf(body),
    receiptAnswer: { status: 200, contentType: 'application/json', body: '{"code":0}' },
  })
}

/** Names messages by our reference, as SMS do. */
export function fakeTexts(): FakeCarrier {
  const carrier = fakeCarrier({ id: 'fake-sms', channel: 'sms' })
  return Object.assign(carrier, {
    async signatures(config: unknown) {
      carrier.listed.push(FakeConfig.parse(config).username)
      await carrier.onList(FakeConfig.parse(config))
      return carrier.lists.signatures
    },
    templates: async () => carrier.lists.templates,
  })
}

/** Keeps no texts: what it sends is written here. */
export const fakeWritten = (): FakeCarrier =>
  Object.assign(fakeCarrier({ id: 'fake-written', channel: 'sms' }), {
    texts: { kind: 'written', placeholder: ['${', '}'], messageIdName: 'Id', longestText: 1600 } as const,
  })

/** Names messages by an id of its own, or by a reference of its own making, as calls do. */
export const fakeCalls = (): FakeCarrier =>
  Object.assign(fakeCarrier({ id: 'fake-voice', channel: 'voice' }), {
    receiptsByTheirId: true,
    vendorReference: (reference: string) => `v${reference.slice(-12)}`,
  })

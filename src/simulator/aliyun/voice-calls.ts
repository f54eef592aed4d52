/** SingleCallByTts and SingleCallByVoice: the business rules of a call, and what is kept of what they let pass. */
import type { Action, Call } from './gateway.ts'
import { newCallId } from './ids.ts'
import { partnerIdOf } from './keys.ts'
import { callableNumber, withCountryCode } from './numbers.ts'
import { planOutcome } from './outcome.ts'
import type { Parameters } from './parameters.ts'
import type { Sent } from './records.ts'
import { refusal } from './refusals.ts'
import type { SendingParts } from './sms-send.ts'
import { checkValues, fillIn, readValues } from './template-text.ts'
import { productIdOf } from './voice-results.ts'
import { callingNumbers, type VoiceTemplate } from './voice-seeds.ts'
import { exceedsCallLimit } from './windows.ts'

/** What the inbox shows of a call: spoken from a template, or a recording. */
export type CallContent = {
  ttsCode?: string
  voiceCode?: string
  parameters: Record<string, string>
  /** What is spoken; empty for a recording. */
  text: string
  calledShowNumber: string
  playTimes: number
  volume: number
  speed: number
}

const longestOutId = 15
const longestValues = 250
const receiptAfter = 2_000

type Playing = Pick<CallContent, 'calledShowNumber' | 'playTimes' | 'volume' | 'speed'>

function readNumber(parameters: Parameters, name: string, usual: number, least: number, most: number): number {
  const text = parameters.get(name)
  if (!text) return usual
  const value = /^-?\d{1,4}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw refusal('isv.INVALID_PARAMETERS', `参数${name}不合法`)
}

const readPlaying = (parameters: Parameters): Playing => ({
  calledShowNumber: parameters.get('CalledShowNumber') ?? '',
  playTimes: readNumber(parameters, 'PlayTimes', 3, 1, 3),
  volume: readNumber(parameters, 'Volume', 100, 0, 100),
  speed: readNumber(parameters, 'Speed', 0, -500, 500),
})

const splitNumbers = (parameters: Parameters): string[] =>
  (parameters.get('CalledNumber') ?? '')
    .split(',')
    .map((number) => number.trim())
    .filter(Boolean)

function readCallee(parameters: Parameters): string {
  const numbers = splitNumbers(parameters)
  if (numbers.length > 1) throw refusal('isv.MOBILE_COUNT_OVER_LIMIT')
  const number = callableNumber(numbers[0] ?? '')
  if (!number) throw refusal('isv.MOBILE_NUMBER_ILLEGAL')
  if (Buffer.byteLength(parameters.get('OutId') ?? '') > longestOutId) {
    throw refusal('isv.INVALID_PARAMETERS', '参数OutId不合法')
  }
  return number
}

class Calling {
  readonly #parts: SendingParts

  constructor(parts: SendingParts) {
    this.#parts = parts
  }

  byTts(call: Call): Record<string, unknown> {
    const { key, parameters } = call
    const callee = readCallee(parameters)
    const playing = readPlaying(parameters)
    const code = parameters.get('TtsCode') ?? ''
    const template = this.#parts.approvals.voiceTemplate(key.account, code)
    if (template?.state !== 'approved') {
      const partnerId = partnerIdOf[key.account]
      const text = `未找到审核通过的文本转语音模板,ttsCode=${code},partnerId=${partnerId}`
      throw refusal('isv.TTS_TEMPLATE_ILLEGAL', text)
    }
    this.#checkShowNumber(call, playing, template.mode === 'dedicated')
    const values = readTtsValues(template, parameters.get('TtsParam'))
    const text = fillIn(template.content, values)
    return this.#accept(call, callee, template.type, { ttsCode: code, parameters: values, text, ...playing })
  }

  byVoice(call: Call): Record<string, unknown> {
    const { key, parameters } = call
    const callee = readCallee(parameters)
    const playing = readPlaying(parameters)
    const code = parameters.get('VoiceCode') ?? ''
    const file = this.#parts.approvals.voiceFile(key.account, code)
    if (file?.state !== 'approved') throw refusal('isv.VOICE_FILE_ILLEGAL')
    this.#checkShowNumber(call, playing, playing.calledShowNumber !== '')
    return this.#accept(call, callee, 'notice', { voiceCode: code, parameters: {}, text: '', ...playing })
  }

  /** A dedicated template needs a number of one's own, a public one must leave the number to the pool. */
  #checkShowNumber({ key }: Call, { calledShowNumber }: Playing, isDedicated: boolean): void {
    const isOwn = callingNumbers[key.account].includes(calledShowNumber)
    if (isDedicated ? !isOwn : calledShowNumber !== '') throw refusal('isv.DISPLAY_NUMBER_ILLEGAL')
  }

  #checkLimits({ key, at }: Call, callee: string, purpose: VoiceTemplate['type']): void {
    const { faults, records } = this.#parts
    if (faults.inForce('voice', 'limits')[0]?.fields.on === false) return
    if (!exceedsCallLimit(records.toPhone('voice', callee), { account: key.account, purpose, at })) return
    const [prodId] = productIdOf[purpose]
    const text = `该被叫号触发被叫流控,partnerId=${partnerIdOf[key.account]},prodId=${prodId}`
    throw refusal('isv.BUSINESS_LIMIT_CONTROL', text)
  }

  #accept(call: Call, callee: string, purpose: VoiceTemplate['type'], content: CallContent): Record<string, unknown> {
    const { faults, inbox, records, receipts } = this.#parts
    const { key, parameters, at } = call
    this.#checkLimits(call, callee, purpose)
    if (faults.take('voice', 'balance_empty', [callee])) throw refusal('isv.AMOUNT_NOT_ENOUGH')
    const callId = newCallId(at)
    const outId = parameters.get('OutId') ?? ''
    const { id } = inbox.add({
      channel: 'voice',
      to: withCountryCode(callee, true),
      meta: { callId, outId, accessKeyId: key.id },
      body: Buffer.from(JSON.stringify(content)),
    })
    const usual = { code: '200000', failedCode: '200003', afterMs: receiptAfter }
    const sent: Sent = {
      ...{ id, channel: 'voice', account: key.account, providerId: callId, phone: callee, isMainland: true, outId, at },
      ...{ purpose, sign: content.calledShowNumber, text: content.text },
      templateCode: content.ttsCode ?? content.voiceCode ?? '',
      ...planOutcome(faults, { channel: 'voice', phone: callee, at }, usual),
    }
    records.add(sent)
    receipts.expect(sent)
    return { CallId: callId }
  }
}

function readTtsValues({ content, type }: VoiceTemplate, text: string | undefined): Record<string, string> {
  const values = readValues(text)
  checkValues(content, values, {
    isCode: () => type === 'code',
    codePattern: /^[A-Za-z0-9]+$/,
    longest: { together: longestValues },
  })
  return values
}

export function callingActions(parts: SendingParts): Record<string, Action> {
  const calling = new Calling(parts)
  return {
    SingleCallByTts: {
      needs: ['CalledNumber', 'TtsCode'],
      recipients: splitNumbers,
      answer: (call) => calling.byTts(call),
    },
    SingleCallByVoice: {
      needs: ['CalledNumber', 'VoiceCode'],
      recipients: splitNumbers,
      answer: (call) => calling.byVoice(call),
    },
  }
}

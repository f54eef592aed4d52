/**
 * The provider `aliyun-voice`: calls by Alibaba Cloud that speak a template. Promises that a call whose answer was lost is
 * never called failed, and that no error holds a key, a number or a value. Whether a template is approved cannot be asked:
 * only a call shows it.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { SentMessage, Settlement } from '#channels/answers.ts'
import { type Provider, SendError, type SendOptions, type StageResult } from '#channels/contract.ts'
import { dialled } from '#channels/phone.ts'
import type { VoiceMessage } from '#channels/voice/voice.ts'
import { answerOr, keyStages, timed } from '../asking.ts'
import { type Aliyun, aliyun, idOf, type Params } from './aliyun.ts'
import { explained } from './carriers.ts'
import { passingCauses, sendErrorFrom } from './errors.ts'
import { identityOf, keyFields, type Lookup, lookupWith, openCauses, secretsOf } from './key.ts'
import type { Ask } from './lists.ts'
import { callSettlement, daysOf, receiptAnswer, receiptsFrom } from './receipts.ts'
import type { AliyunOptions } from './sms.ts'
import { voiceTexts } from './texts.ts'

/** One address for every region. */
const central = 'https://dyvmsapi.aliyuncs.com'

export const AliyunVoiceConfig = z.object({ ...keyFields })
export type AliyunVoiceConfig = z.infer<typeof AliyunVoiceConfig>

const permissions = {
  read: 'aliyun_permission_voice',
  details: 'aliyun_permission_voice_details',
  send: 'aliyun_permission_voice_send',
} as const
/** Seconds. A refused call never says of which window the limit was; the smallest is a minute, and asking counts for nothing. */
const unnamedLimit = 60
/** A call is recorded under what its template is for: a notice or a code. */
const products = ['11000000300006', '11010000138001']

const longestOutId = 15
const tooLong = 'EVALUES'

/** The service takes at most 15 bytes as OutId: 77 bits of a hash of our reference, the same every time. */
const shortened = (reference: string): string =>
  BigInt(`0x${createHash('sha256').update(reference).digest('hex')}`)
    .toString(36)
    .slice(-longestOutId)

/** No action reads what a call needs, so the check reads something that costs nothing. It calls nobody: a test send does. */
async function* check(lookup: Lookup): AsyncGenerator<StageResult> {
  const one: Params = { PageNumber: 1, PageSize: 1 }
  const tasks = await timed(() => lookup(permissions.read, (ask) => ask('ListCallTask', one)))
  yield* keyStages('permission', tasks, openCauses)
}

async function settle(ask: Ask, { sentAt, providerMessageId }: SentMessage): Promise<Settlement> {
  if (!providerMessageId?.includes('^')) return { state: 'pending', code: '', detail: '' }
  for (const start of daysOf(sentAt)) {
    for (const ProdId of products) {
      const params = { CallId: providerMessageId, ProdId, QueryDate: start.getTime() }
      const settlement = callSettlement((await ask('QueryCallDetailByCallId', params)).Data)
      if (settlement) return settlement
    }
  }
  // A record is written only after the call, and there is one id for each that was accepted.
  return { state: 'pending', code: '', detail: '' }
}

async function send(
  service: Aliyun,
  endpoint: string,
  config: AliyunVoiceConfig,
  to: string,
  message: VoiceMessage,
  options: SendOptions,
) {
  const { ttsCode, ttsParam, calledShowNumber, playTimes, volume, speed } = message
  const values = Object.values(ttsParam)
  if (values.join('').length > voiceTexts.values.longestTogether) throw new SendError('reject', tooLong, '')
  const params: Params = {
    CalledNumber: dialled(to),
    CalledShowNumber: calledShowNumber,
    TtsCode: ttsCode,
    TtsParam: values.length > 0 ? ttsParam : undefined,
    PlayTimes: playTimes,
    Volume: volume,
    Speed: speed,
    OutId: shortened(options.reference),
  }
  const secrets = [...secretsOf(config), to, dialled(to), ...values]
  const answer = await answerOr(service.call(config, endpoint, 'SingleCallByTts', params, options.signal), (failure) =>
    sendErrorFrom(failure, secrets, unnamedLimit),
  )
  return { providerMessageId: idOf(answer.CallId) || idOf(answer.RequestId) || options.reference }
}

/** The provider, with connections of its own. */
export function aliyunVoice(options: AliyunOptions = {}): Provider<AliyunVoiceConfig, VoiceMessage> {
  const service = aliyun(options.timeouts ? { timeouts: options.timeouts } : {})
  const endpoint = options.endpoint ?? central
  const lookupFor = (config: AliyunVoiceConfig, signal?: AbortSignal) => lookupWith(service, endpoint, config, signal)

  return {
    id: 'aliyun-voice',
    channel: 'voice',
    texts: voiceTexts,
    config: AliyunVoiceConfig,
    identity: identityOf,
    check: (config, { signal }) => check(lookupFor(config, signal)),
    send: (config, to, message, options) => send(service, endpoint, config, to, message, options),
    repeatable: false,
    passingCauses,
    settle: (config, message, { signal } = {}) =>
      lookupFor(config, signal)(permissions.details, (ask) => settle(ask, message)),
    receiptsByTheirId: true,
    vendorReference: shortened,
    explain: (code) => (code === tooLong ? 'aliyun_value' : explained(code, permissions.send)),
    readReceipts: ({ body }) => receiptsFrom(body),
    receiptAnswer,
    close: () => service.close(),
  }
}

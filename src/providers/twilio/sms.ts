/**
 * The provider `twilio-sms`: SMS in all the world, with texts that are written here. Promises that a message whose answer was lost
 * is never called failed and never sent twice, and that no error holds a key, a number or a value. Twilio has no key that
 * tells a repeat from a second message: what became of a lost one its pushes say, which name it, or the lack of any record.
 */
import type { Twilio } from 'twilio'
import type { SentMessage, Settlement } from '#channels/answers.ts'
import { LookupError, type Provider, type SendOptions, type StageResult } from '#channels/contract.ts'
import type { WrittenMessage } from '#channels/sms/sms.ts'
import type { Texts } from '#channels/texts.ts'
import { answerOr, type StageFailure, timed } from '../asking.ts'
import { CallFailure, type Timeouts } from '../lines.ts'
import { type Fields, listOf } from '../reading.ts'
import { identityOf, secretsOf, TwilioConfig } from './account.ts'
import { explained, lookupErrorFrom, sendErrorFrom } from './errors.ts'
import { callbackAddress, canBeCalled, receiptAnswer, receiptsFrom, settlementFrom, sidOf, timeOf } from './receipts.ts'
import { type Service, service } from './service.ts'

export type TwilioOptions = {
  /** Signet's own address, which Twilio pushes to. */
  url: string
  /** In place of Twilio's own: the operator's setting, such as a simulator. */
  endpoint?: string
  timeouts?: Partial<Timeouts>
}

const texts: Texts = { kind: 'written', placeholder: ['${', '}'], messageIdName: 'Message SID', longestText: 1600 }

type Ask = (make: (client: Twilio) => Promise<unknown>) => Promise<Fields>

/** A key of the kind "Standard" may not read the account, and every key that sends may read messages. */
const askWho = ({ accountSid, apiKeySid }: TwilioConfig, ask: Ask) =>
  ask((client) => (apiKeySid ? client.messages.page({ pageSize: 1 }) : client.api.v2010.accounts(accountSid).fetch()))

/** Whatever it was, it was not Twilio that answered so. */
const strange: StageFailure = { cause: 'twilio_unavailable', code: 'EANSWER', passing: true }

function inactive({ status, messages }: Fields): StageFailure | undefined {
  if (status === 'active' || Array.isArray(messages)) return undefined
  const isKnown = status === 'suspended' || status === 'closed'
  return isKnown ? { cause: 'twilio_account', code: status } : strange
}

/** Whether the account has what messages are to come from; undefined for a name, which nobody can be asked about. */
function askForSender({ from, messagingServiceSid }: TwilioConfig, ask: Ask): Promise<Fields> | undefined {
  if (messagingServiceSid) return ask((client) => client.messaging.v1.services(messagingServiceSid).fetch())
  if (from.startsWith('+')) return ask((client) => client.incomingPhoneNumbers.page({ phoneNumber: from, pageSize: 1 }))
  return /^\d+$/.test(from) ? ask((client) => client.api.v2010.account.shortCodes.page({ shortCode: from })) : undefined
}

function absent({ sid, incoming_phone_numbers, short_codes }: Fields): StageFailure | undefined {
  const found = incoming_phone_numbers ?? short_codes
  if (sidOf(sid) || listOf(found).length > 0) return undefined
  return Array.isArray(found) ? { cause: 'twilio_sender', code: 'sender_not_found' } : strange
}

/** What a restricted key may not ask is left open: whether it may send shows at a test send. */
const mayNotAsk = ({ code = '' }: StageFailure): boolean => ['20003', '70051', 'HTTP_401', 'HTTP_403'].includes(code)
const isMissing = ({ code = '' }: StageFailure): boolean => ['20404', 'HTTP_404'].includes(code)

async function* check(ask: Ask, config: TwilioConfig): AsyncGenerator<StageResult> {
  const account = await timed(() => askWho(config, ask))
  const refused = account.failure ?? inactive(account.value)
  yield { stage: 'credentials', ok: !refused, ms: account.ms, ...refused }
  const question = refused ? undefined : askForSender(config, ask)
  if (!question) return
  const sender = await timed(() => question)
  const failure = sender.failure ?? absent(sender.value)
  if (failure && mayNotAsk(failure)) return
  const cause = failure && isMissing(failure) ? { cause: 'twilio_messaging_service' as const } : {}
  yield { stage: 'sender', ok: !failure, ms: sender.ms, ...failure, ...cause }
}

/** As the documents advise, and no longer than Twilio keeps anything. */
const [shortestValidity, longestValidity] = [5, 36_000]

function validityUntil(expiresAt: Date | undefined): { validityPeriod?: number } {
  if (!expiresAt) return {}
  const seconds = Math.ceil((expiresAt.getTime() - Date.now()) / 1000)
  return { validityPeriod: Math.min(longestValidity, Math.max(shortestValidity, seconds)) }
}

/** How far the clocks of two machines may be apart, and how long a request may be on its way. */
const slack = 5 * 60_000
const largestPage = 1000

/**
 * Looks a message up under Twilio's id. Without one, only that Twilio has no record of any message to the number at about
 * that time says something: which of several it is no record tells.
 */
async function settle(ask: Ask, { to, sentAt, providerMessageId }: SentMessage): Promise<Settlement> {
  const pending: Settlement = { state: 'pending', code: '', detail: '' }
  const sid = sidOf(providerMessageId)
  try {
    if (sid) return settlementFrom(await ask((client) => client.messages(sid).fetch()))
    const answer = await ask((client) => client.messages.page({ to, pageSize: largestPage }))
    const isNear = ({ date_created }: Fields) => {
      const at = timeOf(date_created)
      return at === undefined || Math.abs(at.getTime() - sentAt.getTime()) <= slack
    }
    const isWhole = Array.isArray(answer.messages) && !answer.next_page_uri
    return isWhole && !listOf(answer.messages).some(isNear) ? { ...pending, state: 'absent' } : pending
  } catch (error) {
    if (sid && error instanceof LookupError && ['20404', 'HTTP_404'].includes(error.code)) return pending
    throw error
  }
}

/** Twilio's id of what it took. @throws CallFailure where there is none: whatever said yes, it was not Twilio */
function takenFrom({ sid }: Fields): string {
  const id = sidOf(sid)
  if (!id) throw new CallFailure({ code: 'EANSWER', reach: 'unanswered' })
  return id
}

/** The provider, with connections of its own. */
export function twilioSms({ url, endpoint, timeouts }: TwilioOptions): Provider<TwilioConfig, WrittenMessage> {
  const calls: Service = service({ ...(endpoint ? { endpoint } : {}), ...(timeouts ? { timeouts } : {}) })
  const asking =
    (config: TwilioConfig, signal: AbortSignal | undefined): Ask =>
    (make) =>
      calls.call(config, make, signal)

  /** As `asking`. @throws LookupError */
  const lookupFor =
    (config: TwilioConfig, signal?: AbortSignal): Ask =>
    (make) =>
      answerOr(calls.call(config, make, signal), (failure) => lookupErrorFrom(failure, secretsOf(config)))

  /** Twilio is told where to push only where it can, and where it can be believed. */
  function callbackFor({ authToken }: TwilioConfig, { receiptToken, reference }: SendOptions) {
    if (!receiptToken || !authToken || !(endpoint || canBeCalled(url))) return {}
    return { statusCallback: callbackAddress(url, receiptToken, reference) }
  }

  return {
    id: 'twilio-sms',
    channel: 'sms',
    texts,
    config: TwilioConfig,
    identity: identityOf,
    check: (config, { signal }) => check(lookupFor(config, signal), config),
    async send(config, to, { text }, options) {
      const { from, messagingServiceSid } = config
      const message = {
        ...{ to, body: text },
        ...(from ? { from } : {}),
        ...(messagingServiceSid ? { messagingServiceSid } : {}),
        ...validityUntil(options.expiresAt),
        ...callbackFor(config, options),
      }
      const call = asking(config, options.signal)((client) => client.messages.create(message))
      const providerMessageId = await answerOr(call.then(takenFrom), (failure) =>
        sendErrorFrom(failure, [...secretsOf(config), to, to.slice(1), text]),
      )
      return { providerMessageId }
    },
    repeatable: false,
    settle: (config, message, { signal } = {}) => settle(lookupFor(config, signal), message),
    explain: explained,
    readReceipts: (push) => receiptsFrom(push, url),
    receiptAnswer,
    close: () => calls.close(),
  }
}

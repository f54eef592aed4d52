/**
 * What a failure of Twilio means: its cause, which the console puts into words, and the caller's next step. Promises that a
 * code is kept as it came, and that Twilio's words come out without keys, numbers or values.
 */
import { type LookupError, SendError } from '#channels/contract.ts'
import { causesByCode, certificateCode, lineMeanings, lookupErrorOf, type Meaning } from '../causes.ts'
import type { CallFailure } from '../lines.ts'
import { without } from '../redaction.ts'

/** By cause, which is a key of `Cause.*` and of `Outcome.*`: codes of refusals, and of what carriers say later. */
const meanings = {
  twilio_credentials: { kind: 'misconfigured', codes: '20003 HTTP_401 HTTP_403' },
  twilio_test_credentials: { kind: 'misconfigured', codes: '20008' },
  twilio_account: { kind: 'misconfigured', codes: '20005 20010 90010 30002' },
  twilio_sender: { kind: 'misconfigured', codes: '21212 21601 21603 21606 21607' },
  twilio_messaging_service: { kind: 'misconfigured', codes: '21701 21703 21704 21705' },
  twilio_registration: { kind: 'misconfigured', codes: '30018 30024 30032 30033 30034 30035' },
  twilio_callback: { kind: 'misconfigured', codes: '21609' },
  twilio_request: { kind: 'misconfigured', codes: '20404 21654 21655 21656 HTTP_404' },
  // One number of such a country, or one that nobody has verified, says nothing about all the others.
  twilio_country: { kind: 'reject', codes: '21408' },
  twilio_trial: { kind: 'reject', codes: '21608' },
  twilio_number: { kind: 'reject', codes: '21211 21217 21604 21612 30005 30011' },
  twilio_not_mobile: { kind: 'reject', codes: '21614 30006' },
  twilio_unsubscribed: { kind: 'reject', codes: '21610' },
  twilio_blocked: { kind: 'reject', codes: '30004' },
  twilio_content: { kind: 'reject', codes: '21602 21605 21617 21618 21619 21620 30007 30019' },
  twilio_throttled: { kind: 'retry', codes: '20429 HTTP_429 14107 21611 30001 30022' },
  twilio_limit: { kind: 'later', codes: '30023 30027 63038' },
  twilio_unavailable: { kind: 'retry', codes: '20500 20503 30410 30017 30020 30021 EANSWER' },
  twilio_phone_off: { kind: 'retry', codes: '30003' },
  twilio_undelivered: { kind: 'retry', codes: '30008 undelivered failed canceled' },
  twilio_expired: { kind: 'reject', codes: '30036' },
  ...lineMeanings('twilio'),
  /** A code that is not known here. */
  twilio_other: { kind: 'reject', codes: '' },
} as const satisfies Record<string, Meaning>

export type TwilioCause = keyof typeof meanings

const causeByCode = causesByCode<TwilioCause>(meanings)

/**
 * The cause of a code. One that is not known is Twilio's fault if it came with HTTP 5xx, and is tried again; any other refuses
 * this one message, since stopping a whole account takes a reason that is understood.
 */
export function causeOf(code: string, status?: number): TwilioCause {
  const cause = causeByCode.get(code)
  if (cause) return cause
  if (/^HTTP_5\d\d$/.test(code) || (status !== undefined && status >= 500)) return 'twilio_unavailable'
  return certificateCode.test(code) ? 'twilio_certificate' : 'twilio_other'
}

/** The cause behind any code of a send, a receipt or a settlement; undefined for one that nobody has documented. */
export function explained(code: string): TwilioCause | undefined {
  const cause = causeOf(code)
  return cause === 'twilio_other' ? undefined : cause
}

/** Seconds: the caps are of a day, and when that began is not said. */
const cappedFor = 3600
/** No more of an answer's words is looked at. */
const longestWords = 2000

/** Twilio's words, with what would be an address, an id or a number left out. */
export const readableWords = (words: string): string =>
  words
    .slice(0, longestWords)
    .replace(/[\s\p{C}]+/gu, ' ')
    .replace(/https?:\/\/\S+/gi, '•')
    .replace(/\b[A-Z]{2}[0-9a-f]{32}\b/gi, '•')
    .replace(/\d{5,}/g, '•')
    .trim()

/** The error that `send` throws. */
export function sendErrorFrom({ code, reach, words, status }: CallFailure, secrets: readonly string[]): SendError {
  const cause = causeOf(code, status)
  const kind = reach === 'unanswered' ? 'unknown' : meanings[cause].kind
  const wait = kind === 'later' ? cappedFor : undefined
  const reason = cause === 'twilio_other' ? undefined : cause
  return new SendError(kind, code, without(words, secrets), wait, 'account', reason)
}

/** The error that a question throws. */
export function lookupErrorFrom(failure: CallFailure, secrets: readonly string[]): LookupError {
  const cause = causeOf(failure.code, failure.status)
  return lookupErrorOf(failure, cause, meanings[cause], without(failure.words, secrets))
}

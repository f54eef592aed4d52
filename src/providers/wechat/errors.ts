/**
 * What a failure of WeChat means: its cause, which the console puts into words, and the caller's next step. Promises that a
 * code is kept as it came, that WeChat's words come out without secrets, tokens, openids or values, and that no message is
 * given up because a token could not be had.
 */

import { type LookupError, SendError, type SendErrorKind } from '#channels/contract.ts'
import { entryOf } from '#channels/storable.ts'
import type { VendorOutcome } from '#channels/vendor-codes.ts'
import { causesByCode, certificateCode, lineMeanings, lookupErrorOf, type Meaning } from '../causes.ts'
import { CallFailure } from '../lines.ts'
import { without } from '../redaction.ts'

/** A failed call, and whether a token was asked for, or something with one. */
export class WechatError extends CallFailure {
  readonly at: 'token' | 'call'
  constructor({ at, ...failure }: ConstructorParameters<typeof CallFailure>[0] & Pick<WechatError, 'at'>) {
    super(failure)
    this.at = at
  }
}

/** By cause, which is a key of `Cause.*` and `Outcome.*`. */
const meanings = {
  wechat_app_id: { kind: 'misconfigured', codes: '40013 41002' },
  wechat_app_secret: { kind: 'misconfigured', codes: '40125 41004' },
  wechat_secret_frozen: { kind: 'misconfigured', codes: '40243' },
  wechat_ip: { kind: 'misconfigured', codes: '40164' },
  wechat_ip_unconfirmed: { kind: 'misconfigured', codes: '89501 89503 89506 89507' },
  /** Refused even when it was fetched anew: somebody else has fetched one since. A secret that is wrong gets none at all. */
  wechat_token: { kind: 'retry', codes: '40001 40014 42001' },
  wechat_permission: { kind: 'misconfigured', codes: '48001' },
  wechat_blocked: { kind: 'misconfigured', codes: '48004 50002 50004 50007' },
  wechat_template: { kind: 'misconfigured', about: 'approval', codes: '40036 40037' },
  wechat_mini_program: { kind: 'misconfigured', about: 'template', codes: '40165' },
  wechat_openid: { kind: 'reject', codes: '40003 41009' },
  wechat_not_following: { kind: 'reject', codes: '43004' },
  wechat_declined: { kind: 'reject', codes: '43101' },
  wechat_value: { kind: 'reject', codes: '47003' },
  wechat_request: { kind: 'reject', codes: '40002 41001 43001 43002 44002 47001' },
  wechat_day_limit: { kind: 'later', codes: '45009' },
  wechat_minute_limit: { kind: 'later', codes: '45011' },
  wechat_unavailable: { kind: 'retry', codes: '-1 43108 EANSWER HTTP_429' },
  ...lineMeanings('wechat'),
  /** A code that is not known here. */
  wechat_other: { kind: 'reject', codes: '' },
} as const satisfies Record<string, Meaning>

type WechatCause = keyof typeof meanings

/** What its event says of a message that did not arrive, by cause. */
const events: Record<string, VendorOutcome> = {
  'user block': 'wechat_user_block',
  'system failed': 'wechat_system_failed',
  'freq limit': 'wechat_frequency',
}

const causeByCode = causesByCode<WechatCause>(meanings)

/** Codes that mean something else where no token, or nothing but a message, was asked for. */
const causeAt: Record<WechatError['at'], Record<string, WechatCause>> = {
  token: { '40001': 'wechat_app_secret' },
  // The account is named by its token: the only AppID in a message is the mini program's.
  call: { '40013': 'wechat_mini_program' },
}

/**
 * The cause of a failure. A code that is not known refuses this one message, unless it came with HTTP 5xx: stopping a whole
 * account takes a reason that is understood.
 */
export function causeOf({ code, at, status }: Pick<WechatError, 'code' | 'at' | 'status'>): WechatCause {
  const cause = causeAt[at][code] ?? causeByCode.get(code)
  if (cause) return cause
  if (certificateCode.test(code)) return 'wechat_certificate'
  return status !== undefined && status >= 500 ? 'wechat_unavailable' : 'wechat_other'
}

/** The cause behind a code of a send or an event; undefined for one that nobody has documented. */
export function explained(code: string): VendorOutcome | undefined {
  const cause = entryOf(events, code) ?? causeByCode.get(code)
  if (cause === 'wechat_other') return undefined
  return cause ?? (/^HTTP_5/.test(code) ? 'wechat_unavailable' : undefined)
}

/** A token that is refused is worth one that is fetched anew. */
export const isTokenRefused = (error: unknown): boolean =>
  error instanceof WechatError && error.at === 'call' && causeOf(error) === 'wechat_token'

const chinaOffset = 8 * 3600

/** Seconds until a limit's window ends. A day is China's; a limit may be raised or cleared before it ends. */
function waitFor(cause: WechatCause, now: Date): number {
  const seconds = Math.floor(now.getTime() / 1000)
  if (cause === 'wechat_minute_limit') return 61 - (seconds % 60)
  return Math.min(3600, 86_401 - ((seconds + chinaOffset) % 86_400))
}

/** No more of an answer's words is looked at. */
const longestWords = 2000

/** The id that WeChat's words end with, as they were, and the words without it. */
export function wordsFrom(errmsg: string): { words: string; requestId?: string } {
  const text = errmsg.slice(0, longestWords).replace(/[\s\p{C}]+/gu, ' ')
  const id = /\brid: ?([0-9a-f-]{8,40})/i.exec(text)?.[1] ?? /\bhint: ?\[([^\]\s]{1,60})/i.exec(text)?.[1]
  const words = text
    .replace(/,? ?\b(?:rid|hint): ?.*$/i, '')
    .replace(/https?:\/\/\S+/gi, '•')
    .trim()
  return id ? { words, requestId: id } : { words }
}

/** The words that a person is shown; of a refused address nothing but the address, which has to be copied. */
const detailOf = ({ code, words }: WechatError, secrets: readonly string[]): string =>
  (code === '40164' && /invalid ip ([\da-f:.]+)/i.exec(words)?.[1]) || without(words, secrets)

/** The error that `send` throws. */
export function sendErrorFrom(error: WechatError, secrets: readonly string[], now = new Date()): SendError {
  const cause = causeOf(error)
  const { kind, about }: Meaning = meanings[cause]
  const detail = detailOf(error, secrets)
  const reason = cause === 'wechat_other' ? undefined : cause
  const errorOf = (as: SendErrorKind, wait?: number, of?: Meaning['about']) =>
    new SendError(as, error.code, detail, wait, of, reason)
  if (error.reach === 'unanswered') return errorOf(error.at === 'token' ? 'retry' : 'unknown')
  // Nothing was said about the message, only that the account gets no token.
  if (error.at === 'token' && kind === 'reject') return errorOf('misconfigured')
  return errorOf(kind, kind === 'later' ? waitFor(cause, now) : undefined, about)
}

/** The error that a question throws. */
export function lookupErrorFrom(error: WechatError, secrets: readonly string[]): LookupError {
  const cause = causeOf(error)
  return lookupErrorOf(error, cause, meanings[cause], detailOf(error, secrets))
}

/**
 * What a failure of Alibaba Cloud means: its cause, which the console puts into words, and the caller's next step. Promises
 * that a code is kept as it came, and that the service's words come out without keys, numbers or values.
 */
import { type LookupError, SendError } from '#channels/contract.ts'
import type { VendorCause } from '#channels/vendor-codes.ts'
import { causesByCode, certificateCode, lineMeanings, lookupErrorOf, type Meaning } from '../causes.ts'
import type { CallFailure } from '../lines.ts'
import { without } from '../redaction.ts'

/** By cause, which is a key of `Cause.*`. Codes of SMS and voice, and of the gateway before both. */
const meanings = {
  aliyun_key_unknown: {
    kind: 'misconfigured',
    codes: 'InvalidAccessKeyId.NotFound InvalidAccessKeyId MissingAccessKeyId',
  },
  aliyun_key_disabled: { kind: 'misconfigured', codes: 'InvalidAccessKeyId.Inactive' },
  aliyun_secret_wrong: {
    kind: 'misconfigured',
    codes: 'SignatureDoesNotMatch IncompleteSignature InvalidSignatureMethod InvalidSignature',
  },
  aliyun_clock: { kind: 'misconfigured', codes: 'InvalidTimeStamp.Expired InvalidTimeStamp.Format' },
  aliyun_permission: {
    kind: 'misconfigured',
    codes: 'Forbidden.RAM NoPermission Forbidden ForbiddenAction isp.RAM_PERMISSION_DENY',
  },
  aliyun_risk_control: { kind: 'misconfigured', codes: 'Forbidden.RiskControl' },
  aliyun_ip_refused: { kind: 'misconfigured', codes: 'isv.DENY_IP_RANGE' },
  aliyun_not_opened: { kind: 'misconfigured', codes: 'isv.PRODUCT_UN_SUBSCRIPT isv.PRODUCT_UNSUBSCRIBE' },
  aliyun_balance: { kind: 'misconfigured', codes: 'isv.AMOUNT_NOT_ENOUGH isv.OUT_OF_SERVICE' },
  aliyun_account: {
    kind: 'misconfigured',
    codes:
      'isv.ACCOUNT_NOT_EXISTS isv.ACCOUNT_ABNORMAL isv.SECURITY_FROZEN_ACCOUNT isv.COMPLAINT_REJECT isv.BILLID_NOT_EXIST',
  },
  aliyun_endpoint: {
    kind: 'misconfigured',
    codes: 'InvalidVersion InvalidAction.NotFound InvalidApi.NotFound UnsupportedHTTPMethod',
  },
  aliyun_extension_code: {
    kind: 'misconfigured',
    codes: 'isv.EXTEND_CODE_ERROR isv.CODE_EXCEED_LIMIT isv.CODE_ERROR',
  },
  aliyun_signature: {
    kind: 'misconfigured',
    about: 'approval',
    codes:
      'isv.SMS_SIGNATURE_ILLEGAL isv.SMS_SIGN_ILLEGAL isv.SIGN_STATE_ILLEGAL isv.ONE_CODE_MULTIPLE_SIGN SignatureNotFound',
  },
  aliyun_signature_scene: { kind: 'misconfigured', about: 'template', codes: 'isv.SMS_SIGNATURE_SCENE_ILLEGAL' },
  aliyun_template: {
    kind: 'misconfigured',
    about: 'approval',
    codes:
      'isv.SMS_TEMPLATE_ILLEGAL isv.TTS_TEMPLATE_ILLEGAL isv.TEMPLATE_ILLEGAL isv.VOICE_FILE_ILLEGAL TemplateNotFound',
  },
  aliyun_test_only: { kind: 'misconfigured', about: 'template', codes: 'isv.SMS_TEST_SIGN_TEMPLATE_LIMIT' },
  /** A test signature sends to numbers that were bound to it, and no others. */
  aliyun_test_number: { kind: 'reject', codes: 'isv.SMS_TEST_NUMBER_LIMIT' },
  aliyun_calling_number: { kind: 'misconfigured', about: 'template', codes: 'isv.DISPLAY_NUMBER_ILLEGAL' },
  aliyun_value: {
    kind: 'reject',
    codes:
      'isv.TEMPLATE_MISSING_PARAMETERS isv.TEMPLATE_PARAMS_ILLEGAL isv.SMS_TEST_TEMPLATE_PARAMS_ILLEGAL isv.INVALID_JSON_PARAM isv.PARAM_LENGTH_LIMIT isv.PARAM_NOT_SUPPORT_URL isv.BLACK_KEY_CONTROL_LIMIT',
  },
  aliyun_content: {
    kind: 'reject',
    codes: 'isv.SMS_CONTENT_ILLEGAL isv.UNSUPPORTED_CONTENT isv.SMS_CONTENT_MISMATCH_TEMPLATE_TYPE',
  },
  aliyun_number: {
    kind: 'reject',
    codes: 'isv.MOBILE_NUMBER_ILLEGAL isv.DOMESTIC_NUMBER_NOT_SUPPORTED isv.MOBILE_COUNT_OVER_LIMIT',
  },
  aliyun_unsubscribed: { kind: 'reject', codes: 'isv.CUSTOMER_REFUSED' },
  aliyun_request: { kind: 'reject', codes: 'isv.INVALID_PARAMETERS InvalidParameters InvalidParameter.Format' },
  aliyun_limit: {
    kind: 'later',
    codes: 'isv.BUSINESS_LIMIT_CONTROL isv.DAY_LIMIT_CONTROL isv.MONTH_LIMIT_CONTROL',
  },
  aliyun_throttled: { kind: 'retry', codes: 'Throttling Throttling.User Throttling.Api' },
  aliyun_unavailable: {
    kind: 'retry',
    codes: 'isp.SYSTEM_ERROR isp.GATEWAY_ERROR isv.VOICE_CALL_FAIL InternalError ServiceUnavailable EANSWER',
  },
  // Somebody on the way repeated our request, and the first of the two may have been carried out.
  aliyun_repeated: { kind: 'unknown', codes: 'SignatureNonceUsed' },
  ...lineMeanings('aliyun'),
  /** A code that is not known here. */
  aliyun_other: { kind: 'reject', codes: '' },
} as const satisfies Record<string, Meaning>

export type AliyunCause = keyof typeof meanings

/** Requests are signed with the time: a clock that is put right needs nobody. */
export const passingCauses = ['aliyun_clock'] as const satisfies AliyunCause[]

const causeByCode = causesByCode<AliyunCause>(meanings)

/** Families of codes that have no end. */
const families: [prefix: RegExp, cause: AliyunCause][] = [
  [/^Throttling/, 'aliyun_throttled'],
  [/^InvalidAccessKeyId/, 'aliyun_key_unknown'],
  [/^InvalidTimeStamp/i, 'aliyun_clock'],
  [/Signature/, 'aliyun_secret_wrong'],
  [/^(Forbidden|NoPermission|Unauthorized|AccessDenied)/, 'aliyun_permission'],
  [/^(ServiceUnavailable|InternalError|isp\.|HTTP_5)/, 'aliyun_unavailable'],
  [/^(Missing|Invalid)/, 'aliyun_request'],
  [/^(HTTP_429)$/, 'aliyun_throttled'],
  [/^(HTTP_401|HTTP_403)$/, 'aliyun_permission'],
  [certificateCode, 'aliyun_certificate'],
]

/**
 * The cause of a code. A code that is not known is the provider's fault if it says so (`isp.…`) or came with HTTP 5xx, and
 * is tried again; any other refuses this one message, since stopping a whole account takes a reason that is understood.
 */
export function causeOf(code: string, status?: number): AliyunCause {
  const cause = causeByCode.get(code) ?? families.find(([prefix]) => prefix.test(code))?.[1]
  if (cause) return cause
  return status !== undefined && status >= 500 ? 'aliyun_unavailable' : 'aliyun_other'
}

/** Seconds until a limit's window ends. Minutes and hours are natural ones; a day counts from each send, so its end is not known. */
function waitFor({ code, words }: CallFailure, smallest: number, now: Date): number {
  const seconds = now.getUTCMinutes() * 60 + now.getUTCSeconds()
  if (/分钟|minute/i.test(words)) return 61 - now.getUTCSeconds()
  if (/小时|hour/i.test(words)) return 3601 - seconds
  if (code === 'isv.MONTH_LIMIT_CONTROL') return 86_400
  if (code === 'isv.DAY_LIMIT_CONTROL' || /天|日|day/i.test(words)) return 3600
  return smallest
}

/** No more of an answer's words is looked at. */
const longestWords = 2000

/** The service's words, with what would be a key, a number, an address or part of the request left out. */
export const readableWords = (words: string): string =>
  words
    .slice(0, longestWords)
    .replace(/[\s\p{C}]+/gu, ' ')
    .replace(/,? ?(server )?string to sign.*$/i, '')
    .replace(/https?:\/\/\S+/gi, '•')
    .replace(/\S+/g, (word) => (/%[0-9a-f]{2}/i.test(word) ? '•' : word))
    .replace(/LTAI\w+/g, '•')
    // The number of a template is no phone number: SMS_100000001.
    .replace(/([A-Z]_)?\d+/g, (digits, prefix) => (prefix || digits.length < 4 ? digits : '•'))
    .trim()

/**
 * The error that `send` throws.
 * @param shortestLimit seconds to wait where a limit's window is not named
 */
export function sendErrorFrom(
  failure: CallFailure,
  secrets: readonly string[],
  shortestLimit: number,
  now = new Date(),
): SendError {
  const cause = causeOf(failure.code, failure.status)
  const meaning: Meaning = meanings[cause]
  const kind = failure.reach === 'unanswered' ? 'unknown' : meaning.kind
  const wait = kind === 'later' ? waitFor(failure, shortestLimit, now) : undefined
  // Which permission is missing `explain` knows.
  const reason = cause === 'aliyun_permission' || cause === 'aliyun_other' ? undefined : cause
  return new SendError(kind, failure.code, without(failure.words, secrets), wait, meaning.about, reason)
}

/** The error that a question throws. @param permission the cause where the key may not ask it */
export function lookupErrorFrom(
  failure: CallFailure,
  secrets: readonly string[],
  permission: VendorCause,
): LookupError {
  const cause = causeOf(failure.code, failure.status)
  const reason = cause === 'aliyun_permission' ? permission : cause
  return lookupErrorOf(failure, reason, meanings[cause], without(failure.words, secrets))
}

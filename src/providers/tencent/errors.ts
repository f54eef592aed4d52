/**
 * What a failure of Tencent Cloud SMS means: its cause, which the console puts into words, and the caller's next step. One
 * table serves what refuses a whole call and what refuses one number within an answer. Promises that a code is kept as it
 * came, and that the service's words come out without keys, numbers or values.
 *
 * Codes: the error list of the official SDKs (`sms/v20210111`) and cloud.tencent.com/document/api/382/52075.
 */
import { type LookupError, SendError } from '#channels/contract.ts'
import { entryOf } from '#channels/storable.ts'
import type { VendorCause, VendorOutcome } from '#channels/vendor-codes.ts'
import { causesByCode, certificateCode, lineMeanings, lookupErrorOf, type Meaning } from '../causes.ts'
import type { CallFailure } from '../lines.ts'
import { without } from '../redaction.ts'

/** By cause, which is a key of `Cause.*`. Where the service spells a code in two ways, both stand here. */
const meanings = {
  tencent_key_unknown: {
    kind: 'misconfigured',
    codes: 'AuthFailure.SecretIdNotFound AuthFailure.InvalidSecretId AuthFailure.TokenFailure',
  },
  tencent_secret_wrong: {
    kind: 'misconfigured',
    codes:
      'AuthFailure.SignatureFailure AuthFailure.InvalidAuthorization InternalError.SigFieldMissing InternalError.SigVerificationFail',
  },
  tencent_clock: {
    kind: 'misconfigured',
    codes: 'AuthFailure.SignatureExpire InternalError.RequestTimeException',
  },
  tencent_permission: {
    kind: 'misconfigured',
    codes:
      'AuthFailure.UnauthorizedOperation AuthFailure.MFAFailure UnauthorizedOperation UnauthorizedOperation.RequestPermissionDeny FailedOperation.ForbidAddMarketingTemplates',
  },
  tencent_sub_account: { kind: 'misconfigured', codes: 'FailedOperation.ProhibitSubAccountUse' },
  tencent_not_enterprise: { kind: 'misconfigured', codes: 'FailedOperation.NotEnterpriseCertification' },
  tencent_ip_refused: {
    kind: 'misconfigured',
    codes: 'UnauthorizedOperation.RequestIpNotInWhitelist IpInBlacklist IpNotInWhitelist',
  },
  tencent_application: {
    kind: 'misconfigured',
    codes:
      'UnauthorizedOperation.SmsSdkAppIdVerifyFail UnauthorizedOperation.SdkAppIdIsDisabled InvalidParameterValue.SdkAppIdNotExist InvalidParameter.AppidAndBizId',
  },
  tencent_balance: {
    kind: 'misconfigured',
    codes:
      'FailedOperation.InsufficientBalanceInSmsPackage UnauthorizedOperation.SerivceSuspendDueToArrears UnauthorizedOperation.ServiceSuspendDueToArrears',
  },
  tencent_endpoint: {
    kind: 'misconfigured',
    codes: 'InvalidAction NoSuchVersion NoSuchProduct UnsupportedRegion InternalError.RestApiInterfaceNotExist',
  },
  tencent_signature: {
    kind: 'misconfigured',
    about: 'approval',
    codes: 'FailedOperation.SignatureIncorrectOrUnapproved',
  },
  tencent_template: {
    kind: 'misconfigured',
    about: 'approval',
    codes: 'FailedOperation.TemplateIncorrectOrUnapproved FailedOperation.TemplateUnapprovedOrNotExist',
  },
  tencent_marketing: {
    kind: 'misconfigured',
    about: 'template',
    codes: 'UnauthorizedOperation.IndividualUserMarketingSmsPermissionDeny',
  },
  /** One number of a country that is not opened says nothing about the others. */
  tencent_country: {
    kind: 'reject',
    codes:
      'LimitExceeded.AppCountryOrRegionInBlacklist UnsupportedOperation.UnsuportedRegion UnsupportedOperation.UnsupportedRegion',
  },
  tencent_template_for_others: {
    kind: 'reject',
    codes:
      'UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone UnsupportedOperation.GlobalTemplateToChineseMainlandPhone UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber',
  },
  tencent_number: {
    kind: 'reject',
    codes: 'InvalidParameterValue.IncorrectPhoneNumber FailedOperation.PhoneNumberParseFail',
  },
  tencent_blocked: { kind: 'reject', codes: 'FailedOperation.PhoneNumberInBlacklist' },
  tencent_value: {
    kind: 'reject',
    codes:
      'FailedOperation.TemplateParamSetNotMatchApprovedTemplate InvalidParameterValue.TemplateParameterFormatError InvalidParameterValue.TemplateParameterLengthLimit InvalidParameterValue.ProhibitedUseUrlInTemplateParameter InvalidParameterValue.ContentLengthLimit EVALUES',
  },
  tencent_content: { kind: 'reject', codes: 'FailedOperation.ContainSensitiveWord InvalidParameter.DirtyWordFound' },
  tencent_request: {
    kind: 'reject',
    codes:
      'MissingParameter MissingParameter.EmptyPhoneNumberSet InvalidParameter InvalidParameter.InvalidParameters FailedOperation.FailResolvePacket FailedOperation.JsonParseFail InternalError.JsonParseFail LimitExceeded.PhoneNumberCountLimit',
  },
  tencent_number_limit: {
    kind: 'later',
    codes:
      'LimitExceeded.PhoneNumberThirtySecondLimit LimitExceeded.PhoneNumberOneHourLimit LimitExceeded.PhoneNumberDailyLimit LimitExceeded.PhoneNumberSameContentDailyLimit LimitExceeded.DeliveryFrequencyLimit',
  },
  tencent_account_limit: {
    kind: 'later',
    codes:
      'LimitExceeded.AppDailyLimit LimitExceeded.AppMainlandChinaDailyLimit LimitExceeded.AppGlobalDailyLimit LimitExceeded.AppCountryOrRegionDailyLimit LimitExceeded.DailyLimit',
  },
  tencent_marketing_hours: { kind: 'later', codes: 'FailedOperation.MarketingSendTimeConstraint' },
  tencent_throttled: { kind: 'retry', codes: 'RequestLimitExceeded' },
  /** The service lost its own answer: the message may have been taken. */
  tencent_internal: {
    kind: 'unknown',
    codes:
      'InternalError InternalError.Timeout InternalError.SendAndRecvFail InternalError.OtherError InternalError.UnknownError InternalError.ParseBackendResponseFail',
  },
  tencent_unavailable: { kind: 'retry', codes: 'EANSWER' },
  ...lineMeanings('tencent'),
  /** A code that is not known here. */
  tencent_other: { kind: 'reject', codes: '' },
} as const satisfies Record<string, Meaning>

export type TencentCause = keyof typeof meanings

/** Requests are signed with the time: a clock that is put right needs nobody. */
export const passingCauses = ['tencent_clock'] as const satisfies TencentCause[]

const causeByCode = causesByCode<TencentCause>(meanings)

/** What is not listed goes by its first word, which the service says is its kind. */
const families: [prefix: RegExp, cause: TencentCause][] = [
  [/^AuthFailure/, 'tencent_secret_wrong'],
  [/^UnauthorizedOperation/, 'tencent_permission'],
  [/^RequestLimitExceeded/, 'tencent_throttled'],
  [/^LimitExceeded/, 'tencent_account_limit'],
  [/^InternalError/, 'tencent_internal'],
  [/^(MissingParameter|InvalidParameter|UnknownParameter)/, 'tencent_request'],
  [/^HTTP_429$/, 'tencent_throttled'],
  [/^HTTP_5/, 'tencent_unavailable'],
  [/^HTTP_40[13]$/, 'tencent_permission'],
  [certificateCode, 'tencent_certificate'],
]

/** The cause of a code. One that nobody has documented refuses this one message, or may have been carried out if HTTP says 5xx. */
export function causeOf(code: string, status?: number): TencentCause {
  const cause = causeByCode.get(code) ?? families.find(([prefix]) => prefix.test(code))?.[1]
  if (cause) return cause
  return status !== undefined && status >= 500 ? 'tencent_internal' : 'tencent_other'
}

/** What the codes mean that come after a message was accepted: a carrier's, verbatim. `DELIVRD` and its like are SMPP's. */
const carriers: Record<string, VendorOutcome> = {
  MBBLACK: 'tencent_blocked',
  EXPIRED: 'tencent_phone_off',
  UNDELIV: 'tencent_carrier',
  REJECTD: 'tencent_carrier',
}

/** The cause where the key may not send. */
export const sendPermission = 'tencent_permission_send'

/** The cause as it is said of a send; undefined for a code that nobody has documented. */
function causeOfSend(cause: TencentCause) {
  if (cause === 'tencent_permission') return sendPermission
  return cause === 'tencent_other' ? undefined : cause
}

/** The cause behind any code of a send, a receipt or a settlement; undefined for one that nobody has documented. */
export const explained = (code: string): VendorOutcome | undefined =>
  entryOf(carriers, code) ?? causeOfSend(causeOf(code))

const second = 1
const hour = 3600 * second
const day = 24 * hour
const chinaOffset = 8 * hour
/** Of a limit that does not say which window it is of. */
const unnamedLimit = 300

/** Seconds from now until an hour of the day in China. */
const untilHour = (at: number, now: Date): number => {
  const today = (Math.floor(now.getTime() / 1000) + chinaOffset) % day
  return ((at * hour - today + day) % day || day) + second
}

/** Seconds until a limit's window ends. Daily ones count the calendar day of China. */
function waitFor(cause: TencentCause, code: string, now: Date): number {
  if (cause === 'tencent_marketing_hours') return untilHour(8, now)
  if (code.endsWith('ThirtySecondLimit')) return 31
  if (code.endsWith('OneHourLimit')) return hour
  return code.endsWith('DailyLimit') ? untilHour(0, now) : unnamedLimit
}

/** No more of an answer's words is looked at. */
const longestWords = 2000

/** The service's words, with what would be a key, a number, an address or part of the request left out. */
export const readableWords = (words: string): string =>
  words
    .slice(0, longestWords)
    .replace(/[\s\p{C}]+/gu, ' ')
    .replace(/https?:\/\/\S+/gi, '•')
    .replace(/AKID\w+/g, '•')
    .replace(/\d{4,}/g, '•')
    .trim()

/** The error that `send` throws. */
export function sendErrorFrom(failure: CallFailure, secrets: readonly string[], now = new Date()): SendError {
  const { code, reach, words, status } = failure
  const cause = causeOf(code, status)
  const meaning: Meaning = meanings[cause]
  const kind = reach === 'unanswered' ? 'unknown' : meaning.kind
  const wait = kind === 'later' ? waitFor(cause, code, now) : undefined
  return new SendError(kind, code, without(words, secrets), wait, meaning.about, causeOfSend(cause))
}

/** The error that a question throws. @param permission the cause where the key may not ask it */
export function lookupErrorFrom(
  failure: CallFailure,
  secrets: readonly string[],
  permission: VendorCause,
): LookupError {
  const cause = causeOf(failure.code, failure.status)
  const reason = cause === 'tencent_permission' ? permission : cause
  return lookupErrorOf(failure, reason, meanings[cause], without(failure.words, secrets))
}

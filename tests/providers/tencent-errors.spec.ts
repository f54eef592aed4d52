/** Every code that Tencent Cloud documents for SMS and its gateway, for a call and for the one number: what the caller does next. */
import { expect, test } from '@playwright/test'
import { SendError } from '#channels/contract.ts'
import { CallFailure } from '#providers/lines.ts'
import { causeOf, lookupErrorFrom, readableWords, sendErrorFrom } from '#providers/tencent/errors.ts'
import { tencentSms } from '#providers/tencent/sms.ts'
import { account, numberRefusal, refusal, startTencent, type TencentService } from '../support/tencent-service.ts'

const table = {
  unknown: `InternalError InternalError.Timeout InternalError.SendAndRecvFail InternalError.OtherError InternalError.UnknownError
    InternalError.ParseBackendResponseFail InternalError.OfTomorrow`,
  retry: 'RequestLimitExceeded RequestLimitExceeded.UinLimitExceeded',
  later: `LimitExceeded.PhoneNumberThirtySecondLimit LimitExceeded.PhoneNumberOneHourLimit LimitExceeded.PhoneNumberDailyLimit
    LimitExceeded.PhoneNumberSameContentDailyLimit LimitExceeded.DeliveryFrequencyLimit LimitExceeded.AppDailyLimit
    LimitExceeded.AppMainlandChinaDailyLimit LimitExceeded.AppGlobalDailyLimit LimitExceeded.AppCountryOrRegionDailyLimit
    LimitExceeded.DailyLimit FailedOperation.MarketingSendTimeConstraint LimitExceeded.OfTomorrow`,
  'misconfigured account': `AuthFailure.InvalidAuthorization AuthFailure.InvalidSecretId AuthFailure.SecretIdNotFound
    AuthFailure.SignatureFailure AuthFailure.SignatureExpire AuthFailure.TokenFailure AuthFailure.UnauthorizedOperation
    AuthFailure.MFAFailure AuthFailure.OfTomorrow InternalError.SigFieldMissing InternalError.SigVerificationFail
    InternalError.RequestTimeException UnauthorizedOperation UnauthorizedOperation.RequestIpNotInWhitelist
    UnauthorizedOperation.RequestPermissionDeny UnauthorizedOperation.SdkAppIdIsDisabled UnauthorizedOperation.OfTomorrow
    UnauthorizedOperation.SmsSdkAppIdVerifyFail UnauthorizedOperation.SerivceSuspendDueToArrears
    UnauthorizedOperation.ServiceSuspendDueToArrears IpInBlacklist IpNotInWhitelist InvalidAction NoSuchVersion
    InternalError.RestApiInterfaceNotExist InvalidParameterValue.SdkAppIdNotExist InvalidParameter.AppidAndBizId
    FailedOperation.InsufficientBalanceInSmsPackage FailedOperation.NotEnterpriseCertification
    FailedOperation.ProhibitSubAccountUse`,
  'misconfigured approval': `FailedOperation.SignatureIncorrectOrUnapproved FailedOperation.TemplateIncorrectOrUnapproved
    FailedOperation.TemplateUnapprovedOrNotExist`,
  'misconfigured template': 'UnauthorizedOperation.IndividualUserMarketingSmsPermissionDeny',
  reject: `InvalidParameterValue.IncorrectPhoneNumber FailedOperation.PhoneNumberParseFail FailedOperation.PhoneNumberInBlacklist
    UnsupportedOperation.UnsuportedRegion UnsupportedOperation.UnsupportedRegion LimitExceeded.AppCountryOrRegionInBlacklist
    UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone UnsupportedOperation.GlobalTemplateToChineseMainlandPhone
    UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber FailedOperation.TemplateParamSetNotMatchApprovedTemplate
    InvalidParameterValue.TemplateParameterFormatError InvalidParameterValue.TemplateParameterLengthLimit
    InvalidParameterValue.ProhibitedUseUrlInTemplateParameter InvalidParameterValue.ContentLengthLimit
    FailedOperation.ContainSensitiveWord InvalidParameter.DirtyWordFound MissingParameter MissingParameter.EmptyPhoneNumberSet
    InvalidParameter InvalidParameter.InvalidParameters FailedOperation.FailResolvePacket FailedOperation.JsonParseFail
    InternalError.JsonParseFail LimitExceeded.PhoneNumberCountLimit FailedOperation.OtherError
    FailedOperation.ParametersOtherError UnsupportedOperation. FailedOperation.OfTomorrow`,
}
const rows = Object.entries(table).flatMap(([outcome, codes]) => codes.split(/\s+/).map((code) => ({ outcome, code })))

const message = {
  signName: '星桥智家',
  templateCode: '1900001',
  templateParam: { '1': '771204', '2': '张三丰' },
  text: '',
}
const config = { ...account, region: 'ap-guangzhou' as const }
const planted = [account.secretId, account.secretKey, '13812345678', '771204', '张三丰']

let service: TencentService
test.beforeAll(async () => {
  service = await startTencent()
})
test.afterAll(() => service.close())

for (const [where, refused] of [
  ['the call', refusal],
  ['the number', numberRefusal],
] as const) {
  for (const { outcome, code } of rows) {
    test(`${code} for ${where} is ${outcome}`, async () => {
      const provider = tencentSms({ endpoint: service.url })
      const said = `没有 the code 771204 for +8613812345678 of 13812345678 by ${account.secretId}, 张三丰`
      service.script = { SendSms: refused(code, said) }
      const error = await provider.send(config, '+8613812345678', message, { reference: 'm' }).catch((one) => one)
      await provider.close?.()
      expect(error).toBeInstanceOf(SendError)
      const [kind, about = 'account'] = outcome.split(' ')
      expect(error).toMatchObject({ kind, about, code })
      expect(error.detail).toContain('没有')
      expect(typeof error.retryAfter).toBe(kind === 'later' ? 'number' : 'undefined')
      const shown = JSON.stringify([error, error.message, error.stack, error.cause])
      expect(planted.filter((secret) => shown.includes(secret))).toEqual([])
    })
  }
}

const failed = (code: string, reach: 'answered' | 'unanswered' | 'unsent' = 'answered', status = 200) =>
  new CallFailure({ code, reach, status })

test('a limit is waited out: of thirty seconds, an hour, or the calendar day of China', () => {
  const now = new Date('2026-11-20T02:10:20Z')
  const wait = (code: string, at = now) => sendErrorFrom(failed(code), [], at).retryAfter
  expect(wait('LimitExceeded.PhoneNumberThirtySecondLimit')).toBe(31)
  expect(wait('LimitExceeded.PhoneNumberOneHourLimit')).toBe(3600)
  expect(wait('LimitExceeded.PhoneNumberDailyLimit')).toBe(13 * 3600 + 49 * 60 + 41)
  expect(wait('LimitExceeded.AppDailyLimit', new Date('2026-11-20T16:00:00Z'))).toBe(86_401)
  expect(wait('LimitExceeded.DeliveryFrequencyLimit')).toBe(300)
  expect(wait('FailedOperation.MarketingSendTimeConstraint', new Date('2026-11-20T15:00:00Z'))).toBe(9 * 3600 + 1)
})

test('a lost answer is unknown to a send, whatever its code, and may be asked again by a question', () => {
  expect(sendErrorFrom(failed('ETIMEDOUT', 'unanswered'), []).kind).toBe('unknown')
  expect(lookupErrorFrom(failed('ETIMEDOUT', 'unanswered'), [], 'tencent_permission_signatures')).toMatchObject({
    kind: 'retry',
    reason: 'tencent_no_answer',
  })
  expect(lookupErrorFrom(failed('InternalError'), [], 'tencent_permission_signatures').kind).toBe('retry')
  expect(sendErrorFrom(failed('ECONNREFUSED', 'unsent'), []).kind).toBe('retry')
  expect(causeOf('Strange.NewCode', 500)).toBe('tencent_internal')
  expect(causeOf('Strange.NewCode')).toBe('tencent_other')
})

test('a question that the key may not ask names the right that is missing', () => {
  const asked = lookupErrorFrom(
    failed('UnauthorizedOperation.RequestPermissionDeny'),
    [],
    'tencent_permission_templates',
  )
  expect(asked).toMatchObject({ reason: 'tencent_permission_templates', kind: 'misconfigured' })
})

test("the service's words lose numbers, keys and addresses", () => {
  expect(readableWords('key AKIDz8krbsJ5yKBZ, see https://cloud.tencent.com/x now, 1400006666 of 30')).toBe(
    'key •, see • now, • of 30',
  )
})

test('a code of a carrier or of a send has a cause, one of nobody has none', () => {
  const { explain } = tencentSms()
  expect(explain?.('MBBLACK')).toBe('tencent_blocked')
  expect(explain?.('UnauthorizedOperation.RequestPermissionDeny')).toBe('tencent_permission_send')
  expect(explain?.('FailedOperation.InsufficientBalanceInSmsPackage')).toBe('tencent_balance')
  for (const code of ['DELIVRD', 'OF_TOMORROW', 'constructor', '']) expect(explain?.(code)).toBeUndefined()
})

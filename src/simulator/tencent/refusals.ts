/** Refusals of a whole call, and answers: both come as HTTP 200 within `Response`. */
import { randomUUID } from 'node:crypto'
import { json, type Reply } from '../http.ts'

/** A call, or one number of it, that is refused with this code. */
export class Refusal extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

const messages: Record<string, string> = {
  'AuthFailure.InvalidAuthorization': 'The Authorization header is not well formed.',
  'AuthFailure.SecretIdNotFound': 'The SecretId is not found.',
  'AuthFailure.SignatureExpire': 'The signature is expired: the timestamp differs too much from the server time.',
  'AuthFailure.SignatureFailure':
    'The provided credentials could not be validated. Please check your signature is correct.',
  'AuthFailure.UnauthorizedOperation': 'You are not authorized to perform this operation. Check your CAM policies.',
  'FailedOperation.InsufficientBalanceInSmsPackage': 'The SMS package is insufficient.',
  'FailedOperation.ProhibitSubAccountUse': 'Sub-accounts may not list all templates.',
  'FailedOperation.SignatureIncorrectOrUnapproved': 'The signature is incorrect or unapproved.',
  'FailedOperation.TemplateIncorrectOrUnapproved': 'The template is incorrect or unapproved.',
  'FailedOperation.TemplateParamSetNotMatchApprovedTemplate': 'The number of values differs from that of the template.',
  InvalidAction: 'The requested action does not exist.',
  InternalError: 'An internal error has occurred.',
  'InvalidParameterValue.IncorrectPhoneNumber': 'The mobile number is incorrect.',
  'InvalidParameterValue.ProhibitedUseUrlInTemplateParameter': 'A value may not hold a link.',
  'InvalidParameterValue.TemplateParameterFormatError': 'A value of a verification template is at most 6 digits.',
  'LimitExceeded.PhoneNumberCountLimit': 'At most 200 numbers.',
  'LimitExceeded.PhoneNumberDailyLimit': 'The SMS to this number of today exceed the limit.',
  'LimitExceeded.PhoneNumberThirtySecondLimit': 'The SMS to this number within 30 seconds exceed the limit.',
  NoSuchVersion: 'The requested version does not exist.',
  RequestLimitExceeded: 'The number of requests exceeds the frequency limit.',
  'UnauthorizedOperation.SmsSdkAppIdVerifyFail': 'The SmsSdkAppId is not one of this account.',
  'UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone': 'A template for the mainland does not go abroad.',
  'UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber': 'Numbers of the mainland and of elsewhere.',
  'UnsupportedOperation.GlobalTemplateToChineseMainlandPhone': 'A template for abroad does not go to the mainland.',
}

export const refusal = (code: string, message?: string): Refusal => new Refusal(code, message ?? messages[code] ?? code)

export const missing = (name: string): Refusal => refusal('MissingParameter', `The request is missing ${name}.`)

type Whole = Exclude<Reply, 'reset'>

export const answerReply = (answer: object): Whole => json(200, { Response: { ...answer, RequestId: randomUUID() } })

export const refusalReply = ({ code: Code, message: Message }: Refusal): Whole =>
  answerReply({ Error: { Code, Message } })

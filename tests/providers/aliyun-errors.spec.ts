/** Every code that Alibaba Cloud documents for SMS, voice and its gateway: what the caller does next, and what is told of it. */
import { expect, test } from '@playwright/test'
import { type Provider, SendError } from '#channels/contract.ts'
import type { SmsMessage } from '#channels/sms/sms.ts'
import type { VoiceMessage } from '#channels/voice/voice.ts'
import { causeOf, lookupErrorFrom, readableWords, sendErrorFrom } from '#providers/aliyun/errors.ts'
import { aliyunSms } from '#providers/aliyun/sms.ts'
import { aliyunVoice } from '#providers/aliyun/voice.ts'
import { CallFailure } from '#providers/lines.ts'
import { type AliyunService, key, refusal, startAliyun } from '../support/aliyun-service.ts'

const gateway = {
  'misconfigured account': `InvalidAccessKeyId.NotFound InvalidAccessKeyId.Inactive SignatureDoesNotMatch IncompleteSignature
    InvalidSignatureMethod MissingSignature InvalidTimeStamp.Format InvalidTimeStamp.Expired InvalidVersion InvalidAction.NotFound
    InvalidApi.NotFound UnsupportedHTTPMethod Forbidden.RAM NoPermission Forbidden.RiskControl Forbidden.AnythingElse`,
  retry: 'Throttling Throttling.User Throttling.Api Throttling.Other InternalError ServiceUnavailable',
  reject: 'MissingPhoneNumbers MissingSignName MissingTemplateCode InvalidParameter.Format InvalidTemplateCode',
  unknown: 'SignatureNonceUsed',
}
const sms = {
  'misconfigured account': `isp.RAM_PERMISSION_DENY isv.OUT_OF_SERVICE isv.AMOUNT_NOT_ENOUGH isv.PRODUCT_UN_SUBSCRIPT
    isv.PRODUCT_UNSUBSCRIBE isv.ACCOUNT_NOT_EXISTS isv.ACCOUNT_ABNORMAL isv.SECURITY_FROZEN_ACCOUNT isv.DENY_IP_RANGE
    isv.EXTEND_CODE_ERROR isv.CODE_EXCEED_LIMIT isv.CODE_ERROR`,
  'misconfigured approval': `isv.SMS_SIGNATURE_ILLEGAL isv.SMS_SIGN_ILLEGAL isv.SIGN_STATE_ILLEGAL isv.ONE_CODE_MULTIPLE_SIGN
    isv.SMS_TEMPLATE_ILLEGAL`,
  'misconfigured template': 'isv.SMS_SIGNATURE_SCENE_ILLEGAL isv.SMS_TEST_SIGN_TEMPLATE_LIMIT',
  reject: `isv.SMS_TEST_NUMBER_LIMIT isv.SMS_TEST_TEMPLATE_PARAMS_ILLEGAL
    isv.TEMPLATE_MISSING_PARAMETERS isv.TEMPLATE_PARAMS_ILLEGAL isv.INVALID_JSON_PARAM isv.INVALID_PARAMETERS
    isv.PARAM_LENGTH_LIMIT isv.PARAM_NOT_SUPPORT_URL isv.BLACK_KEY_CONTROL_LIMIT isv.SMS_CONTENT_ILLEGAL isv.UNSUPPORTED_CONTENT
    isv.SMS_CONTENT_MISMATCH_TEMPLATE_TYPE isv.MOBILE_NUMBER_ILLEGAL isv.DOMESTIC_NUMBER_NOT_SUPPORTED
    isv.MOBILE_COUNT_OVER_LIMIT isv.CUSTOMER_REFUSED isv.SOMETHING_OF_TOMORROW`,
  later: 'isv.BUSINESS_LIMIT_CONTROL isv.DAY_LIMIT_CONTROL isv.MONTH_LIMIT_CONTROL',
  retry: 'isp.SYSTEM_ERROR isp.GATEWAY_ERROR isp.SOMETHING_OF_TOMORROW',
}
const voice = {
  'misconfigured account': `isp.RAM_PERMISSION_DENY isv.OUT_OF_SERVICE isv.PRODUCT_UN_SUBSCRIPT isv.PRODUCT_UNSUBSCRIBE
    isv.AMOUNT_NOT_ENOUGH isv.ACCOUNT_NOT_EXISTS isv.ACCOUNT_ABNORMAL isv.COMPLAINT_REJECT isv.BILLID_NOT_EXIST`,
  'misconfigured approval': 'isv.TTS_TEMPLATE_ILLEGAL isv.VOICE_FILE_ILLEGAL isv.TEMPLATE_ILLEGAL',
  'misconfigured template': 'isv.DISPLAY_NUMBER_ILLEGAL',
  reject: `isv.TEMPLATE_MISSING_PARAMETERS isv.TEMPLATE_PARAMS_ILLEGAL isv.INVALID_PARAMETERS isv.PARAM_LENGTH_LIMIT
    isv.PARAM_NOT_SUPPORT_URL isv.BLACK_KEY_CONTROL_LIMIT isv.INVALID_JSON_PARAM isv.MOBILE_NUMBER_ILLEGAL
    isv.MOBILE_COUNT_OVER_LIMIT isv.VOICE_ROBOT_NOT_EXIST`,
  later: 'isv.BUSINESS_LIMIT_CONTROL',
  retry: 'isv.VOICE_CALL_FAIL isp.SYSTEM_ERROR',
}
const rows = (table: Record<string, string>) =>
  Object.entries(table).flatMap(([outcome, codes]) => codes.split(/\s+/).map((code) => ({ outcome, code })))

const smsMessage: SmsMessage = {
  signName: '运维告警',
  templateCode: 'SMS_100000001',
  templateParam: { code: '771204', name: '张三丰' },
  text: '',
}
const voiceMessage: VoiceMessage = {
  ttsCode: 'TTS_100000001',
  ttsParam: { code: '771204', name: '张三丰' },
  text: '',
  playTimes: 1,
  volume: 100,
  speed: 0,
}
const to = '+8613812345678'
/** All that is planted, in the forms in which it goes out. */
const planted = [key.accessKeyId, key.accessKeySecret, '13812345678', '771204', '张三丰', encodeURIComponent('张三丰')]

let service: AliyunService
test.beforeEach(async () => {
  service = await startAliyun()
})
test.afterEach(() => service.close())

async function sendWith(provider: Provider<never, never>, message: unknown, config: unknown): Promise<SendError> {
  const error = await provider
    .send(config as never, to, message as never, { reference: 'a-message' })
    .catch((thrown: unknown) => thrown)
  await provider.close?.()
  expect(error).toBeInstanceOf(SendError)
  return error as SendError
}

const sendSms = () => sendWith(aliyunSms({ endpoint: service.url }), smsMessage, { ...key, region: 'mainland' })
const sendCall = () => sendWith(aliyunVoice({ endpoint: service.url }), voiceMessage, key)

for (const [channel, send, action, table] of [
  ['SMS', sendSms, 'SendSms', rows(sms)],
  ['voice', sendCall, 'SingleCallByTts', rows(voice)],
  ['gateway', sendSms, 'SendSms', rows(gateway)],
] as const) {
  for (const { outcome, code } of table) {
    test(`${channel}: ${code} is ${outcome}`, async () => {
      const echo = `code 771204 for 13812345678 by ${key.accessKeyId}, 张三丰, ${encodeURIComponent('张三丰')}`
      service.script[action] = refusal(code, `没有 ${echo}`, channel === 'gateway' ? 400 : 200)
      const error = await send()
      const [kind, about = 'account'] = outcome.split(' ')
      expect(error).toMatchObject({ kind, about, code })
      expect(error.detail).toContain('没有')
      expect(typeof error.retryAfter).toBe(kind === 'later' ? 'number' : 'undefined')
      const shown = JSON.stringify([error, error.message, error.stack, error.cause])
      expect(planted.filter((secret) => shown.includes(secret))).toEqual([])
    })
  }
}

test("a wrong secret tells nothing of the service's string to sign", async () => {
  const wrong = { ...key, accessKeySecret: 'AnotherPlantedSecret', region: 'mainland' }
  const error = await sendWith(aliyunSms({ endpoint: service.url }), smsMessage, wrong)
  expect(error).toMatchObject({ kind: 'misconfigured', code: 'SignatureDoesNotMatch' })
  expect(error.detail).toBe('Specified signature is not matched with our calculation.')
})

test('a code that nobody has documented is kept, and refuses only this message', () => {
  const of = (code: string, status: number) => new CallFailure({ code, reach: 'answered', status })
  expect(sendErrorFrom(of('Strange.NewCode', 400), [], 60)).toMatchObject({ kind: 'reject', code: 'Strange.NewCode' })
  expect(sendErrorFrom(of('Strange.NewCode', 500), [], 60)).toMatchObject({ kind: 'retry', code: 'Strange.NewCode' })
  expect(causeOf('isv.SOMETHING_OF_TOMORROW')).toBe('aliyun_other')
})

test('a limit is waited out to the end of its window, and asked about every hour where it has no known end', () => {
  const now = new Date('2026-11-20T02:10:20Z')
  const wait = (words: string, code = 'isv.BUSINESS_LIMIT_CONTROL', unnamed = 3600) =>
    sendErrorFrom(new CallFailure({ code, reach: 'answered', words }), [], unnamed, now).retryAfter
  expect(wait('触发分钟级流控Permits:1')).toBe(41)
  expect(wait('触发小时级流控Permits:5')).toBe(2981)
  expect(wait('触发天级流控Permits:10')).toBe(3600)
  expect(wait('触发号码天级流控Permits:40')).toBe(3600)
  expect(wait('一句没有窗口的话')).toBe(3600)
  expect(wait('该被叫号触发被叫流控,partnerId=1,prodId=2', undefined, 60)).toBe(60)
  expect(wait('', 'isv.DAY_LIMIT_CONTROL', 60)).toBe(3600)
  expect(wait('', 'isv.MONTH_LIMIT_CONTROL', 60)).toBe(86_400)
})

test('a lost answer is unknown to a send, whatever its code, and may be asked again by a question', () => {
  const lost = new CallFailure({ code: 'ETIMEDOUT', reach: 'unanswered' })
  expect(sendErrorFrom(lost, [], 60).kind).toBe('unknown')
  expect(lookupErrorFrom(lost, [], 'aliyun_permission_signatures')).toMatchObject({
    kind: 'retry',
    reason: 'aliyun_no_answer',
  })
  expect(sendErrorFrom(new CallFailure({ code: 'ECONNREFUSED', reach: 'unsent' }), [], 60).kind).toBe('retry')
})

test('a question that the key may not ask names the right that is missing', () => {
  const refused = new CallFailure({ code: 'NoPermission', reach: 'answered', requestId: 'R1', words: 'no' })
  expect(lookupErrorFrom(refused, [], 'aliyun_permission_templates')).toMatchObject({
    reason: 'aliyun_permission_templates',
    kind: 'misconfigured',
    requestId: 'R1',
    detail: 'no',
  })
})

test("the service's words keep template codes and lose numbers, keys and addresses", () => {
  expect(readableWords('未找到审核通过的文本转语音模板,ttsCode=TTS_100000001,partnerId=123456')).toBe(
    '未找到审核通过的文本转语音模板,ttsCode=TTS_100000001,partnerId=•',
  )
  expect(readableWords('key LTAI5tPlantedKeyId34Kq, see https://api.aliyun.com/x?a=b now')).toBe('key •, see • now')
})

test('every documented code of a carrier or a call has a cause, one of nobody has none', () => {
  const carriers = `MOBILE_NOT_ON_SERVICE MOBILE_SEND_LIMIT MOBILE_ACCOUNT_ABNORMAL MOBILE_IN_BLACK MOBLLE_TERMINAL_ERROR
    CONTENT_KEYWORD CONTENT_ERROR INVALID_NUMBER REQUEST_SUCCESS SP_NOT_BY_INTER_SMS SP_UNKNOWN_ERROR USER_REJECT NO_ROUTE
    IS_CLOSE PARAMS_ILLEGAL PORT_NOT_REGISTERED SIGNATURE_BLACKLIST`
  const calls = `200002 200003 200004 200005 200006 200007 200010 200011 200117 200118 200119 200120 200121 200112 200113
    200116 200103 200104 200105 200111 9996 999999 500 400 482 476`
  for (const code of carriers.split(/\s+/)) expect(aliyunSms().explain?.(code), code).toMatch(/^aliyun_/)
  for (const code of calls.split(/\s+/)) expect(aliyunVoice().explain?.(code), code).toMatch(/^aliyun_/)
  expect(aliyunSms().explain?.('OF_TOMORROW')).toBeUndefined()
  expect(aliyunSms().explain?.('isp.RAM_PERMISSION_DENY')).toBe('aliyun_permission_sms_send')
  expect(aliyunVoice().explain?.('Forbidden.RAM')).toBe('aliyun_permission_voice_send')
  expect(aliyunVoice().explain?.('EVALUES')).toBe('aliyun_value')
})

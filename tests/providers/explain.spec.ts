/** What a code means is asked of the provider that it came from: the same code says other things elsewhere. */
import { expect, test } from '@playwright/test'
import { catalog } from '#providers/catalog.ts'
import { plainSettings } from '../support/token-store.ts'

const { explain, providers } = catalog(plainSettings)

const known: [provider: string, code: string, cause: string | null][] = [
  ['aliyun-sms', 'isv.OUT_OF_SERVICE', 'aliyun_balance'],
  ['aliyun-voice', 'isv.OUT_OF_SERVICE', 'aliyun_balance'],
  ['aliyun-sms', 'isp.RAM_PERMISSION_DENY', 'aliyun_permission_sms_send'],
  ['aliyun-voice', 'isp.RAM_PERMISSION_DENY', 'aliyun_permission_voice_send'],
  ['aliyun-sms', 'MOBILE_NOT_ON_SERVICE', 'aliyun_phone_off'],
  ['aliyun-voice', '200002', 'aliyun_busy'],
  ['aliyun-voice', '500', 'aliyun_call_failed'],
  ['smtp', '500', 'refused'],
  ['smtp', '553', 'refused'],
  ['smtp', '421', 'temporary'],
  ['smtp', '535', 'login_rejected'],
  ['smtp', 'ECONNREFUSED', 'connection_refused'],
  ['aliyun-sms', 'ECONNREFUSED', 'aliyun_unreachable'],
  ['tencent-sms', 'FailedOperation.InsufficientBalanceInSmsPackage', 'tencent_balance'],
  ['tencent-sms', 'MBBLACK', 'tencent_blocked'],
  ['aliyun-sms', 'isv.SOMETHING_NEW', null],
  ['aliyun-sms', '21610', null],
  ['aliyun-sms', 'MBBLACK', null],
  ['of-another-version', '535', null],
  ['wechat', '40001', 'wechat_token'],
  ['twilio-sms', '21610', 'twilio_unsubscribed'],
  ['twilio-sms', '30003', 'twilio_phone_off'],
  ['twilio-sms', '29999', null],
  ['aliyun-voice', '21610', null],
]
for (const [provider, code, cause] of known) {
  test(`${code} of ${provider} is ${cause ?? 'not known'}`, () => {
    expect(explain(provider, code)).toBe(cause)
  })
}

test('our own codes and no code at all are explained by no provider, and no code where none had the message', () => {
  expect(explain(null, '535')).toBeNull()
  const own = ['template_not_configured', 'template_not_usable', 'channel_not_configured', 'account_failing']
  for (const code of [...own, 'missing_variables', 'worker_lost', 'code_expired', 'internal', null]) {
    for (const { id } of providers) expect(explain(id, code), `${id} ${code}`).toBeNull()
  }
})

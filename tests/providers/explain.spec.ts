/** What a code means is asked of the providers of its channel: the same code says other things elsewhere. */
import { expect, test } from '@playwright/test'
import { catalog } from '#providers/catalog.ts'
import { plainSettings } from '../support/token-store.ts'

const { explain } = catalog(plainSettings)

const known: [channel: string, code: string, cause: string | null][] = [
  ['sms', 'isv.OUT_OF_SERVICE', 'aliyun_balance'],
  ['voice', 'isv.OUT_OF_SERVICE', 'aliyun_balance'],
  ['sms', 'isp.RAM_PERMISSION_DENY', 'aliyun_permission_sms_send'],
  ['voice', 'isp.RAM_PERMISSION_DENY', 'aliyun_permission_voice_send'],
  ['sms', 'MOBILE_NOT_ON_SERVICE', 'aliyun_phone_off'],
  ['voice', '200002', 'aliyun_busy'],
  ['voice', '500', 'aliyun_call_failed'],
  ['email', '500', null],
  ['email', '553', null],
  ['email', '535', 'login_rejected'],
  ['email', 'ECONNREFUSED', 'connection_refused'],
  ['sms', 'ECONNREFUSED', 'aliyun_unreachable'],
  ['sms', 'FailedOperation.InsufficientBalanceInSmsPackage', 'tencent_balance'],
  ['sms', 'MBBLACK', 'tencent_blocked'],
  ['sms', 'isv.SOMETHING_NEW', null],
  ['official_account', '40001', 'wechat_token'],
  ['sms', '21610', 'twilio_unsubscribed'],
  ['sms', '30003', 'twilio_phone_off'],
  ['sms', '29999', null],
  ['voice', '21610', null],
]
for (const [channel, code, cause] of known) {
  test(`${code} of ${channel} is ${cause ?? 'not known'}`, () => {
    expect(explain(channel, code)).toBe(cause)
  })
}

test('our own codes and no code at all are explained by no provider', () => {
  const own = ['template_not_configured', 'template_not_usable', 'channel_not_configured', 'account_failing']
  for (const code of [...own, 'missing_variables', 'worker_lost', 'code_expired', 'internal', null]) {
    for (const channel of ['sms', 'voice', 'email']) expect(explain(channel, code), `${channel} ${code}`).toBeNull()
  }
})

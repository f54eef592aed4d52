/** What the codes mean that come after a message was accepted: a carrier's receipt of an SMS, or how a call went. */
import type { VendorOutcome } from '#channels/vendor-codes.ts'
import { causeOf } from './errors.ts'

/** By cause, a key of `Outcome.*`. `MOBLLE_TERMINAL_ERROR` is how the service spells it. */
const codes = {
  aliyun_phone_off: 'MOBILE_NOT_ON_SERVICE 200010 200007',
  aliyun_phone_suspended: '200011',
  aliyun_phone_abnormal: 'MOBILE_ACCOUNT_ABNORMAL MOBLLE_TERMINAL_ERROR',
  aliyun_number: 'INVALID_NUMBER 200004',
  aliyun_blocked: 'MOBILE_IN_BLACK USER_REJECT',
  aliyun_carrier_limit: 'MOBILE_SEND_LIMIT 200118 200119 200120 200121',
  aliyun_content: 'CONTENT_KEYWORD CONTENT_ERROR PARAMS_ILLEGAL',
  aliyun_not_registered: 'PORT_NOT_REGISTERED SIGNATURE_BLACKLIST',
  aliyun_carrier: 'SP_NOT_BY_INTER_SMS SP_UNKNOWN_ERROR NO_ROUTE IS_CLOSE',
  aliyun_no_receipt: 'REQUEST_SUCCESS',
  aliyun_busy: '200002',
  aliyun_not_answered: '200003',
  aliyun_not_reached: '200005',
  aliyun_audio: '200006',
  aliyun_calling_number: '200117',
  aliyun_call_failed: '200103 200104 200105 200111 200112 200113 200116 9996 999999 500 400 482 476',
} as const

const causes = new Map(
  Object.entries(codes).flatMap(([cause, list]) =>
    list.split(' ').map((code): [string, keyof typeof codes] => [code, cause as keyof typeof codes]),
  ),
)

/**
 * The cause behind any code of a send, a receipt or a settlement; undefined for one that nobody has documented.
 * @param permission the cause where the key may not send
 */
export function explained(code: string, permission: VendorOutcome): VendorOutcome | undefined {
  const cause = causes.get(code) ?? causeOf(code)
  if (cause === 'aliyun_permission') return permission
  return cause === 'aliyun_other' ? undefined : cause
}

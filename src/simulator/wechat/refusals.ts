/** Every refusal that WeChat knows here. Each is an HTTP 200 whose message ends with the id of the request. */
import { randomBytes } from 'node:crypto'
import type { Reply } from '../http.ts'

export class Refusal extends Error {
  readonly errcode: number
  constructor(errcode: number, message: string) {
    super(message)
    this.errcode = errcode
  }
}

const messages: Record<number, string> = {
  [-1]: 'system error',
  40001:
    'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40036: 'invalid template_id size',
  40037: 'invalid template_id',
  40125: 'invalid appsecret,',
  40164: 'invalid ip, not in whitelist',
  40165: 'invalid weapp pagepath',
  40243: 'appsecret is frozen',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41009: 'missing openid',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  43004: 'require subscribe',
  43101: 'user refuse to accept the msg',
  43108: 'concurrent request with the same client_msg_id',
  44002: 'empty post data',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  47001: 'data format error',
  47003: 'argument invalid!',
  48001: 'api unauthorized',
  48004: 'api forbidden for irregularities, view detail on mp.weixin.qq.com',
  50002: 'user limited',
  50004: 'forbid to use the interface',
  50007: 'account is blocked',
  89501: 'this ip is waiting for the confirmation of the admin',
  89503: 'this ip needs the confirmation of the admin',
  89506: 'this ip was refused twice by the admin within 24 hours',
  89507: 'this ip was refused by the admin within 1 hour',
}

export const refusal = (errcode: number, message = messages[errcode] ?? 'unknown error'): Refusal =>
  new Refusal(errcode, message)

/** `69776ae0-4410b7fb-0379b28e`: the second of the request, and chance. */
export function newRequestId(at: number): string {
  const seconds = Math.floor(at / 1000)
    .toString(16)
    .padStart(8, '0')
  return `${seconds}-${randomBytes(4).toString('hex')}-${randomBytes(4).toString('hex')}`
}

/** The text goes out as it is: no number in it has passed through a double. */
export const jsonReply = (text: string): Exclude<Reply, 'reset'> => ({
  status: 200,
  type: 'application/json; encoding=utf-8',
  body: text,
})

export function refusalReply({ errcode, message }: Refusal, at: number): Exclude<Reply, 'reset'> {
  return jsonReply(JSON.stringify({ errcode, errmsg: `${message} rid: ${newRequestId(at)}` }))
}

/**
 * Every refusal that the cloud knows here. The gateway's come with an HTTP status, a host and a recommendation; a
 * product's business refusals come as HTTP 200 with nothing but message, request id and code.
 */
import { randomUUID } from 'node:crypto'
import { json, type Reply } from '../http.ts'

/** A request that is refused with this code; `status` only when the gateway refuses. */
export class Refusal extends Error {
  readonly code: string
  readonly status: number | undefined
  constructor(code: string, message: string, status?: number) {
    super(message)
    this.code = code
    this.status = status
  }
}

const gatewayCodes: Record<string, [status: number, message: string]> = {
  'InvalidAccessKeyId.NotFound': [404, 'Specified access key is not found.'],
  'InvalidAccessKeyId.Inactive': [400, 'Specified access key is disabled.'],
  SignatureDoesNotMatch: [400, 'Specified signature is not matched with our calculation.'],
  IncompleteSignature: [400, 'The request signature does not conform to Aliyun standards.'],
  InvalidSignatureMethod: [400, 'Specified signature method is not valid.'],
  InvalidSignatureVersion: [400, 'Specified signature version is not valid.'],
  'InvalidTimeStamp.Format': [400, 'Specified time stamp or date value is not well formatted.'],
  'InvalidTimeStamp.Expired': [400, 'Specified time stamp or date value is expired.'],
  SignatureNonceUsed: [400, 'Specified signature nonce was used already.'],
  'InvalidParameter.Format': [400, 'The specified parameters are not well formatted.'],
  InvalidVersion: [400, 'Specified parameter Version is not valid.'],
  'InvalidAction.NotFound': [404, 'Specified api is not found, please check your url and method.'],
  'InvalidApi.NotFound': [404, 'Specified api is not found, please check your url and method.'],
  UnsupportedHTTPMethod: [400, 'This http method is not supported.'],
  Throttling: [400, 'Request was denied due to request flow control.'],
  'Throttling.Api': [400, 'Request was denied due to api flow control.'],
  'Throttling.User': [400, 'Request was denied due to user flow control.'],
  'Forbidden.RAM': [403, 'User not authorized to operate on the specified resource, or this API does not support RAM.'],
  NoPermission: [403, 'You are not authorized to perform this action.'],
  'Forbidden.RiskControl': [403, 'This operation is forbidden by risk control.'],
  ForbiddenAction: [400, 'The action is forbidden.'],
  SignatureNotFound: [404, 'The signature does not exist.'],
  TemplateNotFound: [404, 'The template does not exist.'],
  InternalError: [500, 'The request processing has failed due to some unknown error.'],
  ServiceUnavailable: [503, 'The request has failed due to a temporary failure of the server.'],
}

const businessMessages: Record<string, string> = {
  'isp.RAM_PERMISSION_DENY': '没有访问权限',
  'isp.SYSTEM_ERROR': '系统异常',
  'isp.GATEWAY_ERROR': '网关异常',
  'isv.OUT_OF_SERVICE': '业务停机',
  'isv.AMOUNT_NOT_ENOUGH': '账户余额不足',
  'isv.PRODUCT_UN_SUBSCRIPT': '未开通云通信产品的阿里云客户',
  'isv.PRODUCT_UNSUBSCRIBE': '产品未开通',
  'isv.ACCOUNT_NOT_EXISTS': '账户不存在',
  'isv.ACCOUNT_ABNORMAL': '账户异常',
  'isv.SMS_SIGNATURE_ILLEGAL': '该账号下找不到对应签名',
  'isv.SMS_SIGNATURE_SCENE_ILLEGAL': '签名和模板类型不一致',
  'isv.SMS_TEMPLATE_ILLEGAL': '该账号下找不到对应模板',
  'isv.TEMPLATE_MISSING_PARAMETERS': '模板变量中存在未赋值变量',
  'isv.TEMPLATE_PARAMS_ILLEGAL': '模板变量里包含非法内容',
  'isv.INVALID_JSON_PARAM': '参数格式错误，请输入正确的JSON格式字符串',
  'isv.INVALID_PARAMETERS': '参数异常',
  'isv.PARAM_LENGTH_LIMIT': '参数超出长度限制',
  'isv.PARAM_NOT_SUPPORT_URL': '变量不支持传入URL',
  'isv.BLACK_KEY_CONTROL_LIMIT': '模板变量中存在黑名单关键字',
  'isv.MOBILE_NUMBER_ILLEGAL': '非法手机号',
  'isv.MOBILE_COUNT_OVER_LIMIT': '手机号码数量超过限制',
  'isv.DOMESTIC_NUMBER_NOT_SUPPORTED': '国际/港澳台消息模板不支持发送境内号码',
  'isv.BUSINESS_LIMIT_CONTROL': '业务限流',
  'isv.DAY_LIMIT_CONTROL': '触发日发送限额',
  'isv.MONTH_LIMIT_CONTROL': '触发月发送限额',
  'isv.CUSTOMER_REFUSED': '用户已退订推广短信',
  'isv.DISPLAY_NUMBER_ILLEGAL': '号显不合法',
  'isv.VOICE_FILE_ILLEGAL': '语音文件不合法',
  'isv.VOICE_CALL_FAIL': '呼叫失败',
}

/** The refusal with this code: the gateway's if it is one of its codes, otherwise the product's. */
export function refusal(code: string, message?: string): Refusal {
  const known = gatewayCodes[code]
  if (known) return new Refusal(code, message ?? known[1], known[0])
  return new Refusal(code, message ?? businessMessages[code] ?? code)
}

export const missing = (name: string): Refusal =>
  new Refusal(`Missing${name}`, `${name} is mandatory for this action.`, 400)

export const newRequestId = (): string => randomUUID().toUpperCase()

const type = 'application/json;charset=utf-8'

export const answerReply = (body: Record<string, unknown>): Exclude<Reply, 'reset'> => ({ ...json(200, body), type })

/** A refusal in the shape of its kind. */
export function refusalReply(refused: Refusal, product: { name: string; host: string }): Exclude<Reply, 'reset'> {
  const { code: Code, message: Message, status } = refused
  const RequestId = newRequestId()
  if (status === undefined) return answerReply({ Message, RequestId, Code })
  const asked = new URLSearchParams({ q: Code, product: product.name, requestId: RequestId })
  const Recommend = `https://api.aliyun.com/troubleshoot?${asked}`
  return { ...json(status, { RequestId, HostId: product.host, Code, Message, Recommend }), type }
}

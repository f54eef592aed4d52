/** What became of the SMS that were sent: the receipt that is pushed, and QuerySendDetails. */
import { chinaDay, chinaTime } from './clock.ts'
import type { Action, Call } from './gateway.ts'
import { internationalNumber, mainlandMobile } from './numbers.ts'
import { pageOf, readPage } from './paging.ts'
import type { Records, Sent } from './records.ts'
import { refusal } from './refusals.ts'
import { segmentsOf } from './template-text.ts'

export const deliveredCode = 'DELIVERED'

const meanings: Record<string, string> = {
  DELIVERED: '用户接收成功',
  MOBILE_NOT_ON_SERVICE: '停机、空号或不在服务区',
  MOBILE_SEND_LIMIT: '单个号码日或月发送上限',
  MOBILE_ACCOUNT_ABNORMAL: '用户账户异常',
  MOBILE_IN_BLACK: '手机号在黑名单中',
  MOBLLE_TERMINAL_ERROR: '手机终端问题',
  CONTENT_KEYWORD: '内容包含敏感词',
  INVALID_NUMBER: '号码状态异常',
  PORT_NOT_REGISTERED: '端口未备案',
  NO_ROUTE: '无路由',
  IS_CLOSE: '短信通道被关停',
  USER_REJECT: '用户已拒收',
  REQUEST_SUCCESS: '请求成功',
}

const states = { waiting: 1, failed: 2, delivered: 3 }

const isSettled = ({ settledAt }: Sent, at: number): boolean => settledAt !== null && settledAt <= at

/** One entry of the pushed `SmsReport`. */
export const smsReceipt = (sent: Sent) => ({
  phone_number: sent.phone,
  success: sent.code === deliveredCode,
  err_code: sent.code,
  err_msg: meanings[sent.code] ?? sent.code,
  send_time: chinaTime(sent.at),
  report_time: chinaTime(sent.settledAt ?? sent.at),
  sms_size: String(segmentsOf(sent.text, !sent.isMainland)),
  biz_id: sent.providerId,
  out_id: sent.outId,
})

function detail(sent: Sent, at: number) {
  const known = isSettled(sent, at)
  const settled = sent.code === deliveredCode ? states.delivered : states.failed
  return {
    SendStatus: known ? settled : states.waiting,
    ErrCode: known ? sent.code : '',
    PhoneNum: sent.phone,
    TemplateCode: sent.templateCode,
    OutId: sent.outId,
    SendDate: chinaTime(sent.at),
    ReceiveDate: known && sent.settledAt !== null ? chinaTime(sent.settledAt) : '',
    Content: sent.text,
  }
}

function queryDetails(records: Records, { parameters, key, at }: Call): Record<string, unknown> {
  const number = parameters.get('PhoneNumber') ?? ''
  const day = parameters.get('SendDate') ?? ''
  if (!/^\d{8}$/.test(day)) throw refusal('isv.INVALID_PARAMETERS', '参数SendDate不合法')
  const page = readPage(parameters, { page: 'CurrentPage', size: 'PageSize' })
  const phone = mainlandMobile(number) ?? internationalNumber(number)
  if (!phone) throw refusal('isv.MOBILE_NUMBER_ILLEGAL')
  const bizId = parameters.get('BizId')
  const found = records
    .toPhone('sms', phone)
    .filter(
      (sent) => sent.account === key.account && chinaDay(sent.at) === day && (!bizId || sent.providerId === bizId),
    )
    .toReversed()
  return {
    // A text in this answer only.
    TotalCount: String(found.length),
    SmsSendDetailDTOs: { SmsSendDetailDTO: pageOf(found, page).map((sent) => detail(sent, at)) },
  }
}

export const detailActions = (records: Records): Record<string, Action> => ({
  QuerySendDetails: {
    needs: ['PhoneNumber', 'SendDate', 'PageSize', 'CurrentPage'],
    answer: (call) => queryDetails(records, call),
  },
})

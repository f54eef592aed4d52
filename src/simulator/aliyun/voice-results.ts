/** What became of the calls that were made: the receipt that is pushed, and QueryCallDetailByCallId. */
import { chinaTime } from './clock.ts'
import type { Action, Call } from './gateway.ts'
import type { Records, Sent } from './records.ts'
import { refusal } from './refusals.ts'
import type { VoiceTemplate } from './voice-seeds.ts'

const day = 86_400_000

/** The products under which a call is found. The documents name both for codes that are spoken from a template. */
export const productIdOf: Record<VoiceTemplate['type'], readonly string[]> = {
  notice: ['11000000300006'],
  code: ['11010000138001', '11000000300006'],
}

type Meaning = { message: string; smart: string; isAnswered?: true }

const meanings: Record<string, Meaning> = {
  '200000': { message: '用户听完', smart: 'ANSWERED', isAnswered: true },
  '200001': { message: '用户未听完挂机', smart: 'ANSWERED', isAnswered: true },
  '200002': { message: '用户占线', smart: 'USER_BUSY' },
  '200003': { message: '用户无法接通', smart: 'NO_ANSWER' },
  '200004': { message: '无效号码', smart: 'INVALID_NUMBER' },
  '200005': { message: '用户拒接', smart: 'CALL_REJECTED' },
  '200006': { message: '语音文件格式错误', smart: 'OTHER' },
  '200007': { message: '不在服务区', smart: 'UNAVAILABLE' },
  '200008': { message: '用户按键超时', smart: 'ANSWERED', isAnswered: true },
  '200010': { message: '关机', smart: 'POWERED_OFF' },
  '200011': { message: '停机', smart: 'SUSPEND' },
  '200117': { message: '号显不合法', smart: 'OTHER' },
  '200119': { message: '被叫频次超限', smart: 'OPERATOR_BLOCK' },
  '300000': { message: '用户已按键', smart: 'ANSWERED', isAnswered: true },
}

const meaningOf = (code: string): Meaning => meanings[code] ?? { message: code, smart: 'OTHER' }

/** The stages of a call, spread over the time until its result is known; unanswered ones have no start. */
function timesOf({ at, settledAt, code }: Sent) {
  const end = settledAt ?? at
  const start = meaningOf(code).isAnswered ? at + Math.round((end - at) * 0.4) : undefined
  return {
    originate: chinaTime(at),
    ring: chinaTime(at + Math.round((end - at) * 0.2)),
    start: start === undefined ? '' : chinaTime(start),
    end: chinaTime(end),
    seconds: start === undefined ? 0 : Math.round((end - start) / 1000),
  }
}

const shownNumber = ({ sign }: Sent): string => sign || '057100000000'

/** One entry of the pushed `VoiceReport`. */
export function voiceReceipt(sent: Sent) {
  const { message, smart, isAnswered } = meaningOf(sent.code)
  const times = timesOf(sent)
  return {
    call_id: sent.providerId,
    out_id: sent.outId,
    caller: shownNumber(sent),
    callee: sent.phone,
    voice_type: 'voice',
    status_code: sent.code,
    status_msg: message,
    smart_status_code: smart,
    originate_time: times.originate,
    ring_time: times.ring,
    start_time: times.start,
    end_time: times.end,
    duration: String(times.seconds),
    dtmf: sent.code === '300000' ? '1' : '',
    toll_type: 'DOMESTIC',
    hangup_direction: isAnswered && sent.code === '200000' ? '机器' : '用户',
    early_media_code: '',
    dialog_id: '',
  }
}

/** A text that holds JSON, in the real answer too. */
function detail(sent: Sent): string {
  const times = timesOf(sent)
  return JSON.stringify({
    caller: shownNumber(sent),
    callee: sent.phone,
    callerShowNumber: shownNumber(sent),
    calleeShowNumber: shownNumber(sent),
    gmtCreate: times.originate,
    aRingTime: '',
    aEndTime: '',
    bRingTime: times.ring,
    bEndTime: times.end,
    startDate: times.start,
    endDate: times.end,
    duration: times.seconds,
    state: sent.code,
    stateDesc: meaningOf(sent.code).message,
  })
}

/** A call that is unknown, still going on, or outside the day or product asked for has no data yet. */
function queryDetail(records: Records, { parameters, key, at }: Call): Record<string, unknown> {
  const from = Number(parameters.get('QueryDate'))
  if (!Number.isSafeInteger(from) || from < 0) throw refusal('isv.INVALID_PARAMETERS', '参数QueryDate不合法')
  const product = parameters.get('ProdId') ?? ''
  const found = records
    .withProviderId(parameters.get('CallId') ?? '')
    .find(
      (sent) =>
        sent.channel === 'voice' &&
        sent.account === key.account &&
        productIdOf[sent.purpose === 'code' ? 'code' : 'notice'].includes(product) &&
        sent.at >= from &&
        sent.at < from + day,
    )
  const isKnown = found?.settledAt !== undefined && found.settledAt !== null && found.settledAt <= at
  return isKnown && found ? { Data: detail(found) } : {}
}

export const resultActions = (records: Records): Record<string, Action> => ({
  QueryCallDetailByCallId: {
    needs: ['CallId', 'ProdId', 'QueryDate'],
    answer: (call) => queryDetail(records, call),
  },
})

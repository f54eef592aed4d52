/**
 * What Alibaba Cloud says about messages afterwards, pushed or asked for: the words of its receipts, of its call records and
 * of its carriers. Every field may be missing, repeated or new.
 */

import type { OutcomeState, Receipt, Settlement } from '#channels/answers.ts'
import { normalisePhone } from '#channels/phone.ts'
import { entryOf } from '#channels/storable.ts'
import { chinaTime, type Fields, objectOf, pushedItems, textOf } from '../reading.ts'
import { reviewStateOf } from './lists.ts'

export const receiptAnswer = {
  status: 200,
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify({ code: 0, msg: '接收成功' }),
}

const hours = 3_600_000
const chinaOffset = 8 * hours
const day = 24 * hours

const atTime = (written: unknown): { at?: Date } => {
  const at = chinaTime(written)
  return at ? { at } : {}
}

/** How long after its sending a message may still be recorded, as the service's clock has it. */
const slack = 5 * 60_000

/** The starts of the days of China that a message sent at this moment may be recorded under, as far as they have begun. */
export function daysOf(sentAt: Date, now = new Date()): Date[] {
  const startOf = (time: number) => Math.floor((time + chinaOffset) / day) * day - chinaOffset
  const times = [sentAt.getTime() - slack, sentAt.getTime(), sentAt.getTime() + slack]
  const days = [...new Set(times.map(startOf))].filter((start) => start <= now.getTime())
  return days.map((start) => new Date(start))
}

/** `yyyyMMdd` of a day of China. */
export const writtenDay = (start: Date): string =>
  new Date(start.getTime() + chinaOffset).toISOString().slice(0, 10).replaceAll('-', '')

/** The number in E.164 where it is one: the service writes foreign numbers without their `+`. */
const phoneFrom = (written: unknown): string => {
  const text = textOf(written)
  return normalisePhone(text) ?? normalisePhone(`+${text}`) ?? text
}

/** Of `SendStatus`. */
const sendStates: Record<string, OutcomeState> = { '1': 'pending', '2': 'failed', '3': 'delivered' }

/** One record of `QuerySendDetails`. */
export const settlementFrom = (detail: Fields): Settlement => ({
  state: entryOf(sendStates, textOf(detail.SendStatus)) ?? 'pending',
  code: textOf(detail.ErrCode),
  detail: '',
  ...atTime(detail.ReceiveDate),
})

/** Answered, even if not to the end. */
const heard = new Set(['200000', '200001', '200008', '300000'])
/** Of a call that goes on, or whose result is still to come. */
const ongoing = new Set(['', '200100', '200101', '200102', '200201'])

/** What a status code of a call says; a code that is not known ends a call that nobody is known to have heard. */
export function callState(code: string): OutcomeState {
  if (heard.has(code)) return 'delivered'
  return ongoing.has(code) ? 'pending' : 'failed'
}

/** `Data` of `QueryCallDetailByCallId`, which is JSON in a text, and empty until there is a record. */
export function callSettlement(data: unknown): Settlement | undefined {
  let record: Fields
  try {
    record = objectOf(typeof data === 'string' && data.trim() !== '' ? JSON.parse(data) : data)
  } catch {
    return undefined
  }
  if (Object.keys(record).length === 0) return undefined
  const code = textOf(record.state)
  return { state: callState(code), code, detail: textOf(record.stateDesc).slice(0, 300), ...atTime(record.endDate) }
}

const outcome = (item: Fields, providerMessageId: string, state: OutcomeState, code: string): Receipt => ({
  kind: 'outcome',
  providerMessageId,
  reference: textOf(item.out_id),
  to: phoneFrom(item.phone_number ?? item.callee),
  state,
  code,
  detail: textOf(item.err_msg ?? item.status_msg).slice(0, 300),
  ...atTime(item.report_time ?? item.end_time ?? item.status_time),
})

function smsOutcome(item: Fields): Receipt {
  const code = textOf(item.err_code)
  const isDelivered = item.success === true || item.success === 'true' || code === 'DELIVERED'
  // Handed to the carrier, which has not said yet what became of it.
  const state = isDelivered ? 'delivered' : code === 'REQUEST_SUCCESS' ? 'pending' : 'failed'
  return outcome(item, textOf(item.biz_id), state, code)
}

const reviewReason = ({ reason, remark }: Fields): string => (textOf(reason) || textOf(remark)).trim().slice(0, 300)

function receiptFrom(item: Fields): Receipt[] {
  if (textOf(item.biz_id) && ('success' in item || 'err_code' in item)) return [smsOutcome(item)]
  const callId = textOf(item.call_id)
  const status = textOf(item.status_code)
  // A record report names the call too, and says nothing of how it ended.
  if (callId && status && !('record_file' in item)) return [outcome(item, callId, callState(status), status)]
  if (textOf(item.template_code) && textOf(item.template_status)) {
    const state = reviewStateOf(item.template_status)
    return [{ kind: 'template_review', code: textOf(item.template_code), state, reason: reviewReason(item) }]
  }
  if (textOf(item.sign_name) && textOf(item.sign_status)) {
    const state = reviewStateOf(item.sign_status)
    return [{ kind: 'signature_review', name: textOf(item.sign_name), state, reason: reviewReason(item) }]
  }
  if (textOf(item.phone_number) && typeof item.content === 'string') {
    return [{ kind: 'reply', from: phoneFrom(item.phone_number), text: item.content, ...atTime(item.send_time) }]
  }
  return []
}

/** The items of a push; undefined when it is no list of objects, nor one alone. */
export const receiptsFrom = (body: string): Receipt[] | undefined => pushedItems(body)?.flatMap(receiptFrom)

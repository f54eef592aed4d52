/**
 * What became of the SMS: pushed to the address that was set, as JSON arrays, twice again unless the answer is HTTP 200 with
 * `result` 0; pulled from a queue or by number; and the records of sends. Promises that a restart goes on with the pushes that
 * were still to come.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { textOf, type VendorFaults, wholeOf } from '../faults.ts'
import type { Keys } from './access.ts'
import { type Action, type Call, textIn } from './gateway.ts'
import { readPhone, withCountryCode } from './numbers.ts'
import { isSettled, type Records, type Sent } from './records.ts'
import { refusal } from './refusals.ts'

const retryAfterMinutes = [0, 1, 5]
const together = { ms: 20, most: 100 }
const answerWithin = 5_000

type Parts = { records: Records; faults: VendorFaults }

/** `2026-11-20 10:00:01`, by the clock of China. */
const chinaTime = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

const isEchoed = (faults: VendorFaults): boolean => faults.inForce('sms', 'session_context')[0]?.fields.on === true
const described = ({ isDelivered, code }: Sent): string => (isDelivered ? '用户短信送达成功' : `短信送达失败：${code}`)

/** One item of a push. */
const receiptOf = (sent: Sent, faults: VendorFaults) => ({
  ...{ user_receive_time: chinaTime(sent.settledAt ?? sent.at), nationcode: sent.country, mobile: sent.number },
  ...{ report_status: sent.isDelivered ? 'SUCCESS' : 'FAIL', errmsg: sent.code, description: described(sent) },
  sid: sent.serialNo,
  ...(isEchoed(faults) ? { ext: sent.session } : {}),
})

export class Receipts {
  readonly #parts: Parts
  readonly #stopped = new AbortController()
  #due: Sent[] = []

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Pushes the receipt of this once it is due. */
  expect(sent: Sent): void {
    if (sent.repeat === null || sent.settledAt === null) return
    setTimeout(() => this.#gather(sent), Math.max(0, sent.settledAt - Date.now())).unref()
  }

  /** After a start: goes on with what was not pushed. */
  resume(): void {
    for (const sent of this.#parts.records.unpushed()) this.expect(sent)
  }

  stop(): void {
    this.#stopped.abort()
  }

  /** Those that become due at nearly the same time go in one array, as from the real service. */
  #gather(sent: Sent): void {
    this.#due.push(sent)
    if (this.#due.length > 1) return
    setTimeout(() => {
      const all = this.#due
      this.#due = []
      for (let start = 0; start < all.length; start += together.most) {
        // Stopping ends a push in the middle; nothing else may.
        this.#pushWithRepeats(all.slice(start, start + together.most)).catch((error: unknown) => {
          if (!this.#stopped.signal.aborted) console.error(error)
        })
      }
    }, together.ms).unref()
  }

  async #pushWithRepeats(items: readonly Sent[]): Promise<void> {
    for (let again = 0; ; again += 1) {
      const due = items.filter(({ repeat }) => (repeat ?? 0) >= again)
      if (due.length === 0) return
      await this.#push(due)
    }
  }

  async #push(items: readonly Sent[]): Promise<void> {
    const { faults } = this.#parts
    const [target] = faults.inForce('sms', 'callback')
    if (!target) return this.#note(items, 'no_address')
    const body = JSON.stringify(items.map((sent) => receiptOf(sent, faults)))
    for (const minutes of retryAfterMinutes) {
      const ms = minutes * (wholeOf(target, 'minute') ?? 60_000)
      await wait(ms, undefined, { signal: this.#stopped.signal, ref: false })
      if (await this.#isTaken(textOf(target, 'url') ?? '', body)) return this.#note(items, 'accepted')
    }
    this.#note(items, 'given_up')
  }

  async #isTaken(url: string, body: string): Promise<boolean> {
    try {
      const signal = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(answerWithin)])
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
      const answer = (await response.json()) as { result?: unknown } | null
      return response.status === 200 && answer?.result === 0
    } catch {
      // Nobody there, too slow, or not JSON: each is a push that was not taken.
      this.#stopped.signal.throwIfAborted()
      return false
    }
  }

  #note(items: readonly Sent[], state: 'accepted' | 'given_up' | 'no_address'): void {
    for (const { id } of items) this.#parts.records.setPushState(id, state)
  }
}

const hour = 3_600_000

/** What the call asks for of one number: the application's, within so many hours, newest first. */
function askedFor({ records }: Parts, { access }: Keys, { parameters, at }: Call, hours: number): Sent[] {
  if (textIn(parameters, 'SmsSdkAppId') !== access.sdkAppId)
    throw refusal('UnauthorizedOperation.SmsSdkAppIdVerifyFail')
  const phone = readPhone(textIn(parameters, 'PhoneNumber'))
  if (!phone) throw refusal('InvalidParameterValue.IncorrectPhoneNumber')
  const begin = Number(parameters.BeginTime) * 1000
  const end = parameters.EndTime === undefined ? at : Number(parameters.EndTime) * 1000
  if (!(begin >= at - hours * hour && end <= at + 1000))
    throw refusal('InvalidParameter.InvalidParameters', 'BeginTime')
  // Times are of whole seconds.
  return records.toPhone(withCountryCode(phone)).filter((sent) => sent.at >= begin - 1000 && sent.at <= end)
}

const limitIn = ({ parameters }: Call, usual: number, most: number): number => {
  const limit = Number(parameters.Limit ?? usual)
  if (!(limit >= 1 && limit <= most)) throw refusal('InvalidParameter.InvalidParameters', 'Limit')
  return limit
}

const seconds = (at: number | null): number => Math.floor((at ?? 0) / 1000)

const recordOf = (sent: Sent, at: number) => {
  const known = isSettled(sent, at)
  const refused = sent.requestCode !== 'Ok'
  return {
    ...{ PhoneNumber: sent.to, SerialNo: sent.serialNo, RequestCode: sent.requestCode, SendTime: seconds(sent.at) },
    SendStatus: refused ? 1 : known ? (sent.isDelivered ? 2 : 4) : 3,
    StatusCode: known ? sent.code : '',
    ...{ IsoCode: sent.country === '86' ? 'CN' : 'DEF', Content: sent.text.replace(/\d/g, '*') },
    UserReceiveTime: known && sent.isDelivered ? seconds(sent.settledAt) : 0,
  }
}

export const reportActions = (parts: Parts, keys: Keys): Record<string, Action> => ({
  DescribeSendRecordList: {
    needs: ['PhoneNumber', 'SmsSdkAppId', 'BeginTime'],
    answer(call) {
      const [limit, offset] = [limitIn(call, 20, 50), Number(call.parameters.Offset ?? 0)]
      if (!(offset >= 0 && offset <= 1000)) throw refusal('InvalidParameter.InvalidParameters', 'Offset')
      const found = askedFor(parts, keys, call, 72)
      const page = found.slice(offset, offset + limit)
      return { TotalCount: found.length, SendRecordSet: page.map((sent) => recordOf(sent, call.at)) }
    },
  },
  PullSmsSendStatusByPhoneNumber: {
    needs: ['PhoneNumber', 'SmsSdkAppId', 'BeginTime', 'Offset', 'Limit'],
    answer(call) {
      const limit = limitIn(call, 100, 100)
      const isReported = (sent: Sent) => sent.serialNo !== '' && isSettled(sent, call.at)
      const found = askedFor(parts, keys, call, 7 * 24)
        .filter(isReported)
        .slice(0, limit)
      return {
        PullSmsSendStatusSet: found.map((sent) => ({
          ...{ UserReceiveTime: seconds(sent.settledAt), CountryCode: sent.country, SubscriberNumber: sent.number },
          ...{ PhoneNumber: sent.to, SerialNo: sent.serialNo, ReportStatus: sent.isDelivered ? 'SUCCESS' : 'FAIL' },
          ...{ Description: described(sent), SessionContext: isEchoed(parts.faults) ? sent.session : '' },
        })),
      }
    },
  },
})

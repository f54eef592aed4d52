/** Sending and looking up messages, by the rules of the real service, and what is kept of what they let pass. */
import { randomBytes } from 'node:crypto'
import { type Faults, textOf, type VendorFaults, wholeOf } from '../faults.ts'
import type { Inbox } from '../inbox.ts'
import type { TwilioAccount } from './account.ts'
import type { Pushes } from './pushes.ts'
import type { Records, Sent } from './records.ts'
import { refusal } from './refusals.ts'

export type MessageParts = {
  account: TwilioAccount
  faults: VendorFaults
  inbox: Inbox
  records: Records
  pushes: Pushes
}

export const vendor = 'twilio'
export const faultsOf = (faults: Faults): VendorFaults => faults.of(vendor)

const longestBody = 1600
const settledAfter = 800
const gsm = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà\f^{}\\[~\]|€]*$/

function segmentsOf(text: string): number {
  const isNarrow = gsm.test(text)
  const length = isNarrow ? text.length + (text.match(/[\f^{}\\[~\]|€]/g)?.length ?? 0) : text.length
  const [single, joined] = isNarrow ? [160, 153] : [70, 67]
  return length <= single ? 1 : Math.ceil(length / joined)
}

/** Nothing leaves this machine, pushes neither. */
function localAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)) return text
  throw refusal(21609)
}

export class Messages {
  readonly #parts: MessageParts

  constructor(parts: MessageParts) {
    this.#parts = parts
  }

  create(form: URLSearchParams): object {
    const { account, faults, inbox, records, pushes } = this.#parts
    const given = (name: string) => form.get(name) ?? ''
    const to = given('To')
    if (!to) throw refusal(21604)
    if (!/^\+[1-9]\d{6,14}$/.test(to)) throw refusal(21211, `The 'To' number ${to} is not a valid phone number.`)
    const from = this.#sender(given('From'), given('MessagingServiceSid'))
    const text = given('Body')
    if (!text.trim()) throw refusal(21602)
    if (text.length > longestBody) throw refusal(21617)
    const named = given('StatusCallback')
    const [set] = faults.inForce('sms', 'callback')
    const callback = named ? localAddress(named) : ((set && textOf(set, 'url')) ?? null)
    const sid = `SM${randomBytes(16).toString('hex')}`
    const segments = segmentsOf(text)
    const reference = callback ? (new URL(callback).searchParams.get('message') ?? '') : ''
    const { id } = inbox.add({
      ...{ channel: 'sms', vendor, to },
      meta: { sid, from, segments: String(segments), reference, accountSid: account.accountSid },
      body: Buffer.from(text),
    })
    const at = Date.now()
    const sent: Sent = {
      ...{ id, sid, to, from, serviceSid: given('MessagingServiceSid') || null, text, segments, at, callback },
      ...this.#end(to, at),
    }
    records.add(sent)
    pushes.expect(sent)
    return this.#record(sent, at)
  }

  fetch(sid: string): object {
    const sent = this.#parts.records.withSid(sid)
    if (!sent) throw refusal(20404)
    return this.#record(sent, Date.now())
  }

  list(query: URLSearchParams): object {
    const size = Math.min(1000, Math.max(1, Number(query.get('PageSize') ?? '50') || 50))
    const found = this.#parts.records.to(query.get('To'))
    const messages = found.slice(0, size).map((sent) => this.#record(sent, Date.now()))
    return { messages, page: 0, page_size: size, next_page_uri: found.length > size ? '/2010-04-01/next' : null }
  }

  /** A name may send wherever it is one. */
  #sender(from: string, serviceSid: string): string {
    const { account } = this.#parts
    if (serviceSid && serviceSid !== account.serviceSid) throw refusal(21701)
    if (!from && !serviceSid) throw refusal(21603)
    const isName = /[A-Za-z]/.test(from) && /^[A-Za-z0-9 ]{1,11}$/.test(from)
    if (from && from !== account.number && !isName) throw refusal(21606)
    return from || account.number
  }

  /** Decided at the time of sending; the faults `receipt` and `receipt_off` change it. */
  #end(to: string, at: number): Pick<Sent, 'status' | 'errorCode' | 'settledAt' | 'repeat'> {
    const { faults } = this.#parts
    const told = faults.take('sms', 'receipt', [to])
    const isOff = faults.take('sms', 'receipt_off', [to]) !== undefined
    const named = told ? textOf(told, 'status') : 'delivered'
    const isUndelivered = named === 'undelivered'
    return {
      status: isUndelivered ? 'undelivered' : 'delivered',
      errorCode: isUndelivered ? ((told && wholeOf(told, 'code')) ?? 30003) : null,
      settledAt: named === 'pending' ? null : at + ((told && wholeOf(told, 'delay')) ?? settledAfter),
      repeat: isOff ? null : ((told && wholeOf(told, 'repeat')) ?? 0),
    }
  }

  /** The messages as the API shows them; times are written as in mails. */
  #record({ sid, to, from, serviceSid, text, segments, at, ...end }: Sent, now: number): object {
    const isEnded = end.settledAt !== null && end.settledAt <= now
    const written = (time: number) => new Date(time).toUTCString().replace('GMT', '+0000')
    const { accountSid } = this.#parts.account
    return {
      ...{ sid, account_sid: accountSid, api_version: '2010-04-01', direction: 'outbound-api', to, from, body: text },
      messaging_service_sid: serviceSid,
      num_segments: String(segments),
      num_media: '0',
      status: isEnded ? end.status : now - at < 50 ? (serviceSid ? 'accepted' : 'queued') : 'sent',
      error_code: isEnded ? end.errorCode : null,
      error_message: null,
      price: null,
      price_unit: 'USD',
      date_created: written(at),
      date_sent: written(at),
      date_updated: written(isEnded && end.settledAt !== null ? end.settledAt : at),
      uri: `/2010-04-01/Accounts/${accountSid}/Messages/${sid}.json`,
    }
  }
}

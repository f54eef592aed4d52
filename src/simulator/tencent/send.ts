/** SendSms: rules about the call refuse all of it, rules about one number that number only, within an answer. */
import { randomInt, randomUUID } from 'node:crypto'
import { textOf, type VendorFaults, wholeOf } from '../faults.ts'
import type { Inbox } from '../inbox.ts'
import type { Keys } from './access.ts'
import type { Approvals } from './approvals.ts'
import { type Action, type Call, type Parameters, textIn } from './gateway.ts'
import { type Phone, readPhone, segmentsOf, withCountryCode } from './numbers.ts'
import type { Records, Sent } from './records.ts'
import { Refusal, refusal } from './refusals.ts'
import type { Receipts } from './reports.ts'
import type { Template } from './seeds.ts'

export type SendingParts = {
  keys: Keys
  approvals: Approvals
  faults: VendorFaults
  inbox: Inbox
  records: Records
  receipts: Receipts
}

/** What the inbox shows of an SMS. */
export type SmsContent = { signature: string; template: string; values: string[]; text: string }

const mostNumbers = 200
const longestSession = 512
const receiptAfter = 1_000
const perDay = 10

const listIn = (parameters: Parameters, name: string): string[] => {
  const given = parameters[name]
  return Array.isArray(given) ? given.map(String) : []
}
const numbersIn = (parameters: Parameters): string[] => listIn(parameters, 'PhoneNumberSet')

const places = (content: string): number => new Set(content.match(/\{[1-9]\d?\}/g)).size
const filled = (content: string, values: readonly string[]): string =>
  content.replace(/\{([1-9]\d?)\}/g, (written, place) => values[Number(place) - 1] ?? written)

const link = /https?:|www\.|(?:[a-z0-9-]+\.)+(?:com|cn|net|org|io|cc|top|xyz)\b/i

function checkValues({ content, isForCodes }: Template, values: readonly string[]): void {
  if (places(content) !== values.length) throw refusal('FailedOperation.TemplateParamSetNotMatchApprovedTemplate')
  if (isForCodes && values.some((value) => !/^\d{1,6}$/.test(value))) {
    throw refusal('InvalidParameterValue.TemplateParameterFormatError')
  }
  if (values.some((value) => link.test(value))) {
    throw refusal('InvalidParameterValue.ProhibitedUseUrlInTemplateParameter')
  }
}

/** `5000:1045710669157053657849499619`: unique in this process and, by the time in it, over restarts. */
const newSerialNo = (at: number): string => `5000:${randomInt(1e9, 2e9)}${at}${randomInt(1e5, 1e6)}`

const chinaDay = (at: number): number => Math.floor((at + 8 * 3_600_000) / 86_400_000)

class Sending {
  readonly #parts: SendingParts

  constructor(parts: SendingParts) {
    this.#parts = parts
  }

  send(call: Call): object {
    const { parameters } = call
    const numbers = numbersIn(parameters)
    const phones = numbers.map(readPhone)
    if (textIn(parameters, 'SmsSdkAppId') !== this.#parts.keys.access.sdkAppId) {
      throw refusal('UnauthorizedOperation.SmsSdkAppIdVerifyFail')
    }
    if (numbers.length === 0) throw refusal('MissingParameter.EmptyPhoneNumberSet')
    if (numbers.length > mostNumbers) throw refusal('LimitExceeded.PhoneNumberCountLimit')
    if (new Set(phones.flatMap((phone) => phone?.isMainland ?? [])).size > 1) {
      throw refusal('UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber')
    }
    if (Buffer.byteLength(textIn(parameters, 'SessionContext')) >= longestSession) throw refusal('InvalidParameter')
    const rejected = this.#parts.faults.take('sms', 'reject', numbers, (fault) => textOf(fault, 'what') === 'call')
    if (rejected) throw refusal(textOf(rejected, 'code') ?? '', textOf(rejected, 'message'))
    return { SendStatusSet: numbers.map((number, index) => this.#status(call, number, phones[index])) }
  }

  #status(call: Call, number: string, phone: Phone | undefined): object {
    const SessionContext = textIn(call.parameters, 'SessionContext')
    const of = { PhoneNumber: phone ? withCountryCode(phone) : number, IsoCode: phone?.isMainland ? 'CN' : 'DEF' }
    try {
      if (!phone) throw refusal('InvalidParameterValue.IncorrectPhoneNumber')
      const { serialNo, fee } = this.#accept(call, phone)
      return { ...of, SerialNo: serialNo, Fee: fee, SessionContext, Code: 'Ok', Message: 'send success' }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (phone) this.#keep(call, phone, { requestCode: error.code })
      return { ...of, SerialNo: '', Fee: 0, SessionContext: '', Code: error.code, Message: error.message }
    }
  }

  #accept(call: Call, phone: Phone): { serialNo: string; fee: number } {
    const { parameters, key, at } = call
    const { faults, inbox, records, receipts } = this.#parts
    const to = withCountryCode(phone)
    const template = this.#templateFor(parameters, phone)
    const signature = this.#signFor(parameters, phone)
    const values = listIn(parameters, 'TemplateParamSet')
    checkValues(template, values)
    const text = `${signature && phone.isMainland ? `【${signature}】` : ''}${filled(template.content, values)}`
    this.#checkLimits(to, text, call)
    const rejected = faults.take('sms', 'reject', [to], (fault) => textOf(fault, 'what') === 'number')
    if (rejected) throw refusal(textOf(rejected, 'code') ?? '', textOf(rejected, 'message'))
    if (faults.take('sms', 'balance_empty', [to])) throw refusal('FailedOperation.InsufficientBalanceInSmsPackage')
    const serialNo = newSerialNo(at)
    const fee = segmentsOf(text, phone.isMainland)
    const content: SmsContent = { signature, template: template.id, values, text }
    const session = textIn(parameters, 'SessionContext')
    const { id } = inbox.add({
      ...{ channel: 'sms', vendor: 'tencent', to, body: Buffer.from(JSON.stringify(content)) },
      meta: { serialNo, session, secretId: key.id, segments: String(fee) },
    })
    const outcome = planned(faults, to, at)
    const sent = this.#keep(call, phone, { id, serialNo, text, ...outcome })
    records.add(sent)
    receipts.expect(sent)
    return { serialNo, fee }
  }

  /** A record of the send; those of refusals are kept here, those of sends once their receipt is planned. */
  #keep({ parameters, at }: Call, phone: Phone, given: Partial<Sent>): Sent {
    const sent: Sent = {
      ...{ id: randomUUID(), serialNo: '', to: withCountryCode(phone), country: phone.country, number: phone.number },
      ...{ session: textIn(parameters, 'SessionContext'), at, templateId: textIn(parameters, 'TemplateId'), text: '' },
      ...{ requestCode: 'Ok', settledAt: null, isDelivered: false, code: '', repeat: null },
      ...given,
    }
    if (sent.serialNo === '') this.#parts.records.add(sent)
    return sent
  }

  #templateFor(parameters: Parameters, { isMainland }: Phone): Template {
    const id = textIn(parameters, 'TemplateId')
    const template = this.#parts.approvals.templates().find((one) => one.id === id)
    if (template?.state !== 'approved') throw refusal('FailedOperation.TemplateIncorrectOrUnapproved')
    if (template.international === 1 && isMainland) {
      throw refusal('UnsupportedOperation.GlobalTemplateToChineseMainlandPhone')
    }
    if (template.international === 0 && !isMainland) {
      throw refusal('UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone')
    }
    return template
  }

  /** Abroad a signature may be left out. */
  #signFor(parameters: Parameters, { isMainland }: Phone): string {
    const name = textIn(parameters, 'SignName')
    if (!name && !isMainland) return ''
    const isOf = (isInternational: boolean) => isInternational !== isMainland
    const sign = this.#parts.approvals.signs().find((one) => one.name === name && isOf(one.isInternational))
    if (sign?.state !== 'approved') throw refusal('FailedOperation.SignatureIncorrectOrUnapproved')
    return name
  }

  /** The same text once in 30 seconds, and ten SMS on a calendar day of China. */
  #checkLimits(to: string, text: string, { at }: Call): void {
    const { faults, records } = this.#parts
    if (!to.startsWith('+86') || faults.inForce('sms', 'limits')[0]?.fields.on === false) return
    const earlier = records.toPhone(to).filter(({ requestCode }) => requestCode === 'Ok')
    if (earlier.some((sent) => sent.text === text && sent.at > at - 30_000)) {
      throw refusal('LimitExceeded.PhoneNumberThirtySecondLimit')
    }
    if (earlier.filter((sent) => chinaDay(sent.at) === chinaDay(at)).length >= perDay) {
      throw refusal('LimitExceeded.PhoneNumberDailyLimit')
    }
  }
}

/** What will become of it, decided at the time of sending; the faults `receipt` and `receipt_off` change it. */
function planned(faults: VendorFaults, to: string, at: number) {
  const told = faults.take('sms', 'receipt', [to])
  const isOff = faults.take('sms', 'receipt_off', [to]) !== undefined
  const status = (told && textOf(told, 'status')) ?? 'delivered'
  const isDelivered = status === 'delivered'
  const code = (told && textOf(told, 'code')) ?? (isDelivered ? 'DELIVRD' : 'UNDELIV')
  const isPending = status === 'pending'
  return {
    ...{ isDelivered, code: isPending ? '' : code },
    settledAt: isPending ? null : at + ((told && wholeOf(told, 'delay')) ?? receiptAfter),
    repeat: isPending || isOff ? null : ((told && wholeOf(told, 'repeat')) ?? 0),
  }
}

export function sendingActions(parts: SendingParts): Record<string, Action> {
  const sending = new Sending(parts)
  return {
    SendSms: {
      needs: ['PhoneNumberSet', 'SmsSdkAppId', 'TemplateId'],
      recipients: numbersIn,
      answer: (call) => sending.send(call),
    },
  }
}

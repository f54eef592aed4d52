/** SendSms and SendBatchSms: the business rules in the order of the real service, and what is kept of what they let pass. */
import type { Faults } from '../faults.ts'
import type { Inbox } from '../inbox.ts'
import type { Approvals } from './approvals.ts'
import type { Action, Call } from './gateway.ts'
import { newBizId } from './ids.ts'
import { carrierOf, internationalNumber, mainlandMobile, withCountryCode } from './numbers.ts'
import { planOutcome } from './outcome.ts'
import type { Receipts } from './receipts.ts'
import type { Records, Sent } from './records.ts'
import { refusal } from './refusals.ts'
import { batchNumbers, type Order, orderedNumbers, readBatch, readOrders } from './sms-orders.ts'
import type { Sign, SmsTemplate } from './sms-seeds.ts'
import { checkValues, fillIn, readValues, segmentsOf } from './template-text.ts'
import { smsLimit } from './windows.ts'

export type SendingParts = { approvals: Approvals; faults: Faults; inbox: Inbox; records: Records; receipts: Receipts }

/** What the inbox shows of an SMS. */
export type SmsContent = { signature: string; template: string; parameters: Record<string, string>; text: string }

/** One SMS that passed every rule about its content. */
type Letter = { phone: string; sign: Sign; template: SmsTemplate; values: Record<string, string> }

const longestOutId = 255
const longestValue = 35
const receiptAfter = 1_000

/** The number as receipts name it, if a template of this type may go there. */
function destination(number: string, { type }: SmsTemplate): string {
  const isInternational = type === 'international'
  const found = isInternational ? internationalNumber(number) : mainlandMobile(number)
  if (found) return found
  throw refusal(isInternational ? 'isv.DOMESTIC_NUMBER_NOT_SUPPORTED' : 'isv.MOBILE_NUMBER_ILLEGAL')
}

function readTemplateValues({ content, type }: SmsTemplate, text: string | undefined): Record<string, string> {
  const values = readValues(text)
  checkValues(content, values, {
    isCode: (name) => type === 'verification' && name === 'code',
    codePattern: /^[A-Za-z0-9]{4,6}$/,
    longest: { each: longestValue },
  })
  return values
}

const isRegistered = ({ carriers }: Sign, mobile: string): boolean =>
  [1, 3].includes(carriers[carrierOf(mobile)].status)

class Sending {
  readonly #parts: SendingParts

  constructor(parts: SendingParts) {
    this.#parts = parts
  }

  send(call: Call, orders: readonly Order[]): Record<string, unknown> {
    const numbers = orders.map(({ number }) => number)
    if (orders.length === 0 || numbers.some((number) => !mainlandMobile(number) && !internationalNumber(number))) {
      throw refusal('isv.MOBILE_NUMBER_ILLEGAL')
    }
    if (Buffer.byteLength(call.parameters.get('OutId') ?? '') > longestOutId) throw refusal('isv.INVALID_PARAMETERS')
    const letters = this.#compose(call, orders)
    this.#checkLimits(letters, call)
    if (this.#parts.faults.take('sms', 'balance_empty', numbers)) throw refusal('isv.AMOUNT_NOT_ENOUGH')
    const bizId = newBizId(call.at)
    for (const letter of letters) this.#accept(letter, call, bizId)
    return { BizId: bizId }
  }

  #compose(call: Call, orders: readonly Order[]): Letter[] {
    const signs = new Map(orders.map(({ signName }) => [signName, this.#sign(call, signName)]))
    const template = this.#template(call)
    const isForCodes = [...signs.values()].some(({ scene }) => scene === 'verification')
    if (isForCodes && template.type !== 'verification') throw refusal('isv.SMS_SIGNATURE_SCENE_ILLEGAL')
    const phones = orders.map(({ number }) => destination(number, template))
    return orders.map(({ signName, values }, index) => ({
      phone: phones[index] ?? '',
      sign: signs.get(signName) ?? this.#sign(call, signName),
      template,
      values: readTemplateValues(template, values),
    }))
  }

  #sign({ key }: Call, name: string): Sign {
    const sign = this.#parts.approvals.sign(key.account, name)
    if (sign?.state !== 'approved') throw refusal('isv.SMS_SIGNATURE_ILLEGAL')
    return sign
  }

  #template({ key, parameters }: Call): SmsTemplate {
    const template = this.#parts.approvals.template(key.account, parameters.get('TemplateCode') ?? '')
    // Digital SMS have a sending call of their own.
    if (template?.state !== 'approved' || template.type === 'digital') throw refusal('isv.SMS_TEMPLATE_ILLEGAL')
    return template
  }

  /** Only mainland numbers are limited. */
  #checkLimits(letters: readonly Letter[], { key, at }: Call): void {
    const { faults, records } = this.#parts
    if (faults.inForce('sms', 'limits')[0]?.fields.on === false) return
    for (const { phone, sign, template } of letters) {
      if (template.type === 'international') continue
      const earlier = records.toPhone('sms', phone)
      const { code: templateCode, type: purpose } = template
      const exceeded = smsLimit(earlier, { account: key.account, sign: sign.name, templateCode, purpose, at })
      if (exceeded) throw refusal('isv.BUSINESS_LIMIT_CONTROL', exceeded)
    }
  }

  #accept({ phone, sign, template, values }: Letter, { key, parameters, at }: Call, bizId: string): void {
    const { faults, inbox, records, receipts } = this.#parts
    const isMainland = template.type !== 'international'
    const outId = parameters.get('OutId') ?? ''
    const text = `【${sign.name}】${fillIn(template.content, values)}`
    const content: SmsContent = { signature: sign.name, template: template.code, parameters: values, text }
    const { id } = inbox.add({
      channel: 'sms',
      to: withCountryCode(phone, isMainland),
      meta: { bizId, outId, accessKeyId: key.id, segments: String(segmentsOf(text, !isMainland)) },
      body: Buffer.from(JSON.stringify(content)),
    })
    const sent: Sent = {
      ...{ id, channel: 'sms', account: key.account, providerId: bizId, phone, isMainland, outId, at, text },
      ...{ purpose: template.type, sign: sign.name, templateCode: template.code },
      ...planOutcome(faults, { channel: 'sms', phone, at }, usualOutcome(sign, phone, isMainland)),
    }
    records.add(sent)
    receipts.expect(sent)
  }
}

/** A carrier that the signature is not registered with drops the SMS that was accepted before. */
function usualOutcome(sign: Sign, phone: string, isMainland: boolean) {
  const code = isMainland && !isRegistered(sign, phone) ? 'PORT_NOT_REGISTERED' : 'DELIVERED'
  return { code, failedCode: 'MOBILE_NOT_ON_SERVICE', afterMs: receiptAfter }
}

export function sendingActions(parts: SendingParts): Record<string, Action> {
  const sending = new Sending(parts)
  return {
    SendSms: {
      needs: ['PhoneNumbers', 'SignName', 'TemplateCode'],
      recipients: orderedNumbers,
      answer: (call) => sending.send(call, readOrders(call.parameters)),
    },
    SendBatchSms: {
      needs: ['PhoneNumberJson', 'SignNameJson', 'TemplateCode'],
      recipients: batchNumbers,
      answer: (call) => sending.send(call, readBatch(call.parameters)),
    },
  }
}

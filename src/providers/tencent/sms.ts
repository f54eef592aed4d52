/**
 * The provider `tencent-sms`: Tencent Cloud SMS, in the mainland and abroad. Promises that a message whose answer was lost is
 * never called failed nor sent again, that a refusal of the one number is found within an answer that is no error, and that
 * no error holds a key, a number or a value.
 */
import type { Provider, SendOptions } from '#channels/contract.ts'
import { SendError } from '#channels/contract.ts'
import { isMainland } from '#channels/phone.ts'
import type { SmsMessage } from '#channels/sms/sms.ts'
import { answerOr } from '../asking.ts'
import { CallFailure, type Timeouts } from '../lines.ts'
import { type Fields, listOf, textOf } from '../reading.ts'
import {
  type Ask,
  check,
  identityOf,
  lookupWith,
  permissions,
  placeOf,
  secretsOf,
  TencentSmsConfig,
} from './account.ts'
import { explained, passingCauses, readableWords, sendErrorFrom } from './errors.ts'
import { readSignatures, readTemplates } from './lists.ts'
import { receiptAnswer, receiptsFrom, settle } from './receipts.ts'
import { codeOf, idOf, tencent } from './tencent.ts'
import { texts } from './texts.ts'

export type TencentOptions = {
  /** In place of the region's: the operator's setting, such as a simulator. */
  endpoint?: string
  timeouts?: Partial<Timeouts>
}

/** The values in the order of their places, which is all that the service knows of them. @throws SendError where one is missing */
function inOrder(values: Readonly<Record<string, string>>): string[] {
  const places = Object.keys(values).length
  return Array.from({ length: places }, (_, index) => {
    const value = values[String(index + 1)]
    if (value !== undefined) return value
    throw new SendError(
      'reject',
      'EVALUES',
      `There is no value for {${index + 1}}.`,
      undefined,
      'account',
      'tencent_value',
    )
  })
}

/** The service's id of what it took for the one number. @throws CallFailure where it was refused, or is not in the answer */
function takenFrom({ SendStatusSet, RequestId }: Fields): string {
  const [item] = listOf(SendStatusSet)
  const code = codeOf(item?.Code)
  const requestId = idOf(RequestId)
  if (code === 'Ok') return idOf(item?.SerialNo) || requestId
  throw new CallFailure({
    code: code ?? 'EANSWER',
    reach: code === undefined ? 'unanswered' : 'answered',
    words: readableWords(textOf(item?.Message)),
    status: 200,
    requestId,
  })
}

/** The provider, with connections of its own. */
export function tencentSms(options: TencentOptions = {}): Provider<TencentSmsConfig, SmsMessage> {
  const service = tencent(options.timeouts ? { timeouts: options.timeouts } : {})
  const asking =
    (config: TencentSmsConfig, signal: AbortSignal | undefined): Ask =>
    (action, params) =>
      service.call(config, placeOf(config, options.endpoint), action, params, signal)

  async function send(config: TencentSmsConfig, to: string, message: SmsMessage, { reference, signal }: SendOptions) {
    const { signName, templateCode, templateParam } = message
    const values = inOrder(templateParam)
    const params = {
      ...{ PhoneNumberSet: [to], SmsSdkAppId: config.sdkAppId, SignName: signName, TemplateId: templateCode },
      ...{ TemplateParamSet: values, SessionContext: reference },
    }
    const number = isMainland(to) ? to.slice(3) : to.slice(1)
    const id = await answerOr(asking(config, signal)('SendSms', params).then(takenFrom), (failure) =>
      sendErrorFrom(failure, [...secretsOf(config), to, number, ...values]),
    )
    return { providerMessageId: id || reference }
  }

  const lookupFor = (config: TencentSmsConfig, signal?: AbortSignal) => lookupWith(asking(config, signal), config)

  return {
    id: 'tencent-sms',
    channel: 'sms',
    texts,
    config: TencentSmsConfig,
    identity: identityOf,
    check: (config, { signal }) => check(lookupFor(config, signal), config),
    send,
    repeatable: false,
    passingCauses,
    signatures: (config, { signal } = {}) => lookupFor(config, signal)(permissions.signatures, readSignatures),
    templates: (config, { signal } = {}) => lookupFor(config, signal)(permissions.templates, readTemplates),
    settle: (config, message, { signal } = {}) =>
      lookupFor(config, signal)(permissions.records, (ask) => settle(ask, config.sdkAppId, message)),
    explain: explained,
    receiptsByTheirId: true,
    readReceipts: ({ body }) => receiptsFrom(body),
    receiptAnswer,
    close: () => service.close(),
  }
}

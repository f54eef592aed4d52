/**
 * The provider `aliyun-sms`: Alibaba Cloud SMS, in the mainland and abroad. Promises that a message whose answer was lost is
 * never called failed, that the approval of signatures and templates is the service's own word of this moment, and that no
 * error holds a key, a number or a value.
 */
import { z } from 'zod'
import type { SentMessage, Settlement } from '#channels/answers.ts'
import type { Provider, SendOptions, StageResult } from '#channels/contract.ts'
import { field } from '#channels/fields.ts'
import { dialled } from '#channels/phone.ts'
import type { SmsMessage } from '#channels/sms/sms.ts'
import type { VendorCause } from '#channels/vendor-codes.ts'
import type { Timeouts } from '../lines.ts'
import { type Aliyun, aliyun, idOf, type Params, textOf } from './aliyun.ts'
import { explained } from './carriers.ts'
import { AliyunError, lookupErrorFrom, passingCauses, sendErrorFrom } from './errors.ts'
import { identityOf, keyFields, secretsOf, stagesOf, timed } from './key.ts'
import {
  type Ask,
  largestPage,
  listOf,
  objectOf,
  readCarriers,
  readRules,
  readSignatures,
  readTemplates,
} from './lists.ts'
import { daysOf, receiptAnswer, receiptsFrom, settlementFrom, writtenDay } from './receipts.ts'
import { smsTexts } from './texts.ts'

/** Where each region is served. Hong Kong and every region of the mainland share one address. */
const endpoints = {
  mainland: 'https://dysmsapi.aliyuncs.com',
  'ap-southeast-1': 'https://dysmsapi.ap-southeast-1.aliyuncs.com',
  'ap-southeast-5': 'https://dysmsapi.ap-southeast-5.aliyuncs.com',
  'eu-central-1': 'https://dysmsapi.eu-central-1.aliyuncs.com',
  'us-east-1': 'https://dysmsapi.us-east-1.aliyuncs.com',
} as const
type Region = keyof typeof endpoints
const regions = Object.keys(endpoints) as [Region, ...Region[]]

export const AliyunSmsConfig = z.object({
  ...keyFields,
  region: field(z.enum(regions).default('mainland'), {
    label: 'aliyunRegion',
    destination: true,
    input: 'select',
    options: regions,
    advanced: true,
    initial: 'mainland',
  }),
})
export type AliyunSmsConfig = z.infer<typeof AliyunSmsConfig>

export type AliyunOptions = {
  /** In place of the region's: the operator's setting, such as a simulator. */
  endpoint?: string
  timeouts?: Partial<Timeouts>
}

const permissions = {
  signatures: 'aliyun_permission_signatures',
  templates: 'aliyun_permission_templates',
  details: 'aliyun_permission_sms_details',
  send: 'aliyun_permission_sms_send',
} as const
/** Seconds to wait after a limit that does not say which window it is of. */
const unnamedLimit = 3600
const mostPages = 20
const bizIdForm = /^\d+\^\d+$/

type Asking = (config: AliyunSmsConfig, signal: AbortSignal | undefined) => Ask

async function* check(ask: Ask, config: AliyunSmsConfig): AsyncGenerator<StageResult> {
  const one: Params = { PageIndex: 1, PageSize: 1 }
  const listed = await timed(config, permissions.signatures, () => ask('QuerySmsSignList', one))
  const mayList = yield* stagesOf('signatures', listed)
  if (!mayList) return
  const { ms, ...asked } = await timed(config, permissions.templates, () => ask('QuerySmsTemplateList', one))
  const failure = 'failure' in asked ? asked.failure : undefined
  yield { stage: 'templates', ok: !failure, ms, ...failure }
}

/** Of several records under one reference the happiest: only one of them can have been an accepted attempt. */
const rank: Settlement['state'][] = ['absent', 'failed', 'pending', 'delivered']

/** Looks a message up by its number and day; under the service's id where there is one, else by our reference. */
async function settle(ask: Ask, { to, sentAt, providerMessageId, reference }: SentMessage): Promise<Settlement> {
  const bizId = providerMessageId && bizIdForm.test(providerMessageId) ? providerMessageId : undefined
  let found: Settlement = { state: 'absent', code: '', detail: '' }
  for (const start of daysOf(sentAt)) {
    for (let page = 1; page <= mostPages; page++) {
      const answer = await ask('QuerySendDetails', {
        PhoneNumber: dialled(to),
        SendDate: writtenDay(start),
        PageSize: largestPage,
        CurrentPage: page,
        BizId: bizId,
      })
      const details = listOf(objectOf(answer.SmsSendDetailDTOs).SmsSendDetailDTO)
      const own = details.filter((detail) => bizId || textOf(detail.OutId) === reference)
      for (const settlement of own.map(settlementFrom)) {
        if (rank.indexOf(settlement.state) > rank.indexOf(found.state)) found = settlement
      }
      if (found.state === 'delivered') return found
      if (details.length < largestPage) break
    }
  }
  return found
}

async function send(
  service: Aliyun,
  endpoint: string,
  config: AliyunSmsConfig,
  to: string,
  message: SmsMessage,
  options: SendOptions,
) {
  const { signName, templateCode, templateParam } = message
  const hasValues = Object.keys(templateParam).length > 0
  const params: Params = {
    PhoneNumbers: dialled(to),
    SignName: signName,
    TemplateCode: templateCode,
    TemplateParam: hasValues ? templateParam : undefined,
    OutId: options.reference,
  }
  try {
    const answer = await service.call(config, endpoint, 'SendSms', params, options.signal)
    return { providerMessageId: idOf(answer.BizId) || idOf(answer.RequestId) || options.reference }
  } catch (error) {
    if (!(error instanceof AliyunError)) throw error
    throw sendErrorFrom(error, [...secretsOf(config), to, dialled(to), ...Object.values(templateParam)], unnamedLimit)
  }
}

/** The provider, with connections of its own. */
export function aliyunSms(options: AliyunOptions = {}): Provider<AliyunSmsConfig, SmsMessage> {
  const service = aliyun(options.timeouts ? { timeouts: options.timeouts } : {})
  const endpointOf = ({ region }: AliyunSmsConfig) => options.endpoint ?? endpoints[region]
  const asking: Asking = (config, signal) => (action, params) =>
    service.call(config, endpointOf(config), action, params, signal)

  async function looked<T>(
    config: AliyunSmsConfig,
    signal: AbortSignal | undefined,
    permission: VendorCause,
    look: (ask: Ask) => Promise<T>,
  ) {
    try {
      return await look(asking(config, signal))
    } catch (error) {
      if (!(error instanceof AliyunError)) throw error
      throw lookupErrorFrom(error, secretsOf(config), permission)
    }
  }

  return {
    id: 'aliyun-sms',
    channel: 'sms',
    texts: smsTexts,
    config: AliyunSmsConfig,
    identity: identityOf,
    check: (config, { signal }) => check(asking(config, signal), config),
    send: (config, to, message, sending) => send(service, endpointOf(config), config, to, message, sending),
    repeatable: false,
    passingCauses,
    signatures: (config, asked = {}) =>
      looked(config, asked.signal, permissions.signatures, (ask) => readSignatures(ask, asked)),
    templates: (config, { signal } = {}) => looked(config, signal, permissions.templates, readTemplates),
    carriers: (config, name, { signal } = {}) =>
      looked(config, signal, permissions.signatures, (ask) => readCarriers(ask, name)),
    rules: (config, code, { signal } = {}) =>
      looked(config, signal, permissions.templates, (ask) => readRules(ask, code)),
    settle: (config, message, { signal } = {}) =>
      looked(config, signal, permissions.details, (ask) => settle(ask, message)),
    explain: (code) => explained(code, permissions.send),
    readReceipts: ({ body }) => receiptsFrom(body),
    receiptAnswer,
    close: () => service.close(),
  }
}

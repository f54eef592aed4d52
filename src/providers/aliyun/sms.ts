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
import { answerOr, keyStages, timed } from '../asking.ts'
import type { Timeouts } from '../lines.ts'
import { listOf, objectOf, textOf } from '../reading.ts'
import { type Aliyun, aliyun, idOf, type Params } from './aliyun.ts'
import { explained } from './carriers.ts'
import { passingCauses, sendErrorFrom } from './errors.ts'
import { identityOf, keyFields, type Lookup, lookupWith, openCauses, secretsOf } from './key.ts'
import { type Ask, largestPage, readCarriers, readRules, readSignatures, readTemplates } from './lists.ts'
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

async function* check(lookup: Lookup): AsyncGenerator<StageResult> {
  const one: Params = { PageIndex: 1, PageSize: 1 }
  const signatures = await timed(() => lookup(permissions.signatures, (ask) => ask('QuerySmsSignList', one)))
  if (!(yield* keyStages('signatures', signatures, openCauses))) return
  const { ms, failure } = await timed(() => lookup(permissions.templates, (ask) => ask('QuerySmsTemplateList', one)))
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
  const secrets = [...secretsOf(config), to, dialled(to), ...Object.values(templateParam)]
  const answer = await answerOr(service.call(config, endpoint, 'SendSms', params, options.signal), (failure) =>
    sendErrorFrom(failure, secrets, unnamedLimit),
  )
  return { providerMessageId: idOf(answer.BizId) || idOf(answer.RequestId) || options.reference }
}

/** The provider, with connections of its own. */
export function aliyunSms(options: AliyunOptions = {}): Provider<AliyunSmsConfig, SmsMessage> {
  const service = aliyun(options.timeouts ? { timeouts: options.timeouts } : {})
  const endpointOf = ({ region }: AliyunSmsConfig) => options.endpoint ?? endpoints[region]
  const lookupFor = (config: AliyunSmsConfig, signal?: AbortSignal) =>
    lookupWith(service, endpointOf(config), config, signal)

  return {
    id: 'aliyun-sms',
    channel: 'sms',
    texts: smsTexts,
    config: AliyunSmsConfig,
    identity: identityOf,
    check: (config, { signal }) => check(lookupFor(config, signal)),
    send: (config, to, message, options) => send(service, endpointOf(config), config, to, message, options),
    repeatable: false,
    passingCauses,
    signatures: (config, options = {}) =>
      lookupFor(config, options.signal)(permissions.signatures, (ask) => readSignatures(ask, options)),
    templates: (config, { signal } = {}) => lookupFor(config, signal)(permissions.templates, readTemplates),
    carriers: (config, name, { signal } = {}) =>
      lookupFor(config, signal)(permissions.signatures, (ask) => readCarriers(ask, name)),
    rules: (config, code, { signal } = {}) =>
      lookupFor(config, signal)(permissions.templates, (ask) => readRules(ask, code)),
    settle: (config, message, { signal } = {}) =>
      lookupFor(config, signal)(permissions.details, (ask) => settle(ask, message)),
    explain: (code) => explained(code, permissions.send),
    readReceipts: ({ body }) => receiptsFrom(body),
    receiptAnswer,
    close: () => service.close(),
  }
}

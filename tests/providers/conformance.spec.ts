/** What every provider promises, asked of every provider in the catalog. A new one adds an entry to `fixtures`, and to `vendors.ts`. */
import { expect, test } from '@playwright/test'
import { type Provider, SendError, type StageResult } from '#channels/contract.ts'
import { describeFields } from '#channels/fields.ts'
import type { SmsMessage } from '#channels/sms/sms.ts'
import type { VoiceMessage } from '#channels/voice/voice.ts'
import { aliyunSms } from '#providers/aliyun/sms.ts'
import { aliyunVoice } from '#providers/aliyun/voice.ts'
import { catalog } from '#providers/catalog.ts'
import { tencentSms } from '#providers/tencent/sms.ts'
import { twilioSms } from '#providers/twilio/sms.ts'
import { wechat } from '#providers/wechat/wechat.ts'
import { key, refusal, type ServiceAnswer, startAliyun } from '../support/aliyun-service.ts'
import { login, startMailServer } from '../support/smtp.ts'
import {
  numberRefusal,
  startTencent,
  type ServiceAnswer as TencentAnswer,
  account as tencentAccount,
  refusal as tencentRefusal,
} from '../support/tencent-service.ts'
import { memoryTokens, plainSettings } from '../support/token-store.ts'
import {
  startTwilio,
  type TwilioAnswer,
  account as twilioAccount,
  refusal as twilioRefusal,
} from '../support/twilio-service.ts'
import { vendors } from '../support/vendors.ts'
import { account, refused, startWechat, type WechatAnswer } from '../support/wechat-server.ts'

type Situation = 'well' | 'throttled' | 'refused' | 'dropped' | 'silent'
type Service = {
  /** In place of the catalog's, where a setting of the operator leads it to the service. */
  provider?: Provider
  /** As a form would hand it over. */
  config: Record<string, unknown>
  /** The same with a secret that the service does not accept. */
  wrongConfig: Record<string, unknown>
  to: string
  message: unknown
  secrets: string[]
  behave(situation: Situation): void
  sent(): number
  close(): Promise<void>
}

async function mailService(): Promise<Service> {
  const server = await startMailServer()
  const config = {
    host: '127.0.0.1',
    port: String(server.port),
    encryption: 'none',
    username: login.user,
    password: login.password,
    fromAddress: 'no-reply@Shop.example',
  }
  const to = 'someone@customer.example'
  return {
    config,
    wrongConfig: { ...config, password: 'an old password' },
    to,
    message: { subject: 'Code 771204', html: '<p>771204</p>', text: '771204' },
    secrets: [login.password, 'an old password', to, '771204'],
    behave(situation) {
      if (situation === 'well') server.script = {}
      if (situation === 'throttled') server.script = { recipient: { code: 450, text: `4.2.0 <${to}> too fast` } }
      if (situation === 'refused') server.script = { recipient: { code: 550, text: `5.1.1 <${to}> unknown` } }
      if (situation === 'dropped') server.script = { content: 'drop' }
      if (situation === 'silent') server.script = { content: 'hang' }
    },
    sent: () => server.mails.length,
    close: () => server.close(),
  }
}

type AliyunCase = { action: string; make(endpoint: string): Provider; message: SmsMessage | VoiceMessage }

async function aliyunService({ action, make, message }: AliyunCase): Promise<Service> {
  const service = await startAliyun()
  const [to, number] = ['+8613812345678', '13812345678']
  const answers: Record<Situation, ServiceAnswer | undefined> = {
    well: undefined,
    throttled: refusal('Throttling.User', `Request for ${number} was denied due to user flow control.`, 400),
    refused: refusal('isv.MOBILE_NUMBER_ILLEGAL', `${number} 771204 不是手机号`),
    dropped: 'drop',
    silent: 'hang',
  }
  return {
    provider: make(service.url),
    config: key,
    wrongConfig: { ...key, accessKeySecret: 'AnOldPlantedSecret' },
    to,
    message,
    secrets: [key.accessKeyId, key.accessKeySecret, 'AnOldPlantedSecret', number, '771204'],
    behave(situation) {
      const answer = answers[situation]
      service.script = answer ? { [action]: answer } : {}
    },
    sent: () => service.sent,
    close: () => service.close(),
  }
}

const smsService = () =>
  aliyunService({
    action: 'SendSms',
    make: (endpoint) => aliyunSms({ endpoint }),
    message: { signName: '运维告警', templateCode: 'SMS_100000001', templateParam: { code: '771204' }, text: '' },
  })
const call = { ttsCode: 'TTS_100000001', ttsParam: { code: '771204' }, text: '', playTimes: 3, volume: 100, speed: 0 }
const callService = () =>
  aliyunService({ action: 'SingleCallByTts', make: (endpoint) => aliyunVoice({ endpoint }), message: call })

async function cardService(): Promise<Service> {
  const service = await startWechat()
  const [to, wrongSecret] = ['oPlantedOpenidOfAFollower012', 'f'.repeat(32)]
  const answers: Record<Situation, WechatAnswer | undefined> = {
    well: undefined,
    throttled: refused(-1, `system busy for ${to}`),
    refused: refused(43004, `require subscribe: ${to} 771204`),
    dropped: 'drop',
    silent: 'hang',
  }
  return {
    provider: wechat({ tokens: memoryTokens(), endpoint: service.url }) as unknown as Provider,
    config: account,
    wrongConfig: { ...account, appSecret: wrongSecret },
    to,
    message: { templateId: 'a-template', data: { number1: '771204' }, card: { title: '', lines: [], jump: 'none' } },
    secrets: [account.appSecret, wrongSecret, service.token, to, '771204'],
    behave(situation) {
      const answer = answers[situation]
      service.script = answer ? { send: answer } : {}
    },
    sent: () => service.sent,
    close: () => service.close(),
  }
}

async function tencentService(): Promise<Service> {
  const service = await startTencent()
  const [to, number] = ['+8613812345678', '13812345678']
  const answers: Record<Situation, TencentAnswer | undefined> = {
    well: undefined,
    throttled: tencentRefusal('RequestLimitExceeded', `too many for ${number}`),
    refused: numberRefusal('InvalidParameterValue.IncorrectPhoneNumber', `${number} 771204 is no number`),
    dropped: 'drop',
    silent: 'hang',
  }
  return {
    provider: tencentSms({ endpoint: service.url }) as unknown as Provider,
    config: tencentAccount,
    wrongConfig: { ...tencentAccount, secretKey: 'AnOldPlantedSecret' },
    to,
    message: { signName: '星桥智家', templateCode: '1900001', templateParam: { '1': '771204' }, text: '' },
    secrets: [tencentAccount.secretId, tencentAccount.secretKey, 'AnOldPlantedSecret', number, '771204'],
    behave(situation) {
      const answer = answers[situation]
      service.script = answer ? { SendSms: answer } : {}
    },
    sent: () => service.sent,
    close: () => service.close(),
  }
}

async function twilioService(): Promise<Service> {
  const service = await startTwilio()
  const [to, number] = ['+14155552671', '4155552671']
  const answers: Record<Situation, TwilioAnswer | undefined> = {
    well: undefined,
    throttled: twilioRefusal(20429, `Too many requests for ${to}`, 429),
    refused: twilioRefusal(21211, `The 'To' number ${to} is not a valid phone number for Code 771204`),
    dropped: 'drop',
    silent: 'hang',
  }
  return {
    provider: twilioSms({ url: 'http://localhost:3000', endpoint: service.url }) as unknown as Provider,
    config: twilioAccount,
    wrongConfig: { ...twilioAccount, authToken: 'AnOldPlantedSecret' },
    to,
    message: { text: 'Code 771204' },
    secrets: [twilioAccount.accountSid, twilioAccount.authToken, 'AnOldPlantedSecret', number, 'Code 771204'],
    behave(situation) {
      const answer = answers[situation]
      service.script = answer ? { create: answer } : {}
    },
    sent: () => service.sent,
    close: () => service.close(),
  }
}

const fixtures: Record<string, () => Promise<Service>> = {
  smtp: mailService,
  'aliyun-sms': smsService,
  'aliyun-voice': callService,
  wechat: cardService,
  'twilio-sms': twilioService,
  'tencent-sms': tencentService,
}
const {
  providers,
  provider: inCatalog,
  channel,
} = catalog({ ...plainSettings, vendorSettings: { SIGNET_SMTP_ALLOW: '127.0.0.1' } })

async function checked(provider: Provider, config: unknown): Promise<StageResult[]> {
  const stages: StageResult[] = []
  for await (const stage of provider.check(config, {})) stages.push(stage)
  return stages
}

async function errorOf(sending: Promise<unknown>): Promise<SendError> {
  const error = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(SendError)
  return error as SendError
}

test('every provider has a service to be tried against, an id of its own and a channel', () => {
  const ids = providers.map(({ id }) => id)
  expect(Object.keys(fixtures)).toEqual(expect.arrayContaining(ids))
  expect(new Set(ids).size).toBe(providers.length)
  for (const provider of providers) expect(channel(provider.channel).id).toBe(provider.channel)
})

test('every provider but the one of mail is tried against hostile and cut-off answers of HTTP, too', () => {
  const tried = Object.values(vendors).map((make) => make('http://127.0.0.1').provider.id)
  expect(['smtp', ...tried].sort()).toEqual(providers.map(({ id }) => id).sort())
})

for (const [id, start] of Object.entries(fixtures)) {
  test.describe(id, () => {
    let service: Service
    let provider: Provider
    let config: unknown
    const send = (own: Provider, reference: string, signal?: AbortSignal) =>
      own.send(config, service.to, service.message, { reference, ...(signal ? { signal } : {}) })

    test.beforeEach(async () => {
      service = await start()
      provider = service.provider ?? inCatalog(id)
      expect(provider.id).toBe(id)
      config = provider.config.parse(service.config)
    })
    test.afterEach(async () => {
      await provider.close?.()
      await service.close()
    })

    test('describes every field of its config, with a secret, a destination and one identity', () => {
      const fields = describeFields(provider.config)
      expect(fields.map(({ name }) => name)).toEqual(Object.keys(provider.config.shape))
      expect(fields.some(({ secret }) => secret)).toBe(true)
      expect(fields.some(({ destination }) => destination)).toBe(true)
      expect(fields.filter(({ secret, destination }) => secret && destination)).toEqual([])
      const identity = provider.identity(config)
      expect(identity.length).toBeGreaterThan(0)
      expect(service.secrets.filter((secret) => identity.includes(secret))).toEqual([])
    })

    test('says who it is without its secrets at hand', () => {
      const secrets = describeFields(provider.config).filter(({ secret }) => secret)
      const open = { ...(config as Record<string, unknown>) }
      for (const { name } of secrets) delete open[name]
      expect(provider.identity(open)).toBe(provider.identity(config))
    })

    test('starts the form with values that its config knows', () => {
      for (const { values } of provider.presets ?? []) {
        for (const [name, value] of Object.entries(values)) {
          expect(provider.config.shape[name]?.safeParse(value)).toMatchObject({ success: true, data: value })
        }
      }
    })

    test('passes its check against a service that works, each stage with its time', async () => {
      const stages = await checked(provider, config)
      expect(stages.length).toBeGreaterThan(0)
      for (const stage of stages) expect(stage).toEqual({ stage: stage.stage, ok: true, ms: expect.any(Number) })
    })

    test('fails its check with a wrong secret in its last stage, with a cause and without the secret', async () => {
      const stages = await checked(provider, provider.config.parse(service.wrongConfig))
      expect(stages.filter(({ ok }) => !ok)).toHaveLength(1)
      expect(stages.at(-1)).toMatchObject({ ok: false, cause: expect.any(String), code: expect.any(String) })
      expect(service.secrets.filter((secret) => JSON.stringify(stages).includes(secret))).toEqual([])
    })

    test('sends, and returns an id', async () => {
      service.behave('well')
      expect((await send(provider, 'one')).providerMessageId).toBeTruthy()
      expect(service.sent()).toBe(1)
    })

    for (const [situation, kind] of [
      ['throttled', 'retry'],
      ['refused', 'reject'],
      ['dropped', 'unknown'],
    ] as const) {
      test(`says ${kind} when the message is ${situation}, and nothing of it or of the account`, async () => {
        service.behave(situation)
        const error = await errorOf(send(provider, situation))
        expect(error.kind).toBe(kind)
        expect(error.code).not.toBe('')
        const shown = JSON.stringify([error, error.message, error.detail, error.stack, error.cause])
        expect(service.secrets.filter((secret) => shown.includes(secret))).toEqual([])
      })
    }

    test('says misconfigured with a wrong secret, which is not in the error', async () => {
      service.behave('well')
      const wrong = provider.config.parse(service.wrongConfig)
      const error = await errorOf(provider.send(wrong, service.to, service.message, { reference: 'wrong' }))
      expect(error.kind).toBe('misconfigured')
      const shown = JSON.stringify([error, error.message, error.detail, error.stack, error.cause])
      expect(service.secrets.filter((secret) => shown.includes(secret))).toEqual([])
    })

    test('gives up when the signal says so', async () => {
      service.behave('silent')
      const controller = new AbortController()
      const sending = errorOf(send(provider, 'aborted', controller.signal))
      setTimeout(() => controller.abort(), 300)
      expect(['retry', 'unknown']).toContain((await sending).kind)
    })
  })
}

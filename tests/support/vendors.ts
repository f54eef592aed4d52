/** The vendors' sends that go by HTTP, each with one message and what a vendor says when it took it. */
import { type Provider, SendError } from '#channels/contract.ts'
import { aliyunSms } from '#providers/aliyun/sms.ts'
import { aliyunVoice } from '#providers/aliyun/voice.ts'
import { tencentSms } from '#providers/tencent/sms.ts'
import { twilioSms } from '#providers/twilio/sms.ts'
import { wechat } from '#providers/wechat/wechat.ts'
import { key } from './aliyun-service.ts'
import { serial, account as tencentAccount } from './tencent-service.ts'
import { messageSid, account as twilioAccount } from './twilio-service.ts'
import { account } from './wechat-server.ts'

/** Time-outs for specs, in milliseconds. The lines stand at once, but a busy machine may be long in noticing it. */
export const impatient = { connect: 1500, read: 100 }

const token = 'a-planted-token'

export type Vendor = {
  provider: Provider<never, never>
  config: object
  /** What a taken message is answered with, and the id in it. */
  taken: string
  id: string
  /** What it is answered with when this message is refused, in words that may be anything. */
  refused(words: unknown): object
  /** The status line of that, where it is not of a success. */
  refusedWith?: string
  /** What no error and no log may hold. */
  secrets: string[]
  send(): Promise<{ providerMessageId: string }>
  /** The error of a send that has to fail. */
  failure(): Promise<SendError>
}
type Case = {
  config: object
  to: string
  message: object
  taken: string
  id: string
  refused(words: unknown): object
  refusedWith?: string
  secrets: string[]
}

function vendor(provider: Provider<never, never>, { config, to, message, ...rest }: Case): Vendor {
  const send = () => provider.send(config as never, to, message as never, { reference: 'our-own-reference' })
  const failure = async () => {
    const error = await send().then(
      ({ providerMessageId }) => new Error(`It was called sent: ${providerMessageId}`),
      (thrown: unknown) => thrown,
    )
    if (error instanceof SendError) return error
    throw error
  }
  return { provider, config, ...rest, send, failure }
}

const phone = '+8613812345678'
const values = { code: '771204' }
const secrets = [key.accessKeyId, key.accessKeySecret, '13812345678', '771204']

const aliyunRefused = (words: unknown) => ({
  ...{ Code: 'isv.MOBILE_NUMBER_ILLEGAL', Message: words, RequestId: words },
})

/** By name; each reaches the service at this address. */
export const vendors: Record<string, (endpoint: string) => Vendor> = {
  SMS: (endpoint) =>
    vendor(aliyunSms({ endpoint, timeouts: impatient }) as Provider<never, never>, {
      ...{ config: { ...key, region: 'mainland' }, to: phone, secrets },
      message: { signName: '运维告警', templateCode: 'SMS_100000001', templateParam: values, text: '' },
      taken: '{"Code":"OK","Message":"OK","RequestId":"873043AC-BCDA-5655","BizId":"512304768812345678^0"}',
      id: '512304768812345678^0',
      refused: aliyunRefused,
    }),
  voice: (endpoint) =>
    vendor(aliyunVoice({ endpoint, timeouts: impatient }) as Provider<never, never>, {
      ...{ config: key, to: phone, secrets },
      message: { ttsCode: 'TTS_100000001', ttsParam: values, text: '', playTimes: 1, volume: 100, speed: 0 },
      taken: '{"Code":"OK","Message":"OK","RequestId":"873043AC-BCDA-5655","CallId":"116000000001^102000000001"}',
      id: '116000000001^102000000001',
      refused: aliyunRefused,
    }),
  Twilio: (endpoint) =>
    vendor(twilioSms({ url: 'http://localhost:3000', endpoint, timeouts: impatient }) as Provider<never, never>, {
      ...{ config: { ...twilioAccount, apiKeySid: '', apiKeySecret: '', messagingServiceSid: '' } },
      ...{ to: '+14155552671', message: { text: 'Code 771204' }, id: messageSid },
      taken: JSON.stringify({ sid: messageSid, status: 'queued', num_segments: '1', error_code: null }),
      refused: (words) => ({ code: 21211, message: words, more_info: words, status: 400 }),
      refusedWith: '400 Bad Request',
      secrets: [twilioAccount.accountSid, twilioAccount.authToken, '4155552671', '771204'],
    }),
  WeChat: (endpoint) =>
    vendor(wechat({ endpoint, timeouts: impatient, tokens: { use: async () => token } }) as Provider<never, never>, {
      ...{ config: account, to: 'oPlantedOpenidOfAFollower012' },
      message: { templateId: 'a-template', data: { number1: '771204' }, card: { title: '', lines: [], jump: 'none' } },
      taken: '{"errcode":0,"errmsg":"ok","msgid":3123456789012345678}',
      id: '3123456789012345678',
      refused: (words) => ({ errcode: 43004, errmsg: words }),
      secrets: [account.appSecret, token, 'oPlantedOpenidOfAFollower012', '771204'],
    }),
  'Tencent Cloud SMS': (endpoint) =>
    vendor(tencentSms({ endpoint, timeouts: impatient }) as Provider<never, never>, {
      ...{ config: tencentAccount, to: phone, id: serial },
      message: { signName: '星桥智家', templateCode: '1900001', templateParam: { '1': '771204' }, text: '' },
      taken: JSON.stringify({ Response: { SendStatusSet: [{ SerialNo: serial, Code: 'Ok' }], RequestId: 'r-1' } }),
      refused: (words) => ({
        Response: {
          SendStatusSet: [{ SerialNo: words, Code: 'InvalidParameterValue.IncorrectPhoneNumber', Message: words }],
          RequestId: words,
        },
      }),
      secrets: [tencentAccount.secretId, tencentAccount.secretKey, '13812345678', '771204'],
    }),
}

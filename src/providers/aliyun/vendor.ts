/** Alibaba Cloud: its SMS and its voice service. */
import { z } from 'zod'
import { httpUrl, vendor } from '../vendor.ts'
import { aliyunSms } from './sms.ts'
import { aliyunVoice } from './voice.ts'

const settings = z.object({
  SIGNET_ALIYUN_SMS_ENDPOINT: httpUrl
    .optional()
    .describe("Address in place of Alibaba Cloud's own for SMS, such as a proxy's"),
  SIGNET_ALIYUN_VOICE_ENDPOINT: httpUrl.optional().describe('The same for voice'),
})

export const aliyun = vendor({
  settings,
  open: ({ SIGNET_ALIYUN_SMS_ENDPOINT: sms, SIGNET_ALIYUN_VOICE_ENDPOINT: voice }) => [
    aliyunSms(sms ? { endpoint: sms } : {}),
    aliyunVoice(voice ? { endpoint: voice } : {}),
  ],
})

/** Alibaba Cloud: its SMS and its voice service. */
import { z } from 'zod'
import { httpUrl, vendor } from '../vendor.ts'
import { carrierCauses } from './carriers.ts'
import { aliyunCauses } from './errors.ts'
import { aliyunSms, permissions as smsPermissions } from './sms.ts'
import { aliyunVoice, permissions as voicePermissions } from './voice.ts'

const settings = z.object({
  SIGNET_ALIYUN_SMS_ENDPOINT: httpUrl
    .optional()
    .describe("Address in place of Alibaba Cloud's own for SMS, such as a proxy's"),
  SIGNET_ALIYUN_VOICE_ENDPOINT: httpUrl.optional().describe('The same for voice'),
})

/** Which permission is missing is always said. */
const causes = [
  ...aliyunCauses.filter((cause) => cause !== 'aliyun_permission'),
  ...Object.values(smsPermissions),
  ...Object.values(voicePermissions),
]

export const aliyun = vendor({
  says: {
    stages: ['credentials', 'signatures', 'templates', 'permission'],
    causes,
    outcomes: [...causes, ...carrierCauses],
  },
  settings,
  open: ({ SIGNET_ALIYUN_SMS_ENDPOINT: sms, SIGNET_ALIYUN_VOICE_ENDPOINT: voice }) => [
    aliyunSms(sms ? { endpoint: sms } : {}),
    aliyunVoice(voice ? { endpoint: voice } : {}),
  ],
})

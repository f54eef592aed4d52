/** Tencent Cloud: its SMS service. */
import { z } from 'zod'
import { httpUrl, vendor } from '../vendor.ts'
import { tencentSms } from './sms.ts'

const settings = z.object({
  SIGNET_TENCENT_SMS_ENDPOINT: httpUrl
    .optional()
    .describe("Address in place of Tencent Cloud's own for SMS, such as a proxy's"),
})

export const tencent = vendor({
  settings,
  open: ({ SIGNET_TENCENT_SMS_ENDPOINT: endpoint }) => [tencentSms(endpoint ? { endpoint } : {})],
})

/** Tencent Cloud: its SMS service. */
import { z } from 'zod'
import { httpUrl, vendor } from '../vendor.ts'
import { permissions } from './account.ts'
import { carrierCauses, tencentCauses } from './errors.ts'
import { tencentSms } from './sms.ts'

const settings = z.object({
  SIGNET_TENCENT_SMS_ENDPOINT: httpUrl
    .optional()
    .describe("Address in place of Tencent Cloud's own for SMS, such as a proxy's"),
})

/** Which permission is missing is always said. */
const causes = [...tencentCauses.filter((cause) => cause !== 'tencent_permission'), ...Object.values(permissions)]

export const tencent = vendor({
  says: {
    stages: ['credentials', 'signatures', 'templates', 'application'],
    causes,
    outcomes: [...causes, ...carrierCauses],
  },
  settings,
  open: ({ SIGNET_TENCENT_SMS_ENDPOINT: endpoint }) => [tencentSms(endpoint ? { endpoint } : {})],
})

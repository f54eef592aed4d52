/** WeChat: its official accounts. */
import { z } from 'zod'
import { httpUrl, vendor } from '../vendor.ts'
import { wechatCauses, wechatEventCauses } from './errors.ts'
import { wechat as officialAccounts } from './wechat.ts'

const settings = z.object({
  SIGNET_WECHAT_ENDPOINT: httpUrl.optional().describe("Address in place of WeChat's own, such as a proxy's"),
})

export const wechat = vendor({
  says: {
    stages: ['token', 'templates'],
    causes: wechatCauses,
    // Of a code that is not known WeChat's own words are shown.
    outcomes: [...wechatCauses.filter((cause) => cause !== 'wechat_other'), ...wechatEventCauses],
  },
  settings,
  open: ({ SIGNET_WECHAT_ENDPOINT: endpoint }, { tokens }) => [
    officialAccounts({ tokens, ...(endpoint ? { endpoint } : {}) }),
  ],
})

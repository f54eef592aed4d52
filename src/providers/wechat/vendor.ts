/** WeChat: its official accounts. */
import { z } from 'zod'
import { httpUrl, vendor } from '../vendor.ts'
import { wechat as officialAccounts } from './wechat.ts'

const settings = z.object({
  SIGNET_WECHAT_ENDPOINT: httpUrl.optional().describe("Address in place of WeChat's own, such as a proxy's"),
})

export const wechat = vendor({
  settings,
  open: ({ SIGNET_WECHAT_ENDPOINT: endpoint }, { tokens }) => [
    officialAccounts({ tokens, ...(endpoint ? { endpoint } : {}) }),
  ],
})

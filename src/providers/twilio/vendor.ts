/** Twilio: its SMS. */
import { z } from 'zod'
import { httpUrl, vendor } from '../vendor.ts'
import { twilioSms } from './sms.ts'

export const twilio = vendor({
  settings: z.object({
    SIGNET_TWILIO_ENDPOINT: httpUrl.optional().describe("Address in place of Twilio's own, such as a proxy's"),
  }),
  open: ({ SIGNET_TWILIO_ENDPOINT: endpoint }, { url }) => [twilioSms({ url, ...(endpoint ? { endpoint } : {}) })],
})

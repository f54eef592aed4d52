/** The account at Twilio that the sandbox begins with. Plain data. */
import type { SandboxAccount } from '../channel.ts'
import { twilioAccount } from './account.ts'

export const twilioSandbox: SandboxAccount = {
  ...{ channel: 'sms', provider: 'twilio-sms', name: 'Sandbox Twilio', vendor: 'twilio' },
  config(secret) {
    const { accountSid, authToken, number } = twilioAccount(secret)
    return { accountSid, authToken, from: number }
  },
  settings: (simulatorUrl) => ({ SIGNET_TWILIO_ENDPOINT: `${simulatorUrl}/twilio` }),
}

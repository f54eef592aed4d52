/** Whom the simulated Twilio knows: one account, made of the secret that the simulator was given. Plain data. */
import { createHash } from 'node:crypto'

const hex = (role: string, secret: string): string =>
  createHash('sha256').update(`twilio ${role} of ${secret}`).digest('hex').slice(0, 32)

export type TwilioAccount = {
  accountSid: string
  authToken: string
  /** Of the kind "Standard", which may not read the account. */
  apiKeySid: string
  apiKeySecret: string
  number: string
  serviceSid: string
}

/** The same over restarts. */
export const twilioAccount = (secret: string): TwilioAccount => ({
  accountSid: `AC${hex('account', secret)}`,
  authToken: hex('token', secret),
  apiKeySid: `SK${hex('key', secret)}`,
  apiKeySecret: hex('key secret', secret),
  number: '+15005550006',
  serviceSid: `MG${hex('service', secret)}`,
})

/** An account at Twilio: how a form asks for it, what of it may be shown, and what proves who calls. */
import { z } from 'zod'
import { field } from '#channels/fields.ts'
import type { ContentCode } from '#channels/problems.ts'

/** A schema of its own for each field: what a form says of one is kept with it. */
const secret = () =>
  z
    .string()
    .trim()
    .max(256)
    .refine((text) => /^[\x21-\x7e]*$/.test(text), { error: 'invalid_twilio_secret' satisfies ContentCode })
    .default('')

/** A number of Twilio's, its short code, or a name of up to eleven letters and digits. */
const sender = /^(?:\+[1-9]\d{6,14}|\d{3,8}|(?=[A-Za-z0-9 ]*[A-Za-z])[A-Za-z0-9 ]{1,11})?$/

export const TwilioConfig = z
  .object({
    accountSid: field(
      z
        .string()
        .trim()
        .min(1)
        .max(64)
        .regex(/^(?:AC[0-9a-f]{32})?$/i, { error: 'invalid_account_sid' satisfies ContentCode }),
      { label: 'twilioAccountSid', destination: true },
    ),
    authToken: field(secret(), { label: 'twilioAuthToken', secret: true }),
    apiKeySid: field(
      z
        .string()
        .trim()
        .max(64)
        .regex(/^(?:SK[0-9a-f]{32})?$/i, { error: 'invalid_api_key_sid' satisfies ContentCode })
        .default(''),
      { label: 'twilioApiKeySid', destination: true, advanced: true },
    ),
    apiKeySecret: field(secret(), { label: 'twilioApiKeySecret', secret: true, advanced: true }),
    from: field(
      z
        .string()
        .trim()
        .max(20)
        .transform((from) => (from.startsWith('+') ? `+${from.replace(/[\s().-]|^\+/g, '')}` : from))
        .refine((from) => sender.test(from), { error: 'invalid_twilio_sender' satisfies ContentCode })
        .default(''),
      { label: 'twilioFrom' },
    ),
    messagingServiceSid: field(
      z
        .string()
        .trim()
        .max(64)
        .regex(/^(?:MG[0-9a-f]{32})?$/i, { error: 'invalid_messaging_service_sid' satisfies ContentCode })
        .default(''),
      { label: 'twilioMessagingService' },
    ),
  })
  .refine(({ apiKeySid, authToken }) => apiKeySid !== '' || authToken !== '', {
    path: ['authToken'],
    error: 'required' satisfies ContentCode,
  })
  .refine(({ apiKeySid, apiKeySecret }) => apiKeySid === '' || apiKeySecret !== '', {
    ...{ path: ['apiKeySecret'], error: 'required' satisfies ContentCode },
  })
  .refine(({ from, messagingServiceSid }) => from !== '' || messagingServiceSid !== '', {
    ...{ path: ['from'], error: 'twilio_sender_or_service' satisfies ContentCode },
  })
export type TwilioConfig = z.infer<typeof TwilioConfig>

/** `AC5160••••0001`; the end alone would not tell it from a key. */
export const identityOf = ({ accountSid }: TwilioConfig): string =>
  `${accountSid.slice(0, 6)}••••${accountSid.slice(-4)}`

/** Whom Twilio is told is calling. An API key goes before the Auth Token, which then only proves what Twilio pushes. */
export const callerOf = ({ accountSid, authToken, apiKeySid, apiKeySecret }: TwilioConfig): [string, string] =>
  apiKeySid ? [apiKeySid, apiKeySecret] : [accountSid, authToken]

/** Texts that may not leave in Twilio's words. */
export const secretsOf = ({ accountSid, authToken, apiKeySid, apiKeySecret }: TwilioConfig): string[] =>
  [accountSid, authToken, apiKeySid, apiKeySecret].filter(Boolean)

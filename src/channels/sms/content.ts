/** What an SMS template stores: one choice for mainland China and one for everywhere else. */
import { z } from 'zod'
import { Mapping } from '../mapping-schema.ts'
import { isStorable } from '../storable.ts'
import { Text } from '../text.ts'

export const SmsChoice = z.strictObject({
  /** Without its brackets. */
  signature: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .refine((name) => !/[【】]/.test(name), { error: 'signature_with_brackets' })
    .refine(isStorable),
  /** The provider's id of it; what that looks like says the provider. */
  templateCode: z
    .string()
    .trim()
    .regex(/^[\w.-]{1,64}$/, { error: 'invalid_template_code' }),
  templateText: Text(1000).min(1),
  mapping: Mapping,
})
export type SmsChoice = z.infer<typeof SmsChoice>

export const SmsContent = z
  .strictObject({ mainland: SmsChoice.nullable().default(null), international: SmsChoice.nullable().default(null) })
  .refine(({ mainland, international }) => mainland || international, { path: ['mainland'], error: 'required' })
export type SmsContent = z.infer<typeof SmsContent>

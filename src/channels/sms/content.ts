/**
 * What an SMS template stores: one choice for mainland China and one for everywhere else, of what a provider has approved; or,
 * for a provider that keeps no texts, the text itself.
 */
import { z } from 'zod'
import { Mapping } from '../mapping-schema.ts'
import type { ContentCode } from '../problems.ts'
import { isStorable } from '../storable.ts'
import { Text } from '../text.ts'
import { isWritten } from './text.ts'

export const SmsChoice = z.strictObject({
  /** Without its brackets. */
  signature: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .refine((name) => !/[【】]/.test(name), { error: 'signature_with_brackets' satisfies ContentCode })
    .refine(isStorable),
  /** The provider's id of the template, see `templateId` in `texts.ts`. */
  templateCode: z
    .string()
    .trim()
    .regex(/^[\w.-]{1,64}$/, { error: 'invalid_template_code' satisfies ContentCode }),
  templateText: Text(1000).min(1),
  mapping: Mapping,
})
export type SmsChoice = z.infer<typeof SmsChoice>

export const SmsContent = z
  .strictObject({ mainland: SmsChoice.nullable().default(null), international: SmsChoice.nullable().default(null) })
  .refine(({ mainland, international }) => mainland || international, {
    path: ['mainland'],
    error: 'required' satisfies ContentCode,
  })
export type SmsContent = z.infer<typeof SmsContent>

/** More than any provider takes in one message. */
const longestWritten = 2000

/** One text for everybody, with our variables in it. */
export const WrittenSms = z.strictObject({
  text: Text(longestWritten).refine((text) => text.trim() !== '', { error: 'required' satisfies ContentCode }),
})
export type WrittenSms = z.infer<typeof WrittenSms>

export type AnySms = SmsContent | WrittenSms

/** An issue of one schema, for the schema that ran it: zod wants its input along. */
const foundBefore = (issue: z.core.$ZodIssue, input: unknown) => ({ ...issue, input }) as z.core.$ZodRawIssue

/** Either form. A content that fits neither gets the problems of the form that it seems to have. */
export const AnySms: z.ZodType<AnySms> = z.looseObject({}).transform((given, ctx): AnySms => {
  const { success, data, error } = (isWritten(given) ? WrittenSms : SmsContent).safeParse(given)
  if (success) return data
  ctx.issues.push(...error.issues.map((issue) => foundBefore(issue, given)))
  return z.NEVER
})

/** What a voice template stores: an approved text by its id, what fills it, and how the call is made. */
import { z } from 'zod'
import { Mapping } from '../mapping-schema.ts'
import type { ContentCode } from '../problems.ts'
import { Trimmed } from '../text.ts'
import { callingNumberForm, longestVoiceText } from './limits.ts'

export const VoiceContent = z.strictObject({
  /** The provider's id of the text, see `templateId` in `texts.ts`. */
  ttsCode: z
    .string()
    .trim()
    .regex(/^[\w.-]{1,64}$/, { error: 'invalid_template_code' satisfies ContentCode }),
  templateText: Trimmed(longestVoiceText).min(1),
  mapping: Mapping,
  /** The number the person called sees; absent, the provider's shared pool calls. */
  calledShowNumber: z
    .string()
    .trim()
    .regex(callingNumberForm, { error: 'invalid_calling_number' satisfies ContentCode })
    .optional()
    .transform((number) => number || undefined),
  playTimes: z.int().min(1).max(3).default(3),
  volume: z.int().min(0).max(100).default(100),
  speed: z.int().min(-500).max(500).default(0),
})
export type VoiceContent = z.infer<typeof VoiceContent>

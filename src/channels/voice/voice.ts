/**
 * The channel `voice`: calls that speak a template's text. Says which numbers can be called, what a voice template stores,
 * and how it becomes a call.
 */
import { z } from 'zod'
import { type Channel, everybody } from '../contract.ts'
import { fill, mappedVariables } from '../mapping.ts'
import { Mapping } from '../mapping-schema.ts'
import { isMainland, phoneThat } from '../phone.ts'
import { Trimmed } from '../text.ts'
import { callingNumberForm, checkVoice, longestVoiceText, proofSubject, ttsCodeForm } from './check.ts'

/** A call as a provider makes it; `text` is what is spoken. */
export type VoiceMessage = {
  ttsCode: string
  ttsParam: Record<string, string>
  text: string
  calledShowNumber?: string
  playTimes: number
  volume: number
  speed: number
}

/** Mobiles and landlines of mainland China: providers there call no other number. */
export const VoiceRecipient = phoneThat(isMainland)

export const VoiceContent = z.strictObject({
  ttsCode: z.string().trim().regex(ttsCodeForm, { error: 'invalid_tts_code' }),
  templateText: Trimmed(longestVoiceText).min(1),
  mapping: Mapping,
  /** The number the person called sees; absent, the provider's shared pool calls. */
  calledShowNumber: z
    .string()
    .trim()
    .regex(callingNumberForm, { error: 'invalid_calling_number' })
    .optional()
    .transform((number) => number || undefined),
  playTimes: z.int().min(1).max(3).default(3),
  volume: z.int().min(0).max(100).default(100),
  speed: z.int().min(-500).max(500).default(0),
})
export type VoiceContent = z.infer<typeof VoiceContent>

export const voice: Channel<VoiceContent, VoiceMessage> = {
  id: 'voice',
  recipient: VoiceRecipient,
  content: VoiceContent,
  summary: ({ ttsCode, templateText }) => [
    { audience: everybody, signature: null, template: ttsCode, text: templateText },
  ],
  provenBy: proofSubject,
  check: checkVoice,
  variablesIn: ({ templateText, mapping }, declared) => mappedVariables(templateText, mapping, declared),
  compose({ templateText, mapping, calledShowNumber, ...call }, variables, declared) {
    const { params, text } = fill(templateText, mapping, variables, declared)
    const number = calledShowNumber ? { calledShowNumber } : {}
    return { ttsParam: params, text, ...number, ...call }
  },
}

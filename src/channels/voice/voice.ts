/**
 * The channel `voice`: calls that speak a template's text. Says which numbers can be called, what a voice template stores,
 * and how it becomes a call.
 */
import { type Channel, everybody } from '../contract.ts'
import { fill, mappedVariables } from '../mapping.ts'
import { isMainland, phoneThat } from '../phone.ts'
import { checkVoice, proofSubject } from './check.ts'
import { VoiceContent } from './content.ts'

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

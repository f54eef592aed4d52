/** The content of a voice template while it is edited. Pure. */
import { mappingFor, templateVariables } from '#channels/mapping.ts'
import type { ContentProblem } from '#channels/problems.ts'
import { templateIdProblems } from '#channels/texts.ts'
import { checkVoice } from '#channels/voice/check.ts'
import type { VoiceContent } from '#channels/voice/content.ts'
import { callingNumberForm } from '#channels/voice/limits.ts'
import { guessMapping } from '../guess-mapping.ts'
import type { ChannelForm } from '../use-editing.ts'

const asSent = ({ ttsCode, templateText, mapping, calledShowNumber, ...call }: VoiceContent): VoiceContent => ({
  ...call,
  ttsCode: ttsCode.trim(),
  templateText: templateText.trim(),
  mapping: mappingFor(templateText, mapping),
  calledShowNumber: calledShowNumber?.trim() || undefined,
})

export const voiceForm: ChannelForm<VoiceContent> = {
  empty: {
    ttsCode: '',
    templateText: '',
    mapping: {},
    calledShowNumber: undefined,
    playTimes: 3,
    volume: 100,
    speed: 0,
  },
  asSent,
  // Of the id it is said once somebody tried to save: it is typed.
  check: (content, scenario, texts) =>
    content.templateText.trim()
      ? checkVoice(asSent(content), scenario, texts).filter(({ path }) => path !== 'ttsCode')
      : [],
  missing(content, texts) {
    const { ttsCode, templateText, calledShowNumber = '' } = asSent(content)
    const error = (path: string, code: 'required' | 'invalid_calling_number'): ContentProblem => ({
      ...{ path, code, severity: 'error' },
    })
    return [
      ...(ttsCode ? templateIdProblems(texts, 'ttsCode', ttsCode) : [error('ttsCode', 'required')]),
      ...(templateText ? [] : [error('templateText', 'required')]),
      ...(callingNumberForm.test(calledShowNumber) ? [] : [error('calledShowNumber', 'invalid_calling_number')]),
    ]
  },
}

/** The content with another text. A variable that is new in it gets a guess; what was mapped before is kept, in case it comes back. */
export function withText(content: VoiceContent, templateText: string, declared: readonly string[]): VoiceContent {
  const before = templateVariables(content.templateText)
  const names = templateVariables(templateText)
  const guessed = Object.entries(guessMapping(names, declared, content.mapping))
  const fresh = guessed.filter(([name]) => !before.includes(name))
  return { ...content, templateText, mapping: { ...content.mapping, ...Object.fromEntries(fresh) } }
}

/**
 * The channel `voice`: calls that speak a template's text. Says which numbers can be called, what a voice template stores,
 * and how it becomes a call. The text is what a person typed: no provider can be asked for it, so its rules are checked here.
 */
import { z } from 'zod'
import { isStorable } from '../text.ts'
import { type Channel, type ContentProblem, everybody } from './contract.ts'
import { checkMapping, fill, Mapping, mappedVariables, templateVariables } from './mapping.ts'
import { isMainland, phoneThat } from './phone.ts'

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
  ttsCode: z
    .string()
    .trim()
    .regex(/^TTS_\d{1,30}$/, { error: 'invalid_tts_code' }),
  templateText: z.string().trim().min(1).max(1000).refine(isStorable),
  mapping: Mapping,
  /** The number the person called sees; absent, the provider's shared pool calls. */
  calledShowNumber: z
    .string()
    .trim()
    .regex(/^(\d{5,20})?$/, { error: 'invalid_calling_number' })
    .optional()
    .transform((number) => number || undefined),
  playTimes: z.int().min(1).max(3).default(3),
  volume: z.int().min(0).max(100).default(100),
  speed: z.int().min(-500).max(500).default(0),
})
export type VoiceContent = z.infer<typeof VoiceContent>

/** The provider takes fewer than this many characters of values in one call. */
export const longestValues = 250
const reserved = new Set(['email', 'mobile', 'id', 'nick', 'site'])
const forbidden = /[#/:\-%¥$【】[\]]/u
const anyPlaceholder = /\$\{[^}]*\}/g
const foreign = /[^\p{Script=Han}\p{Script=Latin}\p{N}\p{P}\p{Z}\n\r+=<>~^|`¥$]/u
const networkAddress = /\b(?:\d{1,3}\.){3}\d{1,3}\b|https?/i

type Scenario = Parameters<Channel['check']>[1]

/** The rules for the text itself. */
function checkText(text: string): ContentProblem[] {
  const problems: ContentProblem[] = []
  const error = (code: string, params?: ContentProblem['params']) =>
    problems.push({ path: 'templateText', code, severity: 'error', ...(params ? { params } : {}) })
  const written = [...text.matchAll(anyPlaceholder)].map(([whole]) => whole.slice(2, -1))
  for (const name of new Set(written)) {
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) error('bad_variable_name', { name: name.slice(0, 40) })
    else if (reserved.has(name.toLowerCase())) error('reserved_variable_name', { name })
    if (written.filter((other) => other === name).length > 1) error('variable_twice', { name: name.slice(0, 40) })
  }
  const around = text.replace(anyPlaceholder, '\0')
  const fixed = around.replaceAll('\0', '')
  if (around.includes('\0\0')) error('adjacent_variables')
  if (written.length > 0 && fixed.trim() === '') error('only_variables')
  const sign = forbidden.exec(fixed)?.[0]
  if (sign) error('forbidden_character', { character: sign })
  if (text.split(anyPlaceholder).some((part) => networkAddress.test(part))) error('text_with_address')
  // A hint only: what was approved is right, and nobody has published the whole list.
  const letter = foreign.exec(fixed)?.[0]
  if (letter) {
    problems.push({
      path: 'templateText',
      code: 'unspeakable_character',
      severity: 'hint',
      params: { character: letter },
    })
  }
  return problems
}

function checkVoice(content: VoiceContent, scenario: Scenario): ContentProblem[] {
  const { templateText, mapping, calledShowNumber } = content
  const problems = [
    ...checkText(templateText),
    ...checkMapping('mapping', templateText, mapping, scenario, { longestConstant: longestValues - 1 }),
  ]
  const names = templateVariables(templateText)
  if (scenario.kind === 'verification' && names.length > 1) {
    problems.push({ path: 'templateText', code: 'code_template_has_one_variable', severity: 'error' })
  } else if (!calledShowNumber && names.length > 2) {
    problems.push({ path: 'templateText', code: 'two_variables_without_number', severity: 'error' })
  }
  const constants = fill(templateText, mapping, {}, []).params
  if (Object.values(constants).join('').length >= longestValues) {
    problems.push({
      path: 'mapping',
      code: 'values_too_long',
      severity: 'error',
      params: { maximum: longestValues - 1 },
    })
  }
  return problems
}

export const voice: Channel<VoiceContent, VoiceMessage> = {
  id: 'voice',
  recipient: VoiceRecipient,
  content: VoiceContent,
  summary: ({ ttsCode, templateText }) => [
    { audience: everybody, signature: null, template: ttsCode, text: templateText },
  ],
  provenBy: ({ ttsCode, calledShowNumber, templateText }) =>
    JSON.stringify([ttsCode, calledShowNumber ?? '', ...templateVariables(templateText).sort()]),
  check: checkVoice,
  variablesIn: ({ templateText, mapping }, declared) => mappedVariables(templateText, mapping, declared),
  compose({ ttsCode, templateText, mapping, calledShowNumber, playTimes, volume, speed }, variables, declared) {
    const { params, text } = fill(templateText, mapping, variables, declared)
    const number = calledShowNumber ? { calledShowNumber } : {}
    return { ttsCode, ttsParam: params, text, ...number, playTimes, volume, speed }
  },
}

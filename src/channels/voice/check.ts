/**
 * What keeps a voice template from being saved, what is only worth a hint, and what a call proves of it. The text is what a
 * person typed: no provider can be asked for it, so its rules are checked here. Pure, and linear in the content.
 */
import type { Channel, ContentProblem } from '../contract.ts'
import { checkMapping, fill, templateVariables } from '../mapping.ts'
import type { VoiceContent } from './voice.ts'

export const ttsCodeForm = /^TTS_\d{1,30}$/
/** Characters of a template's text, its variables among them. */
export const longestVoiceText = 1000
export const callingNumberForm = /^(\d{5,20})?$/

/** What of a content decides whether the provider takes it: alike for contents that one call proves. */
export const proofSubject = ({
  ttsCode,
  calledShowNumber,
  templateText,
}: Pick<VoiceContent, 'ttsCode' | 'calledShowNumber' | 'templateText'>): string =>
  JSON.stringify([ttsCode, calledShowNumber ?? '', ...templateVariables(templateText).sort()])

/** The provider takes fewer than this many characters of values in one call. */
export const longestValues = 250
const reserved = new Set(['email', 'mobile', 'id', 'nick', 'site'])
const forbidden = /[#/:\-%¥$【】[\]]/u
const anyPlaceholder = /\$\{(?:(?!\$\{)[^}])*\}/g
const foreign = /[^\p{Script=Han}\p{Script=Latin}\p{N}\p{P}\p{Z}\n\r+=<>~^|`¥$]/u
const networkAddress = /\b(?:\d{1,3}\.){3}\d{1,3}\b|https?/i

/** The rules for the text itself. */
function checkText(text: string): ContentProblem[] {
  const problems: ContentProblem[] = []
  const error = (code: string, params?: ContentProblem['params']) =>
    problems.push({ path: 'templateText', code, severity: 'error', ...(params ? { params } : {}) })
  if (text.length > longestVoiceText) error('too_big_string', { maximum: longestVoiceText })
  const written = [...text.matchAll(anyPlaceholder)].map(([whole]) => whole.slice(2, -1))
  for (const [name, { length: times }] of Map.groupBy(written, (written) => written)) {
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) error('bad_variable_name', { name: name.slice(0, 40) })
    else if (reserved.has(name.toLowerCase())) error('reserved_variable_name', { name })
    if (times > 1) error('variable_twice', { name: name.slice(0, 40) })
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

/** All that is wrong or doubtful in a voice template for a scenario. */
export function checkVoice(content: VoiceContent, scenario: Parameters<Channel['check']>[1]): ContentProblem[] {
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

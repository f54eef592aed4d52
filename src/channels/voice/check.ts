/**
 * Checks of a voice template, and what of it a call proves. The text was typed by a person: no provider can be asked for it, so
 * its rules are checked here. Pure, and linear in the content.
 */
import type { Channel } from '../contract.ts'
import { checkMapping, fill, templateVariables } from '../mapping.ts'
import type { ContentProblem, ValueProblem } from '../problems.ts'
import { brokenRules, type Texts, templateIdProblems } from '../texts.ts'
import type { VoiceContent } from './content.ts'
import { longestVoiceText } from './limits.ts'

/** What decides whether the provider accepts a content. Contents with the same subject are proven by one call. */
export const proofSubject = ({
  ttsCode,
  calledShowNumber,
  templateText,
}: Pick<VoiceContent, 'ttsCode' | 'calledShowNumber' | 'templateText'>): string =>
  JSON.stringify([ttsCode, calledShowNumber ?? '', ...templateVariables(templateText).sort()])

const anyPlaceholder = /\$\{(?:(?!\$\{)[^}])*\}/g

function checkText(text: string, wording: Texts['wording']): ContentProblem[] {
  const problems: ContentProblem[] = []
  const error = (problem: ValueProblem) => problems.push({ ...problem, path: 'templateText', severity: 'error' })
  if (text.length > longestVoiceText) error({ code: 'too_big_string', params: { maximum: longestVoiceText } })
  const written = [...text.matchAll(anyPlaceholder)].map(([whole]) => whole.slice(2, -1))
  for (const [name, { length: times }] of Map.groupBy(written, (written) => written)) {
    const params = { name: name.slice(0, 40) }
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) error({ code: 'bad_variable_name', params })
    else if (wording?.reservedNames.includes(name.toLowerCase())) error({ code: 'reserved_variable_name', params })
    if (times > 1) error({ code: 'variable_twice', params })
  }
  const around = text.replace(anyPlaceholder, '\0')
  const fixed = around.replaceAll('\0', '')
  if (around.includes('\0\0')) error({ code: 'adjacent_variables' })
  if (written.length > 0 && fixed.trim() === '') error({ code: 'only_variables' })
  // What is forbidden may not come about only where a variable was.
  for (const { code, match, isDoubtful } of brokenRules(wording?.refused, text.split(anyPlaceholder).join('\n'))) {
    problems.push({
      path: 'templateText',
      code,
      severity: isDoubtful ? 'hint' : 'error',
      params: { character: match },
    })
  }
  return problems
}

/** All that is wrong or doubtful in a voice template for a scenario. `texts`: of the provider that is to call. */
export function checkVoice(
  content: VoiceContent,
  scenario: Parameters<Channel['check']>[1],
  texts?: Texts,
): ContentProblem[] {
  const { ttsCode, templateText, mapping, calledShowNumber } = content
  const problems = [
    ...templateIdProblems(texts, 'ttsCode', ttsCode),
    ...checkText(templateText, texts?.wording),
    ...checkMapping('mapping', templateText, mapping, scenario, texts?.values),
  ]
  const { length: count } = templateVariables(templateText)
  if (scenario.kind === 'verification' && count > (texts?.variablesOfCode ?? count)) {
    problems.push({ path: 'templateText', code: 'code_template_has_one_variable', severity: 'error' })
  } else if (!calledShowNumber && count > (texts?.variablesWithoutNumber ?? count)) {
    problems.push({ path: 'templateText', code: 'two_variables_without_number', severity: 'error' })
  }
  const constants = fill(templateText, mapping, {}, []).params
  const together = Object.values(constants).join('').length
  const longestTogether = texts?.values?.longestTogether ?? together
  if (together > longestTogether) {
    problems.push({ path: 'mapping', code: 'values_too_long', severity: 'error', params: { maximum: longestTogether } })
  }
  return problems
}

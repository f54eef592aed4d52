/** What keeps an SMS template from being saved, and what is only worth a hint. Pure, and linear in the content. */
import type { Channel } from '../contract.ts'
import { checkMapping, fill, templateVariables } from '../mapping.ts'
import { type ContentProblem, sourceProblem, type ValueProblem } from '../problems.ts'
import { compiled, usedBy } from '../render.ts'
import { type Texts, templateIdProblems } from '../texts.ts'
import type { AnySms, SmsChoice, WrittenSms } from './content.ts'
import { isWritten, type SmsAudience, segments, smsAudiences, writtenText } from './text.ts'

type Scenario = Parameters<Channel['check']>[1]

const shortestValues = ({ variables }: Scenario) => Object.fromEntries(variables.map((name) => [name, '0']))

function checkChoice(
  audience: SmsAudience,
  choice: SmsChoice,
  scenario: Scenario,
  texts: Texts | undefined,
): ContentProblem[] {
  const { templateCode, templateText, mapping, signature } = choice
  const problems = [
    ...templateIdProblems(texts, `${audience}.templateCode`, templateCode),
    ...checkMapping(`${audience}.mapping`, templateText, mapping, scenario, texts?.values),
  ]
  const hint = (problem: ValueProblem) =>
    problems.push({ ...problem, path: `${audience}.templateText`, severity: 'hint' })
  const { length: count } = templateVariables(templateText)
  const mostOfCode = texts?.variablesOfCode ?? count
  if (audience === 'mainland' && scenario.kind === 'verification' && count > mostOfCode) {
    hint({ code: 'several_variables_in_code_template', params: { count } })
  }
  const shortest = fill(templateText, mapping, shortestValues(scenario), scenario.variables).text
  const longestText = texts?.longestText ?? shortest.length
  if (shortest.length > longestText) hint({ code: 'text_too_long', params: { maximum: longestText } })
  const size = segments(shortest, audience === 'mainland' ? signature : null)
  if (size.segments > 1) hint({ code: 'several_segments', params: { count: size.segments } })
  return problems
}

/** Checks a text by its variables, and its length with the shortest values. */
function checkWritten({ text }: WrittenSms, scenario: Scenario, texts: Texts | undefined): ContentProblem[] {
  const parsed = compiled(text, scenario.variables)
  const problems = parsed.findings.map((finding) => sourceProblem('text', finding))
  const add = (severity: ContentProblem['severity'], problem: ValueProblem) =>
    problems.push({ ...problem, path: 'text', severity })
  if (scenario.kind === 'verification' && !usedBy(parsed).includes('code')) add('error', { code: 'code_missing' })
  const shortest = writtenText(text, shortestValues(scenario), scenario.variables)
  const longestText = texts?.longestText ?? shortest.text.length
  if (shortest.text.length > longestText) add('error', { code: 'too_big_string', params: { maximum: longestText } })
  if (shortest.segments > 1) add('hint', { code: 'several_segments', params: { count: shortest.segments } })
  return problems
}

/**
 * Checks a content: the choice for each audience, with paths that begin with the audience; or the text that was written.
 * @param texts of the provider that is to send it, which takes contents of its own kind only
 */
export function checkSms(content: AnySms, scenario: Scenario, texts?: Texts): ContentProblem[] {
  const kind = isWritten(content) ? 'written' : 'approved'
  if (texts && texts.kind !== kind) return [{ path: 'text', code: 'text_of_other_kind', severity: 'error' }]
  if (isWritten(content)) return checkWritten(content, scenario, texts)
  return smsAudiences.flatMap((audience) => {
    const choice = content[audience]
    return choice ? checkChoice(audience, choice, scenario, texts) : []
  })
}

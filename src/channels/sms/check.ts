/** What keeps an SMS template from being saved, and what is only worth a hint. Pure, and linear in the content. */
import type { Channel, ContentProblem } from '../contract.ts'
import { checkMapping, fill, templateVariables } from '../mapping.ts'
import { type Texts, templateIdProblems } from '../texts.ts'
import type { SmsChoice, SmsContent } from './content.ts'
import { type SmsAudience, segments, smsAudiences } from './text.ts'

type Scenario = Parameters<Channel['check']>[1]

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
  const hint = (code: string, params: ContentProblem['params']) =>
    problems.push({ path: `${audience}.templateText`, code, severity: 'hint', ...(params ? { params } : {}) })
  const { length: count } = templateVariables(templateText)
  const mostOfCode = texts?.variablesOfCode ?? count
  if (audience === 'mainland' && scenario.kind === 'verification' && count > mostOfCode) {
    hint('several_variables_in_code_template', { count })
  }
  const shortest = fill(templateText, mapping, Object.fromEntries(scenario.variables.map((name) => [name, '0'])), [
    ...scenario.variables,
  ]).text
  const longestText = texts?.longestText ?? shortest.length
  if (shortest.length > longestText) hint('text_too_long', { maximum: longestText })
  const size = segments(shortest, audience === 'mainland' ? signature : null)
  if (size.segments > 1) hint('several_segments', { count: size.segments })
  return problems
}

/** Both choices, those that are made; paths begin with the choice. `texts`: of the provider that is to send them. */
export const checkSms = (content: SmsContent, scenario: Scenario, texts?: Texts): ContentProblem[] =>
  smsAudiences.flatMap((audience) => {
    const choice = content[audience]
    return choice ? checkChoice(audience, choice, scenario, texts) : []
  })

/** What keeps an SMS template from being saved, and what is only worth a hint. Pure, and linear in the content. */
import type { Channel, ContentProblem } from '../contract.ts'
import { checkMapping, fill, templateVariables } from '../mapping.ts'
import type { SmsChoice, SmsContent } from './sms.ts'
import { type SmsAudience, segments, smsAudiences } from './text.ts'

type Scenario = Parameters<Channel['check']>[1]

/** A variable's value may have at most so many characters, unless the account has asked for more. */
const longestValue = 35
const longestText = 500

function checkChoice(audience: SmsAudience, choice: SmsChoice, scenario: Scenario): ContentProblem[] {
  const { templateText, mapping, signature } = choice
  const problems = checkMapping(`${audience}.mapping`, templateText, mapping, scenario, {
    longestConstant: longestValue,
  })
  const hint = (code: string, params: ContentProblem['params']) =>
    problems.push({ path: `${audience}.templateText`, code, severity: 'hint', ...(params ? { params } : {}) })
  const names = templateVariables(templateText)
  if (audience === 'mainland' && scenario.kind === 'verification' && names.length > 1) {
    hint('several_variables_in_code_template', { count: names.length })
  }
  const shortest = fill(templateText, mapping, Object.fromEntries(scenario.variables.map((name) => [name, '0'])), [
    ...scenario.variables,
  ]).text
  if (shortest.length > longestText) hint('text_too_long', { maximum: longestText })
  const size = segments(shortest, audience === 'mainland' ? signature : null)
  if (size.segments > 1) hint('several_segments', { count: size.segments })
  return problems
}

/** Both choices, those that are made; paths begin with the choice. */
export const checkSms = (content: SmsContent, scenario: Scenario): ContentProblem[] =>
  smsAudiences.flatMap((audience) => {
    const choice = content[audience]
    return choice ? checkChoice(audience, choice, scenario) : []
  })

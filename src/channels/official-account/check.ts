/**
 * What keeps a card's content from being saved, and what is only worth a hint. Pure, and linear in the content. A value that
 * can never fit is an error; one that depends on the event is a hint, since the card is sent and WeChat decides.
 */

import { type ContentProblem, sourceProblem, type ValueProblem } from '../problems.ts'
import { compiled, render, usedBy } from '../render.ts'
import { addressText, fieldText, sourceOf } from './card.ts'
import type { OfficialAccountContent } from './content.ts'
import { checkValue, codeOfForm, type Field, fieldsOf, oneLine, traitsOf } from './fields.ts'

/** Values of every kind, short ones: a field that takes none of them in the place of its variable takes nothing. */
const probes = ['0', 'A', '中', '★', '10:00', '2026-11-20', '2026-11-20 10:00:00']

const same = (names: readonly string[], value: string) => Object.fromEntries(names.map((name) => [name, value]))

type Severity = ContentProblem['severity']
const severityOf = ({ type }: Field): Severity => (traitsOf(type).isGuidance ? 'hint' : 'error')

/** What depends on the event's values. */
function hintOf({ type }: Field): ValueProblem | undefined {
  const { isListed, mark, form, longest } = traitsOf(type)
  if (isListed) return { code: 'only_approved_values' }
  // These take any text, and more of it than anybody writes.
  if (type === 'free' || type === 'hidden') return undefined
  if (mark !== undefined && longest !== undefined) return { code: 'may_be_cut', params: { maximum: longest } }
  return form ? { code: codeOfForm(type) } : undefined
}

/** Why no event could ever make a value that fits; null as long as one may. */
function neverFits({ type }: Field, filled: (value: string) => string, names: readonly string[]): ValueProblem | null {
  const problems = probes.map((probe) => checkValue(type, filled(probe)))
  const shortest = problems[0] ?? null
  // A time may be made of a date and a clock, which is not tried. What is too long with the shortest stays so.
  const mayDiffer = names.length > 1 && traitsOf(type).mark === undefined
  if (mayDiffer) return shortest?.code === 'too_big_string' ? shortest : null
  return problems.every((problem) => problem !== null) ? shortest : null
}

function checkField(field: Field, source: string, declared: readonly string[]): ContentProblem[] {
  const path = `values.${field.key}`
  if (source.trim() === '') return field.type === 'hidden' ? [] : [{ path, code: 'required', severity: 'error' }]
  const parsed = compiled(source, declared)
  const findings = parsed.findings.map((finding) => sourceProblem(path, finding))
  if (findings.some(({ severity }) => severity === 'error')) return findings
  const names = usedBy(parsed)
  const filled = (value: string) => oneLine(render(parsed, same(names, value), String))
  const wrong = names.length === 0 ? checkValue(field.type, filled('')) : neverFits(field, filled, names)
  if (wrong) return [...findings, { path, ...wrong, severity: severityOf(field) }]
  const hint = names.length > 0 || traitsOf(field.type).isListed ? hintOf(field) : undefined
  return hint ? [...findings, { path, ...hint, severity: 'hint' }] : findings
}

/** An address up to the end of its server's name. */
const afterServer = /^https?:\/\/[^/?#\s]+[/?#]/i

function checkAddress(path: string, source: string, declared: readonly string[]): ContentProblem[] {
  const parsed = compiled(source, declared)
  const findings = parsed.findings.map((finding) => sourceProblem(path, finding))
  if (findings.some(({ severity }) => severity === 'error')) return findings
  const [beginning] = parsed.parts
  const isPlain = typeof beginning === 'string' && /^https?:\/\//i.test(beginning)
  if (isPlain && parsed.parts.length > 1 && !afterServer.test(beginning)) {
    return [...findings, { path, code: 'variable_in_server', severity: 'error' }]
  }
  const whole = addressText(source, same(declared, '0'), declared)
  const url = isPlain && URL.canParse(whole) ? new URL(whole) : undefined
  const isFit = url && !url.username && !url.password && afterServer.test(`${whole}/`) && !/\s/.test(whole)
  return isFit ? findings : [...findings, { path, code: 'invalid_url', severity: 'error' }]
}

function checkJump({ jump }: OfficialAccountContent, declared: readonly string[]): ContentProblem[] {
  if (jump.kind === 'url') return checkAddress('jump.url', jump.url, declared)
  if (jump.kind === 'none') return []
  const parsed = compiled(jump.pagePath, declared)
  return parsed.findings.map((finding) => sourceProblem('jump.pagePath', finding))
}

/** All that is wrong or doubtful in a content for a scenario, in the order of the template's fields. */
export function checkCard(
  content: OfficialAccountContent,
  scenario: { variables: readonly string[] },
): ContentProblem[] {
  const fields = fieldsOf(content.templateText)
  const problems = fields.flatMap((field) => checkField(field, sourceOf(content, field.key), scenario.variables))
  if (fields.length === 0) problems.push({ path: 'templateText', code: 'no_fields', severity: 'error' })
  const strays = Object.keys(content.values).filter((key) => !fields.some((field) => field.key === key))
  return [
    ...problems,
    ...strays.map(
      (key): ContentProblem => ({
        path: `values.${key}`,
        code: 'not_in_template',
        severity: 'hint',
        params: { name: key },
      }),
    ),
    ...checkJump(content, scenario.variables),
  ]
}

/** What becomes of these values, such as the sample ones of a preview: what WeChat would refuse, and what is cut. All hints. */
export function checkValues(
  content: OfficialAccountContent,
  values: Record<string, string>,
  declared: readonly string[],
): ContentProblem[] {
  return fieldsOf(content.templateText).flatMap((field): ContentProblem[] => {
    const value = oneLine(fieldText(sourceOf(content, field.key), values, declared))
    const problem = checkValue(field.type, value)
    const isText = traitsOf(field.type).mark !== undefined
    // An empty text becomes a dash.
    if (!problem || (problem.code === 'required' && isText)) return []
    const hint = problem.code === 'too_big_string' && isText ? ({ ...problem, code: 'is_cut' } as const) : problem
    return [{ path: `values.${field.key}`, ...hint, severity: 'hint' }]
  })
}

/**
 * How a template that lives at a provider is filled: which of its variables gets which of ours, or a constant. Shared by the
 * channels whose text a provider has approved and keeps. Pure and light, because a preview fills with every keystroke by the
 * functions that fill what is sent; linear in the text.
 */

import type { Mapping } from './mapping-schema.ts'
import type { ContentProblem, ValueProblem } from './problems.ts'
import { entryOf } from './storable.ts'
import { brokenRules, type Texts } from './texts.ts'

/** `${name}`, or `${1}` for a variable that has a number only. */
const placeholder = /\$\{([A-Za-z][A-Za-z0-9_]*|[1-9]\d?)\}/g

/** The variables of a provider's template in the order of its text, each once. */
export const templateVariables = (text: string): string[] => [
  ...new Set([...text.matchAll(placeholder)].map(([, name = '']) => name)),
]

/** The mapping of the variables that a text has, and of no others. */
export const mappingFor = (text: string, mapping: Mapping): Mapping =>
  Object.fromEntries(
    templateVariables(text).flatMap((name) => {
      const source = entryOf(mapping, name)
      return source ? [[name, source]] : []
    }),
  )

/** A provider's text split at its variables: words and names by turns, words first. */
export const piecesOf = (text: string): string[] => text.split(placeholder)

type Scenario = { kind: 'verification' | 'notification'; variables: readonly string[] }

/**
 * The values by the provider's names of the variables, and the text with the values filled in. A variable that is not declared
 * or has no value is left out, and stays as `${name}` in the text.
 */
export function fill(
  text: string,
  mapping: Mapping,
  values: Record<string, string>,
  declared: readonly string[],
): { params: Record<string, string>; text: string } {
  const entries = templateVariables(text).flatMap((name): [string, string][] => {
    const source = entryOf(mapping, name)
    if (!source) return []
    if ('constant' in source) return [[name, source.constant]]
    const isKnown = declared.includes(source.variable) && Object.hasOwn(values, source.variable)
    return isKnown ? [[name, values[source.variable] ?? '']] : []
  })
  const params = new Map(entries)
  return {
    params: Object.fromEntries(entries),
    text: text.replace(placeholder, (whole, name: string) => params.get(name) ?? whole),
  }
}

/** Which of the declared variables go into a template. */
export function mappedVariables(text: string, mapping: Mapping, declared: readonly string[]): string[] {
  const used = templateVariables(text).flatMap((name) => {
    const source = entryOf(mapping, name)
    return source && 'variable' in source ? [source.variable] : []
  })
  return declared.filter((name) => used.includes(name))
}

function constantProblem(
  constant: string,
  { longest, refused }: NonNullable<Texts['values']>,
): ValueProblem | undefined {
  if (constant.trim() === '') return { code: 'required' }
  if (longest !== undefined && [...constant].length > longest) {
    return { code: 'too_big_string', params: { maximum: longest } }
  }
  const [broken] = brokenRules(refused, constant)
  return broken && { code: broken.code }
}

/**
 * What is wrong with a mapping for a scenario: a variable of the template without a source, one that is not declared, a
 * constant the provider would refuse by its rules, and a verification that does not say its code. Paths are `<path>.<template variable>`.
 */
export function checkMapping(
  path: string,
  text: string,
  mapping: Mapping,
  scenario: Scenario,
  rules: Texts['values'] = {},
): ContentProblem[] {
  const names = templateVariables(text)
  const problems = names.flatMap((name): ContentProblem[] => {
    const at = { path: `${path}.${name}`, severity: 'error' } as const
    const source = entryOf(mapping, name)
    if (!source) return [{ ...at, code: 'not_mapped', params: { name } }]
    if ('variable' in source) {
      const isDeclared = scenario.variables.includes(source.variable)
      return isDeclared ? [] : [{ ...at, code: 'variable_not_declared', params: { name: source.variable } }]
    }
    const problem = constantProblem(source.constant, rules)
    return problem ? [{ ...at, ...problem }] : []
  })
  const isSaid = mappedVariables(text, mapping, scenario.variables).includes('code')
  if (scenario.kind === 'verification' && !isSaid) problems.push({ path, code: 'code_not_mapped', severity: 'error' })
  const strays = Object.keys(mapping).filter((name) => !names.includes(name))
  return [
    ...problems,
    ...strays.map(
      (name): ContentProblem => ({
        path: `${path}.${name}`,
        code: 'not_in_template',
        severity: 'hint',
        params: { name },
      }),
    ),
  ]
}

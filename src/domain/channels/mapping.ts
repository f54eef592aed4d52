/**
 * How a template that lives at a provider is filled: which of its variables gets which of ours, or a constant. Shared by the
 * channels whose text a provider has approved and keeps. Pure, and linear in the text.
 */
import { z } from 'zod'
import { isStorable } from '../text.ts'
import type { ContentProblem } from './contract.ts'

const placeholder = /\$\{([A-Za-z][A-Za-z0-9_]*)\}/g
const mostVariables = 50

/** Where the value of one variable of the provider's template comes from. */
export const Source = z.union([
  z.strictObject({ variable: z.string().min(1).max(40) }),
  z.strictObject({ constant: z.string().max(500).refine(isStorable) }),
])

/** By the names in the provider's template. */
export const Mapping = z
  .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/), Source)
  .refine((mapping) => Object.keys(mapping).length <= mostVariables, { error: 'too_many_variables' })
export type Mapping = z.infer<typeof Mapping>

/** The variables of a provider's template in the order of its text, each once. */
export const templateVariables = (text: string): string[] => [
  ...new Set([...text.matchAll(placeholder)].map(([, name = '']) => name)),
]

type Scenario = { kind: 'verification' | 'notification'; variables: readonly string[] }

/**
 * The values by the names in the provider's template, and its text with them in. A variable of ours that is not declared or
 * has no value is left out, and stays as `${name}` in the text.
 */
export function fill(
  text: string,
  mapping: Mapping,
  values: Record<string, string>,
  declared: readonly string[],
): { params: Record<string, string>; text: string } {
  const entries = templateVariables(text).flatMap((name): [string, string][] => {
    const source = Object.hasOwn(mapping, name) ? mapping[name] : undefined
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
    const source = Object.hasOwn(mapping, name) ? mapping[name] : undefined
    return source && 'variable' in source ? [source.variable] : []
  })
  return declared.filter((name) => used.includes(name))
}

/** Web and network addresses, and accounts to add as a friend: providers refuse them in values. */
const address =
  /https?:|www\.|\b(?:\d{1,3}\.){3}\d{1,3}\b|\b[a-z0-9-]+\.(?:com|cn|net|org|io|cc|top|xyz|me|info|app|dev)\b/i
const contact = /(?:qq|wechat|weixin|微信|vx)\s*[:：号]?\s*[a-z0-9_-]{5,}/i

function constantProblem(
  constant: string,
  longest: number,
): { code: string; params?: { maximum: number } } | undefined {
  if (constant.trim() === '') return { code: 'required' }
  if ([...constant].length > longest) return { code: 'too_big_string', params: { maximum: longest } }
  if (address.test(constant)) return { code: 'constant_with_address' }
  if (contact.test(constant)) return { code: 'constant_with_contact' }
  return /[【】]/.test(constant) ? { code: 'constant_with_brackets' } : undefined
}

/**
 * What is wrong with a mapping for a scenario: a variable of the template without a source, one that is not declared, a
 * constant the provider would refuse, and a verification that does not say its code. Paths are `<path>.<template variable>`.
 */
export function checkMapping(
  path: string,
  text: string,
  mapping: Mapping,
  scenario: Scenario,
  rules: { longestConstant: number },
): ContentProblem[] {
  const names = templateVariables(text)
  const problems = names.flatMap((name): ContentProblem[] => {
    const at = { path: `${path}.${name}`, severity: 'error' } as const
    const source = Object.hasOwn(mapping, name) ? mapping[name] : undefined
    if (!source) return [{ ...at, code: 'not_mapped', params: { name } }]
    if ('variable' in source) {
      const isDeclared = scenario.variables.includes(source.variable)
      return isDeclared ? [] : [{ ...at, code: 'variable_not_declared', params: { name: source.variable } }]
    }
    const problem = constantProblem(source.constant, rules.longestConstant)
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

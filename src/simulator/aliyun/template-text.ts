/** The text of templates: which variables it has, what may be put into them, and what then comes out. */
import { refusal } from './refusals.ts'

const variable = /\$\{([A-Za-z][A-Za-z0-9_]*)\}/g

export const variablesIn = (content: string): string[] => [...content.matchAll(variable)].map(([, name = '']) => name)

export const fillIn = (content: string, values: Readonly<Record<string, string>>): string =>
  content.replace(variable, (written, name: string) => values[name] ?? written)

const isTextRecord = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((text) => typeof text === 'string')

/** @throws Refusal unless it is a JSON object whose values are texts */
export function readValues(text: string | undefined): Record<string, string> {
  if (!text) return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw refusal('isv.INVALID_JSON_PARAM')
  }
  if (!isTextRecord(value)) throw refusal('isv.INVALID_JSON_PARAM')
  return value
}

const link =
  /https?:|www\.|(?:[a-z0-9-]+\.)+(?:com|cn|net|org|io|cc|top|xyz|vip|info|shop|link|site|club|app|dev)\b|\b\d{1,3}(?:\.\d{1,3}){3}\b/i
const contact = /(?:QQ|微信|VX|WeChat)\s*(?:[号群]\s*)?(?:[:：]\s*)?[A-Za-z0-9_-]{5,}|[【】]/i

type Rules = {
  /** Variables whose value must be a code. */
  isCode(name: string): boolean
  codePattern: RegExp
  longest: { each: number } | { together: number }
}

/**
 * Refuses values that the template cannot take, in the order of the real service: given at all, length, links, words.
 * Values that the template does not name are not looked at.
 */
export function checkValues(content: string, values: Readonly<Record<string, string>>, rules: Rules): void {
  const names = variablesIn(content)
  const given = names.map((name) => values[name] ?? '')
  if (given.some((value) => value === '')) throw refusal('isv.TEMPLATE_MISSING_PARAMETERS')
  const { longest } = rules
  const lengths = given.map((value) => [...value].length)
  const isTooLong =
    'each' in longest
      ? lengths.some((length) => length > longest.each)
      : lengths.reduce((sum, length) => sum + length, 0) >= longest.together
  if (isTooLong) throw refusal('isv.PARAM_LENGTH_LIMIT')
  if (given.some((value) => link.test(value))) throw refusal('isv.PARAM_NOT_SUPPORT_URL')
  if (given.some((value) => contact.test(value))) throw refusal('isv.BLACK_KEY_CONTROL_LIMIT')
  const isWrongCode = names.some((name) => rules.isCode(name) && !rules.codePattern.test(values[name] ?? ''))
  if (isWrongCode) throw refusal('isv.TEMPLATE_PARAMS_ILLEGAL')
}

const isGsm = (text: string): boolean =>
  /^[\n\r !-_a-~£¥èéùìòÇØøÅåÆæßÉÄÖÑÜäöñüà§¡¿€]*$/.test(text) && !text.includes('`')

/** How many SMS a text is charged as. */
export function segmentsOf(text: string, isInternational: boolean): number {
  const [one, many] = isInternational && isGsm(text) ? [160, 153] : [70, 67]
  return text.length <= one ? 1 : Math.ceil(text.length / many)
}

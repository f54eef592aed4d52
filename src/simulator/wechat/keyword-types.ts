/** What each type of keyword takes: the type is the name of the key without its number, such as `thing` of `thing12`. */

const clock = '(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)?'
const month = '(?:0?[1-9]|1[0-2])'
const dayOfMonth = '(?:0?[1-9]|[12]\\d|3[01])'
const date = `\\d{4}(?:-${month}-${dayOfMonth}|/${month}/${dayOfMonth}|年${month}月${dayOfMonth}日)`
/** One, or a beginning and an end. */
const range = (one: string): RegExp => new RegExp(`^${one}(?: ?~ ?${one})?$`)

const timePattern = range(`(?:${date} ?)?${clock}`)
const datePattern = range(`${date}(?: ?${clock})?`)

/** In characters, not in bytes nor in halves of surrogate pairs. */
const lengthOf = (value: string): number => [...value].length
const digitsOf = (value: string): number => value.replace(/\D/g, '').length

const isName = (value: string): boolean =>
  /^[\p{L}\p{P}\p{S} ]+$/u.test(value) && lengthOf(value) <= (/\p{Script=Han}/u.test(value) ? 10 : 20)

type Rule = (value: string, allowed: readonly string[] | undefined) => boolean

const oneOf: Rule = (value, allowed) => lengthOf(value) <= 20 && (allowed?.includes(value) ?? true)

const rules: Record<string, Rule> = {
  thing: (value) => lengthOf(value) <= 20,
  /** The documentation gives no length. */
  short_thing: () => true,
  character_string: (value) => lengthOf(value) <= 32 && /^(?:[A-Za-z]|[\p{N}\p{P}\p{S} ])+$/u.test(value),
  time: (value) => timePattern.test(value),
  date: (value) => datePattern.test(value),
  amount: (value) => /^\p{Sc}?\d+(?:\.\d+)?元?$/u.test(value) && digitsOf(value) <= 12,
  phone_number: (value) => /^[\d+\-#*() ]{1,17}$/.test(value),
  car_number: (value) => /^[\p{Script=Han}A-Za-z\d][A-Za-z\d]{0,6}[\p{Script=Han}A-Za-z\d]$/u.test(value),
  number: (value) => /^-?\d+(?:\.\d+)?$/.test(value) && digitsOf(value) <= 32,
  letter: (value) => /^[A-Za-z]{1,32}$/.test(value),
  symbol: (value) => /^[\p{P}\p{S}]{1,5}$/u.test(value),
  name: isName,
  phrase: (value) => /^\p{Script=Han}{1,5}$/u.test(value),
  const: oneOf,
  enum: oneOf,
  enum_string: oneOf,
}

/**
 * Whether a key of a template takes this value. A key without a known type, as in the templates of test accounts and
 * in historic ones, takes anything.
 * @param allowed the values that were approved for this key, of types that have such
 */
export function takesValue(key: string, value: string, allowed: readonly string[] | undefined): boolean {
  const type = /^([a-z_]+)\d+$/.exec(key)?.[1] ?? ''
  const rule = Object.hasOwn(rules, type) ? rules[type] : undefined
  if (!rule) return true
  return value !== '' && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value) && rule(value, allowed)
}

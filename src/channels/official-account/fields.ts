/**
 * The fields of a message template of a WeChat official account, and what each type of field takes. Pure and without imports:
 * the form asks the same in the browser. Lengths are in code points.
 */
import type { ValueProblem } from '../problems.ts'

type Rule = {
  /** How many characters it takes at most; of an amount and a number only the digits count. */
  longest?: number
  /** What the whole value has to look like. */
  form?: RegExp
  counts?: (value: string) => number
  /** Free text: what is too long is cut and ends with this. Anything else would say something different when cut. */
  mark?: string
  /** WeChat takes only values that were approved for the template, and tells them nowhere. */
  isListed?: true
  /** Documented for the templates of mini programs only: a value that does not fit need not be refused. */
  isGuidance?: true
}

const clock = '(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)?'
const month = '(?:0?[1-9]|1[0-2])'
const dayOfMonth = '(?:0?[1-9]|[12]\\d|3[01])'
const day = `\\d{4}(?:-${month}-${dayOfMonth}|/${month}/${dayOfMonth}|年${month}月${dayOfMonth}日)`
/** One, or a beginning and an end. */
const range = (one: string): RegExp => new RegExp(`^${one}(?: ?~ ?${one})?$`)

const lengthOf = (value: string): number => [...value].length
const digitsIn = (value: string): number => value.replace(/\D/g, '').length

const rules = {
  thing: { longest: 20, mark: '…' },
  /** Its length is documented nowhere. */
  short_thing: { longest: 20, mark: '…', isGuidance: true },
  /** Letters, digits and symbols of any kind, but no Chinese. */
  character_string: { longest: 32, form: /^[A-Za-z\p{N}\p{P}\p{S} ]+$/u, mark: '...' },
  time: { form: range(`(?:${day} ?)?${clock}`) },
  date: { form: range(`${day}(?: ?${clock})?`), isGuidance: true },
  amount: { longest: 12, form: /^\p{Sc}?\d+(?:\.\d+)?元?$/u, counts: digitsIn },
  phone_number: { longest: 17, form: /^[\d+\-#*() ]+$/ },
  car_number: { longest: 8, form: /^[\p{Script=Han}A-Za-z\d][A-Za-z\d]*[\p{Script=Han}A-Za-z\d]$/u },
  number: { longest: 32, form: /^-?\d+(?:\.\d+)?$/, counts: digitsIn, isGuidance: true },
  letter: { longest: 32, form: /^[A-Za-z]+$/, isGuidance: true },
  symbol: { longest: 5, form: /^[\p{P}\p{S}]+$/u, isGuidance: true },
  /** Of a Chinese name half as many. */
  name: {
    ...{ longest: 20, form: /^[\p{L}\p{P}\p{S} ]+$/u, isGuidance: true },
    counts: (value) => lengthOf(value) * (/\p{Script=Han}/u.test(value) ? 2 : 1),
  },
  phrase: { longest: 5, form: /^\p{Script=Han}+$/u, isGuidance: true },
  const: { longest: 20, isListed: true },
  enum: { longest: 20, isListed: true, isGuidance: true },
  enum_string: { longest: 20, isListed: true, isGuidance: true },
  /** Of a test account or a historic template: WeChat takes any text, and we limit it to what a card can show. */
  free: { longest: 200, mark: '…' },
  /** The opening and closing words of historic templates, which WeChat does not show any more. */
  hidden: { longest: 200, mark: '…' },
} as const satisfies Record<string, Rule>

export type FieldType = keyof typeof rules
export type Field = {
  key: string
  /** What the card says before the value; may be empty. */
  label: string
  type: FieldType
}

const ruleOf = (type: FieldType): Rule => rules[type]
const isType = (word: string): word is FieldType => Object.hasOwn(rules, word) && word !== 'hidden'

/** Blanks within the braces are seen in the wild. */
const placeholder = /\{\s*\{\s*([A-Za-z0-9_]+)\.DATA\s*\}\s*\}/g

/** `thing12` is of the type `thing`. */
function typeOf(key: string): FieldType {
  if (key === 'first' || key === 'remark') return 'hidden'
  const word = /^([a-z_]+)\d+$/.exec(key)?.[1] ?? ''
  return isType(word) ? word : 'free'
}

/** Without the colons and blanks at its end; a pattern would start anew at each blank of a long row. */
function withoutColon(label: string): string {
  let end = label.length
  while (end > 0 && /[\s:：]/u.test(label[end - 1] ?? '')) end--
  return label.slice(0, end)
}

/** The fields of a template's text in its order, each once, with what stands before them on their line. */
export function fieldsOf(templateText: string): Field[] {
  const fields = new Map<string, Field>()
  for (const line of templateText.split(/[\n\r]+/)) {
    let end = 0
    for (const match of line.matchAll(placeholder)) {
      const [whole, key = ''] = match
      const label = withoutColon(line.slice(end, match.index)).trim()
      if (!fields.has(key)) fields.set(key, { key, label, type: typeOf(key) })
      end = match.index + whole.length
    }
  }
  return [...fields.values()]
}

const linesOf = (text: string): string[] => text.split(/[\n\r]+/).filter((line) => line.trim() !== '')

/**
 * What stands in a field in the example that WeChat gives of a template, by key: for fields that take approved values only the
 * one hint at which those are. A field whose line of the example is not made like its line of the text is left out.
 */
export function examplesOf(templateText: string, example = ''): Record<string, string> {
  const exampleLines = linesOf(example)
  return Object.fromEntries(
    linesOf(templateText).flatMap((line, at) => {
      const [match, another] = line.matchAll(placeholder)
      const [whole = '', key = ''] = match ?? []
      const [before = '', after = ''] = whole ? line.split(whole) : []
      const shown = exampleLines[at] ?? ''
      const isAlike = shown.startsWith(before) && shown.endsWith(after)
      const value = shown.slice(before.length, shown.length - after.length).trim()
      return match && !another && isAlike && value !== '' ? [[key, value]] : []
    }),
  )
}

/** The types that have a form. */
type Formed = { [Type in FieldType]: (typeof rules)[Type] extends { form: RegExp } ? Type : never }[FieldType]
/** The problem of a value that has not the form of its type. Asked only of types with a form. */
export const codeOfForm = (type: FieldType) => `not_${type as Formed}` as const

/** What is wrong with a whole value of a field, as it would be sent; null when nothing is known to be. */
export function checkValue(type: FieldType, value: string): ValueProblem | null {
  if (type === 'hidden') return null
  const { longest = Number.POSITIVE_INFINITY, form, counts = lengthOf } = ruleOf(type)
  if (value.trim() === '') return { code: 'required' }
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value)) return { code: 'one_line' }
  if (form && !form.test(value)) return { code: codeOfForm(type) }
  if (counts(value) <= longest) return null
  const maximum = type === 'name' && counts(value) > lengthOf(value) ? longest / 2 : longest
  return { code: counts === digitsIn ? 'too_many_digits' : 'too_big_string', params: { maximum } }
}

/** How a form may treat a type: how much it takes, whether it is cut, and how sure the rule is. */
export const traitsOf = (type: FieldType): Pick<Rule, 'longest' | 'mark' | 'isListed' | 'isGuidance' | 'form'> =>
  ruleOf(type)

/** In place of a text that is empty: WeChat refuses a card with an empty value. */
const nothing = '-'

/** As many whole characters of a text as fit, counted in code points. */
function beginningOf(text: string, longest: number): string {
  let [beginning, length] = ['', 0]
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    length += lengthOf(segment)
    if (length > longest) break
    beginning += segment
  }
  return beginning.trimEnd()
}

/** A value on one line: control characters and line breaks become blanks. */
export const oneLine = (value: string): string => value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()

/**
 * A value as it is sent. Free text is cut where it is too long, and is never empty. Anything else stays as it is: an amount or
 * a time that was made to fit would be a wrong one, and WeChat's refusal names the field.
 */
export function fitted(type: FieldType, value: string): string {
  const line = oneLine(value)
  const { longest, mark } = ruleOf(type)
  if (mark === undefined || longest === undefined || type === 'hidden') return line
  if (line === '') return nothing
  return lengthOf(line) > longest ? beginningOf(line, longest - lengthOf(mark)) + mark : line
}

/**
 * What a provider says of its texts, and how a text is held against it. Plain data, so that the browser checks and previews
 * what is written by the very rules that hold on the server. Linear in the text.
 */
import type { ContentProblem } from './problems.ts'
import type { VendorProblem } from './vendor-codes.ts'

/** Something that a text or a value may not hold. */
export type TextRule = {
  /** What it looks like: the source of a regular expression (of Unicode), without regard to case. */
  form: string
  /** Its sentence may name what was found as `{character}`. */
  code: VendorProblem
  /** A hint only, where what was approved may be right all the same. */
  isDoubtful?: true
}

export type Texts = {
  /**
   * How they are come by: `approved`, which the provider keeps and a content names by their ids; or `written`, by whoever
   * edits the content.
   */
  kind: 'approved' | 'written'
  /**
   * What stands round the name of a variable where the provider shows its texts: `['${', '}']`, `['{', '}']`. Within Signet a
   * text always has `${name}`, or `${1}` for a place that has a number only: the provider turns one into the other.
   */
  placeholder: readonly [before: string, after: string]
  /** What the provider calls the id that it gives a message. */
  messageIdName: string
  /** What its ids of templates look like, as the source of a regular expression, and begin with; `code` is said of any other. */
  templateId?: { form: string; begins: string; code: VendorProblem }
  /** More characters than this make a text doubtful. */
  longestText?: number
  /** The most characters that the values may have: each, and all of a message together. */
  values?: { longest?: number; longestTogether?: number; refused?: readonly TextRule[] }
  /** How many variables the text of a code has at most. */
  variablesOfCode?: number
  /** How many variables a call may have that no number of the account's makes. */
  variablesWithoutNumber?: number
  /** For texts that a person types in, because the provider cannot be asked for them. */
  wording?: { reservedNames: readonly string[]; refused: readonly TextRule[] }
}

/** A variable as the provider writes it. */
export const placeholderOf = ({ placeholder: [before, after] }: Pick<Texts, 'placeholder'>, name: string): string =>
  `${before}${name}${after}`

/** Forms are few, and come again with every keystroke. */
const compiled = new Map<string, RegExp>()
function patternOf(form: string): RegExp {
  const pattern = compiled.get(form) ?? new RegExp(form, 'iu')
  compiled.set(form, pattern)
  return pattern
}

/** Whether an id has the form that the provider's templates have. */
export const isTemplateId = ({ templateId }: Pick<Texts, 'templateId'>, id: string): boolean =>
  templateId === undefined || patternOf(`^(?:${templateId.form})$`).test(id)

/** What speaks against the id of a template, which stands at this path of a content. */
export const templateIdProblems = (texts: Texts | undefined, path: string, id: string): ContentProblem[] =>
  texts?.templateId && id !== '' && !isTemplateId(texts, id)
    ? [{ path, code: texts.templateId.code, severity: 'error' }]
    : []

/** The rules that a text breaks, in their order, each with what was found first. */
export const brokenRules = (rules: readonly TextRule[] = [], text: string): (TextRule & { match: string })[] =>
  rules.flatMap((rule) => {
    const match = patternOf(rule.form).exec(text)?.[0]
    return match === undefined ? [] : [{ ...rule, match }]
  })

/**
 * What a provider's texts look like, and checks of a text against that. Plain data, so that the browser checks and previews by
 * the same rules as the server. Linear in the text.
 */
import type { ContentProblem } from './problems.ts'
import type { VendorProblem } from './vendor-codes.ts'

/** Something that a text or a value may not hold. */
export type TextRule = {
  /** What it looks like: the source of a regular expression (of Unicode), without regard to case. */
  form: string
  /** Its sentence may name what was found as `{character}`. */
  code: VendorProblem
  /** Breaking it is a hint only: a text that was approved may be right all the same. */
  isDoubtful?: true
}

export type Texts = {
  /**
   * Where the texts come from: `approved` ones are kept by the provider, and a content names them by their ids; `written`
   * ones are part of the content.
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
  /** How many variables a call may have that has no calling number of its own. */
  variablesWithoutNumber?: number
  /** For texts that a person types in, because the provider cannot be asked for them. */
  wording?: { reservedNames: readonly string[]; refused: readonly TextRule[] }
}

/** A variable as the provider writes it. */
export const placeholderOf = ({ placeholder: [before, after] }: Pick<Texts, 'placeholder'>, name: string): string =>
  `${before}${name}${after}`

/** Compiled once: there are few, and the browser needs them with every keystroke. */
const compiled = new Map<string, RegExp>()
function patternOf(form: string): RegExp {
  const pattern = compiled.get(form) ?? new RegExp(form, 'iu')
  compiled.set(form, pattern)
  return pattern
}

/** Whether an id has the form that the provider's templates have. */
export const isTemplateId = ({ templateId }: Pick<Texts, 'templateId'>, id: string): boolean =>
  templateId === undefined || patternOf(`^(?:${templateId.form})$`).test(id)

/** The problem of an id that is none of the provider's templates. `path`: of its field in the content. */
export const templateIdProblems = (texts: Texts | undefined, path: string, id: string): ContentProblem[] =>
  texts?.templateId && id !== '' && !isTemplateId(texts, id)
    ? [{ path, code: texts.templateId.code, severity: 'error' }]
    : []

/** The rules that a text breaks, in their order, each with the first match. */
export const brokenRules = (rules: readonly TextRule[] = [], text: string): (TextRule & { match: string })[] =>
  rules.flatMap((rule) => {
    const match = patternOf(rule.form).exec(text)?.[0]
    return match === undefined ? [] : [{ ...rule, match }]
  })

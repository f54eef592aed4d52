/** What can be wrong with a value or a content. The words of a code are `Problem.<code>`. */
import type { ReviewState } from './answers.ts'
import type { Finding } from './render.ts'
import type { VendorProblem } from './vendor-codes.ts'

/** What the sentence of a problem may name. */
type Values = {
  minimum: number
  maximum: number
  count: number
  name: string
  expected: string
}
export type ProblemTable = Readonly<Record<string, readonly (keyof Values)[]>>

/** The codes, each with what its sentence names. */
export const contentProblems = {
  required: [],
  invalid_value: [],
  invalid_type: ['expected'],
  invalid_form: [],
  invalid_email: [],
  invalid_url: [],
  invalid_uuid: [],
  invalid_datetime: [],
  too_small_number: ['minimum'],
  too_small_string: ['minimum'],
  too_small_array: ['minimum'],
  too_big_number: ['maximum'],
  too_big_string: ['maximum'],
  too_big_array: ['maximum'],
  unknown_field: [],
  one_line: [],
  unreadable_name: [],

  invalid_phone: [],
  invalid_openid: [],
  invalid_app_id: [],
  invalid_template_id: [],
  invalid_template_code: [],
  invalid_calling_number: [],
  signature_with_brackets: [],

  unknown_variable: ['name'],
  unclosed_variable: [],
  misspelt_variable: ['name'],
  bad_variable_name: ['name'],
  reserved_variable_name: ['name'],
  variable_twice: ['name'],
  adjacent_variables: [],
  only_variables: [],
  variable_in_server: [],
  variable_not_declared: ['name'],
  not_mapped: ['name'],
  code_not_mapped: [],
  code_missing: [],
  not_in_template: ['name'],
  no_fields: [],
  no_html_element: [],
  too_complex: [],
  too_many_uses: ['maximum'],
  too_many_variables: [],
  several_variables_in_code_template: ['count'],
  code_template_has_one_variable: [],
  two_variables_without_number: [],
  values_too_long: ['maximum'],
  too_many_digits: ['maximum'],
  may_be_cut: ['maximum'],
  is_cut: ['maximum'],
  text_of_other_kind: [],
  text_too_long: ['maximum'],
  several_segments: ['count'],
  too_large: ['maximum'],
  clipped: [],
} as const satisfies ProblemTable

type Unapproved = Exclude<ReviewState, 'approved'>
/** The content has no part for this audience; of channels whose contents tell audiences apart. */
export type LeftOut = 'no_mainland_template' | 'no_international_template'
/** Why what a content names at its provider cannot be used. */
export type NamedFault =
  | `signature_${Unapproved | 'gone'}`
  | `template_${Unapproved | 'gone' | 'for_others' | 'text_changed'}`
  | LeftOut

export type ContentCode = keyof typeof contentProblems | NamedFault | VendorProblem

type Params = Record<string, string | number>

/** The codes of a table, each with the values of its sentence; more may come along. */
export type ProblemOf<Table extends ProblemTable> = {
  [Code in keyof Table]: Table[Code] extends readonly []
    ? { code: Code; params?: Params }
    : { code: Code; params: Pick<Values, Table[Code][number]> & Params }
}[keyof Table]

/** Something wrong with a value: found here, or by the vendor that is to take it. */
export type ValueProblem = ProblemOf<typeof contentProblems> | { code: NamedFault | VendorProblem; params?: Params }

/** Something about a template's content that its author should know. */
export type ContentProblem = ValueProblem & {
  /** The field of the content, such as `html`. */
  path: string
  /** An `error` blocks saving, a `hint` never does. */
  severity: 'error' | 'hint'
}

/** What the renderer found in a field that holds a source; `params` tell where, and which declared name is similar. */
export const sourceProblem = (path: string, { kind, severity, ...place }: Finding): ContentProblem => ({
  path,
  code: kind,
  severity,
  params: { ...place },
})

/**
 * Codes that people are told of, each kind once. Words for them stand in messages, and one without words is a type error (see
 * `Told` in console/shell/i18n.ts). What a vendor names has its words in the vendor's folder.
 */
import type { ContentCode, NamedFault, ProblemOf, ProblemTable, ValueProblem } from '#channels/problems.ts'
import type { VendorCause } from '#channels/vendor-codes.ts'
import type { GuardCause } from '#db/schema/index.ts'

/** Why a template cannot be used. */
export type TemplateFault = NamedFault | 'refused_by_provider' | 'not_proven' | 'other_account'

/** Why a push rule cannot be used: its account is gone; its provider does not list its template, or refused what it says. */
export type RuleFault =
  | 'account_deleted'
  | 'template_gone'
  | 'refused_at_send'
  | 'refused_unconfirmed'
  | 'rule_disabled'

/** Why a person's call was refused, within the code of the error. */
type Refusal =
  | 'account_changed'
  | 'secret_unreadable'
  | 'template_changed'
  | 'push_rule_changed'
  | 'owners_only'
  | 'last_owner'
  | 'already_set_up'
  | 'sign_in_first'
  | 'payload_too_large'
  | 'other_site'
  | 'not_failed'
  | 'test_send'
  | 'notice'
  | 'code_erased'
  | 'content_dropped'
  | 'endpoint_changed'
  | 'endpoint_off'

export type WordedReason = TemplateFault | RuleFault | Refusal

/** What an App went beyond; told to Apps only, which have the documentation of the HTTP API. */
export const limitNames = ['client_ip', 'country', 'app', 'recipient'] as const
export type LimitName = (typeof limitNames)[number]

/** With a limit, what the guard has found, a key's scope, or a permission that somebody lacks, which have no words. */
export type Reason = WordedReason | VendorCause | LimitName | GuardCause | 'channel_scope' | `${string}:${string}`

/** What can be wrong with a person's or an App's input besides what is wrong with any value, each with what its sentence names. */
export const inputProblems = {
  invalid_ip: [],
  invalid_locale: [],
  invalid_app_key: [],
  invalid_logo: [],
  logo_too_large: [],
  taken: [],
  type_again: [],
  unreadable: [],
  refused_by_provider: [],
  channel_not_offered: [],
  not_verification: [],
  too_many_rules: ['maximum'],
  recipient_invalid: [],
  no_address: [],
  no_country: [],
  country_not_allowed: [],
  already_member: [],
  password_too_short: [],
  wrong_password: [],
  wrong_set_up_secret: [],
  url_with_login: [],
  url_not_encrypted: [],
  too_many_endpoints: ['maximum'],
  content_outlasts_message: [],
} as const satisfies ProblemTable

/** A key of `Problem.*`. */
export type ProblemCode = ContentCode | keyof typeof inputProblems
export type InputProblem = ValueProblem | ProblemOf<typeof inputProblems>

/** What Signet itself says of a message: a key of `Outcome.*`. What a provider says is in the provider's own code. */
export type OutcomeCode =
  | 'template_not_configured'
  | 'template_not_usable'
  | 'missing_variables'
  | 'channel_not_configured'
  | 'account_failing'
  | 'account_changed'
  | 'account_gone'
  | 'secret_unreadable'
  | 'push_rule_gone'
  | 'code_expired'
  | 'worker_stopped'
  | 'worker_lost'
  | 'too_late_to_repeat'
  | 'not_taken'
  | 'test_key'
  | 'internal'

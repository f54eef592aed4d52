/**
 * Codes that people are told of, each kind once. Words for them stand in messages, and one without words is a type error (see
 * `Told` in console/shell/i18n.ts). What a vendor names has its words in the vendor's folder.
 */
import type { LeftOut, PartFault } from '#channels/approval.ts'

/** Why a template cannot be used. */
export type TemplateFault = PartFault | LeftOut | 'refused_by_provider' | 'not_proven' | 'other_account'

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
  | 'code_erased'

export type WordedReason = TemplateFault | RuleFault | Refusal

/** What an App went beyond; told to Apps only, which have the documentation of the HTTP API. */
export type LimitName = 'client_ip' | 'country' | 'app' | 'recipient'

/** A vendor's own name of a cause, as its folder has words for it. */
export type VendorCause = string & { readonly by: 'vendor' }
export const vendorCause = (code: string) => code as VendorCause

/** With a limit, a key's scope, or a permission that somebody lacks, which have no words. */
export type Reason = WordedReason | VendorCause | LimitName | 'channel_scope' | `${string}:${string}`

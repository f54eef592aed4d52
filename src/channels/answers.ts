/**
 * What providers answer and push: the approval of signatures and templates, and what became of a message. In terms of ours, so
 * that no page and no rule knows a vendor's.
 */
/** Whether the provider, or a carrier, has approved something; `unknown` is a word of theirs that is not known here. */
export type ReviewState = 'in_review' | 'approved' | 'rejected' | 'cancelled' | 'unknown'

/** A signature that an account may send under, as its provider has it now. */
export type Signature = {
  name: string
  state: ReviewState
  /** The provider's reason of a refusal; empty where there is none. */
  reason: string
  /** How each carrier stands to it, where that was asked for: it may be approved and yet be blocked by one. */
  carriers: { carrier: string; state: CarrierState; reason: string }[]
  /** Whom it may be sent to, where the provider approves it for the channel's audiences apart; everybody when absent. */
  audiences?: readonly string[]
}

/** Only `registered` delivers without doubt. */
export type CarrierState = 'registered' | 'unproven' | 'in_progress' | 'not_filed' | 'failed' | 'expired' | 'unknown'

/** A template that an account has at its provider, as it stands there now. */
export type ProviderTemplate = {
  /** What a send names it by. */
  code: string
  name: string
  text: string
  state: ReviewState
  reason: string
  type: 'verification' | 'notice' | 'promotion' | 'international' | 'other'
  /** The variables of its text in order; `label` is what the text calls one. */
  variables: { name: string; label?: string }[]
  /** Its text with values in, as the provider shows it. */
  example?: string
  /** Whom it may be sent to, where its type does not say so. */
  audiences?: readonly string[]
}

export const isSignatureFor = ({ audiences }: Pick<Signature, 'audiences'>, audience: string): boolean =>
  audiences?.includes(audience) ?? true

export const isTemplateFor = ({ audiences, type }: Pick<ProviderTemplate, 'audiences' | 'type'>, audience: string) =>
  audiences?.includes(audience) ?? (type === 'international') === (audience === 'international')

/** What became of a message: by a receipt, or by asking. */
export type OutcomeState = 'delivered' | 'failed' | 'pending'

/**
 * What the provider says about one message when asked. `absent`: it has no trace of it, so that it was not taken, unless
 * the question came too early. `code` is the carrier's, verbatim; empty for `absent` and where nothing is known yet.
 */
export type Settlement = {
  state: OutcomeState | 'absent'
  code: string
  detail: string
  at?: Date
}

/** What came to the address that an account's provider pushes to. `secret` is the unguessable part of that address. */
export type Push<Config = unknown> = {
  body: string
  query: Readonly<Record<string, string | undefined>>
  /** By lower-case name. */
  headers: Readonly<Record<string, string | undefined>>
  secret: string
  config: Config
  /** Whether the account takes only what is encrypted, where its provider can do so. */
  secureOnly: boolean
}

/** One item of what a provider pushed. A repeat of an item reads the same; unknown ids are the caller's to ignore. */
export type Receipt =
  | {
      kind: 'outcome'
      providerMessageId: string
      /** The reference as the provider was handed it, see `vendorReference`; empty where it named none. */
      reference: string
      to: string
      state: OutcomeState
      code: string
      detail: string
      at?: Date
    }
  | { kind: 'reply'; from: string; text: string; at?: Date }
  | { kind: 'signature_review'; name: string; state: ReviewState; reason: string }
  | { kind: 'template_review'; code: string; state: ReviewState; reason: string }

export type LookupOptions = { detailed?: readonly string[]; signal?: AbortSignal }

/** A message as it went out; `providerMessageId` is null when its outcome is unknown. */
export type SentMessage = { to: string; sentAt: Date; providerMessageId: string | null; reference: string }

/**
 * What a channel and a provider are: everything a stranger needs to add one.
 *
 * A **channel** is a medium (`email`). It says what an address is, what a template stores, and how content and
 * variables become a message. It is pure: it never speaks to the network.
 *
 * A **provider** is a vendor on one channel (`smtp`). It is the only code that speaks to the vendor. Its `config`
 * schema, described field by field with `field()` of `fields.ts`, is also the account form, the mask and the list of what is
 * sealed.
 */
import type { z } from 'zod'
import type { LookupOptions, ProviderTemplate, Push, Receipt, SentMessage, Settlement, Signature } from './answers.ts'
import type { Notice } from './notice.ts'
import type { ContentProblem, LeftOut } from './problems.ts'
import { storable } from './storable.ts'
import type { Texts } from './texts.ts'
import type { ChannelId } from './traits.ts'
import type { VendorCause, VendorOutcome, VendorStage } from './vendor-codes.ts'

/** A stage of a check: of the vendor's own, or one that several have. Its name is `Stage.<stage>`. */
export type Stage = VendorStage | 'credentials' | 'signatures' | 'templates'

/** One named part of Validate, as it ends. */
export type StageResult = {
  stage: Stage
  ok: boolean
  /** How long it took, in milliseconds. */
  ms: number
  /** Set when not ok: a key of `Cause.<cause>` (what happened and why) and `Cause.<cause>Hint` (what to do). */
  cause?: VendorCause
  /** Set when nothing about the account is wrong: a fault of the moment, or of the test recipient. */
  passing?: true
  /** The field of the config that is wrong, where the provider says which. */
  field?: string
  /** The provider's own code, kept verbatim; never holds a secret. */
  code?: string
  /** The provider's own words, at most 300 characters; never holds a secret. */
  detail?: string
  /** The provider's id of the request, for its support. */
  requestId?: string
}

/**
 * What the caller does next after a failed send.
 * - `retry`: back to the queue, later, with growing delay and jitter
 * - `later`: back to the queue when the provider's limit window ends
 * - `reject`: this message fails for good
 * - `misconfigured`: the account is marked failing, its messages wait for a person
 * - `unknown`: the line dropped after the request went out: it may have been sent
 */
export type SendErrorKind = 'retry' | 'later' | 'reject' | 'misconfigured' | 'unknown'

/** A code in the provider's own spelling, such as `EAUTH` or `550`; told by its type from those of Signet's own. */
export type ProviderCode = string & { readonly by: 'provider' }

type Further = [
  retryAfter?: number | undefined,
  about?: SendError['about'] | undefined,
  reason?: VendorOutcome | undefined,
]
/** The only error a provider's `send` may throw. Goes no further than the worker. */
export class SendError extends Error {
  readonly kind: SendErrorKind
  readonly code: ProviderCode
  /** The provider's words, at most 300 characters, without secrets, addresses or values. */
  readonly detail: string
  /** For `later`: seconds until the window ends, where the provider says so. */
  readonly retryAfter: number | undefined
  /**
   * For `misconfigured`: what a person has to correct. What is wrong with one template need not stop the whole account.
   * `approval`: with the template, and the provider's lists tell whether it is so.
   */
  readonly about: 'account' | 'template' | 'approval'
  /** The cause that was found, a key of `Outcome.*`; without one `explain` is asked about the code. */
  readonly reason: VendorOutcome | undefined
  constructor(kind: SendErrorKind, code: string, detail: string, ...further: Further) {
    super(`${kind} ${code}`)
    const [retryAfter, about = 'account', reason] = further
    this.name = 'SendError'
    this.kind = kind
    this.code = storable(code) as ProviderCode
    this.detail = storable(detail.slice(0, 300))
    this.retryAfter = retryAfter
    this.about = about
    this.reason = reason
  }
}

/** A question to the provider, other than a send, that was not answered. Thrown by `signatures`, `templates` and `settle`. */
export class LookupError extends Error {
  /** Why, and with it what to do: a key of `Cause.<reason>`. */
  readonly reason: VendorCause
  readonly kind: SendErrorKind
  readonly code: string
  readonly detail: string
  readonly requestId: string | undefined
  constructor(of: {
    reason: VendorCause
    kind: SendErrorKind
    code: string
    detail: string
    requestId?: string | undefined
  }) {
    super(`${of.reason} ${of.code}`)
    this.name = 'LookupError'
    this.reason = of.reason
    this.kind = of.kind
    this.code = storable(of.code)
    this.detail = storable(of.detail.slice(0, 300))
    this.requestId = of.requestId
  }
}

/** A template's content says nothing to this recipient, although it may to others. Thrown by `compose`. */
export class ContentError extends Error {
  /** A key of `Reason.*`, and of `Problem.*`. */
  readonly reason: LeftOut
  constructor(reason: LeftOut) {
    super(`The content does not fit the recipient: ${reason}.`)
    this.name = 'ContentError'
    this.reason = reason
  }
}

export type SendOptions = {
  /** The message's id. Handed to the vendor so that their log and ours can be joined, and the same on every attempt. */
  reference: string
  /** Goes before others that wait for the same account: a code, which somebody is waiting for. */
  urgent?: boolean
  /** From then on it is of no use: a vendor that can keeps nothing waiting for longer. */
  expiresAt?: Date
  /**
   * The unguessable part of the address `<Signet's own>/api/receipts/<provider>/<token>`, for a vendor that is told with each
   * message where to push what becomes of it.
   */
  receiptToken?: string
  /** Aborted when the worker shuts down hard; a provider ends the call as soon as it can. */
  signal?: AbortSignal
}

/** The audience of a channel that speaks to everybody alike. */
export const everybody = 'all'

export const audiencesOf = (channel: Pick<Channel, 'audiences'>): readonly string[] =>
  channel.audiences?.ids ?? [everybody]

/** Whom an address belongs to; everybody where it is none of the channel's. */
export function audienceOf(channel: Partial<Pick<Channel, 'audiences' | 'recipient'>>, address: string): string {
  if (!channel.audiences || !channel.recipient) return everybody
  const { success, data } = channel.recipient.safeParse(address)
  return success ? channel.audiences.of(data) : (channel.audiences.ids[0] ?? everybody)
}

/** What of a content lives at the provider: for one audience a signature, a template, and that one's text. */
export type NamedContent = { audience: string; signature: string; template: string; text: string }

/** A content in a list: the signature it goes out under, the provider's template it names, and that one's text. */
export type ContentSummary = { audience: string; signature: string | null; template: string; text: string }

export type Channel<Content = unknown, Message = unknown> = {
  id: ChannelId
  /** Where its content has parts for different recipients: the parts, and which of them an address (as `recipient` made it) gets. */
  audiences?: { ids: readonly string[]; of(recipient: string): string }
  /** Where a content names a signature and a template that live at the provider. */
  named?: {
    in(content: Content): NamedContent[]
    /** The content with something else named in an audience's part; itself where it has no such part. */
    put(content: Content, named: NamedContent): Content
    /** The fields of an audience's part that hold the two. */
    paths(audience: string): { signature: string; template: string }
  }
  /**
   * Where only a send shows whether a provider takes a content: what of the content that depends on, alike for contents
   * that one send proves.
   */
  provenBy?(content: Content): string
  /** Normalises an address, or refuses it. */
  recipient: z.ZodType<string>
  /** What limits count an address (as `recipient` made it) as, where it has several spellings; itself when absent. Nothing is sent there. */
  countedAs?(recipient: string): string
  /** In lower case, how each spelling begins that counts as the same: where they are looked for. The address itself when absent. */
  beginningsOf?(recipient: string): string[]
  /** What a template of this channel stores. */
  content: z.ZodType<Content>
  /** The field of its content that tells one template from another in a list. */
  headline?: string
  /** In place of a headline, where a content is small enough to be read whole for a list: what it says, by audience. */
  summary?(content: Content): ContentSummary[]
  /**
   * What is wrong or could be better with a content for a scenario. Errors block saving.
   * @param texts what the provider that is to send it says of its texts
   */
  check(
    content: Content,
    scenario: { kind: 'verification' | 'notification'; variables: readonly string[] },
    texts?: Texts,
  ): ContentProblem[]
  /** Which of the declared variables the content uses. */
  variablesIn(content: Content, declared: readonly string[]): string[]
  /** Does off the event loop what `compose` would take long over, for contents with such parts. Called ahead of it. */
  prepare?(content: Content, declared: readonly string[]): Promise<void>
  /**
   * Content and values to the message a provider sends. Pure: preview, test send and delivery all call it.
   * @param recipient an address as `recipient` made it, for channels whose content is chosen by it; absent in a preview
   * @throws ContentError where the content has nothing for this recipient
   */
  compose(content: Content, variables: Record<string, string>, declared: readonly string[], recipient?: string): Message
  /** A content that says so, on a channel where nobody has to approve it; elsewhere a template is needed. */
  notice?(notice: Notice): Content
  /** In how many segments a message is billed, where its medium is billed by them. */
  segmentsOf?(message: Message): number
}

/** Values to start the form with, for a service that many people use. */
export type Preset = { id: string; name: string; values: Record<string, string | number> }

export type Provider<Config = unknown, Message = unknown> = {
  /** Begins with the name of its vendor's folder: `aliyun-sms`. Its words end with the one or the other, see `contributing.md`. */
  id: string
  channel: ChannelId
  /** What its texts are, and how they are come by; absent where a content is made whole in Signet, as a mail is. */
  texts?: Texts
  config: z.ZodObject
  presets?: readonly Preset[]
  /** The one line that says who the account is, made of fields that are not secret: `user@host:port`, `LTAI••••34Kq`. */
  identity(config: Config): string
  /**
   * Checks the account against the real service, a stage at a time; stops after the first that fails.
   * Never throws for what the service answers. `options.testRecipient` asks for a real send as last stage.
   */
  check(config: Config, options: { testRecipient?: string; signal?: AbortSignal }): AsyncIterable<StageResult>
  checkSends?: true
  /** Sends one message; resolves when the provider has accepted it. @throws SendError only */
  send(config: Config, to: string, message: Message, options: SendOptions): Promise<{ providerMessageId: string }>
  /**
   * Whether a message whose outcome is unknown may be sent again with the same reference: only where the provider
   * de-duplicates or the protocol says so (SMTP: RFC 1047 has the client repeat, with the same Message-ID).
   */
  repeatable: boolean
  /**
   * For how many seconds after the first of its sends that may have been accepted, where it de-duplicates for a while only.
   * Later the outcome stays unknown.
   */
  repeatableFor?: number
  /**
   * The account's signatures, all of them, each name once for an audience. The carriers' registration costs a call for each: asked for the
   * names in `detailed`, for all that are approved when it is absent. A carrier's state that cannot be had is left out.
   * @throws LookupError
   */
  signatures?(config: Config, options?: LookupOptions): Promise<Signature[]>
  /** The account's templates, all of them, each code once. @throws LookupError */
  templates?(config: Config, options?: { signal?: AbortSignal }): Promise<ProviderTemplate[]>
  /** How the carriers stand to one signature; null where there is none of that name. @throws LookupError */
  carriers?(
    config: Config,
    signature: string,
    options?: { signal?: AbortSignal },
  ): Promise<Signature['carriers'] | null>
  /** The provider's names of what the values of one template's variables may be; null where there is no such template. @throws LookupError */
  rules?(config: Config, template: string, options?: { signal?: AbortSignal }): Promise<Record<string, string> | null>
  /**
   * Asks what became of a message that was sent, or may have been. Without a `providerMessageId` the provider is asked by
   * recipient and reference, where it can be; where it cannot, the answer is `pending`.
   * @throws LookupError
   */
  settle?(config: Config, message: SentMessage, options?: { signal?: AbortSignal }): Promise<Settlement>
  /** Of `Cause.*`, those for which an account fails and that end without a person: it is checked again by itself. */
  passingCauses?: readonly VendorCause[]
  /** The cause behind a code of its sends, receipts and settlements: a key of `Outcome.<cause>`; undefined for one it does not know. */
  explain?(code: string): VendorOutcome | undefined
  /** Its receipts name a message by the provider's id or `vendorReference`, not by our reference: these are kept with it. */
  receiptsByTheirId?: boolean
  /** The reference as the provider is handed it and as its receipts name it, where that is not the reference itself. */
  vendorReference?(reference: string): string
  /**
   * Reads what the provider pushed. Fields and items that are not known here are passed over; undefined when the push is
   * not of the provider's form at all, or not signed as the provider signs. Where nothing is signed the address vouches.
   */
  readReceipts?(push: Push<Config>): Receipt[] | undefined
  /**
   * What tells a repeat of a push, and until when it would be taken as fresh; for providers whose signature somebody who saw
   * one could use again. Asked only about what was read, or is to be answered.
   */
  nonceOf?(push: Push<Config>): { nonce: string; until: Date }
  /** Answers the question by which a provider makes sure of an address; undefined when it is not the provider's question. */
  answerChallenge?(push: Push<Config>): string | undefined
  /** What the provider takes as "received"; after anything else it pushes again. */
  receiptAnswer?: { status: number; contentType: string; body: string }
  /** What a person enters at the provider beside the address that it pushes to, by name: it signs what it pushes with them. */
  callbackKeys?(receiptToken: string): Record<string, string>
  /** Set where it can be told to encrypt what it pushes, and an account may refuse what is not. */
  encryptsPushes?: true
  /** Lets go of connections kept for accounts; called at shutdown. */
  close?(): Promise<void>
}

/**
 * What a channel and a provider are: everything a stranger needs to add one.
 *
 * A **channel** is a medium (`email`). It says what an address is, what a template stores, and how content and
 * variables become a message. It is pure: it never speaks to the network.
 *
 * A **provider** is a vendor on one channel (`smtp`). It is the only code that speaks to the vendor. Its `config`
 * schema, described field by field with `field()`, is also the account form, the mask and the list of what is sealed.
 */
import { z } from 'zod'
import { storable } from '../text.ts'

export const channelIds = ['sms', 'voice', 'email', 'official_account'] as const
export type ChannelId = (typeof channelIds)[number]

/** How one field of an account is shown and kept. Labels and help are keys of `messages/*.json`, under `AccountField`. */
export type FieldMeta = {
  /** Key of its label and help text: `AccountField.<label>`, `AccountField.<label>Help`. */
  label: string
  /** Sealed at rest, write-only: never part of a view. */
  secret?: boolean
  /** Says where or as whom we connect: changing it asks for every secret again. */
  destination?: boolean
  /** How the form draws it; a text box unless said. */
  input?: 'text' | 'number' | 'select' | 'email'
  /** For `select`: the values, labelled `AccountField.<label>_<value>`. */
  options?: readonly string[]
  /** Shown under "advanced" in the form. */
  advanced?: boolean
  /** What the form of a new account starts with. */
  initial?: string | number
  /** For `select`: what choosing a value puts into other fields, as long as they hold one of these or nothing. */
  suggests?: Readonly<Record<string, Readonly<Record<string, string | number>>>>
}

const fields = z.registry<FieldMeta>()

/** Describes one field of a provider's config; returns the schema it was given. */
export function field<T extends z.ZodType>(schema: T, meta: FieldMeta): T {
  fields.add(schema, meta)
  return schema
}

export type FieldDescription = FieldMeta & { name: string; required: boolean }

/** The fields of a provider's config in order, as the form and the store need them. */
export function describeFields(config: z.ZodObject): FieldDescription[] {
  return Object.entries(config.shape).map(([name, schema]) => {
    const meta = fields.get(schema as z.ZodType)
    if (!meta) throw new Error(`The field "${name}" of a provider is not described with field().`)
    return {
      name,
      required: !(schema as z.ZodType).safeParse(undefined).success && !(schema as z.ZodType).safeParse('').success,
      ...meta,
    }
  })
}

/** One named part of Validate, as it ends. */
export type StageResult = {
  /** Key of its name: `Stage.<stage>`. */
  stage: string
  ok: boolean
  /** How long it took, in milliseconds. */
  ms: number
  /** Set when not ok: a key of `Cause.<cause>` (what happened and why) and `Cause.<cause>Hint` (what to do). */
  cause?: string
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

/** The only error a provider's `send` may throw. Goes no further than the worker. */
export class SendError extends Error {
  readonly kind: SendErrorKind
  /** Provider code in the provider's spelling, such as `EAUTH` or `550`. */
  readonly code: string
  /** The provider's words, at most 300 characters, without secrets, addresses or values. */
  readonly detail: string
  /** For `later`: seconds until the window ends, where the provider says so. */
  readonly retryAfter: number | undefined
  constructor(kind: SendErrorKind, code: string, detail: string, retryAfter?: number) {
    super(`${kind} ${code}`)
    this.name = 'SendError'
    this.kind = kind
    this.code = storable(code)
    this.detail = storable(detail.slice(0, 300))
    this.retryAfter = retryAfter
  }
}

/** What every provider is lent for one call. */
export type SendOptions = {
  /** The message's id. Handed to the vendor so that their log and ours can be joined, and the same on every attempt. */
  reference: string
  /** Aborted when the worker shuts down hard; a provider ends the call as soon as it can. */
  signal?: AbortSignal
}

/** Something about a template's content that its author should know. `code` is a key of `Problem.*`. */
export type ContentProblem = {
  /** The field of the content, such as `html`. */
  path: string
  code: string
  /** An `error` blocks saving, a `hint` never does. */
  severity: 'error' | 'hint'
  params?: Record<string, string | number>
}

export type Channel<Content = unknown, Message = unknown> = {
  id: ChannelId
  /** Normalises an address, or refuses it. */
  recipient: z.ZodType<string>
  /** What a template of this channel stores. */
  content: z.ZodType<Content>
  /** The field of its content that tells one template from another in a list. */
  headline?: string
  /** What is wrong or could be better with a content for a scenario. Errors block saving. */
  check(
    content: Content,
    scenario: { kind: 'verification' | 'notification'; variables: readonly string[] },
  ): ContentProblem[]
  /** Which of the declared variables the content uses. */
  variablesIn(content: Content, declared: readonly string[]): string[]
  /** Content and values to the message a provider sends. Pure: preview, test send and delivery all call it. */
  compose(content: Content, variables: Record<string, string>, declared: readonly string[]): Message
}

/** Values to start the form with, for a service that many people use. */
export type Preset = { id: string; name: string; values: Record<string, string | number> }

export type Provider<Config = unknown, Message = unknown> = {
  id: string
  channel: ChannelId
  config: z.ZodObject
  presets?: readonly Preset[]
  /** The one line that says who the account is, made of fields that are not secret: `user@host:port`, `LTAI••••34Kq`. */
  identity(config: Config): string
  /**
   * Checks the account against the real service, a stage at a time; stops after the first that fails.
   * Never throws for what the service answers. `options.testRecipient` asks for a real send as last stage.
   */
  check(config: Config, options: { testRecipient?: string; signal?: AbortSignal }): AsyncIterable<StageResult>
  /**
   * Sends one message; resolves when the provider has accepted it.
   * @throws SendError only
   */
  send(config: Config, to: string, message: Message, options: SendOptions): Promise<{ providerMessageId: string }>
  /**
   * Whether a message whose outcome is unknown may be sent again with the same reference: only where the provider
   * de-duplicates or the protocol says so (SMTP: RFC 1047 has the client repeat, with the same Message-ID).
   */
  repeatable: boolean
  /** Lets go of connections kept for accounts; called at shutdown. */
  close?(): Promise<void>
}

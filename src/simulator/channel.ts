/**
 * What the inbox, the control surface and the pages need to know of a channel. Each vendor supplies one; whoever adds
 * a vendor writes a `Channel`, lists the vendor in `vendors.ts`, and stores what arrives with `Inbox.add`.
 */
export const channelIds = ['sms', 'voice', 'email', 'official_account'] as const
export type ChannelId = (typeof channelIds)[number]

/** Of a person who reads the pages. */
export type Language = 'en' | 'zh'

/** One message that reached one recipient, as the vendor keeps it. */
export type Delivery = {
  id: string
  channel: ChannelId
  /** Whom it was sent through, where several vendors serve the channel; absent for its first. */
  vendor?: string
  to: string
  /** When it arrived, in milliseconds since 1970. */
  at: number
  /** What the vendor knows beside the content, such as the envelope. */
  meta: Record<string, string>
  /** The content in the vendor's own form; only the channel reads it. */
  body: Buffer
}

export type FieldValue = string | number | boolean

/** What one field of a fault may hold. */
export type FieldRule = (
  | { type: 'whole'; least: number; most: number }
  | { type: 'text'; oneOf?: readonly string[] }
  | { type: 'flag' }
  /** An http address on this machine. */
  | { type: 'local_address' }
) & {
  needed?: true
  /** Taken when it is not given. */
  usual?: FieldValue
  /** Faults that differ in it stand side by side instead of replacing each other. */
  tellsApart?: true
}

export type FaultFields = Readonly<Record<string, FieldValue>>

/** How a fault kind may be set. */
export type FaultRule = {
  /** The recipient is known when the fault strikes, so it can be limited to one. */
  perRecipient: boolean
  fields?: Readonly<Record<string, FieldRule>>
  /** Not struck and counted but in force, over restarts too: until faults are cleared, or only until set anew. */
  lasting?: 'until_cleared' | 'until_replaced'
  /** A sentence when these fields make no sense together. */
  complaint?(fields: FaultFields): string | undefined
}

/** Something that a vendor does at once when it is asked to, and reports on. */
export type Command = Pick<FaultRule, 'fields' | 'complaint'> & { run(fields: FaultFields): object | Promise<object> }

/** A delivery as a person reads it. The HTML of a mail is untrusted. */
export type DeliveryView = {
  title: string
  content:
    | { form: 'mail'; html?: string; text?: string }
    | { form: 'sms' | 'call'; text: string }
    /** `jump` says what a tap does, where it does something. */
    | { form: 'card'; title: string; lines: [label: string, value: string][]; jump?: string }
  facts: [name: string, value: string][]
  raw: string
}

export type Channel = {
  id: ChannelId
  /** Tells it from the channel's first vendor, which has none: deliveries and faults name it. */
  vendor?: string
  faults: Readonly<Record<string, FaultRule>>
  commands?: Readonly<Record<string, Command>>
  /** Cheap enough to be called for every delivery of the inbox. */
  summarize(delivery: Delivery): { title: string; messageId: string }
  /** The decoded content that `GET /inbox` answers. */
  content(delivery: Delivery): Promise<Record<string, unknown>>
  view(delivery: Delivery, language: Language): Promise<DeliveryView>
}

/** The channel of a vendor that a delivery or a fault names. */
export const channelOf = (
  channels: readonly Channel[],
  named: { channel?: unknown; vendor?: unknown } | undefined,
): Channel | undefined => channels.find(({ id, vendor }) => id === named?.channel && vendor === named?.vendor)

/** An account of a further vendor that the sandbox begins with. One that pushes receipts takes the fault `callback`: where to. */
export type SandboxAccount = {
  channel: ChannelId
  provider: string
  name: string
  /** As faults and deliveries name it. */
  vendor: string
  /** @param secret the one that the simulator was given for mail, of which it makes what its further vendors ask for */
  config(secret: string): Record<string, unknown>
  /** The settings with which Signet reaches the vendor in the simulator. */
  settings(simulatorUrl: string): Record<string, string>
}

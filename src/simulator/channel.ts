/**
 * What the inbox, the control surface and the pages need to know of a channel. Each vendor supplies one; whoever adds
 * a vendor writes a `Channel`, lists it in `main.ts`, and stores what arrives with `Inbox.add`.
 */
export const channelIds = ['sms', 'voice', 'email', 'official_account'] as const
export type ChannelId = (typeof channelIds)[number]

/** One message that reached one recipient, as the vendor keeps it. */
export type Delivery = {
  id: string
  channel: ChannelId
  to: string
  /** When it arrived, in milliseconds since 1970. */
  at: number
  /** What the vendor knows beside the content, such as the envelope. */
  meta: Record<string, string>
  /** The content in the vendor's own form; only the channel reads it. */
  body: Buffer
}

/** How a fault kind may be set. */
export type FaultRule = {
  /** The recipient is known when the fault strikes, so it can be limited to one. */
  perRecipient: boolean
  /** It takes a duration. */
  needsMs?: boolean
  /** It answers with a code: this one unless another is asked for. */
  code?: number
}

/** A delivery as a person reads it. `html` is untrusted. */
export type DeliveryView = {
  title: string
  facts: [name: string, value: string][]
  html?: string
  text?: string
  raw: string
}

export type Channel = {
  id: ChannelId
  faults: Readonly<Record<string, FaultRule>>
  /** Cheap enough to be called for every delivery of the inbox. */
  summarize(delivery: Delivery): { title: string; messageId: string }
  /** The decoded content that `GET /inbox` answers. */
  content(delivery: Delivery): Promise<Record<string, unknown>>
  view(delivery: Delivery): Promise<DeliveryView>
}

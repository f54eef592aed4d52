/** The faults that are set. Promises that a fault strikes only where it may, and never more often than it was asked to. */
import { type Channel, type ChannelId, channelOf, type FaultFields, type FaultRule } from './channel.ts'
import { FaultError, readFields, readWhole } from './fault-fields.ts'
import type { FaultFile } from './fault-file.ts'
import { sameRecipient } from './recipients.ts'

export type Fault = {
  channel: ChannelId
  /** Of the vendor, where it is not the channel's first. */
  vendor?: string
  kind: string
  /** Only for this recipient, in lower case. */
  to?: string
  /** How often it still strikes; without it, until cleared. */
  times?: number
  /** What the kind's rule lets it carry. */
  fields: FaultFields
}

type FaultName = Pick<Fault, 'channel' | 'vendor' | 'kind'>

/** A field that holds a whole number; its rule says whether it is there. */
export function wholeOf({ fields }: Fault, name: string): number | undefined {
  const value = fields[name]
  return typeof value === 'number' ? value : undefined
}

/** A field that holds a text; its rule says whether it is there. */
export function textOf({ fields }: Fault, name: string): string | undefined {
  const value = fields[name]
  return typeof value === 'string' ? value : undefined
}

/** As it was set and as `GET /control` lists it: one flat object. */
export const flatFault = ({ fields, ...fault }: Fault): Record<string, unknown> => ({ ...fault, ...fields })

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function readRecipient(input: Record<string, unknown>, kind: string, rule: FaultRule): string | undefined {
  if (input.to === undefined) return undefined
  if (typeof input.to !== 'string' || !input.to.trim()) throw new FaultError('"to" must be a recipient.')
  if (!rule.perRecipient) {
    throw new FaultError(`"to" cannot be set for "${kind}": it strikes before the recipient is known.`)
  }
  return input.to.trim().toLowerCase()
}

function refuseStrangeFields(input: Record<string, unknown>, kind: string, faults: Channel['faults']): void {
  const common = ['channel', 'vendor', 'kind', 'to', 'times']
  const own = [...common, ...Object.keys(faults[kind]?.fields ?? {})]
  const strange = Object.keys(input).find((name) => !own.includes(name))
  if (strange === undefined) return
  const elsewhere = Object.values(faults).some(({ fields = {} }) => Object.hasOwn(fields, strange))
  throw new FaultError(elsewhere ? `"${kind}" takes no "${strange}".` : `"${strange}" is not a field of a fault.`)
}

/** What a vendor asks of its faults. */
export type VendorFaults = Pick<Faults, 'take' | 'inForce'>

export class Faults {
  readonly #channels: readonly Channel[]
  readonly #file: FaultFile
  #set: Fault[] = []

  constructor(channels: readonly Channel[], file: FaultFile) {
    this.#channels = channels
    this.#file = file
    for (const input of file.read()) this.#restore(input)
  }

  /**
   * Sets a fault; it replaces one that differs in nothing that tells faults of its kind apart.
   * @throws FaultError when the input is not a fault that this simulator knows.
   */
  set(input: unknown): Fault {
    const fault = this.#read(input)
    this.#put(fault)
    if (this.#ruleOf(fault)?.lasting) this.#keep()
    return fault
  }

  list(): Fault[] {
    return this.#set.map((fault) => ({ ...fault }))
  }

  /** Clears all but what lasts until it is replaced. */
  clear(): void {
    this.#set = this.#set.filter((fault) => this.#ruleOf(fault)?.lasting === 'until_replaced')
    this.#keep()
  }

  /** Those of a vendor that serves a channel besides the channel's first. */
  of(vendor: string): VendorFaults {
    return {
      take: (channel, kind, recipients, fits) => this.#take({ channel, kind, vendor }, recipients, fits),
      inForce: (channel, kind) => this.#inForce({ channel, kind, vendor }),
    }
  }

  /** The fault of this kind that strikes now, if any; counts it as having struck. */
  take(
    channel: ChannelId,
    kind: string,
    recipients: readonly string[] = [],
    fits: (fault: Fault) => boolean = () => true,
  ): Fault | undefined {
    return this.#take({ channel, kind }, recipients, fits)
  }

  /** The faults of this kind that are set, without counting. */
  inForce(channel: ChannelId, kind: string): Fault[] {
    return this.#inForce({ channel, kind })
  }

  #take(of: FaultName, recipients: readonly string[] = [], fits: (fault: Fault) => boolean = () => true) {
    if (this.#set.length === 0) return undefined
    const strikes = ({ to }: Fault) => to === undefined || recipients.some((recipient) => sameRecipient(recipient, to))
    const fault = this.#inForce(of).find((candidate) => strikes(candidate) && fits(candidate))
    if (fault?.times !== undefined) {
      fault.times -= 1
      if (fault.times === 0) this.#set = this.#set.filter((other) => other !== fault)
    }
    return fault
  }

  #inForce({ channel, vendor, kind }: FaultName): Fault[] {
    return this.#set.filter((fault) => fault.channel === channel && fault.vendor === vendor && fault.kind === kind)
  }

  #ruleOf(fault: Fault): FaultRule | undefined {
    return channelOf(this.#channels, fault)?.faults[fault.kind]
  }

  #put(fault: Fault): void {
    const apart = Object.entries(this.#ruleOf(fault)?.fields ?? {}).filter(([, field]) => field.tellsApart)
    const isSame = (other: Fault) =>
      other.channel === fault.channel &&
      other.vendor === fault.vendor &&
      other.kind === fault.kind &&
      other.to === fault.to &&
      apart.every(([name]) => other.fields[name] === fault.fields[name])
    this.#set = [...this.#set.filter((other) => !isSame(other)), fault]
  }

  /** A kept fault that is not one any more, because the keys or this program changed, is forgotten. */
  #restore(input: unknown): void {
    try {
      this.#put(this.#read(input))
    } catch (error) {
      if (!(error instanceof FaultError)) throw error
    }
  }

  #keep(): void {
    this.#file.write(this.#set.filter((fault) => this.#ruleOf(fault)?.lasting).map(flatFault))
  }

  #read(input: unknown): Fault {
    if (!isRecord(input)) throw new FaultError('A fault is a JSON object such as {"channel":"email","kind":"hang"}.')
    const ofChannel = this.#channels.filter(({ id }) => id === input.channel)
    if (ofChannel.length === 0) {
      const names = [...new Set(this.#channels.map(({ id }) => id))].join(', ')
      throw new FaultError(`"channel" must be one of: ${names}.`)
    }
    const channel = channelOf(ofChannel, input)
    if (!channel) {
      const names = ofChannel.flatMap(({ vendor }) => vendor ?? []).join(', ')
      throw new FaultError(names ? `"vendor" must be left out or one of: ${names}.` : '"vendor" must be left out.')
    }
    const { kind } = input
    const rule = typeof kind === 'string' && Object.hasOwn(channel.faults, kind) ? channel.faults[kind] : undefined
    if (typeof kind !== 'string' || !rule) {
      const kinds = Object.keys({ ...channel.faults, ...channel.commands })
      throw new FaultError(`"kind" must be one of: ${kinds.join(', ')}.`)
    }
    refuseStrangeFields(input, kind, channel.faults)
    const to = readRecipient(input, kind, rule)
    if (rule.lasting && input.times !== undefined) throw new FaultError(`"${kind}" takes no "times": it lasts.`)
    const times = input.times === undefined ? undefined : readWhole('times', input.times, 1, 1_000_000)
    return {
      channel: channel.id,
      ...(channel.vendor !== undefined && { vendor: channel.vendor }),
      kind,
      ...(to !== undefined && { to }),
      ...(times !== undefined && { times }),
      fields: readFields(input, kind, rule),
    }
  }
}

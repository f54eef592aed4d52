/** The faults that are set. Promises that a fault strikes only where it may, and never more often than it was asked to. */
import { type Channel, type ChannelId, channelIds, type FaultRule } from './channel.ts'

export type Fault = {
  channel: ChannelId
  kind: string
  /** Only for this recipient, in lower case. */
  to?: string
  /** How often it still strikes; without it, until cleared. */
  times?: number
  ms?: number
  code?: number
}

/** A fault that cannot be set; the message says why. */
export class FaultError extends Error {}

const fieldNames = ['channel', 'kind', 'to', 'times', 'ms', 'code']
const longestMs = 600_000

function readNumber(input: Record<string, unknown>, name: string, least: number, most: number): number | undefined {
  const value = input[name]
  if (value === undefined) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    throw new FaultError(`"${name}" must be a whole number from ${least} to ${most}.`)
  }
  return value
}

function readRecipient(input: Record<string, unknown>, kind: string, rule: FaultRule): string | undefined {
  if (input.to === undefined) return undefined
  if (typeof input.to !== 'string' || !input.to.trim()) throw new FaultError('"to" must be a recipient.')
  if (!rule.perRecipient) {
    throw new FaultError(`"to" cannot be set for "${kind}": it strikes before the recipient is known.`)
  }
  return input.to.trim().toLowerCase()
}

function refuseUnusable(input: Record<string, unknown>, kind: string, rule: FaultRule): void {
  const unknown = Object.keys(input).find((name) => !fieldNames.includes(name))
  if (unknown !== undefined) throw new FaultError(`"${unknown}" is not a field of a fault.`)
  if (rule.needsMs && input.ms === undefined) throw new FaultError(`"${kind}" needs "ms".`)
  if (!rule.needsMs && input.ms !== undefined) throw new FaultError(`"${kind}" takes no "ms".`)
  if (rule.code === undefined && input.code !== undefined) throw new FaultError(`"${kind}" takes no "code".`)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export class Faults {
  readonly #channels: readonly Channel[]
  #set: Fault[] = []

  constructor(channels: readonly Channel[]) {
    this.#channels = channels
  }

  /**
   * Sets a fault; it replaces one of the same channel, kind and recipient.
   * @throws FaultError when the input is not a fault that this simulator knows.
   */
  set(input: unknown): Fault {
    const fault = this.#read(input)
    this.#set = this.#set.filter(
      (other) => other.channel !== fault.channel || other.kind !== fault.kind || other.to !== fault.to,
    )
    this.#set.push(fault)
    return fault
  }

  list(): Fault[] {
    return this.#set.map((fault) => ({ ...fault }))
  }

  clear(): void {
    this.#set = []
  }

  /** The fault of this kind that strikes now, if any; counts it as having struck. */
  take(channel: ChannelId, kind: string, recipients: readonly string[] = []): Fault | undefined {
    if (this.#set.length === 0) return undefined
    const known = recipients.map((recipient) => recipient.toLowerCase())
    const strikes = (fault: Fault) =>
      fault.channel === channel && fault.kind === kind && (fault.to === undefined || known.includes(fault.to))
    const fault = this.#set.find(strikes)
    if (fault?.times !== undefined) {
      fault.times -= 1
      if (fault.times === 0) this.#set = this.#set.filter((other) => other !== fault)
    }
    return fault
  }

  #read(input: unknown): Fault {
    if (!isRecord(input)) throw new FaultError('A fault is a JSON object such as {"channel":"email","kind":"hang"}.')
    const channel = this.#channels.find(({ id }) => id === input.channel)
    if (!channel) {
      const names = this.#channels.map(({ id }) => id).join(', ')
      const known = channelIds.some((id) => id === input.channel)
      throw new FaultError(known ? `No faults can be set on this channel yet.` : `"channel" must be one of: ${names}.`)
    }
    const { kind } = input
    if (typeof kind !== 'string' || !Object.hasOwn(channel.faults, kind)) {
      throw new FaultError(`"kind" must be one of: ${Object.keys(channel.faults).join(', ')}.`)
    }
    const rule = channel.faults[kind] as FaultRule
    refuseUnusable(input, kind, rule)
    const to = readRecipient(input, kind, rule)
    const times = readNumber(input, 'times', 1, 1_000_000)
    const ms = readNumber(input, 'ms', 0, longestMs)
    const code = readNumber(input, 'code', 400, 599) ?? rule.code
    return {
      channel: channel.id,
      kind,
      ...(to !== undefined && { to }),
      ...(times !== undefined && { times }),
      ...(ms !== undefined && { ms }),
      ...(code !== undefined && { code }),
    }
  }
}

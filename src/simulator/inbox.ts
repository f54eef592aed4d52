/** Every message that was delivered, of all channels, in memory and in the journal. Drops the oldest, never the newest. */
import { randomUUID } from 'node:crypto'
import { type ChannelId, channelIds, type Delivery } from './channel.ts'
import type { Journal } from './journal.ts'
import { canonicalRecipient } from './recipients.ts'

type Line = Omit<Delivery, 'body'> & { body: string }

/** How the journal keeps a delivery. Latin-1 keeps every byte and leaves ASCII readable in the file. */
export const deliveryLine = {
  write: (delivery: Delivery): Line => ({ ...delivery, body: delivery.body.toString('latin1') }),
  read(value: unknown): Delivery | undefined {
    const line = value as Line
    if (typeof line?.id !== 'string' || typeof line.body !== 'string' || !channelIds.includes(line.channel)) return
    return { ...line, body: Buffer.from(line.body, 'latin1') }
  },
}

/** Very large mails must not fill the memory of a developer's machine. */
const mostBytes = 512 * 1024 * 1024

export type InboxFilter = {
  channel?: ChannelId
  /** Exactly this recipient, in any spelling. */
  to?: string
  /** Recipients with this in them, whatever its case. */
  toContains?: string
  limit?: number
}

export class Inbox {
  readonly #journal: Journal<Delivery>
  readonly #max: number
  #deliveries: Delivery[] = []
  #bytes = 0
  #received = 0

  constructor(journal: Journal<Delivery>, max: number) {
    this.#journal = journal
    this.#max = max
  }

  /** How many were delivered since the start of this process, dropped and deleted ones too. */
  get received(): number {
    return this.#received
  }

  /** Takes over what was delivered before, oldest first. */
  restore(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries.slice(-this.#max)) this.#keep(delivery)
  }

  add(delivery: Omit<Delivery, 'id' | 'at'>): Delivery {
    const added = { id: randomUUID(), at: Date.now(), ...delivery }
    this.#keep(added)
    this.#received += 1
    this.#journal.append(added)
    return added
  }

  get(id: string): Delivery | undefined {
    return this.#deliveries.find((delivery) => delivery.id === id)
  }

  /** Newest first. */
  list(filter: InboxFilter): Delivery[] {
    const found: Delivery[] = []
    const matches = matcher(filter)
    const limit = filter.limit ?? Number.POSITIVE_INFINITY
    for (let index = this.#deliveries.length - 1; index >= 0 && found.length < limit; index -= 1) {
      const delivery = this.#deliveries[index]
      if (delivery && matches(delivery)) found.push(delivery)
    }
    return found
  }

  count(filter: InboxFilter): number {
    return this.list(filter).length
  }

  async clear(): Promise<void> {
    this.#deliveries = []
    this.#bytes = 0
    await this.#journal.clear()
  }

  #keep(delivery: Delivery): void {
    this.#deliveries.push(delivery)
    this.#bytes += delivery.body.length
    while (this.#deliveries.length > this.#max || (this.#bytes > mostBytes && this.#deliveries.length > 1)) {
      this.#bytes -= this.#deliveries.shift()?.body.length ?? 0
    }
  }
}

function matcher({ channel, to, toContains }: InboxFilter): (delivery: Delivery) => boolean {
  const exact = to === undefined ? undefined : canonicalRecipient(to)
  const part = toContains?.toLowerCase()
  return (delivery) =>
    (channel === undefined || delivery.channel === channel) &&
    (exact === undefined || canonicalRecipient(delivery.to) === exact) &&
    (part === undefined || delivery.to.toLowerCase().includes(part))
}

/**
 * What was accepted for sending, as the cloud remembers it: for queries, frequency windows and receipts, over restarts.
 * Independent of the inbox, which a person may empty. Keeps the newest, and nothing older than thirty days.
 */
import { Journal, type LineForm } from '../journal.ts'
import type { CloudAccount } from './keys.ts'

export type Sent = {
  /** Of the delivery in the inbox. */
  id: string
  channel: 'sms' | 'voice'
  account: CloudAccount
  /** BizId or CallId. */
  providerId: string
  /** As receipts name it: `13900000001`, `85200000000`. */
  phone: string
  isMainland: boolean
  outId: string
  at: number
  /** Type of the SMS template, or `code` or `notice` of a call. */
  purpose: string
  sign: string
  templateCode: string
  text: string
  /** From when on the final code is known; null when it never will be. */
  settledAt: number | null
  code: string
  /** How the receipt is pushed; null when it is not. */
  push: { repeat: number; reversed: boolean } | null
}

/** Where the push of a receipt stands. */
export const pushStates = ['waiting', 'accepted', 'given_up', 'no_address'] as const
export type PushState = (typeof pushStates)[number]

type Entry = { sent: Sent } | { pushed: string; state: PushState }

const form: LineForm<Entry> = {
  write: (entry) => entry,
  read(value) {
    const entry = value as Partial<{ sent: Sent; pushed: string; state: PushState }>
    if (typeof entry.sent?.id === 'string' && typeof entry.sent.phone === 'string') return { sent: entry.sent }
    if (typeof entry.pushed === 'string' && entry.state) return { pushed: entry.pushed, state: entry.state }
    return undefined
  },
}

const thirtyDays = 30 * 86_400_000

export class Records {
  readonly #journal: Journal<Entry>
  readonly #max: number
  readonly #byId = new Map<string, Sent>()
  readonly #byProviderId = new Map<string, Sent[]>()
  readonly #byPhone = new Map<string, Sent[]>()
  readonly #pushed = new Map<string, PushState>()

  private constructor(folder: string, max: number) {
    this.#journal = new Journal(folder, 'sent', form)
    this.#max = max
  }

  /** Reads what was kept in the folder. */
  static async open(folder: string, max: number): Promise<Records> {
    const records = new Records(folder, max)
    for (const entry of await records.#journal.load()) {
      if ('sent' in entry) records.#keep(entry.sent)
      else if (records.#byId.has(entry.pushed)) records.#pushed.set(entry.pushed, entry.state)
    }
    return records
  }

  add(sent: Sent): void {
    this.#keep(sent)
    this.#journal.append({ sent })
  }

  get(id: string): Sent | undefined {
    return this.#byId.get(id)
  }

  /** Oldest first. */
  toPhone(channel: Sent['channel'], phone: string): readonly Sent[] {
    return this.#byPhone.get(`${channel} ${phone}`) ?? []
  }

  withProviderId(providerId: string): readonly Sent[] {
    return this.#byProviderId.get(providerId) ?? []
  }

  pushState(id: string): PushState {
    return this.#pushed.get(id) ?? 'waiting'
  }

  setPushState(id: string, state: PushState): void {
    if (!this.#byId.has(id)) return
    this.#pushed.set(id, state)
    this.#journal.append({ pushed: id, state })
  }

  /** Those whose receipt is still to be pushed. */
  unpushed(): Sent[] {
    return [...this.#byId.values()].filter(({ id, push }) => push !== null && !this.#pushed.has(id))
  }

  close(): Promise<void> {
    return this.#journal.close()
  }

  #keep(sent: Sent): void {
    this.#byId.set(sent.id, sent)
    append(this.#byPhone, `${sent.channel} ${sent.phone}`, sent)
    append(this.#byProviderId, sent.providerId, sent)
    const oldestAllowed = Date.now() - thirtyDays
    for (const oldest of this.#byId.values()) {
      if (this.#byId.size <= this.#max && oldest.at >= oldestAllowed) break
      this.#drop(oldest)
    }
  }

  #drop(sent: Sent): void {
    this.#byId.delete(sent.id)
    this.#pushed.delete(sent.id)
    remove(this.#byPhone, `${sent.channel} ${sent.phone}`, sent)
    remove(this.#byProviderId, sent.providerId, sent)
  }
}

function append(index: Map<string, Sent[]>, key: string, sent: Sent): void {
  const found = index.get(key)
  if (found) found.push(sent)
  else index.set(key, [sent])
}

/** The oldest goes first, so it stands at the front. */
function remove(index: Map<string, Sent[]>, key: string, sent: Sent): void {
  const found = index.get(key)
  if (found?.[0] === sent) found.shift()
  if (found?.length === 0) index.delete(key)
}

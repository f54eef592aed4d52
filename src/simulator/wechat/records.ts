/**
 * The messages that were accepted, as WeChat remembers them: for events and for what must not be sent twice, over
 * restarts. Independent of the inbox, which a person may empty.
 */
import { Journal, type LineForm } from '../journal.ts'

/** How an event words what became of a message. */
export const eventStatuses = {
  success: 'success',
  user_block: 'failed:user block',
  system_failed: 'failed: system failed',
  freq_limit: 'failed:freq limit',
} as const
export type EventStatus = keyof typeof eventStatuses

export type Sent = {
  /** Of the delivery in the inbox. */
  id: string
  appId: string
  openid: string
  /** Larger than what a double holds exactly. */
  msgId: string
  clientMsgId: string
  at: number
  status: EventStatus
  /** From when on that is known; null when it never will be. */
  settledAt: number | null
  /** How often the event is pushed again; null when it is not pushed at all. */
  repeat: number | null
}

/** Where the push of an event stands. */
export type PushState = 'waiting' | 'accepted' | 'given_up' | 'no_address'

type Entry = { sent: Sent } | { pushed: string; state: PushState }

const form: LineForm<Entry> = {
  write: (entry) => entry,
  read(value) {
    const entry = value as Partial<{ sent: Sent; pushed: string; state: PushState }>
    if (typeof entry.sent?.id === 'string' && typeof entry.sent.openid === 'string') return { sent: entry.sent }
    if (typeof entry.pushed === 'string' && entry.state) return { pushed: entry.pushed, state: entry.state }
    return undefined
  },
}

const rememberedFor = 10 * 60_000

const keyOf = ({ appId, openid, clientMsgId }: Pick<Sent, 'appId' | 'openid' | 'clientMsgId'>): string =>
  `${appId} ${openid} ${clientMsgId}`

export class Records {
  readonly #journal: Journal<Entry>
  readonly #max: number
  readonly #byId = new Map<string, Sent>()
  readonly #byClientMsgId = new Map<string, Sent>()
  readonly #pushed = new Map<string, PushState>()

  private constructor(folder: string, max: number) {
    this.#journal = new Journal(folder, 'official-account', form)
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

  /** What was sent to this follower under the same `client_msg_id` within the last ten minutes. */
  repeated(of: Pick<Sent, 'appId' | 'openid' | 'clientMsgId'>, at: number): Sent | undefined {
    if (!of.clientMsgId) return undefined
    const found = this.#byClientMsgId.get(keyOf(of))
    return found && at < found.at + rememberedFor ? found : undefined
  }

  pushState(id: string): PushState {
    return this.#pushed.get(id) ?? 'waiting'
  }

  setPushState(id: string, state: PushState): void {
    if (!this.#byId.has(id)) return
    this.#pushed.set(id, state)
    this.#journal.append({ pushed: id, state })
  }

  /** Those whose event is still to be pushed. */
  unpushed(): Sent[] {
    return [...this.#byId.values()].filter(({ id, repeat }) => repeat !== null && !this.#pushed.has(id))
  }

  close(): Promise<void> {
    return this.#journal.close()
  }

  #keep(sent: Sent): void {
    this.#byId.set(sent.id, sent)
    if (sent.clientMsgId) this.#byClientMsgId.set(keyOf(sent), sent)
    const [oldest] = this.#byId.values()
    if (this.#byId.size > this.#max && oldest) this.#drop(oldest)
  }

  #drop(sent: Sent): void {
    this.#byId.delete(sent.id)
    this.#pushed.delete(sent.id)
    if (this.#byClientMsgId.get(keyOf(sent)) === sent) this.#byClientMsgId.delete(keyOf(sent))
  }
}

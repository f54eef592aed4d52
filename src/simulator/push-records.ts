/**
 * What was accepted for sending, and where the push about each stands, over restarts. Independent of the inbox, which a person
 * may empty. Keeps the newest.
 */
import { Journal, type LineForm } from './journal.ts'

/** Where the push of what became of something stands. */
export type PushState = 'waiting' | 'accepted' | 'given_up' | 'no_address'

type Entry<Sent> = { sent: Sent } | { pushed: string; state: PushState }

/** @param isSent whether a line that was read tells of something sent */
const formOf = <Sent>(isSent: (value: Partial<Sent>) => boolean): LineForm<Entry<Sent>> => ({
  write: (entry) => entry,
  read(value) {
    const entry = value as Partial<{ sent: Sent; pushed: string; state: PushState }>
    if (entry.sent && isSent(entry.sent)) return { sent: entry.sent }
    if (typeof entry.pushed === 'string' && entry.state) return { pushed: entry.pushed, state: entry.state }
    return undefined
  },
})

export type RecordsOptions<Sent> = {
  folder: string
  /** Of the journal in it. */
  name: string
  max: number
  isSent: (value: Partial<Sent>) => boolean
}

/** `Sent` has the id of the delivery in the inbox. */
export abstract class PushRecords<Sent extends { id: string }> {
  readonly #journal: Journal<Entry<Sent>>
  readonly #max: number
  readonly #byId = new Map<string, Sent>()
  readonly #pushed = new Map<string, PushState>()

  protected constructor({ folder, name, max, isSent }: RecordsOptions<Sent>) {
    this.#journal = new Journal(folder, name, formOf(isSent))
    this.#max = max
  }

  /** Puts it where else it is looked for. */
  protected abstract index(sent: Sent): void
  /** Takes it from there. The oldest goes first. */
  protected abstract unindex(sent: Sent): void
  /** Whether it is pushed at all. */
  protected abstract isPushed(sent: Sent): boolean
  /** Whether it is too old to be remembered, however few there are. */
  protected isPast(_sent: Sent): boolean {
    return false
  }

  /** Reads what was kept in the folder. */
  protected async load(): Promise<this> {
    for (const entry of await this.#journal.load()) {
      if ('sent' in entry) this.#keep(entry.sent)
      else if (this.#byId.has(entry.pushed)) this.#pushed.set(entry.pushed, entry.state)
    }
    return this
  }

  add(sent: Sent): void {
    this.#keep(sent)
    this.#journal.append({ sent })
  }

  get(id: string): Sent | undefined {
    return this.#byId.get(id)
  }

  pushState(id: string): PushState {
    return this.#pushed.get(id) ?? 'waiting'
  }

  setPushState(id: string, state: PushState): void {
    if (!this.#byId.has(id)) return
    this.#pushed.set(id, state)
    this.#journal.append({ pushed: id, state })
  }

  /** Those whose push is still to come. */
  unpushed(): Sent[] {
    return [...this.#byId.values()].filter((sent) => this.isPushed(sent) && !this.#pushed.has(sent.id))
  }

  close(): Promise<void> {
    return this.#journal.close()
  }

  #keep(sent: Sent): void {
    this.#byId.set(sent.id, sent)
    this.index(sent)
    for (const oldest of this.#byId.values()) {
      if (this.#byId.size <= this.#max && !this.isPast(oldest)) break
      this.#byId.delete(oldest.id)
      this.#pushed.delete(oldest.id)
      this.unindex(oldest)
    }
  }
}

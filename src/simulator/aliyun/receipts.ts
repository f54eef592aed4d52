/**
 * Pushes receipts to the address that was set, as JSON arrays, again after 1, 5 and 10 minutes unless the answer is
 * HTTP 200 with a numeric `code`, then never. Promises that a restart goes on with those that were still to come.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { type Faults, textOf, wholeOf } from '../faults.ts'
import type { Keys } from './keys.ts'
import type { Records, Sent } from './records.ts'

const retryAfterMinutes = [0, 1, 5, 10]
const together = { ms: 20, most: 100 }
const answerWithin = 5_000

type Target = { url: string; minute: number }
type Parts = {
  records: Records
  faults: Faults
  keys: Keys
  receiptOf: Record<Sent['channel'], (sent: Sent) => unknown>
}

export class Receipts {
  readonly #parts: Parts
  readonly #stopped = new AbortController()
  readonly #due = new Map<string, Sent[]>()
  readonly #held = new Map<Sent['channel'], { waiting: Sent[]; timer: NodeJS.Timeout }>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Pushes the receipt of this once it is due. */
  expect(sent: Sent): void {
    if (sent.push === null || sent.settledAt === null) return
    const ms = Math.max(0, sent.settledAt - Date.now())
    if (sent.push.reversed) this.#hold(sent, ms)
    else setTimeout(() => this.#gather(sent), ms).unref()
  }

  /** After a start: goes on with what was not pushed, and gives up what would have been dropped meanwhile. */
  resume(): void {
    for (const sent of this.#parts.records.unpushed()) {
      const target = this.#targetOf(sent)
      const patience = retryAfterMinutes.reduce((sum, minutes) => sum + minutes, 0) * (target?.minute ?? 0)
      if ((sent.settledAt ?? 0) + patience < Date.now()) this.#parts.records.setPushState(sent.id, 'given_up')
      else this.expect(sent)
    }
  }

  stop(): void {
    this.#stopped.abort()
  }

  #targetOf({ channel, account }: Sent): Target | undefined {
    const { faults, keys } = this.#parts
    const isOf = keys.accountOf.bind(keys)
    const callback = faults.inForce(channel, 'callback').find((set) => isOf(textOf(set, 'accessKeyId')) === account)
    return callback && { url: textOf(callback, 'url') ?? '', minute: wholeOf(callback, 'minute') ?? 60_000 }
  }

  /** Those that become due at nearly the same time go in one array, as from the real service. */
  #gather(sent: Sent): void {
    const key = `${sent.channel} ${sent.account}`
    const gathered = this.#due.get(key)
    if (gathered) {
      gathered.push(sent)
      return
    }
    this.#due.set(key, [sent])
    setTimeout(() => {
      const all = this.#due.get(key) ?? []
      this.#due.delete(key)
      for (let start = 0; start < all.length; start += together.most) {
        this.#start(this.#pushWithRepeats(all.slice(start, start + together.most)))
      }
    }, together.ms).unref()
  }

  /** Waits for the last of them, then goes backwards, one in each array. */
  #hold(sent: Sent, ms: number): void {
    const held = this.#held.get(sent.channel)
    clearTimeout(held?.timer)
    const waiting = [...(held?.waiting ?? []), sent]
    const timer = setTimeout(() => {
      this.#held.delete(sent.channel)
      this.#start(this.#pushBackwards(waiting))
    }, ms).unref()
    this.#held.set(sent.channel, { waiting, timer })
  }

  async #pushBackwards(waiting: readonly Sent[]): Promise<void> {
    for (const sent of waiting.toReversed()) await this.#pushWithRepeats([sent])
  }

  async #pushWithRepeats(items: readonly Sent[]): Promise<void> {
    await this.#push(items)
    for (let again = 1; ; again += 1) {
      const repeated = items.filter(({ push }) => (push?.repeat ?? 0) >= again)
      if (repeated.length === 0) return
      await this.#push(repeated)
    }
  }

  /** All of one channel and account. */
  async #push(items: readonly Sent[]): Promise<void> {
    const target = items[0] && this.#targetOf(items[0])
    if (!target) return this.#note(items, 'no_address')
    const { receiptOf } = this.#parts
    const body = JSON.stringify(items.map((sent) => receiptOf[sent.channel](sent)))
    for (const minutes of retryAfterMinutes) {
      await wait(minutes * target.minute, undefined, { signal: this.#stopped.signal, ref: false })
      if (await this.#isTaken(target.url, body)) return this.#note(items, 'accepted')
    }
    this.#note(items, 'given_up')
  }

  async #isTaken(url: string, body: string): Promise<boolean> {
    try {
      const signal = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(answerWithin)])
      const headers = { 'content-type': 'application/json; charset=utf-8' }
      const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
      const answer = (await response.json()) as { code?: unknown } | null
      return response.status === 200 && typeof answer?.code === 'number'
    } catch {
      // Nobody there, too slow, or not JSON: each is a push that was not taken.
      this.#stopped.signal.throwIfAborted()
      return false
    }
  }

  #note(items: readonly Sent[], state: 'accepted' | 'given_up' | 'no_address'): void {
    for (const { id } of items) this.#parts.records.setPushState(id, state)
  }

  /** Stopping ends a push in the middle; nothing else may. */
  #start(pushing: Promise<void>): void {
    pushing.catch((error: unknown) => {
      if (!this.#stopped.signal.aborted) console.error(error)
    })
  }
}

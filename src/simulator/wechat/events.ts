/**
 * Pushes TEMPLATESENDJOBFINISH to the server of the account, and three times more while it is not taken. Promises that
 * a restart goes on with those that were still to come.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { PushState } from '../push-records.ts'
import type { Callbacks } from './callbacks.ts'
import type { OfficialAccounts } from './official-accounts.ts'
import { eventStatuses, type Records, type Sent } from './records.ts'

const repeatsWhenNotTaken = 3

type EventParts = { accounts: OfficialAccounts; callbacks: Callbacks; records: Records; now: () => number }

export class Events {
  readonly #parts: EventParts
  readonly #stopped = new AbortController()

  constructor(parts: EventParts) {
    this.#parts = parts
  }

  /** Pushes the event of this once it is due. */
  expect(sent: Sent): void {
    if (sent.repeat === null || sent.settledAt === null) return
    const ms = Math.max(0, sent.settledAt - this.#parts.now())
    setTimeout(() => this.#start(this.#push(sent, 1 + (sent.repeat ?? 0))), ms).unref()
  }

  /** After a start: goes on with what was not pushed, and gives up what would have been dropped meanwhile. */
  resume(): void {
    const { accounts, callbacks, records, now } = this.#parts
    for (const sent of records.unpushed()) {
      const account = accounts.find(sent.appId)
      const patience = (account && callbacks.of(account)?.patience) ?? Number.POSITIVE_INFINITY
      const dropped = (sent.settledAt ?? 0) + patience * (1 + repeatsWhenNotTaken)
      if (dropped < now()) records.setPushState(sent.id, 'given_up')
      else this.expect(sent)
    }
  }

  stop(): void {
    this.#stopped.abort()
    this.#parts.callbacks.stop()
  }

  async #push(sent: Sent, times: number): Promise<void> {
    const { records } = this.#parts
    let state: PushState = 'waiting'
    for (let count = 0; count < times; count += 1) state = await this.#pushUntilTaken(sent)
    records.setPushState(sent.id, state)
  }

  /** A server that refuses at once is given as long as one that is slow: it may be starting. */
  async #pushUntilTaken(sent: Sent): Promise<PushState> {
    const { accounts, callbacks, now } = this.#parts
    const account = accounts.find(sent.appId)
    if (!account) return 'no_address'
    const createdAt = String(Math.floor(now() / 1000))
    for (let repeats = 0; repeats <= repeatsWhenNotTaken; repeats += 1) {
      const callback = callbacks.of(account)
      if (!callback) return 'no_address'
      const pause = wait(callback.patience, undefined, { signal: this.#stopped.signal, ref: false })
      pause.catch(() => undefined)
      const isTaken = await callbacks.post(callback, sent.openid, [
        ['ToUserName', account.originalId],
        ['FromUserName', sent.openid],
        ['CreateTime', createdAt, true],
        ['MsgType', 'event'],
        ['Event', 'TEMPLATESENDJOBFINISH'],
        ['MsgID', sent.msgId, true],
        ['Status', eventStatuses[sent.status]],
      ])
      if (isTaken) return 'accepted'
      if (repeats < repeatsWhenNotTaken) await pause
    }
    return 'given_up'
  }

  /** Stopping ends a push in the middle; nothing else may. */
  #start(pushing: Promise<void>): void {
    pushing.catch((error: unknown) => {
      if (!this.#stopped.signal.aborted) console.error(error)
    })
  }
}

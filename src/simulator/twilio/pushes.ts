/**
 * Tells whoever sent a message what becomes of it: that it went out, then how it ended. Promises that each push is signed as
 * Twilio signs, goes to this machine only, and that an end that was not told before a restart is told after it.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { TwilioAccount } from './account.ts'
import type { Records, Sent } from './records.ts'
import { signatureOf } from './signature.ts'

const answerWithin = 15_000
/** In milliseconds after the one before. */
const tries = [0, 1_000, 5_000, 30_000]

type Parts = { account: TwilioAccount; records: Records }

export class Pushes {
  readonly #parts: Parts
  readonly #stopped = new AbortController()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Takes up what a restart has interrupted. */
  resume(): void {
    for (const sent of this.#parts.records.unpushed()) this.#start(this.#tellEnd(sent))
  }

  expect(sent: Sent): void {
    if (sent.callback === null) this.#parts.records.setPushState(sent.id, 'no_address')
    else this.#start(this.#tell(sent))
  }

  stop(): void {
    this.#stopped.abort()
  }

  async #tell(sent: Sent): Promise<void> {
    await this.#push(sent, 'sent', null)
    await this.#tellEnd(sent)
  }

  async #tellEnd(sent: Sent): Promise<void> {
    const { id, settledAt, repeat, status, errorCode } = sent
    if (settledAt === null || repeat === null) return
    await this.#wait(Math.max(0, settledAt - Date.now()))
    for (const pause of tries) {
      await this.#wait(pause)
      if (!(await this.#push(sent, status, errorCode))) continue
      for (let again = 0; again < repeat; again += 1) await this.#push(sent, status, errorCode)
      return this.#parts.records.setPushState(id, 'accepted')
    }
    this.#parts.records.setPushState(id, 'given_up')
  }

  #wait(ms: number): Promise<void> {
    return wait(ms, undefined, { signal: this.#stopped.signal, ref: false })
  }

  async #push({ callback, sid, to, from, serviceSid }: Sent, status: string, errorCode: number | null) {
    const { accountSid, authToken } = this.#parts.account
    const fields: Record<string, string> = {
      ...{ SmsSid: sid, SmsStatus: status, MessageSid: sid, MessageStatus: status, To: to, From: from },
      ...{ AccountSid: accountSid, ApiVersion: '2010-04-01' },
      ...(serviceSid && { MessagingServiceSid: serviceSid }),
      ...(errorCode !== null && { ErrorCode: String(errorCode) }),
    }
    const headers = {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'x-twilio-signature': signatureOf(authToken, callback ?? '', fields),
    }
    try {
      const signal = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(answerWithin)])
      const body = new URLSearchParams(fields).toString()
      const response = await fetch(callback ?? '', { method: 'POST', headers, body, redirect: 'manual', signal })
      return response.ok
    } catch {
      // Nobody there, or too slow: a push that was not taken.
      this.#stopped.signal.throwIfAborted()
      return false
    }
  }

  /** Stopping ends a push in the middle; nothing else may. */
  #start(pushing: Promise<void>): void {
    pushing.catch((error: unknown) => {
      if (!this.#stopped.signal.aborted) console.error(error)
    })
  }
}

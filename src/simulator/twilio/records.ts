/** What was accepted for sending, as Twilio remembers it, over restarts. Independent of the inbox. Keeps the newest. */
import { PushRecords } from '../push-records.ts'

export type Sent = {
  /** Of the delivery in the inbox. */
  id: string
  sid: string
  to: string
  from: string
  serviceSid: string | null
  text: string
  segments: number
  at: number
  /** Where what becomes of it is pushed; null where nobody was told. */
  callback: string | null
  /** What it ends as, and from when on that is known; null when it never will be. */
  status: 'delivered' | 'undelivered'
  errorCode: number | null
  settledAt: number | null
  /** How often the end is pushed again; null when it is not pushed at all. */
  repeat: number | null
}

export class Records extends PushRecords<Sent> {
  readonly #bySid = new Map<string, Sent>()

  /** Reads what was kept in the folder. */
  static open(folder: string, max: number): Promise<Records> {
    const isSent = (value: Partial<Sent>) => typeof value.id === 'string' && typeof value.sid === 'string'
    return new Records({ folder, name: 'sent-twilio', max, isSent }).load()
  }

  withSid(sid: string): Sent | undefined {
    return this.#bySid.get(sid)
  }

  /** Newest first. */
  to(number: string | null): Sent[] {
    return [...this.#bySid.values()].filter((sent) => number === null || sent.to === number).toReversed()
  }

  protected index(sent: Sent): void {
    this.#bySid.set(sent.sid, sent)
  }

  protected unindex({ sid }: Sent): void {
    this.#bySid.delete(sid)
  }

  protected isPushed({ callback, repeat, settledAt }: Sent): boolean {
    return callback !== null && repeat !== null && settledAt !== null
  }
}

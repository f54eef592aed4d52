/**
 * What was asked to be sent, as the cloud remembers it: for questions, limits and receipts, over restarts. Independent of the
 * inbox, which a person may empty. Keeps the newest, and nothing older than a week.
 */
import { PushRecords } from '../push-records.ts'

export type Sent = {
  /** Of the delivery in the inbox; of nothing where the number was refused. */
  id: string
  /** Empty where the number was refused. */
  serialNo: string
  /** With `+` and country code. */
  to: string
  country: string
  number: string
  session: string
  at: number
  templateId: string
  text: string
  /** `Ok`, or why the number was refused. */
  requestCode: string
  /** From when on the carrier's code is known; null when it never will be. */
  settledAt: number | null
  isDelivered: boolean
  code: string
  /** How often the receipt is pushed again; null when it is not pushed. */
  repeat: number | null
}

const week = 7 * 86_400_000

export class Records extends PushRecords<Sent> {
  readonly #byPhone = new Map<string, Sent[]>()

  /** Reads what was kept in the folder. */
  static open(folder: string, max: number): Promise<Records> {
    const isSent = (value: Partial<Sent>) => typeof value.id === 'string' && typeof value.to === 'string'
    return new Records({ folder, name: 'tencent', max, isSent }).load()
  }

  /** Newest first, those that were refused too. */
  toPhone(to: string): Sent[] {
    return (this.#byPhone.get(to) ?? []).toReversed()
  }

  protected index(sent: Sent): void {
    const found = this.#byPhone.get(sent.to)
    if (found) found.push(sent)
    else this.#byPhone.set(sent.to, [sent])
  }

  /** The oldest goes first, so it stands at the front. */
  protected unindex(sent: Sent): void {
    const found = this.#byPhone.get(sent.to)
    if (found?.[0] === sent) found.shift()
    if (found?.length === 0) this.#byPhone.delete(sent.to)
  }

  protected isPushed({ repeat }: Sent): boolean {
    return repeat !== null
  }

  protected override isPast({ at }: Sent): boolean {
    return at < Date.now() - week
  }
}

export const isSettled = ({ settledAt }: Sent, at: number): boolean => settledAt !== null && settledAt <= at

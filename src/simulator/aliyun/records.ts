/**
 * What was accepted for sending, as the cloud remembers it: for queries, frequency windows and receipts, over restarts.
 * Independent of the inbox, which a person may empty. Keeps the newest, and nothing older than thirty days.
 */
import { PushRecords } from '../push-records.ts'
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

const thirtyDays = 30 * 86_400_000

export class Records extends PushRecords<Sent> {
  readonly #byProviderId = new Map<string, Sent[]>()
  readonly #byPhone = new Map<string, Sent[]>()

  /** Reads what was kept in the folder. */
  static open(folder: string, max: number): Promise<Records> {
    const isSent = (value: Partial<Sent>) => typeof value.id === 'string' && typeof value.phone === 'string'
    return new Records({ folder, name: 'sent', max, isSent }).load()
  }

  /** Oldest first. */
  toPhone(channel: Sent['channel'], phone: string): readonly Sent[] {
    return this.#byPhone.get(`${channel} ${phone}`) ?? []
  }

  withProviderId(providerId: string): readonly Sent[] {
    return this.#byProviderId.get(providerId) ?? []
  }

  protected index(sent: Sent): void {
    append(this.#byPhone, `${sent.channel} ${sent.phone}`, sent)
    append(this.#byProviderId, sent.providerId, sent)
  }

  protected unindex(sent: Sent): void {
    remove(this.#byPhone, `${sent.channel} ${sent.phone}`, sent)
    remove(this.#byProviderId, sent.providerId, sent)
  }

  protected isPushed({ push }: Sent): boolean {
    return push !== null
  }

  protected override isPast({ at }: Sent): boolean {
    return at < Date.now() - thirtyDays
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

/**
 * The messages that were accepted, as WeChat remembers them: for events and for what must not be sent twice, over
 * restarts. Independent of the inbox, which a person may empty.
 */
import { PushRecords } from '../push-records.ts'

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

const rememberedFor = 10 * 60_000

const keyOf = ({ appId, openid, clientMsgId }: Pick<Sent, 'appId' | 'openid' | 'clientMsgId'>): string =>
  `${appId} ${openid} ${clientMsgId}`

export class Records extends PushRecords<Sent> {
  readonly #byClientMsgId = new Map<string, Sent>()

  /** Reads what was kept in the folder. */
  static open(folder: string, max: number): Promise<Records> {
    const isSent = (value: Partial<Sent>) => typeof value.id === 'string' && typeof value.openid === 'string'
    return new Records({ folder, name: 'official-account', max, isSent }).load()
  }

  /** What was sent to this follower under the same `client_msg_id` within the last ten minutes. */
  repeated(of: Pick<Sent, 'appId' | 'openid' | 'clientMsgId'>, at: number): Sent | undefined {
    if (!of.clientMsgId) return undefined
    const found = this.#byClientMsgId.get(keyOf(of))
    return found && at < found.at + rememberedFor ? found : undefined
  }

  protected index(sent: Sent): void {
    if (sent.clientMsgId) this.#byClientMsgId.set(keyOf(sent), sent)
  }

  protected unindex(sent: Sent): void {
    if (this.#byClientMsgId.get(keyOf(sent)) === sent) this.#byClientMsgId.delete(keyOf(sent))
  }

  protected isPushed({ repeat }: Sent): boolean {
    return repeat !== null
  }
}

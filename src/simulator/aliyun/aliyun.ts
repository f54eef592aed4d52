/** Alibaba Cloud's SMS and voice services on one HTTP port: `/sms` and `/vms` are the endpoints that a client is given. */
import type { Channel } from '../channel.ts'
import type { Faults } from '../faults.ts'
import type { Request, Route } from '../http.ts'
import type { Inbox } from '../inbox.ts'
import { Approvals } from './approvals.ts'
import { Gateway, type Product } from './gateway.ts'
import { type KeySettings, Keys } from './keys.ts'
import { Receipts } from './receipts.ts'
import { Records } from './records.ts'
import { detailActions, smsReceipt } from './sms-details.ts'
import { lookupActions } from './sms-lookups.ts'
import { sendingActions } from './sms-send.ts'
import { phoneChannels } from './views.ts'
import { callingActions } from './voice-calls.ts'
import { readingActions } from './voice-reads.ts'
import { resultActions, voiceReceipt } from './voice-results.ts'

type AliyunSettings = { data: string; max: number; aliyun: KeySettings | undefined }

export class Aliyun {
  readonly channels: readonly Channel[]
  readonly #keys: Keys
  readonly #records: Records
  #receipts: Receipts | undefined

  private constructor(keys: Keys, records: Records) {
    this.#keys = keys
    this.#records = records
    this.channels = phoneChannels(records, keys)
  }

  /** Reads what was accepted before. Without a key in the settings every key is unknown. */
  static async open({ data, max, aliyun }: AliyunSettings): Promise<Aliyun> {
    return new Aliyun(new Keys(aliyun), await Records.open(data, max))
  }

  /** The routes of both services; from now on receipts are pushed too. */
  serve(inbox: Inbox, faults: Faults): Route[] {
    const records = this.#records
    const keys = this.#keys
    const receipts = new Receipts({ records, faults, keys, receiptOf: { sms: smsReceipt, voice: voiceReceipt } })
    this.#receipts = receipts
    receipts.resume()
    const approvals = new Approvals(faults, keys)
    const sending = { approvals, faults, inbox, records, receipts }
    const sms: Product = {
      channel: 'sms',
      name: 'Dysmsapi',
      host: 'dysmsapi.aliyuncs.com',
      actions: { ...sendingActions(sending), ...detailActions(records), ...lookupActions(approvals) },
    }
    const voice: Product = {
      channel: 'voice',
      name: 'Dyvmsapi',
      host: 'dyvmsapi.aliyuncs.com',
      actions: { ...callingActions(sending), ...resultActions(records), ...readingActions(approvals) },
    }
    const gateway = new Gateway(keys, faults)
    const routes = (path: RegExp, product: Product): Route[] =>
      (['GET', 'POST'] as const).map((method) => ({
        method,
        path,
        answer: (request: Request) => gateway.handle(product, request),
      }))
    return [...routes(/^\/sms(?:\/.*)?$/, sms), ...routes(/^\/vms(?:\/.*)?$/, voice)]
  }

  /** What a client needs to know, for the line that says ready. The secret is the one of the settings for all keys. */
  facts(url: string): Record<string, unknown> {
    const { main, ...others } = this.#keys.ids ?? {}
    return { accessKeyId: main ?? null, endpoints: { sms: `${url}/sms`, voice: `${url}/vms` }, otherKeys: others }
  }

  async close(): Promise<void> {
    this.#receipts?.stop()
    await this.#records.close()
  }
}

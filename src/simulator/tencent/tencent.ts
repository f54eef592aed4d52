/** Tencent Cloud's SMS service on the one HTTP port: `/tencent` is the endpoint that a client is given. */
import type { Channel } from '../channel.ts'
import type { Faults } from '../faults.ts'
import type { Route } from '../http.ts'
import type { Inbox } from '../inbox.ts'
import { Keys } from './access.ts'
import { Approvals } from './approvals.ts'
import { Gateway } from './gateway.ts'
import { lookupActions } from './lookups.ts'
import { Records } from './records.ts'
import { Receipts, reportActions } from './reports.ts'
import { sendingActions } from './send.ts'
import { smsChannel } from './views.ts'

type TencentSettings = { data: string; max: number; password: string }

export class Tencent {
  readonly channels: readonly Channel[]
  readonly #keys: Keys
  readonly #records: Records
  #receipts: Receipts | undefined

  private constructor(keys: Keys, records: Records) {
    this.#keys = keys
    this.#records = records
    this.channels = [smsChannel(records)]
  }

  /** Reads what was accepted before. */
  static async open({ data, max, password }: TencentSettings): Promise<Tencent> {
    return new Tencent(new Keys(password), await Records.open(data, max))
  }

  /** The route of the service; from now on receipts are pushed too. */
  serve(inbox: Inbox, all: Faults): Route[] {
    const faults = all.of('tencent')
    const [keys, records, approvals] = [this.#keys, this.#records, new Approvals(faults)]
    const receipts = new Receipts({ records, faults })
    this.#receipts = receipts
    receipts.resume()
    const actions = {
      ...sendingActions({ keys, approvals, faults, inbox, records, receipts }),
      ...lookupActions(approvals, keys),
      ...reportActions({ records, faults }, keys),
    }
    const gateway = new Gateway({ keys, faults, actions })
    return [{ method: 'POST', path: /^\/tencent\/?$/, answer: (request) => gateway.handle(request) }]
  }

  /** What a client needs to know, for the line that says ready. The secret key is made of the simulator's own secret. */
  facts(url: string): Record<string, unknown> {
    const { main, ...otherKeys } = this.#keys.ids
    return { endpoint: `${url}/tencent`, secretId: main, sdkAppId: this.#keys.access.sdkAppId, otherKeys }
  }

  async close(): Promise<void> {
    this.#receipts?.stop()
    await this.#records.close()
  }
}

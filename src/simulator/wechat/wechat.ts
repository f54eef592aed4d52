/** WeChat's service for official accounts: the APIs under `/cgi-bin`, and what it sends to a developer's server. */
import type { Channel, Command, FaultFields } from '../channel.ts'
import { FaultError } from '../fault-fields.ts'
import type { Faults } from '../faults.ts'
import type { Route } from '../http.ts'
import type { Inbox } from '../inbox.ts'
import { Callbacks } from './callbacks.ts'
import { Events } from './events.ts'
import { knownAccount, ofAccount } from './fault-rules.ts'
import { Followers, sandboxOpenids } from './followers.ts'
import { Gateway } from './gateway.ts'
import { Letters } from './letters.ts'
import { type OfficialAccount, type OfficialAccountSettings, OfficialAccounts } from './official-accounts.ts'
import { Quotas } from './quotas.ts'
import { Records } from './records.ts'
import { templateApis } from './template-apis.ts'
import { Templates } from './templates.ts'
import { tokenApis } from './token-apis.ts'
import { Tokens } from './tokens.ts'
import { userApis } from './user-apis.ts'
import { officialAccountChannel } from './views.ts'

type WechatSettings = { data: string; max: number; wechat: OfficialAccountSettings | undefined }

export class Wechat {
  readonly channels: readonly Channel[]
  readonly #accounts: OfficialAccounts
  readonly #records: Records
  readonly #tokens = new Tokens()
  readonly #now: () => number
  #serving: { events: Events; callbacks: Callbacks; quotas: Quotas } | undefined

  private constructor(accounts: OfficialAccounts, records: Records, now: () => number) {
    this.#accounts = accounts
    this.#records = records
    this.#now = now
    this.channels = [officialAccountChannel(records, accounts, this.#commands())]
  }

  /** Reads what was accepted before. Without an account in the settings every AppID is unknown. */
  static async open({ data, max, wechat }: WechatSettings, now: () => number = Date.now): Promise<Wechat> {
    return new Wechat(new OfficialAccounts(wechat), await Records.open(data, max), now)
  }

  /** The routes of the service; from now on events are pushed too. */
  serve(inbox: Inbox, faults: Faults): Route[] {
    const [accounts, records, tokens, now] = [this.#accounts, this.#records, this.#tokens, this.#now]
    const quotas = new Quotas(faults, accounts)
    const callbacks = new Callbacks(faults, accounts, now)
    const events = new Events({ accounts, callbacks, records, now })
    this.#serving = { events, callbacks, quotas }
    events.resume()
    const followers = new Followers(faults, accounts)
    const templates = new Templates(faults, accounts)
    const letters = new Letters(followers, templates)
    return new Gateway({ accounts, faults, quotas, tokens, now }).routes([
      ...tokenApis({ accounts, faults, quotas, tokens }),
      ...templateApis({ events, faults, inbox, letters, records, templates }),
      ...userApis(followers),
    ])
  }

  /** What a client needs to know, for the line that says ready. The secret is the one of the settings for all. */
  facts(endpoint: string): Record<string, unknown> {
    const { main, all } = this.#accounts
    if (!main) return { endpoint, appId: null }
    const others = all.filter((account) => account !== main).map(({ role, appId }) => [role, appId])
    return {
      endpoint,
      appId: main.appId,
      otherAppIds: Object.fromEntries(others),
      originalId: main.originalId,
      miniProgram: main.miniProgram,
      openids: sandboxOpenids(main.appId),
    }
  }

  async close(): Promise<void> {
    this.#serving?.events.stop()
    await this.#records.close()
  }

  #commands(): Record<string, Command> {
    const complaint = knownAccount(this.#accounts)
    return {
      calls: { run: () => ({ calls: this.#serving?.quotas.arrived }) },
      end_tokens: {
        fields: { as: { type: 'text', oneOf: ['void', 'expired'], usual: 'void' }, ...ofAccount },
        complaint,
        run: (fields) => {
          const as = fields.as === 'expired' ? 'expired' : 'void'
          return { ended: this.#tokens.end(this.#named(fields).appId, this.#now(), as) }
        },
      },
      verify_callback: { fields: ofAccount, complaint, run: (fields) => this.#verify(this.#named(fields)) },
    }
  }

  #named({ appId }: FaultFields): OfficialAccount {
    const account = this.#accounts.named(typeof appId === 'string' ? appId : undefined)
    if (!account) throw new FaultError('There is no official account.')
    return account
  }

  #verify(account: OfficialAccount) {
    const callback = this.#serving?.callbacks.of(account)
    if (!callback) throw new FaultError('No "callback" is set for this official account.')
    return this.#serving?.callbacks.verify(callback) ?? {}
  }
}

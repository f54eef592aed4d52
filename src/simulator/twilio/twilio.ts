/** Twilio's messaging on the one HTTP port: `/twilio` is the address that a client is given in place of its own ones. */
import type { Channel } from '../channel.ts'
import type { Faults } from '../faults.ts'
import type { Route } from '../http.ts'
import type { Inbox } from '../inbox.ts'
import { type TwilioAccount, twilioAccount } from './account.ts'
import { type Api, Gateway } from './gateway.ts'
import { faultsOf, Messages } from './messages.ts'
import { Pushes } from './pushes.ts'
import { Records } from './records.ts'
import { refusal } from './refusals.ts'
import { twilioChannel } from './views.ts'

const account = '/twilio/2010-04-01/Accounts/(AC[0-9a-fA-F]{32})'
const at = (path: string) => new RegExp(`^${path}$`)

export class Twilio {
  readonly channels: readonly Channel[]
  readonly #account: TwilioAccount
  readonly #records: Records
  #pushes: Pushes | undefined

  private constructor(account: TwilioAccount, records: Records) {
    this.#account = account
    this.#records = records
    this.channels = [twilioChannel(records)]
  }

  /** Reads what was accepted before. @param password the secret that the account's are made of */
  static async open({ data, max, password }: { data: string; max: number; password: string }): Promise<Twilio> {
    return new Twilio(twilioAccount(password), await Records.open(data, max))
  }

  /** The routes of the service; from now on what becomes of messages is pushed too. */
  serve(inbox: Inbox, faults: Faults): Route[] {
    const [records, own] = [this.#records, faultsOf(faults)]
    const pushes = new Pushes({ account: this.#account, records })
    this.#pushes = pushes
    pushes.resume()
    const messages = new Messages({ account: this.#account, faults: own, inbox, records, pushes })
    return new Gateway(this.#account, own).routes([...this.#messageApis(messages), ...this.#accountApis()])
  }

  #messageApis(messages: Messages): Api[] {
    return [
      {
        name: 'create',
        method: 'POST',
        path: at(`${account}/Messages\\.json`),
        answer: ({ form }) => messages.create(form),
      },
      {
        name: 'messages',
        method: 'GET',
        path: at(`${account}/Messages\\.json`),
        answer: ({ query }) => messages.list(query),
      },
      {
        ...{ name: 'message', method: 'GET', path: at(`${account}/Messages/(SM[0-9a-f]{32})\\.json`) },
        answer: ({ parameters: [, sid = ''] }) => messages.fetch(sid),
      },
    ]
  }

  #accountApis(): Api[] {
    const { accountSid, number, serviceSid } = this.#account
    return [
      {
        ...{ name: 'account', method: 'GET', path: at(`${account}\\.json`) },
        answer: ({ isKey }) => {
          if (isKey) throw refusal(20003)
          return { sid: accountSid, friendly_name: 'Sandbox', status: 'active', type: 'Full' }
        },
      },
      {
        ...{ name: 'sender', method: 'GET', path: at(`${account}/IncomingPhoneNumbers\\.json`) },
        answer: ({ query }) => ({
          incoming_phone_numbers: query.get('PhoneNumber') === number ? [{ phone_number: number }] : [],
          next_page_uri: null,
        }),
      },
      {
        ...{ name: 'sender', method: 'GET', path: at(`${account}/SMS/ShortCodes\\.json`) },
        answer: () => ({ short_codes: [], next_page_uri: null }),
      },
      {
        ...{ name: 'sender', method: 'GET', path: /^\/twilio\/v1\/Services\/(MG[0-9a-fA-F]{32})$/ },
        answer: ({ parameters: [sid] }) => {
          if (sid !== serviceSid) throw refusal(20404)
          return { sid: serviceSid, account_sid: accountSid, friendly_name: 'Sandbox' }
        },
      },
    ]
  }

  /** What a client needs to know, for the line that says ready; the secrets follow from the simulator's own. */
  facts(url: string): Record<string, unknown> {
    const { accountSid, apiKeySid, number, serviceSid } = this.#account
    return { endpoint: `${url}/twilio`, accountSid, apiKeySid, number, serviceSid }
  }

  async close(): Promise<void> {
    this.#pushes?.stop()
    await this.#records.close()
  }
}

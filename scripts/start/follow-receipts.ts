/**
 * Enters the address that an account takes receipts at in the simulator, whenever it is another one: a person does so in the
 * vendor's console. Follows the accounts in force of the sandbox's own organization. Promises never to be the reason why
 * something stops.
 */
import postgres from 'postgres'
import { sandboxAccounts } from '#simulator/sandbox-accounts.ts'

type Place = {
  databaseUrl: string
  simulatorUrl: string
  /** Of the web process, where the simulator reaches it. */
  port: number
  /** The simulator's main key: an address without a key is that of its account. */
  mainKey: string
}

type Account = { channel: string; provider: string; token: string; key: string | null }

export type Following = { stop(): Promise<void> }

export function followReceipts({ databaseUrl, simulatorUrl, port, mainKey }: Place, every = 2_000): Following {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined })
  const entered = new Map<string, string>()

  async function enter({ channel, provider, token, key }: Account): Promise<void> {
    const vendor = sandboxAccounts.find((further) => further.provider === provider)?.vendor
    const ofKey = key === null || key === mainKey ? {} : { accessKeyId: key }
    const address = {
      channel,
      vendor,
      kind: 'callback',
      url: `http://127.0.0.1:${port}/api/receipts/${provider}/${token}`,
    }
    const name = JSON.stringify([channel, vendor, ofKey])
    if (entered.get(name) === address.url) return
    await fetch(`${simulatorUrl}/control`, { method: 'POST', body: JSON.stringify({ ...address, ...ofKey }) })
    // A key that the simulator does not know is refused once, and has nothing to push.
    entered.set(name, address.url)
  }

  async function look(): Promise<void> {
    const accounts = await sql<Account[]>`
      select channel, provider, receipt_token as token, config ->> 'accessKeyId' as key from account
      where validated and receipt_token is not null and channel in ('sms', 'voice')
        and organization_id = (select id from organization order by created_at limit 1)`
    for (const account of accounts) await enter(account)
  }

  let looking = Promise.resolve()
  const timer = setInterval(() => {
    // Database and simulator may be down for a moment; the next look makes up for it.
    looking = looking.then(look).catch(() => undefined)
  }, every)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await looking
      await sql.end({ timeout: 1 })
    },
  }
}

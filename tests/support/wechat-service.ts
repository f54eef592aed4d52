/**
 * WeChat's service for official accounts, for specs: the simulator's own in this process, on a free port, with its
 * clock in the spec's hand.
 */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '#simulator/commands.ts'
import { FaultFile } from '#simulator/fault-file.ts'
import { Faults, flatFault } from '#simulator/faults.ts'
import { createHttpServer } from '#simulator/http.ts'
import { deliveryLine, Inbox } from '#simulator/inbox.ts'
import { Journal } from '#simulator/journal.ts'
import { Wechat } from '#simulator/wechat/wechat.ts'
import type { Fault, ReceivedCard, WechatAccess } from './simulator.ts'

export type WechatService = WechatAccess & {
  /** Sets a fault of the channel, or runs a command and answers what it reports. */
  control(kind: string, fields?: Omit<Fault, 'channel' | 'kind'>): Promise<Record<string, unknown>>
  /** Clears every fault and every state that was set; the callback stays. */
  clear(): void
  /** How often each API was called, refused calls too; by its path after `/cgi-bin/`. */
  calls(): Promise<Record<string, number>>
  /** The messages that were accepted, or those to one follower, newest first. */
  cards(to?: string): Promise<ReceivedCard[]>
  /** Moves the clock of the service forward. */
  advance(milliseconds: number): void
  close(): Promise<void>
}

const channel = 'official_account'

/** Starts one with an account of its own, whose AppID no other has. */
export async function startWechat(account: { appId?: string; appSecret?: string } = {}): Promise<WechatService> {
  const { appId = 'wx5160e700d3a10002', appSecret = '5160e700d3a100025160e700d3a10002' } = account
  const data = await mkdtemp(join(tmpdir(), 'signet-wechat-'))
  let ahead = 0
  const wechat = await Wechat.open({ data, max: 1_000, wechat: { appId, appSecret } }, () => Date.now() + ahead)
  const { channels } = wechat
  const faults = new Faults(channels, new FaultFile(data))
  const journal = new Journal(data, 'inbox', deliveryLine)
  await journal.load()
  const inbox = new Inbox(journal, 1_000)
  const server = createHttpServer(wechat.serve(inbox, faults))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const control: WechatService['control'] = async (kind, fields = {}) => {
    const input = { channel, kind, ...fields }
    return { ...((await runCommand(channels, input)) ?? flatFault(faults.set(input))) }
  }
  return {
    ...(wechat.facts(endpoint) as Omit<WechatAccess, 'appSecret'>),
    appSecret,
    control,
    clear: () => faults.clear(),
    calls: async () => (await control('calls')).calls as Record<string, number>,
    cards: async (to) => {
      const deliveries = inbox.list({ channel, ...(to !== undefined && { to }) })
      const received = deliveries.map(async (delivery) => ({
        ...{ id: delivery.id, channel, to: delivery.to, at: new Date(delivery.at).toISOString() },
        content: await channels[0]?.content(delivery),
      }))
      return (await Promise.all(received)) as ReceivedCard[]
    },
    advance: (milliseconds) => {
      ahead += milliseconds
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await wechat.close()
      await journal.close()
      await rm(data, { recursive: true, force: true })
    },
  }
}

/** The one list of the vendors that are reached by HTTP. One is added here with one import and one entry. */
import { Aliyun } from './aliyun/aliyun.ts'
import type { Channel } from './channel.ts'
import type { Faults } from './faults.ts'
import type { Route } from './http.ts'
import type { Inbox } from './inbox.ts'
import type { Settings } from './settings.ts'
import { Tencent } from './tencent/tencent.ts'
import { Twilio } from './twilio/twilio.ts'
import { Wechat } from './wechat/wechat.ts'

export type Vendor = {
  readonly channels: readonly Channel[]
  /** The routes of its service; from now on it pushes what becomes of messages. */
  serve(inbox: Inbox, faults: Faults): Route[]
  /** What a client needs to know, for the line that says ready. */
  facts(url: string): Record<string, unknown>
  close(): Promise<void>
}

/** By the name under which the line that says ready tells of it; each reads what it kept. */
export const vendors: Readonly<Record<string, (settings: Settings) => Promise<Vendor>>> = {
  aliyun: (settings) => Aliyun.open(settings),
  tencent: (settings) => Tencent.open(settings),
  wechat: (settings) => Wechat.open(settings),
  twilio: (settings) => Twilio.open(settings),
}

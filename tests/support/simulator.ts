/** Starts the provider simulator as its own process on free ports, for tests that speak to vendors at the wire. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../src/simulator/main.ts', import.meta.url))

export type SimulatorOptions = {
  /** A folder that outlives the simulator, for tests of restarts; otherwise one of its own, removed by `stop`. */
  data?: string
  /** The ports of an earlier one, for tests of a provider that comes back; otherwise free ones. */
  ports?: { http: number; plain: number; starttls: number; tls: number }
  max?: number
}

/** What `POST /control` takes; which further fields a kind has stands in its rule. */
export type Fault = {
  channel: 'email' | 'sms' | 'voice' | 'official_account'
  kind: string
  to?: string
  times?: number
  [field: string]: string | number | boolean | undefined
}

/** A mail as `GET /inbox` answers it. */
export type ReceivedMail = {
  id: string
  channel: string
  to: string
  at: string
  content: {
    subject: string | null
    html: string | null
    text: string | null
    from: { name: string; address: string } | null
    headers: Record<string, string>
    envelope: { from: string; encryption: 'none' | 'starttls' | 'tls' }
    raw: string
  }
}

/** What became of a receipt: the cloud's final code, when it is known, and where its push stands. */
export type ReceiptState = {
  code: string
  settledAt: string | null
  push: 'waiting' | 'accepted' | 'given_up' | 'no_address' | 'off'
}

type Received<Content> = {
  id: string
  channel: string
  to: string
  at: string
  content: Content & { outId: string; accessKeyId: string; receipt: ReceiptState | null }
}

/** An SMS as `GET /inbox` answers it. */
export type ReceivedSms = Received<{
  signature: string
  template: string
  parameters: Record<string, string>
  /** With its 【signature】. */
  text: string
  bizId: string
  segments: string
}>

/** A call as `GET /inbox` answers it. */
export type ReceivedCall = Received<{
  ttsCode?: string
  voiceCode?: string
  parameters: Record<string, string>
  text: string
  calledShowNumber: string
  playTimes: number
  volume: number
  speed: number
  callId: string
}>

/** What the event of a message says, when that is known, and where its push stands. */
export type EventState = {
  status: 'success' | 'failed:user block' | 'failed: system failed' | 'failed:freq limit'
  settledAt: string | null
  push: 'waiting' | 'accepted' | 'given_up' | 'no_address' | 'off'
}

/** A message of an official account as `GET /inbox` answers it. */
export type ReceivedCard = {
  id: string
  channel: string
  to: string
  at: string
  content: {
    template: string
    title: string
    fields: { label: string; key: string; value: string }[]
    text: string
    jump: { to: 'url'; url: string } | { to: 'mini_program'; appId: string; pagePath: string } | null
    appId: string
    msgId: string
    clientMsgId: string
    receipt: EventState | null
  }
}

/** All official accounts have the same `appSecret`; the openids are those of the main one, by what becomes of a message. */
export type WechatAccess = {
  endpoint: string
  appId: string
  appSecret: string
  otherAppIds: { second: string; bare: string; unauthorized: string; frozen: string }
  originalId: string
  miniProgram: string
  openids: {
    following: string[]
    user_block: string
    system_failed: string
    refused: string
    not_following: string
  }
}

/** The AccessKeys all sign with `accessKeySecret`; `otherKeys` belong to other cloud accounts or end in a refusal. */
export type AliyunAccess = {
  accessKeyId: string
  accessKeySecret: string
  endpoints: { sms: string; voice: string }
  otherKeys: { second: string; partner: string; disabled: string; readOnly: string; sendOnly: string }
}

export type Simulator = {
  url: string
  aliyun: AliyunAccess
  wechat: WechatAccess
  smtp: { host: string; plain: number; starttls: number; tls: number; user: string; password: string }
  ports: NonNullable<SimulatorOptions['ports']>
  caFile: string
  data: string
  /** Sets a fault, or runs a command and answers what it reports. */
  control(fault: Fault): Promise<Record<string, unknown>>
  /** Clears every fault and every state that was set; the inbox and the addresses of receipts stay. */
  clear(): Promise<void>
  /** The newest 50 mails, or those to one recipient, newest first. */
  inbox(to?: string): Promise<ReceivedMail[]>
  /** Likewise the SMS, and the calls. A number may be written with or without its prefix. */
  sms(to?: string): Promise<ReceivedSms[]>
  calls(to?: string): Promise<ReceivedCall[]>
  /** Likewise the messages of official accounts. */
  cards(to?: string): Promise<ReceivedCard[]>
  /** How many mails, or messages of another channel, the inbox holds, cheaply. */
  count(to?: string, channel?: Fault['channel']): Promise<number>
  empty(): Promise<void>
  stop(): Promise<void>
  /** Kills it without warning; the folder stays for the next one. */
  kill(): Promise<void>
}

type Ready = {
  url: string
  caFile: string
  smtp: { host: string; plain: number; starttls: number; tls: number }
  aliyun: Omit<AliyunAccess, 'accessKeySecret'>
  wechat: Omit<WechatAccess, 'appSecret'>
}

const user = 'no-reply@sandbox.test'
const password = 'the-simulator-password'
const accessKeyId = 'LTAI5tSimulatorKeyOfTests'
const accessKeySecret = 'the-secret-of-the-simulator'
const appId = 'wx5160e700d3a10001'
const appSecret = '5160e700d3a100015160e700d3a10001'

/** Starts one and waits until all its ports listen. Rejects with what it wrote to stderr when it does not start. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'signet-simulator-')))
  const { ports } = options
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      NODE_ENV: 'test',
      SIMULATOR_PORT: String(ports?.http ?? 0),
      SIMULATOR_SMTP_PORTS: ports ? `${ports.plain},${ports.starttls},${ports.tls}` : '0,0,0',
      SIMULATOR_DATA: data,
      SIMULATOR_SMTP_USER: user,
      SIMULATOR_SMTP_PASSWORD: password,
      SIMULATOR_ALIYUN_KEY_ID: accessKeyId,
      SIMULATOR_ALIYUN_KEY_SECRET: accessKeySecret,
      SIMULATOR_WECHAT_APP_ID: appId,
      SIMULATOR_WECHAT_APP_SECRET: appSecret,
      ...(options.max !== undefined && { SIMULATOR_MAX: String(options.max) }),
    },
  })
  const killWithParent = () => child.kill('SIGKILL')
  process.once('exit', killWithParent)
  child.once('exit', () => process.off('exit', killWithParent))

  const ready = await untilReady(child)
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }
  return {
    url: ready.url,
    smtp: { ...ready.smtp, user, password },
    ports: { http: Number(new URL(ready.url).port), ...pick(ready.smtp) },
    aliyun: { ...ready.aliyun, accessKeySecret },
    wechat: { ...ready.wechat, appSecret },
    caFile: ready.caFile,
    data,
    ...controls(ready.url),
    stop: async () => {
      await end('SIGTERM')
      if (options.data === undefined) await rm(data, { recursive: true, force: true })
    },
    kill: () => end('SIGKILL'),
  }
}

const pick = ({ plain, starttls, tls }: Ready['smtp']) => ({ plain, starttls, tls })

async function untilReady(child: ChildProcess): Promise<Ready> {
  const { stdout, stderr } = child
  if (!stdout || !stderr) throw new Error('The simulator has no output to read.')
  let complaint = ''
  stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  const line = once(createInterface({ input: stdout }), 'line').then(([text]) => JSON.parse(String(text)) as Ready)
  const failed = once(child, 'close').then(([code]): never => {
    throw new Error(`The simulator ended with ${code}: ${complaint.trim()}`)
  })
  // Once it is ready, its end is nobody's error here.
  failed.catch(() => undefined)
  return Promise.race([line, failed])
}

async function request(url: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init)
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return response
}

type Controls = Pick<Simulator, 'control' | 'clear' | 'inbox' | 'sms' | 'calls' | 'cards' | 'count' | 'empty'>

function controls(url: string): Controls {
  const query = (channel: Fault['channel'], to?: string) =>
    new URLSearchParams({ channel, ...(to !== undefined && { to }) })
  const list = async (channel: Fault['channel'], to?: string): Promise<unknown> =>
    (await request(`${url}/inbox?${query(channel, to)}`)).json()
  return {
    control: async (fault) => {
      const response = await request(`${url}/control`, { method: 'POST', body: JSON.stringify(fault) })
      return (await response.json()) as Record<string, unknown>
    },
    clear: async () => {
      await request(`${url}/control`, { method: 'DELETE' })
    },
    inbox: (to) => list('email', to) as Promise<ReceivedMail[]>,
    sms: (to) => list('sms', to) as Promise<ReceivedSms[]>,
    calls: (to) => list('voice', to) as Promise<ReceivedCall[]>,
    cards: (to) => list('official_account', to) as Promise<ReceivedCard[]>,
    count: async (to, channel = 'email') => {
      const { count } = (await (await request(`${url}/inbox/count?${query(channel, to)}`)).json()) as { count: number }
      return count
    },
    empty: async () => {
      await request(`${url}/inbox`, { method: 'DELETE' })
    },
  }
}

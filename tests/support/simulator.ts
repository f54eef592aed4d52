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

export type Fault = { channel: 'email'; kind: string; to?: string; times?: number; ms?: number; code?: number }

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

export type Simulator = {
  url: string
  smtp: { host: string; plain: number; starttls: number; tls: number; user: string; password: string }
  ports: NonNullable<SimulatorOptions['ports']>
  caFile: string
  data: string
  control(fault: Fault): Promise<void>
  /** Clears every fault; the inbox stays. */
  clear(): Promise<void>
  /** The newest 50 mails, or those to one recipient, newest first. */
  inbox(to?: string): Promise<ReceivedMail[]>
  /** How many mails the inbox holds, cheaply. */
  count(to?: string): Promise<number>
  empty(): Promise<void>
  stop(): Promise<void>
  /** Kills it without warning; the folder stays for the next one. */
  kill(): Promise<void>
}

type Ready = { url: string; caFile: string; smtp: { host: string; plain: number; starttls: number; tls: number } }

const user = 'no-reply@sandbox.test'
const password = 'the-simulator-password'

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

function controls(url: string): Pick<Simulator, 'control' | 'clear' | 'inbox' | 'count' | 'empty'> {
  const query = (to?: string) => new URLSearchParams({ channel: 'email', ...(to !== undefined && { to }) })
  return {
    control: async (fault) => {
      await request(`${url}/control`, { method: 'POST', body: JSON.stringify(fault) })
    },
    clear: async () => {
      await request(`${url}/control`, { method: 'DELETE' })
    },
    inbox: async (to) => (await request(`${url}/inbox?${query(to)}`)).json() as Promise<ReceivedMail[]>,
    count: async (to) => {
      const { count } = (await (await request(`${url}/inbox/count?${query(to)}`)).json()) as { count: number }
      return count
    },
    empty: async () => {
      await request(`${url}/inbox`, { method: 'DELETE' })
    },
  }
}

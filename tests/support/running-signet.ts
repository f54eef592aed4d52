/** A whole Signet for specs: database, simulator, web and worker as their own processes on free ports, seeded as a sandbox. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sandboxSettings as settingsOfFurther } from '#simulator/sandbox-accounts.ts'
import type { Go } from '../../scripts/prepare.ts'
import { quickImports } from '../../scripts/steps/places.ts'
import { freshDatabase, type TestDatabase } from './database.ts'
import { environmentWith } from './environment.ts'
import { type Simulator, startSimulator } from './simulator.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What `.data/sandbox.json` holds. */
export type Sandbox = {
  url: string
  simulatorUrl: string
  email: string
  password: string
  apps: { key: string; liveKey: string; testKey: string }[]
  aliyun: { accessKeyId: string; accessKeySecret: string }
  smtp: { host: string; port: number; username: string; password: string }
}

export type RunningSignet = {
  url: string
  sandbox: Sandbox
  simulator: Simulator
  /** The settings that its processes run with. */
  settings: Record<string, string>
  stop(): Promise<void>
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (typeof address !== 'object' || !address) throw new Error('There is no free port.')
  return address.port
}

type Program = { child: ChildProcess; output: () => string }

/** Starts one of our programs. It stops by itself when this process is gone: their line is cut then. */
export function start(file: string, settings: Record<string, string>, ...parameters: string[]): Program {
  const child = spawn(process.execPath, [quickImports, join(root, file), ...parameters], {
    cwd: root,
    env: environmentWith(settings),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-20_000)
    })
  }
  return { child, output: () => output }
}

/** Waits for a program to say that it is ready, and gives back what it says. */
export async function untilReady(
  name: string,
  { child, output }: Program,
): Promise<{ ready?: unknown; setUpLink?: string }> {
  const ended = once(child, 'exit').then(([code]): never => {
    throw new Error(`The ${name} ended with ${code}:\n${output()}`)
  })
  // Once it is ready, its end is nobody's error here.
  ended.catch(() => undefined)
  const [said] = await Promise.race([once(child, 'message'), ended])
  return said
}

export async function end({ child }: Program): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await exited
  clearTimeout(late)
}

/** Migrates the database and makes the sample organization, as a start of the sandbox does. */
export async function seed(settings: Record<string, string>, go: Go): Promise<void> {
  const { child, output } = start('scripts/prepare.ts', settings, 'wait')
  child.send(go)
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`The sandbox was not seeded:\n${output()}`)
}

export type SandboxStage = { database: TestDatabase; simulator: Simulator; port: number; data: string }

/** The settings of every process of a sandbox. */
export const sandboxSettings = ({ database, simulator, port }: SandboxStage): Record<string, string> => ({
  DATABASE_URL: database.url,
  SIGNET_MASTER_KEY: Buffer.alloc(32, 9).toString('base64'),
  SIGNET_SANDBOX: 'on',
  SIGNET_SIMULATOR_URL: simulator.url,
  SIGNET_SMTP_ALLOW: '127.0.0.1/32,::1/128',
  SIGNET_WEBHOOK_ALLOW: '127.0.0.1/32,::1/128',
  SIGNET_ALIYUN_SMS_ENDPOINT: simulator.aliyun.endpoints.sms,
  SIGNET_ALIYUN_VOICE_ENDPOINT: simulator.aliyun.endpoints.voice,
  SIGNET_WECHAT_ENDPOINT: simulator.wechat.endpoint,
  ...settingsOfFurther(simulator.url),
  SIGNET_URL: `http://localhost:${port}`,
  PORT: String(port),
  LOG_LEVEL: 'warn',
  NODE_EXTRA_CA_CERTS: simulator.caFile,
  NEXT_TELEMETRY_DISABLED: '1',
})

/** What a start tells the preparation. */
export function sandboxGo({ database, simulator, port, data }: SandboxStage): Go {
  const { host, starttls, user, password } = simulator.smtp
  const { accessKeyId, accessKeySecret } = simulator.aliyun
  const { appId, appSecret, openids } = simulator.wechat
  const sandbox = {
    ...{ dataDir: data, url: `http://localhost:${port}`, port, simulatorUrl: simulator.url },
    smtp: { host, port: starttls, username: user, password },
    aliyun: { accessKeyId, accessKeySecret },
    wechat: { appId, appSecret, openids: openids.following },
  }
  return { databaseUrl: database.url, sandbox }
}

/**
 * Starts one; it has a build to find in `.next`, which `npm test` makes.
 * @param own settings in place of the usual ones, such as another endpoint
 */
export async function startSignet(own: Record<string, string> = {}): Promise<RunningSignet> {
  const data = mkdtempSync(join(tmpdir(), 'signet-console-'))
  const [database, simulator, port] = await Promise.all([freshDatabase(), startSimulator(), freePort()])
  const stage: SandboxStage = { database, simulator, port, data }
  // The sample organization is proven against the simulator, whatever the programs are given afterwards.
  await seed(sandboxSettings(stage), sandboxGo(stage))
  const settings = { ...sandboxSettings(stage), ...own }
  const programs = { web: start('src/server.ts', settings), worker: start('src/worker.ts', settings) }
  const stop = async () => {
    await Promise.all(Object.values(programs).map(end))
    await Promise.all([simulator.stop(), database.drop()])
    rmSync(data, { recursive: true, force: true })
  }
  try {
    await Promise.all(Object.entries(programs).map(([name, program]) => untilReady(name, program)))
    const sandbox = JSON.parse(readFileSync(join(data, 'sandbox.json'), 'utf8')) as Sandbox
    return { url: sandbox.url, sandbox, simulator, settings, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Starts a web process that nobody has set up yet: its own settings, an empty database, no sandbox. */
export async function startEmptySignet(): Promise<Pick<RunningSignet, 'url' | 'stop'> & { setUpLink: string }> {
  const [database, port] = await Promise.all([freshDatabase(), freePort()])
  const url = `http://localhost:${port}`
  const web = start('src/server.ts', {
    DATABASE_URL: database.url,
    SIGNET_MASTER_KEY: Buffer.alloc(32, 3).toString('base64'),
    SIGNET_URL: url,
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'warn',
    NEXT_TELEMETRY_DISABLED: '1',
  })
  const stop = async () => {
    await end(web)
    await database.drop()
  }
  try {
    const { setUpLink = '' } = await untilReady('web process', web)
    return { url, setUpLink, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

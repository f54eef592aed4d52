/** Signet as a person has it after `npm start`, in a data folder of its own: started, signed in to, measured and stopped. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { databaseUrl } from '../database/role.ts'
import { freePort } from '../embedded-database.ts'
import { inRoot, root } from '../steps/places.ts'
import { noteChild } from './child.ts'
import { messagesSent } from './sample-messages.ts'

export type Running = {
  url: string
  port: number
  /** Milliseconds from the command to the first sign-in page. */
  readyAfter: number
  stop(): Promise<void>
}

export type Installation = {
  dataDir: string
  start(): Promise<Running>
  /** Address of the database, while Signet runs. */
  databaseUrl(): string
  /** Process ids by name: `web`, `worker`, `simulator`. */
  processes(): Record<string, number>
  /** The cookies of a signed-in person. */
  signIn(url: string): Promise<string>
  remove(): void
}

const readJson = (...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8'))

function statusOf(url: string): Promise<number | undefined> {
  return new Promise((done) => {
    const request = get(url, { agent: false }, (response) => {
      response.resume()
      response.on('end', () => done(response.statusCode))
    })
    request.on('error', () => done(undefined))
  })
}

/** Resolves once the page is answered in full with 200. */
export async function untilAnswered(url: string, child: ChildProcess): Promise<void> {
  while ((await statusOf(url)) !== 200) {
    if (child.exitCode !== null) throw new Error(`What should have answered at ${url} has ended.`)
    await wait(10)
  }
}

/** Ends a process together with those that it started. */
export async function endGroup(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || !child.pid) return
  const ended = new Promise((done) => child.once('exit', done))
  process.kill(-child.pid, signal)
  await ended
}

async function startHere(environment: Record<string, string>): Promise<Running> {
  const began = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: { ...process.env, ...environment },
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  noteChild(child)
  const url = `http://localhost:${environment.PORT}`
  await untilAnswered(`${url}/sign-in`, child)
  const readyAfter = performance.now() - began
  return { url, port: Number(environment.PORT), readyAfter, stop: () => endGroup(child, 'SIGINT') }
}

async function signIn(dataDir: string, url: string): Promise<string> {
  const { email, password } = readJson(dataDir, 'sandbox.json')
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  })
  if (!answer.ok) throw new Error(`Signing in was answered with ${answer.status}: ${await answer.text()}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** Starts once, which builds what there is to build, sends the messages that the list shows, and stops again. */
export async function install(): Promise<Installation> {
  const dataDir = mkdtempSync(join(tmpdir(), 'signet-bench-'))
  chmodSync(dataDir, 0o711)
  const ports: number[] = []
  for (const _ of Array.from({ length: 5 })) ports.push(await freePort())
  const [port, simulator, ...smtp] = ports
  const environment = {
    SIGNET_DATA: dataDir,
    PORT: String(port),
    SIGNET_URL: `http://localhost:${port}`,
    SIGNET_SIMULATOR_PORT: String(simulator),
    SIGNET_SMTP_PORTS: smtp.join(','),
  }
  const installation: Installation = {
    dataDir,
    start: () => startHere(environment),
    databaseUrl() {
      const { port: databasePort, appPassword } = readJson(dataDir, 'database.json')
      return databaseUrl({ appPassword }, databasePort)
    },
    processes() {
      const { processes } = readJson(dataDir, 'processes.json') as { processes: { name: string; pid: number }[] }
      return Object.fromEntries(processes.map(({ name, pid }) => [name, pid]))
    },
    signIn: (url) => signIn(dataDir, url),
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  }
  const running = await installation.start()
  await messagesSent(running.url, readJson(dataDir, 'sandbox.json').apps, installation.databaseUrl())
  await running.stop()
  return installation
}

export const bareNext = inRoot('scripts', 'bench', 'bare-next')

/** Runs one of our programs (`src/*.ts`) as a process of its own: until it is ready, while it runs, until it is gone. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, readFileSync, statSync } from 'node:fs'
import { get } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { followLog, openLog } from '../steps/log-file.ts'
import { inRoot, quickImports, root } from '../steps/places.ts'
import { endProcess, type Known, remember, signal as sendSignal } from '../steps/processes.ts'
import { Refusal } from '../steps/refusal.ts'
import { lastLines } from '../steps/run.ts'
import { errorLine } from './error-line.ts'
import type { Running } from './supervise.ts'

export type Program = {
  /** Names its log; `title` is how a sentence calls it. */
  name: string
  title: string
  /** Path in the project, such as `src/worker.ts`. */
  file: string
  environment: NodeJS.ProcessEnv
  logFile: string
  /** How long it may take to finish what it has in hand once told to stop, in milliseconds. */
  patience: number
  /** Resolves when it is ready. `lines` calls back for each line of its log. */
  isReady(child: ChildProcess, lines: (onLine: (line: string) => void) => void): Promise<void>
  note(process: Known): void
  tell(line: string): void
}

const windows = process.platform === 'win32'
const readyWithin = 90_000

/** Flags of every program: those that a system Node older than 24 needs to run TypeScript without remarks, and ours. */
export const nodeFlags = [...process.execArgv.filter((flag) => flag.startsWith('--disable-warning')), quickImports]

/** Ready when the message `{ready: true}` arrives. */
export function saysReady(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    child.on('message', (message) => {
      if (typeof message === 'object' && message && 'ready' in message && message.ready === true) done()
    })
  })
}

/** Ready when a log line is JSON with `"ready":true`; resolves with what it says. */
export function logsReady(lines: (onLine: (line: string) => void) => void): Promise<object> {
  return new Promise((done) => lines((line) => /^\{.*"ready":\s*true/.test(line) && done(JSON.parse(line))))
}

type Address = { host: string; port: number; path: string }

function statusOf(address: Address): Promise<number | undefined> {
  return new Promise((done) => {
    const request = get({ ...address, agent: false, timeout: 5_000 }, (response) => {
      response.resume()
      response.on('end', () => done(response.statusCode))
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => done(undefined))
  })
}

/** Ready when the address answers 200; never, when the program ends before. */
export function answersReady(child: ChildProcess, address: Address): Promise<void> {
  return new Promise((done) => {
    const ask = async (): Promise<void> => {
      if (child.exitCode !== null || child.signalCode !== null) return
      if ((await statusOf(address)) === 200) done()
      else setTimeout(ask, 30)
    }
    ask()
  })
}

const alive = new Set<ChildProcess>()

/** Ends every program at once, those that are only starting included. */
export function killPrograms(): void {
  for (const { pid } of alive) if (pid) sendSignal(pid, 'SIGKILL', true)
}

function launch({ file, environment, logFile }: Program): ChildProcess {
  const log = openLog(logFile)
  try {
    // A group of its own: Ctrl-C in the terminal is for us alone, who stop everything in order.
    return spawn(process.execPath, [...nodeFlags, inRoot(file)], {
      cwd: root,
      env: environment,
      detached: !windows,
      windowsHide: true,
      stdio: ['ignore', log, log, 'ipc'],
    })
  } finally {
    closeSync(log)
  }
}

/** Starts the program and resolves when it is ready. @throws Refusal with the end of its log when it does not get there */
export async function startProgram(program: Program, signal: AbortSignal): Promise<Running> {
  const { name, title, logFile, patience, tell } = program
  closeSync(openLog(logFile))
  const from = statSync(logFile).size
  const listeners: ((line: string) => void)[] = [errorLine(name, tell)]
  const following = followLog(logFile, (line) => {
    for (const listen of listeners) listen(line)
  })
  const child = launch(program)
  alive.add(child)
  const ended = new Promise<string>((done) => {
    child.on('error', (error) => done(error.message))
    child.on('exit', (code, by) => done(by ?? `exit code ${code}`))
  }).finally(() => {
    alive.delete(child)
    following.stop()
  })
  const known = child.pid === undefined ? undefined : remember(name, child.pid)
  if (known) program.note(known)
  const stop = async (): Promise<void> => {
    if (windows && child.connected) child.disconnect()
    if (known) await endProcess(known, patience)
    await ended
  }
  const kill = (): void => void (child.pid && sendSignal(child.pid, 'SIGKILL', true))
  const ready = program.isReady(child, (onLine) => listeners.push(onLine)).then(() => 'ready')
  const late = wait(readyWithin, 'late', { ref: false })
  const aborted = new Promise<string>((done) => signal.addEventListener('abort', () => done('aborted'), { once: true }))
  if (signal.aborted) child.kill('SIGKILL')
  const outcome = await Promise.race([ready, late, aborted, ended])
  if (outcome === 'ready') return { pid: child.pid ?? 0, ended, stop, kill }
  await stop()
  if (outcome === 'aborted') throw new Refusal(`${title} was stopped.`)
  const how =
    outcome === 'late' ? `was not ready after ${readyWithin / 1000} s` : `ended (${outcome}) before it was ready`
  throw new Refusal(`${title} ${how}:\n${lastLines(readFileSync(logFile).subarray(from).toString(), 15)}`)
}

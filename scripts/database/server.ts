/** One run of the Postgres server of a cluster: until it is ready, while it runs, and how it is stopped. */
import { type ChildProcess, spawn } from 'node:child_process'

import { closeSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openLog } from '../steps/log-file.ts'
import { commandOf, isGone, type Known, remember, signal } from '../steps/processes.ts'
import { Refusal } from '../steps/refusal.ts'
import { run } from '../steps/run.ts'
import { program } from './binaries.ts'
import { serverEnvironment } from './cluster.ts'
import type { Home } from './home.ts'

const windows = process.platform === 'win32'

export type Server = { pid: number; ended: Promise<string>; stop(): Promise<void>; kill(): void }
export type ServerOptions = { home: Home; binaries: string; port: number; durable: boolean; logFile: string }

/** A try to start that failed, with what the server said: some reasons pass by themselves. */
export class ServerFailure extends Error {}

const lockOf = (cluster: string): string => join(cluster, 'postmaster.pid')

/** The lines of the cluster's lock file: process, folder, begin, port, …, and on the eighth line its state. */
function readLock(cluster: string): string[] {
  try {
    return readFileSync(lockOf(cluster), 'utf8').split('\n')
  } catch {
    return []
  }
}

/** Ends a server that was left running when its starter was killed; refuses where that starter is still alive. */
export async function endEarlierServer(home: Home, log: (line: string) => void): Promise<void> {
  if (windows) return
  const pid = Number(readLock(home.cluster)[0])
  if (!(pid > 0)) return
  const server = remember('database', pid)
  if (!server) {
    if (signal(pid, 0) && !isWorkedIn(home.cluster)) rmSync(lockOf(home.cluster), { force: true })
    return
  }
  if (!commandOf(pid).includes(` -D ${home.cluster} `)) {
    // The number now belongs to another program (or the cluster is a copy), which Postgres would take for a server.
    rmSync(lockOf(home.cluster), { force: true })
    return
  }
  // One that is being killed this moment is given the moment.
  const { startedBy } = home
  if (startedBy && startedBy.pid !== process.pid && !(await isGone(startedBy, 500))) {
    throw new Refusal(`The database in ${home.home} is already in use by process ${startedBy.pid}.`)
  }
  log('Stopping a database server that an earlier start left behind.')
  await endServer(server, 10_000)
}

/**
 * Whether a process of a killed server is still at work in the cluster. Its main process can be dead and yet hold its
 * number, for as long as nobody collects it (a container's first process may never): Postgres takes that for life.
 */
function isWorkedIn(cluster: string): boolean {
  if (process.platform !== 'linux') return true
  return readdirSync('/proc').some((name) => {
    try {
      return Number(name) > 0 && readlinkSync(`/proc/${name}/cwd`) === cluster
    } catch {
      return false
    }
  })
}

async function endServer(server: Known, patience: number): Promise<void> {
  signal(server.pid, 'SIGINT')
  if (await isGone(server, patience)) return
  signal(server.pid, 'SIGQUIT')
  if (await isGone(server, 5_000)) return
  signal(server.pid, 'SIGKILL')
  await isGone(server, 5_000)
}

/**
 * Ends the server some time after this program died without doing so: web and worker, which notice too, have finished
 * by then. A pipe that closes with us tells it; a server that has been replaced meanwhile is not its business.
 */
function guard(home: Home, pid: number): ChildProcess | undefined {
  if (windows) return undefined
  const script =
    'cat >/dev/null; i=0; while [ $i -lt 20 ] && kill -0 "$2" 2>/dev/null; do sleep 1; i=$((i+1)); done; ' +
    '[ "$(head -n 1 "$1" 2>/dev/null)" = "$2" ] && kill -INT "$2"'
  const child = spawn('/bin/sh', ['-c', script, 'sh', lockOf(home.cluster), String(pid)], {
    ...home.account,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.on('error', () => undefined)
  child.unref()
  if (child.stdin && 'unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref()
  return child
}

function serverParameters({ home, port, durable }: ServerOptions): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    shared_buffers: '128MB',
    max_connections: '200',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return ['-D', home.cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

/** Starts the server and waits until it takes connections. @throws ServerFailure when it ends before that */
export async function runServer(options: ServerOptions): Promise<Server> {
  const { home, binaries, logFile } = options
  const log = openLog(logFile)
  const from = statSync(logFile).size
  const child = spawn(program(binaries, 'postgres'), serverParameters(options), {
    ...home.account,
    cwd: home.cluster,
    env: serverEnvironment(),
    detached: !windows,
    windowsHide: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const ended = new Promise<string>((done) => {
    child.on('error', (error) => done(error.message))
    child.on('exit', (code, name) => done(name ?? `exit code ${code}`))
  })
  child.unref()
  const { pid } = child
  if (pid === undefined) throw new ServerFailure(await ended)
  if (!(await becomesReady(home.cluster, pid, ended))) {
    throw new ServerFailure(readFileSync(logFile).subarray(from).toString() || (await ended))
  }
  const guarding = guard(home, pid)
  const dismiss = (): void => {
    if (guarding?.pid) signal(guarding.pid, 'SIGKILL', true)
  }
  ended.then(dismiss)
  return {
    pid,
    ended,
    async stop() {
      child.ref()
      if (windows) await run(program(binaries, 'pg_ctl'), ['stop', '-D', home.cluster, '-m', 'fast'])
      const server = remember('database', pid)
      if (server) await endServer(server, 15_000)
      await ended
    },
    kill() {
      dismiss()
      signal(pid, windows ? 'SIGKILL' : 'SIGQUIT')
    },
  }
}

async function becomesReady(cluster: string, pid: number, ended: Promise<string>): Promise<boolean> {
  let over = false
  ended.then(() => {
    over = true
  })
  while (!over) {
    const lines = readLock(cluster)
    if (Number(lines[0]) === pid && lines[7]?.trim() === 'ready') return true
    await wait(10)
  }
  return false
}

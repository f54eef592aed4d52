/** Knows a process again after its number was given to another one, so that only our own are ever ended. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

export type Known = { name: string; pid: number; identity: string }

let boot: string | undefined

/**
 * What tells this process from any other that has or will have its number, here: when it began.
 * Undefined when there is no such process (a dead one that nobody has collected counts as none).
 */
export function identityOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' ? undefined : `${boot} ${fields[19]}`
    }
    if (process.platform === 'win32') return undefined
    const line = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' })
    return line.startsWith('Z') ? undefined : line.trim().replace(/^\S+\s+/, '')
  } catch {
    return undefined
  }
}

/** The command line of a process, or an empty text. */
export function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    if (process.platform === 'win32') return ''
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' })
  } catch {
    return ''
  }
}

export function isAlive(known: Known): boolean {
  return identityOf(known.pid) === known.identity
}

/** Remembers a running process; undefined when it is already gone. */
export function remember(name: string, pid: number): Known | undefined {
  const identity = identityOf(pid)
  return identity === undefined ? undefined : { name, pid, identity }
}

/** Sends a signal (0 only asks), to the whole group if asked; true when there was somebody to take it. */
export function signal(pid: number, name: NodeJS.Signals | 0, group = false): boolean {
  try {
    return process.kill(group && process.platform !== 'win32' ? -pid : pid, name)
  } catch {
    return false
  }
}

/** Waits until the process is gone; false when it still runs after `patience` milliseconds. */
export async function isGone(known: Known, patience: number): Promise<boolean> {
  const until = performance.now() + patience
  while (isAlive(known)) {
    if (performance.now() > until) return false
    await wait(20)
  }
  return true
}

/** Asks a process to end, and ends it when it has not after `patience` milliseconds. */
export async function endProcess(known: Known, patience: number): Promise<void> {
  if (!isAlive(known)) return
  signal(known.pid, 'SIGTERM')
  if (await isGone(known, patience)) return
  signal(known.pid, 'SIGKILL', true)
  signal(known.pid, 'SIGKILL')
  await isGone(known, 5_000)
}

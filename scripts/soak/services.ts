/** Programs of the system that a soak runs beside Signet, as an account of their own where root starts them. */
import { spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chooseAccount } from '../database/account.ts'
import { Refusal } from '../steps/refusal.ts'

const account = chooseAccount()

/** Ends one that outlives the soak: a pipe that closes with us tells it. */
const guard = 'trap "" INT TERM HUP; cat >/dev/null; kill -TERM "$1" && sleep 15 && kill -KILL "$1"'

/** @throws Refusal that says what to install */
export function needPrograms(programs: Record<string, string>): void {
  const missing = Object.entries(programs).filter(([program]) => !existsSync(program))
  if (missing.length === 0) return
  const packages = missing.map(([, name]) => name).join(' ')
  throw new Refusal(`${missing.map(([program]) => program).join(', ')} not found. Install: apt-get install ${packages}`)
}

/** A folder of theirs, which goes with the soak. */
export function openFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'signet-soak-'))
  const own = (path: string) => account && chownSync(path, account.uid, account.gid)
  own(folder)
  return {
    path: (...parts: string[]) => join(folder, ...parts),
    make(name: string): string {
      mkdirSync(join(folder, name), { mode: 0o700 })
      own(join(folder, name))
      return join(folder, name)
    },
    write(name: string, text: string): string {
      writeFileSync(join(folder, name), text, { mode: 0o600 })
      own(join(folder, name))
      return join(folder, name)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export type Folder = ReturnType<typeof openFolder>

/** Starts one, with its output in a file of the folder. */
export function startService(folder: Folder, name: string, command: string, parameters: readonly string[]) {
  const log = openSync(folder.path(`${name}.log`), 'a')
  // A group of its own: Ctrl-C is for us alone, who stop everything in order.
  const child = spawn(command, parameters, {
    ...account,
    cwd: folder.path(),
    detached: true,
    stdio: ['ignore', log, log],
  })
  const guarding = spawn('/bin/sh', ['-c', guard, 'sh', String(child.pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  ended.then(() => guarding.kill('SIGKILL'))
  return {
    signal: (how: NodeJS.Signals) => child.kill(how),
    async stop(how: NodeJS.Signals = 'SIGTERM') {
      child.kill(how)
      const hard = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await ended
      clearTimeout(hard)
    },
  }
}

export type Service = ReturnType<typeof startService>

/** Asks again and again until there is an answer. @throws Error after `patience` milliseconds */
export async function untilAnswer<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined>,
  patience = 90_000,
): Promise<Answer> {
  const until = performance.now() + patience
  for (;;) {
    const answer = await ask().catch(() => undefined)
    if (answer !== undefined) return answer
    if (performance.now() > until) throw new Error(`${what} within ${patience / 1000} s.`)
    await wait(200)
  }
}

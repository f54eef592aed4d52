/**
 * Where an embedded database lives and how to sign in to it, remembered in `<data>/database.json`: in `<data>/postgres`,
 * or, where the database's account cannot get in there (root's private folders), in a folder of its own outside.
 */
import { createHash, randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { Known } from '../steps/processes.ts'
import { codeOf, Refusal } from '../steps/refusal.ts'
import { writeSafely } from '../steps/write-safely.ts'
import { type Account, accountOf, canUse, chooseAccount } from './account.ts'

/** `password` is the superuser's, whom only the start needs; `appPassword` that of the role which owns the database. */
export type Remembered = { home: string; password: string; appPassword: string; port?: number; startedBy?: Known }
export type Home = Remembered & { cluster: string; account: Account; save(change: Partial<Remembered>): void }

const clusterIn = (home: string): string => join(home, 'cluster')

/** Makes the folder for the account; false where that is not possible or of no use to it. */
function prepare(home: string, account: Account): boolean {
  const existed = existsSync(home)
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    if (account) chownSync(home, account.uid, account.gid)
  } catch (error) {
    if (codeOf(error) === 'ENOSPC') throw new Refusal(`There is no space left on the disk that holds ${home}.`)
    return false
  }
  if (canUse(home, account)) return true
  if (!existed) rmdirSync(home)
  return false
}

/** A folder outside belongs to one data folder; a copied data folder must not bring up the first one's database. */
function belongsTo(home: string, dataDir: string): boolean {
  const file = join(home, 'belongs-to')
  if (!existsSync(file)) return true
  const owner = readFileSync(file, 'utf8')
  return owner === dataDir || !existsSync(join(owner, 'database.json'))
}

const newPassword = (): string => randomBytes(24).toString('base64url')

function chooseHome(dataDir: string): string {
  const account = chooseAccount()
  const inside = join(dataDir, 'postgres')
  if (prepare(inside, account)) return inside
  if (!account) throw new Refusal(`The data folder ${dataDir} cannot be written.`)
  const name = `signet-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`
  for (const parent of ['/var/lib', '/var/tmp']) {
    const outside = join(parent, name)
    if (!prepare(outside, account)) continue
    const old = clusterIn(outside)
    // Its password went with the data folder: nobody can use it any more, but one is kept in case that was a mistake.
    if (existsSync(old)) {
      rmSync(`${old}.previous`, { recursive: true, force: true })
      renameSync(old, `${old}.previous`)
    }
    return outside
  }
  throw new Refusal(`The database's account can enter neither ${dataDir}, /var/lib nor /var/tmp.`)
}

function recall(file: string): Remembered | undefined {
  if (!existsSync(file)) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new Refusal(`${file}, which holds the password of the embedded database, cannot be read: restore it.`)
  }
}

/** Finds the home of the data folder's database, or decides on one. */
export function openHome(folder: string): Home {
  const dataDir = realpathSync(folder)
  const file = join(dataDir, 'database.json')
  let remembered = recall(file)
  let home = resolve(dataDir, remembered?.home ?? 'postgres')
  if (!remembered && existsSync(clusterIn(home))) {
    throw new Refusal(
      `${file}, which holds the password of the database in ${home}, is gone: restore it, or delete that folder to begin with an empty database.`,
    )
  }
  if (!remembered || !existsSync(clusterIn(home)) || !belongsTo(home, dataDir)) {
    home = chooseHome(dataDir)
    remembered = { home: relativeInside(dataDir, home), password: newPassword(), appPassword: newPassword() }
    writeSafely(file, JSON.stringify(remembered))
  }
  // An earlier version had the superuser only.
  if (!remembered.appPassword) {
    remembered.appPassword = newPassword()
    writeSafely(file, JSON.stringify(remembered))
  }
  if (!isInside(dataDir, home)) writeFileSync(join(home, 'belongs-to'), dataDir)
  const state = remembered
  const cluster = clusterIn(home)
  return {
    ...state,
    home,
    cluster,
    account: existsSync(cluster) ? accountOf(cluster) : chooseAccount(),
    save: (change) => writeSafely(file, JSON.stringify(Object.assign(state, change))),
  }
}

const isInside = (dataDir: string, home: string): boolean => home.startsWith(dataDir + sep)

/** A home inside is kept as a relative path, so that the data folder can be moved. */
const relativeInside = (dataDir: string, home: string): string =>
  isInside(dataDir, home) ? relative(dataDir, home) : home
